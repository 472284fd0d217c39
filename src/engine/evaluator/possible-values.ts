import { Context, contextOf, deeper } from './context';
import { INTRINSIC_FUNCTIONS, ifElse } from './intrinsic-functions';
import { matchesOf } from './list-elements';
import { symbolOf, unknown } from './outcomes';
import { PossibleValue } from './possible-value';
import { macroIn } from './transforms';
import { intrinsicOf, isAbsent, isObject, isPlain, JsonObject } from '../json/json';
import { readJsonText } from '../json/json-text';
import { isShallow } from '../json/shallow';
import { JSON_TEXT, ListStep, Step } from '../surfaces/surface';

/** Every value that an expression can have, through the functions that can be followed before deployment. */
export function possibleValuesOf(value: unknown, context: Context = contextOf()): PossibleValue[] {
  if (isAbsent(value)) { return [{ kind: 'absent', context }]; }
  if (typeof value === 'string') { return [literal(value, context)]; }
  if (!isObject(value) || isPlain(value)) { return [{ kind: 'value', value, context }]; }
  const macro = macroIn(value);
  if (macro !== undefined) { return [unknown(context, `${macro} is expanded when the stack is deployed`)]; }
  const intrinsic = intrinsicOf(value);
  if (!intrinsic) { return [ofMixed(value, context)]; }
  const inside = deeper(context);
  if (!inside) { return [unknown(context, 'it is nested too deeply to be followed')]; }
  return INTRINSIC_FUNCTIONS.get(intrinsic.name)?.(intrinsic.argument, inside, possibleValuesOf)
    ?? [unknown(context, `${intrinsic.name} is only known when the stack is deployed`)];
}

/** Of an object with a function beside other keys, as a deep merge into an `Fn::If` leaves behind. `Condition` and `Ref` are keys like others there. */
function ofMixed(value: JsonObject, context: Context): PossibleValue {
  const name = Object.keys(value).find(key => key.startsWith('Fn::'));
  return name === undefined ? { kind: 'value', value, context } : unknown(context, `${name} stands beside other keys, which CloudFormation does not take`);
}

function literal(value: string, context: Context): PossibleValue {
  const dynamic = /\{\{resolve:([^}]*)/.exec(value);
  if (!dynamic) { return { kind: 'value', value, context }; }
  return unknown(context, 'a dynamic reference is resolved when the stack is deployed', { source: dynamic[1], symbol: symbolOf(value) });
}

/** Every value that can stand at a path. An empty list: no element of a list is meant. */
export function possibleValuesAt(from: unknown, whole: readonly Step[], context: Context = contextOf()): PossibleValue[] {
  const { value, path } = plainlyAt(from, whole);
  if (path.length === 0) { return possibleValuesOf(value, context); }
  if (path[0] === JSON_TEXT) { return possibleValuesInText(value, path.slice(1), context); }
  return possibleValuesOf(value, context).flatMap(each => each.kind === 'value' ? step(each.value, path, each.context) : [each]);
}

function possibleValuesInText(value: unknown, rest: readonly Step[], context: Context): PossibleValue[] {
  if (isAbsent(value)) { return [{ kind: 'absent', context }]; }
  const text = readJsonText(value);
  const isRead = text && isShallow(text.value);
  if (isRead && !text.isMixed) { return possibleValuesAt(text.expression(), rest, context); }
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name === 'Fn::ToJsonString') { return possibleValuesAt(intrinsic.argument, rest, context); }
  if (typeof value === 'object' && !intrinsic) { return possibleValuesAt(value, rest, context); }
  const notRead = (where: Context): PossibleValue[] => [unknown(where, 'the text is not JSON that can be read before deployment')];
  const inside = intrinsic && deeper(context);
  if (!inside) { return notRead(context); }
  if (intrinsic.name === 'Fn::If') {
    // each branch is a text of its own
    return ifElse(intrinsic.argument, inside, possibleValuesOf, (branch, where) => possibleValuesInText(branch, rest, where)) ?? notRead(context);
  }
  const whole = possibleValuesOf(value, inside);
  if (isRead && whole.some(({ kind }) => kind !== 'value')) { return possibleValuesAt(text.expression(), rest, context); }
  return whole.flatMap(each => {
    if (each.kind === 'value') { return possibleValuesInText(each.value, rest, each.context); }
    return each.kind === 'absent' ? [each] : notRead(each.context);
  });
}

function step(value: unknown, [first, ...rest]: readonly Step[], context: Context): PossibleValue[] {
  if (typeof first === 'string') {
    return isObject(value) ? possibleValuesAt(own(value, first), rest, context) : [unknown(context, `an object with ${first} was expected here`)];
  }
  const list = first as ListStep;
  const elements = elementsIn(value, list, context);
  const found = elements.flat().flatMap(each => {
    if (each.kind === 'value') { return inElement(each, list, rest); }
    return each.kind === 'absent' ? [] : [each];
  });
  return list.add && !elements.some(each => mayBeMeant(each, list)) ? [...found, { kind: 'absent', context }] : found;
}

/** The elements of a list, or a lone one in its place, and those of the lists that they hold. */
function elementsIn(value: unknown, list: ListStep, context: Context): PossibleValue[][] {
  return (Array.isArray(value) ? value : [value]).flatMap(each => {
    const element = possibleValuesOf(each, context);
    return list.heldIn ? [element, ...element.flatMap(one => elementsHeld(one, list, list.heldIn!))] : [element];
  });
}

function elementsHeld(element: PossibleValue, list: ListStep, { where, key }: NonNullable<ListStep['heldIn']>): PossibleValue[][] {
  if (element.kind !== 'value') { return []; }
  return matchesOf(element.value, where, element.context, possibleValuesOf).found.flatMap(({ context }) => (
    possibleValuesOf((element.value as JsonObject)[key], context).flatMap(held => {
      if (held.kind === 'value') { return elementsIn(held.value, list, held.context); }
      return held.kind === 'absent' ? [] : [[held]];
    })
  ));
}

function inElement(element: PossibleValue & { kind: 'value' }, list: ListStep, rest: readonly Step[]): PossibleValue[] {
  return matchesOf(element.value, list.where, element.context, possibleValuesOf).found.flatMap(each => (
    each.unknown === undefined ? possibleValuesAt(element.value, rest, each.context) : [unknown(each.context, each.unknown)]
  ));
}

/** Follows a path as far as it leads through objects without functions, where nothing can branch. */
export function plainlyAt(value: unknown, path: readonly Step[]): { value: unknown; path: readonly Step[] } {
  let done = 0;
  for (let key = path[0]; typeof key === 'string' && isObject(value) && isPlain(value); key = path[done]) {
    value = own(value, key);
    done++;
  }
  return { value, path: done === 0 ? path : path.slice(done) };
}

function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as { [key: string]: unknown })[key] : undefined;
}

/** Whether no branch of an element is known to be another element, or none. */
function mayBeMeant(element: readonly PossibleValue[], list: ListStep): boolean {
  return element.every(each => {
    if (each.kind !== 'value') { return each.kind !== 'absent'; }
    const { found, isOtherwise } = matchesOf(each.value, list.where, each.context, possibleValuesOf);
    return found.length > 0 && !isOtherwise;
  });
}
