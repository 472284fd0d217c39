import { beanstalkTemplate, isBeanstalkConfig } from './beanstalk-config';
import { MAX_BYTES, tooLarge } from './limits';
import { Fault, isFault } from './parsed';
import { Positions, positionsIn } from './positions';
import { InputNote, readInSpite } from './read-in-spite';
import { decode, unlikeText } from './text';
import { Path } from '../engine/evaluator/expressions-at';
import { Problem } from '../engine/findings/report';
import { isObject, JsonObject } from '../engine/json/json';
import { resourceFaults, templateFault, TemplateFault, withoutContents } from '../engine/templates/template-fault';

export type TemplateFormat = 'json' | 'yaml';

export interface ReadTemplate {
  readonly template: JsonObject;
  readonly format: TemplateFormat;

  /** Where the template stands in the file, if it is not the whole file. */
  readonly within?: Path;

  /** Whether it takes values that other stacks export. */
  readonly imports: boolean;

  /** Such as keys that stand twice. */
  readonly notes?: readonly InputNote[];

  /** What of it could not be read. The rest can be judged, and is not all there is. */
  readonly flaws?: readonly Problem[];
}

export interface NoTemplate {
  readonly problem: Problem;

  /** By its content it is meant as a template, so that it must not be passed over in silence. */
  readonly isMeant: boolean;

  /** It is not JSON or YAML at all. */
  readonly isMalformed: boolean;
}

export interface ReadOptions {
  /** An assembly lists it as a template: one without any section, as CDK makes of an empty stack, is fine. */
  readonly isListed?: boolean;
}

const LOOKS_LIKE_TEMPLATE = /AWSTemplateFormatVersion|["']Resources["']\s*:|^[ \t]*Resources\s*:|\bAWS::\w+::\w/m;

/**
 * Reads a template, JSON or YAML by its content, into the long JSON form of CloudFormation.
 *
 * @param bytes what the file holds
 * @param file its name for messages; `.yaml` lets braces be YAML
 */
export function readTemplate(bytes: Buffer, file: string, options: ReadOptions = {}): ReadTemplate | NoTemplate {
  if (bytes.length > MAX_BYTES) { return malformed({ message: tooLarge(bytes.length) }, file); }
  const refusal = unlikeText(bytes);
  if (refusal !== undefined) { return malformed({ message: refusal }, file); }
  const text = decode(bytes);
  if (!/\S/.test(text)) { return malformed({ message: 'the file is empty; name a template' }, file); }

  const { parsed, format } = parse(text, file);
  if (isFault(parsed)) { return malformed(parsed, file, LOOKS_LIKE_TEMPLATE.test(text)); }
  const { imports, notes, flaw } = parsed;
  const value = isBeanstalkConfig(file) && isObject(parsed.value) ? beanstalkTemplate(parsed.value) : parsed.value;
  const isEmptyStack = options.isListed === true && isObject(value) && Object.keys(value).length === 0;
  const fault = isEmptyStack ? undefined : templateFault(value);
  const template = value as JsonObject;
  const odd = fault ? new Map<string, TemplateFault>() : resourceFaults(template);
  const isAnyReadable = odd.size === 0 || odd.size < Object.keys(template.Resources as JsonObject).length;
  const [first] = fault ? [fault] : isAnyReadable ? [] : odd.values();
  if (first) {
    const position = first.path.length > 0 ? positionsIn(text, format)(first.path) : undefined;
    return { problem: { file, message: first.message, ...position }, isMeant: first.path.length > 0, isMalformed: false };
  }
  const flaws = [...flaw ? [problemOf(flaw, file)] : [], ...odd.size > 0 ? problemsOf([...odd.values()], file, positionsIn(text, format)) : []];
  return {
    template: odd.size > 0 ? withoutContents(template, odd) : template,
    format,
    imports,
    ...notes && { notes },
    ...flaws.length > 0 && { flaws: flaws.map(each => ({ ...each, message: `${each.message}; the rest of the template is judged` })) },
  };
}

/** More of one file tell nothing new. */
const MOST_FLAWS = 10;

function problemsOf(faults: readonly TemplateFault[], file: string, positions: Positions): Problem[] {
  const shown = faults.slice(0, MOST_FLAWS).map(({ message, path }) => ({ file, message, ...positions(path) }));
  const more = faults.length - shown.length;
  return more > 0 ? [...shown, { file, message: `${more} more resources of it cannot be read` }] : shown;
}

export function isTemplate(read: ReadTemplate | NoTemplate): read is ReadTemplate {
  return 'template' in read;
}

function malformed(fault: Fault, file: string, isMeant = false): NoTemplate {
  return { problem: problemOf(fault, file), isMeant, isMalformed: true };
}

function problemOf({ message, line, column }: Fault, file: string): Problem {
  return { file, message, ...line !== undefined && { line, column } };
}

/** What begins as JSON does is JSON, unless the name says YAML; braces without quotes are YAML. */
function parse(text: string, file: string): { parsed: ReturnType<typeof readInSpite>; format: TemplateFormat } {
  const [, begin] = /^\s*(\{\s*["}\w]|[[{])?/.exec(text)!;
  if (begin === undefined) { return { parsed: readInSpite(text, 'yaml'), format: 'yaml' }; }
  const json = { parsed: readInSpite(text, 'json'), format: 'json' as const };
  if (!isFault(json.parsed) || (/["}[]$/.test(begin) && !/\.ya?ml$/i.test(file))) { return json; }
  const yaml = { parsed: readInSpite(text, 'yaml'), format: 'yaml' as const };
  return isFault(yaml.parsed) && !/\w$/.test(begin) ? json : yaml;
}
