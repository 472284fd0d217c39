import { Path } from '../engine/evaluator/expressions-at';
import { branchesOf, intrinsicOf, isAbsent, isObject, isSame, JsonObject } from '../engine/json/json';

/** One difference between two values: what comes into a map or a list, or stands in the place of what is absent or a plain value. */
export type Change =
  | { readonly kind: 'insert'; readonly path: Path; readonly entries: JsonObject }
  | { readonly kind: 'prepend'; readonly path: Path; readonly element: unknown }
  | { readonly kind: 'set'; readonly path: Path; readonly value: unknown };

/** What makes the one value of the other. A plain value in the place of an `Fn::If` comes into both of its branches. */
export function changesBetween(before: unknown, after: unknown, path: Path = []): Change[] {
  if (before === after || isSame(before, after)) { return []; }
  if (isAbsent(before)) { return [{ kind: 'set', path, value: after }]; }
  const branches = branchesOf(before);
  if (branches) {
    const others = branchesOf(after) ?? [branches[0], after, after];
    return [1, 2].flatMap(i => changesBetween(branches[i], others[i], [...path, 'Fn::If', i]));
  }
  if (Array.isArray(before) && Array.isArray(after)) { return inList(before, after, path); }
  if (!isObject(before) || !isObject(after) || intrinsicOf(before) || hasFunction(before)) { return [{ kind: 'set', path, value: after }]; }
  const entries = Object.fromEntries(Object.entries(after).filter(([key]) => !Object.hasOwn(before, key)));
  return [
    ...Object.keys(entries).length > 0 ? [{ kind: 'insert' as const, path, entries }] : [],
    ...Object.keys(after).filter(key => Object.hasOwn(before, key)).flatMap(key => changesBetween(before[key], after[key], [...path, key])),
  ];
}

/** A function beside other keys. `Condition` is a key of resources too. */
function hasFunction(map: JsonObject): boolean {
  return Object.keys(map).some(key => key.startsWith('Fn::'));
}

/** The order of what is added does not matter, and in front it is added without a look at what ends the list. */
function inList(before: readonly unknown[], after: readonly unknown[], path: Path): Change[] {
  if (after.length < before.length || after.length > before.length + 1) { return [{ kind: 'set', path, value: after }]; }
  const within = before.flatMap((each, i) => changesBetween(each, after[i], [...path, i]));
  const added = after.slice(before.length).map(element => ({ kind: 'prepend' as const, path, element }));
  return [...within, ...added];
}

/** What a value becomes. */
export function withChanges(before: unknown, changes: readonly Change[]): unknown {
  const last = (change: Change): number => change.kind === 'prepend' ? 1 : 0; // positions in the list count without what is added
  const inOrder = [...changes].sort((a, b) => last(a) - last(b));
  const copied = copiedOnce();
  return inOrder.reduce((value, change) => changedAt(value, change.path, each => changed(each, change), copied), before);
}

function changed(value: unknown, change: Change): unknown {
  switch (change.kind) {
    case 'insert': return { ...value as JsonObject, ...change.entries };
    case 'prepend': return [change.element, ...value as unknown[]];
    case 'set': return change.value;
  }
}

/** A copy that may be written to. What is one already is not copied again: thousands of changes may be in one map. */
function copiedOnce(): (value: object) => JsonObject {
  const copies = new Set<object>();
  return value => {
    const copy = copies.has(value) ? value : Array.isArray(value) ? [...value] : { ...value };
    copies.add(copy);
    return copy as JsonObject;
  };
}

function changedAt(value: unknown, [step, ...rest]: Path, change: (value: unknown) => unknown, copied: ReturnType<typeof copiedOnce>): unknown {
  if (step === undefined) { return change(value); }
  const copy = copied(value as object);
  copy[step] = changedAt(copy[step], rest, change, copied);
  return copy;
}
