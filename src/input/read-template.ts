import { MAX_BYTES, tooLarge } from './limits';
import { Fault, isFault } from './parsed';
import { positionsIn } from './positions';
import { InputNote, readInSpite } from './read-in-spite';
import { decode, unlikeText } from './text';
import { Path } from '../engine/evaluator/expressions-at';
import { Problem } from '../engine/findings/report';
import { isObject, JsonObject } from '../engine/json/json';
import { templateFault } from '../engine/templates/template-fault';

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
  const { value, imports, notes } = parsed;
  const isEmptyStack = options.isListed === true && isObject(value) && Object.keys(value).length === 0;
  const fault = isEmptyStack ? undefined : templateFault(value);
  if (!fault) { return { template: value as JsonObject, format, imports, ...notes && { notes } }; }
  const position = fault.path.length > 0 ? positionsIn(text, format)(fault.path) : undefined;
  return { problem: { file, message: fault.message, ...position }, isMeant: fault.path.length > 0, isMalformed: false };
}

export function isTemplate(read: ReadTemplate | NoTemplate): read is ReadTemplate {
  return 'template' in read;
}

function malformed(fault: Fault, file: string, isMeant = false): NoTemplate {
  const { message, line, column } = fault;
  return { problem: { file, message, ...line !== undefined && { line, column } }, isMeant, isMalformed: true };
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
