import { MAX_BYTES, tooLarge } from './limits';
import { malformedIn } from './malformed-policy';
import { parseJson } from './parse-json';
import { parseYaml } from './parse-yaml';
import { isFault } from './parsed';
import { Positions, positionsIn } from './positions';
import { decode, unlikeText } from './text';
import { Problem } from '../engine/findings/report';
import { isObject, JsonObject } from '../engine/json/json';

/** A policy document, and where it stands in what was read. */
export interface ReadPolicy {
  readonly document: JsonObject;
  readonly path: readonly string[];

  /** As AWS Organizations calls it, where the output of a command tells. */
  readonly type?: string;
  readonly positions: Positions;
}

/** Where commands of AWS have the document, in an object or as text, which IAM encodes as for a URL. */
const OUTPUTS: readonly (readonly string[])[] = [['Policy', 'Content'], ['PolicyVersion', 'Document'], ['PolicyDocument']];
const FORMS = 'name a policy of IAM or AWS Organizations in JSON or YAML, or what describe-policy, get-policy-version or get-role-policy print';

/** Reads a policy: the document itself, or what a command of AWS prints about it. */
export function readPolicy(bytes: Buffer, file: string): ReadPolicy | Problem {
  if (bytes.length > MAX_BYTES) { return { file, message: tooLarge(bytes.length) }; }
  const refusal = unlikeText(bytes);
  if (refusal !== undefined) { return { file, message: refusal }; }
  const text = decode(bytes);
  if (!/\S/.test(text)) { return { file, message: `the file is empty; ${FORMS}` }; }
  const format = /^\s*[{[]/.test(text) ? 'json' : 'yaml';
  const parsed = format === 'json' ? parseJson(text) : parseYaml(text);
  if (isFault(parsed)) { return { file, message: parsed.message, line: parsed.line, column: parsed.column }; }
  return policyIn(parsed.value, positionsIn(text, format), file);
}

export function isPolicy(read: ReadPolicy | Problem): read is ReadPolicy {
  return 'document' in read;
}

function policyIn(value: unknown, positions: Positions, file: string): ReadPolicy | Problem {
  if (!isObject(value)) { return { file, message: `no policy; ${FORMS}` }; }
  if (isDocument(value)) { return wellFormed({ document: value, path: [], positions }, file); }
  if (isObject(value.Resources)) { return { file, message: 'a template of CloudFormation; imds-guard check finds the policies in it' }; }
  for (const path of OUTPUTS) {
    const held = path.reduce<unknown>((from, key) => (isObject(from) ? from[key] : undefined), value);
    if (held === undefined) { continue; }
    const document = typeof held === 'string' ? parsedText(held) : held;
    if (!isObject(document) || !isDocument(document)) { return { file, message: `no policy in ${path.join('.')}; ${FORMS}`, ...positions(path) }; }
    return wellFormed({ document, path, type: typeOf(value), positions }, file);
  }
  return { file, message: `no policy: neither Statement nor ec2_attributes is in it; ${FORMS}` };
}

/** AWS takes no other, so nothing could be said about what it denies. */
function wellFormed(policy: ReadPolicy, file: string): ReadPolicy | Problem {
  const malformed = malformedIn(policy.document);
  return malformed ? { file, message: `malformed policy: ${malformed.message}`, ...policy.positions([...policy.path, ...malformed.path]) } : policy;
}

function isDocument(value: JsonObject): boolean {
  return ['Statement', 'ec2_attributes', 'instance_metadata_defaults'].some(key => Object.hasOwn(value, key));
}

function parsedText(text: string): unknown {
  const parsed = parseJson(decoded(text));
  return isFault(parsed) ? undefined : parsed.value;
}

function decoded(text: string): string {
  if (!/^\s*%7b/i.test(text)) { return text; }
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // no text that a policy can be
  }
}

function typeOf({ Policy: policy }: JsonObject): string | undefined {
  const summary = isObject(policy) ? policy.PolicySummary : undefined;
  return isObject(summary) && typeof summary.Type === 'string' ? summary.Type : undefined;
}
