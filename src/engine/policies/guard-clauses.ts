import { JSON_TEXT, LaunchSurface, ListStep, Step } from '../surfaces/surface';

/** What one line of a rule asks for: one of these must hold. */
export type AnyOf = readonly string[];

/**
 * A function or a dynamic reference: the value is only known when the stack is deployed. `AWS::NoValue` is no value.
 *
 * Without `some` an empty list would pass. `exists` in place of `!empty`, which ends the evaluation at a number or at nothing.
 */
export const undecided = (path: string): AnyOf => [isFunction(path), `some ${path}.Ref != 'AWS::NoValue'`, `some ${path} == /\\{\\{resolve:/`];

export const absent = (path: string): AnyOf => [`${path} not exists`, `${path} is_null`, `${path}.Ref == 'AWS::NoValue'`];

/** Guard takes a list for each of its elements. */
export const notList = (path: string): AnyOf => [`${path} not exists`, `${path} !is_list`];

/** There is a value, whatever it is. Guard's `exists` would take `AWS::NoValue` for one. */
export const present = (path: string): AnyOf => [
  ...['is_string', 'is_int', 'is_bool'].map(test => `${path} ${test}`), `some ${path}[ keys != 'Ref' ] exists`, `some ${path}.Ref != 'AWS::NoValue'`,
];

/** One of these, or what cannot be decided. */
export function oneOf(path: string, values: readonly (string | number | boolean)[]): AnyOf {
  return [`${path} in ${listOf(values)}`, ...undecided(path)];
}

/** YAML and JSON authors write `"2"` for 2 and `"true"` for true. */
export function listOf(values: readonly (string | number | boolean)[]): string {
  const spellings = values.flatMap(value => typeof value === 'string' ? [value, ...scalarIn(value)] : [value, String(value)]);
  return `[${spellings.map(each => typeof each === 'string' ? `'${each}'` : each).join(', ')}]`;
}

/** Something above the value is made by a function. */
export const undecidedAbove = (names: readonly string[]): AnyOf => [
  isFunction('this'), ...names.flatMap((_, i) => undecided(names.slice(0, i + 1).join('.'))),
];

function isFunction(path: string): string {
  return `some ${path}[ keys == /^Fn::/ ] exists`;
}

function scalarIn(text: string): (number | boolean)[] {
  if (text === 'true' || text === 'false') { return [text === 'true']; }
  return /^\d+$/.test(text) ? [Number(text)] : [];
}

/** A line for each, indented, inside a block. */
export function lines(...clauses: readonly AnyOf[]): string[] {
  return clauses.map(alternatives => alternatives.join(' or\n  '));
}

/** A block for every element that a path leads to; what is not there is not looked at. */
export function inEach(steps: readonly Step[], body: (names: readonly string[]) => readonly string[]): string[] {
  const at = steps.findIndex(step => isList(step));
  if (at < 0) { return [...body(namesIn(steps))]; }
  const path = namesIn(steps.slice(0, at)).join('.');
  const elements = `${path}${filterOf(steps[at] as ListStep)}`;
  return block(`when some ${elements} exists`, block(elements, inEach(steps.slice(at + 1), body)));
}

export function block(head: string, body: readonly string[]): string[] {
  return [`${head} {`, ...body.flatMap(line => line.split('\n')).map(line => `  ${line}`), '}'];
}

export function filterOf({ where }: ListStep): string {
  const conditions = Object.entries(where).map(([key, value]) => typeof value === 'string' ? `${key} == '${value}'` : `${key} in ${listOf(value)}`);
  return conditions.length === 0 ? '[*]' : `[ ${conditions.join(' ')} ]`;
}

export function isList(step: Step | undefined): step is ListStep {
  return typeof step === 'object' && step !== JSON_TEXT;
}

/** Guard reads JSON as an object; as text it is for `textOf`. */
export function namesIn(steps: readonly Step[]): string[] {
  return steps.filter((step): step is string => typeof step === 'string');
}

/** Guard cannot parse text without failing on what is no JSON, so a pattern looks for the safe value. What is no JSON cannot be decided. */
export function textOf({ container, tokens }: LaunchSurface): AnyOf {
  const at = container!.indexOf(JSON_TEXT);
  const path = namesIn(container!.slice(0, at)).join('.');
  return at < 0 ? [] : [`${path} == /"${tokens!.key}"\\s*:\\s*"?${tokens!.required}"?\\s*[,}]/`, `${path} != /^\\s*\\{/`];
}
