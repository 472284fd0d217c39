import { Path } from '../engine/evaluator/expressions-at';
import { isObject } from '../engine/json/json';
import { parseJson } from '../input/parse-json';
import { parseYaml } from '../input/parse-yaml';
import { Fault, isFault } from '../input/parsed';
import { positionsIn } from '../input/positions';
import { isTemplate, NoTemplate, ReadTemplate, readTemplate, TemplateFormat } from '../input/read-template';
import { decode } from '../input/text';

/** A text in JSON, or a map that has a template in it. */
const MAY_HOLD = /^\s*"|\bTemplateBody\b/;
const KEY = 'TemplateBody';

/**
 * Reads a template, or what `aws cloudformation get-template` prints of one: a text in JSON where the stack was made from YAML, or the
 * whole answer. Positions are those of the file: in a text they are where it begins.
 */
export function readDeployedTemplate(bytes: Buffer, file: string): ReadTemplate | NoTemplate {
  const read = readTemplate(bytes, file);
  const held = isTemplate(read) ? undefined : templateIn(bytes);
  if (!held) { return read; }
  if (isFault(held)) { return { problem: { file, message: held.message, line: held.line, column: held.column }, isMeant: true, isMalformed: true }; }
  const { text, format, within } = held;
  const inner = readTemplate(Buffer.from(text), file);
  if (isTemplate(inner)) {
    const notes = inner.notes?.map(({ message }) => ({ message: `the template in it: ${message}` }));
    const flaws = inner.flaws?.map(({ message }) => ({ file, message: `the template in it: ${message}`, ...positionsIn(decode(bytes), format)(within) }));
    return { ...inner, format, within, ...notes && { notes }, ...flaws && { flaws } };
  }
  if (!inner.isMeant) { return read; }
  return { ...inner, problem: { file, message: `the template in it: ${inner.problem.message}`, ...positionsIn(decode(bytes), format)(within) } };
}

interface Held {
  readonly text: string;
  readonly format: TemplateFormat;
  readonly within: Path;
}

/** An answer in which a key stands twice did not come from AWS: what is in it cannot be decided. */
function templateIn(bytes: Buffer): Held | Fault | undefined {
  const outer = decode(bytes);
  if (!MAY_HOLD.test(outer)) { return undefined; }
  const format = /^\s*["{]/.test(outer) ? 'json' : 'yaml';
  const parsed = format === 'json' ? parseJson(outer) : parseYaml(outer);
  if (isFault(parsed)) { return parsed.isDuplicate ? parsed : undefined; }
  const { value } = parsed;
  if (typeof value === 'string') { return { text: value, format, within: [] }; }
  const body = isObject(value) ? value[KEY] : undefined;
  return body === undefined ? undefined : { text: typeof body === 'string' ? body : JSON.stringify(body), format, within: [KEY] };
}
