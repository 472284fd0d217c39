import { extname } from 'path';
import { Mistake } from '../settings/mistake';
import { readText } from '../settings/settings-files';

type Pair = readonly [name: string, value: string];

const FORMS = 'a list of ParameterKey and ParameterValue, a list of NAME=VALUE, a map of names and values, or one below Parameters was expected';

/**
 * The values in a file of parameters, in each form that tools of AWS take: that of `aws cloudformation create-stack --parameters`, of
 * `deploy --parameter-overrides`, of a template configuration of CodePipeline, and of `samconfig.yaml`.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
 */
export function parametersIn(cwd: string, file: string): Map<string, string> {
  if (extname(file).toLowerCase() === '.toml') {
    throw new Mistake(`${file}: TOML cannot be read; give a samconfig.yaml, a file in JSON or YAML, or --parameter NAME=VALUE`);
  }
  const pairs = pairsIn(parsed(readText(cwd, file), file));
  if (!pairs) { throw new Mistake(`${file}: these are no parameters; ${FORMS}`); }
  return new Map(pairs);
}

/** Every value is the text that stands there: `0644` and `yes` are what CloudFormation is given. */
function parsed(content: string, file: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('js-yaml') as typeof import('js-yaml');
  try {
    return yaml.load(content, { filename: file, schema: yaml.FAILSAFE_SCHEMA });
  } catch (error) {
    const { reason, mark } = error as import('js-yaml').YAMLException;
    throw new Mistake(`${file}${mark ? `:${mark.line + 1}:${mark.column + 1}` : ''}: ${reason ?? (error as Error).message}`);
  }
}

/** Undefined for what is no form of parameters. */
function pairsIn(value: unknown): Pair[] | undefined {
  if (value === undefined || value === null) { return []; }
  if (Array.isArray(value)) { return together(value.map(each => typeof each === 'string' ? pairOf(each) : pairsOfEntry(each))); }
  if (!isMap(value)) { return undefined; }
  const overrides = samOverrides(value);
  if (overrides !== undefined) { return typeof overrides === 'string' ? pairsInLine(overrides) : pairsIn(overrides); }
  if (typeof value.Parameters === 'object' && !(Array.isArray(value.Parameters) && isTexts(value.Parameters))) { return pairsIn(value.Parameters); }
  return together(Object.entries(value).map(([name, each]) => {
    if (typeof each === 'string') { return [[name, each]]; }
    return isTexts(each) ? [[name, each.join(',')]] : undefined;
  }));
}

/** What keeps its previous value is not known. */
function pairsOfEntry(entry: unknown): Pair[] | undefined {
  if (!isMap(entry)) { return undefined; }
  const { ParameterKey: name, ParameterValue: value, UsePreviousValue: isKept } = entry;
  if (typeof name !== 'string') { return undefined; }
  if (value === undefined && isKept === 'true') { return []; }
  return typeof value === 'string' ? [[name, value]] : undefined;
}

function pairOf(text: string): Pair[] | undefined {
  const at = text.indexOf('=');
  return at > 0 ? [[text.slice(0, at), text.slice(at + 1)]] : undefined;
}

/** In the table of the default environment: of `sam deploy`, or of every command. */
function samOverrides({ default: preset }: { readonly [key: string]: unknown }): unknown {
  if (!isMap(preset)) { return undefined; }
  return [preset.deploy, preset.global]
    .map(command => isMap(command) && isMap(command.parameters) ? command.parameters.parameter_overrides : undefined)
    .find(each => each !== undefined);
}

/** `A=1 B="two words"`, or `ParameterKey=A,ParameterValue=1 …`, as SAM has them in one text. */
const OVERRIDE = /(?:ParameterKey=([^\s=,"]+),ParameterValue=|([^\s=,"]+)=)("(?:\\.|[^"\\])*"|(?:\\.|[^\s"\\])*)/g;

function pairsInLine(line: string): Pair[] | undefined {
  if (line.replace(OVERRIDE, '').trim() !== '') { return undefined; }
  return [...line.matchAll(OVERRIDE)].map(([, long, short, value]): Pair => [long ?? short, value.replace(/^"([^]*)"$/, '$1').replace(/\\(.)/g, '$1')]);
}

function together(all: readonly (Pair[] | readonly Pair[] | undefined)[]): Pair[] | undefined {
  const known = all.filter(each => each !== undefined);
  return known.length === all.length ? known.flat() : undefined;
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}
