import { LOOP } from './for-each-loops';
import { transformsOf } from '../evaluator/transforms';
import { isObject, JsonObject } from '../json/json';
import { MAX_DEPTH } from '../json/shallow';

/** What one round of a loop makes, whatever the round is of: its resources by logical id, which has the identifier in it. */
export interface LoopBody {
  readonly loop: string;
  readonly resources: JsonObject;
}

/**
 * The bodies of the loops among resources that were not expanded, with what nobody knows in the place of the item.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function loopBodiesIn(template: unknown, resources: JsonObject): readonly LoopBody[] {
  if (!transformsOf(template).includes('AWS::LanguageExtensions')) { return []; }
  return Object.keys(resources).filter(key => key.startsWith(LOOP)).flatMap(loop => {
    const made = roundOf(resources[loop], []);
    return made ? [{ loop, resources: made }] : [];
  });
}

/** Undefined where there is no saying what is made. */
function roundOf(loop: unknown, outer: readonly string[]): JsonObject | undefined {
  if (!Array.isArray(loop) || loop.length !== 3 || outer.length > MAX_DEPTH) { return undefined; }
  const [identifier, , body] = loop as unknown[];
  if (typeof identifier !== 'string' || !isObject(body)) { return undefined; }
  const identifiers = [...outer, identifier];
  const made: [string, unknown][] = [];
  for (const [key, value] of Object.entries(body)) {
    const inner = key.startsWith(LOOP) ? roundOf(value, identifiers) : undefined;
    if (key.startsWith(LOOP) && !inner) { return undefined; }
    made.push(...inner ? Object.entries(inner) : [[named(key, identifiers), withUnknown(value, identifiers)] as [string, unknown]]);
  }
  return Object.fromEntries(made);
}

/** A name that no parameter and no resource can have. */
const UNKNOWN = { Ref: '&{}' };

/** Texts, keys and references that depend on the item are not known; names of conditions and of what the loop makes stay as they are written. */
function withUnknown(value: unknown, identifiers: readonly string[], depth = 0): unknown {
  if (typeof value === 'string') { return isNamed(value, identifiers) ? UNKNOWN : value; }
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) { return value; }
  const inside = (each: unknown): unknown => withUnknown(each, identifiers, depth + 1);
  if (Array.isArray(value)) { return value.map(inside); }
  const entries = Object.entries(value);
  if (entries.some(([key]) => isNamed(key, identifiers))) { return UNKNOWN; }
  return Object.fromEntries(entries.map(([key, each]) => {
    if (key === 'Ref' && identifiers.includes(each as string)) { return Object.entries(UNKNOWN)[0]; }
    if (key === 'Fn::If' && Array.isArray(each)) { return [key, [each[0], ...each.slice(1).map(inside)]]; }
    return [key, KEPT.includes(key) ? renamed(each, identifiers) : inside(each)];
  }));
}

const KEPT = ['Condition', 'Fn::GetAtt', 'Ref'];

function renamed(value: unknown, identifiers: readonly string[]): unknown {
  if (Array.isArray(value)) { return value.map(each => renamed(each, identifiers)); }
  return typeof value === 'string' ? named(value, identifiers) : value;
}

/** Both ways to write an identifier, as one. */
function named(text: string, identifiers: readonly string[]): string {
  return identifiers.reduce((name, each) => name.replaceAll(`&{${each}}`, () => `\${${each}}`), text);
}

function isNamed(text: string, identifiers: readonly string[]): boolean {
  return identifiers.some(each => text.includes(`\${${each}}`) || text.includes(`&{${each}}`));
}
