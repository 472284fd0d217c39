import { Dialect, plainNames, TEMPLATE } from './dialect';
import { Edit, hardenSettings } from './harden-settings';
import { isHidden, isHolder, matches, matchesInBranches, mayMatch } from './list-element-match';
import { wantedIn } from '../evaluator/list-elements';
import { branchesOf, intrinsicOf, isAbsent, isObject, JsonObject } from '../json/json';
import { readJsonText } from '../json/json-text';
import { placesOf } from '../surfaces/places';
import { JSON_TEXT, ListStep, Step } from '../surfaces/surface';

/**
 * Returns the value with IMDSv2 required in every branch, or the very same value when nothing has to change.
 *
 * Pure: nothing is mutated, whatever is not about IMDS is kept, the structure of `Fn::If` is kept.
 */
export function harden(value: unknown, path: readonly Step[], edit: Edit, dialect: Dialect = TEMPLATE): unknown {
  if (dialect.isOpaque(value)) {
    const whole = { ...edit, mergedOver: undefined }; // an intrinsic function replaces what it is merged over
    return dialect.defer(value, known => harden(known, path, whole, { ...dialect, isOpaque: () => false }));
  }
  const branches = branchesOf(value);
  if (branches) { return hardenBranches(value, branches, path, edit, dialect); }
  if (!isAbsent(value) && intrinsicOf(value)) { return hardenText(value, path, edit); }
  if (isAbsent(value) && edit.surface.onlyWhereWritten) { return value; }

  const [step, ...rest] = path;
  if (step === undefined) { return hardenSettings(value, edit, dialect); }
  if (step === JSON_TEXT) { return typeof value === 'string' ? hardenText(value, path, edit) : harden(value, rest, edit, plainNames(dialect)); }
  if (typeof step === 'object') { return hardenList(value, step as ListStep, rest, edit, dialect); }
  return hardenKey(value, step, rest, edit, dialect);
}

/** The properties of a resource with IMDSv2 required in every place that holds settings, or the very same properties. */
export function hardenPlaces<T>(properties: T, edit: Edit): T {
  return placesOf(edit.surface).reduce((before, surface) => harden(before, surface.container!, { ...edit, surface }) as T, properties);
}

function hardenBranches(value: unknown, [condition, ...branches]: unknown[], path: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  const whole = { ...edit, mergedOver: undefined };
  const hardened = branches.map(branch => harden(branch, path, whole, plainNames(dialect)));
  return hardened.every((branch, i) => branch === branches[i]) ? value : { 'Fn::If': [condition, ...hardened] };
}

function hardenText(value: unknown, path: readonly Step[], edit: Edit): unknown {
  const text = path[0] === JSON_TEXT ? readJsonText(value) : undefined;
  if (!text) { return value; } // cannot be decided: `judge` reports it
  const hardened = harden(text.value, path.slice(1), { ...edit, mergedOver: undefined });
  return hardened === text.value ? value : text.encode(hardened);
}

function hardenKey(value: unknown, key: string, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  const name = dialect.name(key);
  const parent: JsonObject = isAbsent(value) ? {} : value as JsonObject;
  if (!isObject(parent) || (edit.mergedOver === 'known' && !(name in parent))) { return value; }
  const isRemoved = name in parent && isAbsent(parent[name]);
  const child = harden(parent[name], rest, isRemoved ? { ...edit, mergedOver: undefined } : edit, dialect);
  return child === parent[name] ? value : { ...parent, [name]: child };
}

function hardenList(value: unknown, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  if (isAbsent(value)) { return step.add ? [added(step, rest, edit, dialect)] : value; }
  if (isObject(value)) { return hardenLone(value, step, rest, edit, dialect); }
  if (!Array.isArray(value)) { return value; }
  if (value.some(each => dialect.isOpaque(each) || isHidden(each, step, dialect))) {
    return dialect.defer(value, known => harden(known, [step, ...rest], edit, { ...dialect, isOpaque: () => false }));
  }
  const hardened = hardenElements(value, step, rest, { ...edit, mergedOver: undefined }, dialect); // a list replaces the one it is merged over
  return hardened.every((each, i) => each === value[i]) ? value : hardened;
}

/** A lone element in place of the list or, in an override, an object whose keys are positions. */
function hardenLone(value: JsonObject, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  if (matches(value, step, dialect)) { return harden(value, rest, edit, dialect); }
  if (isHolder(value, step, dialect)) { return hardenHeld(value, step, rest, edit, dialect); }
  const hardened = Object.entries(value).map(([key, each]) => [key, hardenElement(each, step, rest, edit, dialect, true)] as const);
  return hardened.every(([key, each]) => each === value[key]) ? value : Object.fromEntries(hardened);
}

function hardenElements(list: readonly unknown[], step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown[] {
  const isThere = (each: unknown): boolean => matchesInBranches('every', each, step, dialect);
  const hasOne = list.filter(each => matchesInBranches('some', each, step, dialect)).length === 1;
  const hardened = list.map(each => hardenElement(each, step, rest, edit, dialect, hasOne));
  // what may be the element, but cannot be distinguished from another, is left alone: `judge` reports it
  if (!step.add || hardened.some(isThere) || list.some(each => mayMatch(each, step, dialect))) { return hardened; }
  // What is in some branches only leaves the setting out in the others, so it is taken out of them and added to the list.
  return [...hardened.map(each => withoutMeant(each, step, dialect)), added(step, rest, edit, dialect)];
}

/** `fill`: a branch that has no element at all gets the one that is added. */
function hardenElement(each: unknown, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect, fill: boolean): unknown {
  if (isHolder(each, step, dialect)) { return hardenHeld(each, step, rest, edit, dialect); }
  if (!matchesInBranches('some', each, step, dialect)) { return each; }
  const branches = branchesOf(each);
  if (!branches) { return harden(each, rest, edit, dialect); }
  const plain = plainNames(dialect);
  const [condition, ...both] = branches;
  const hardened = both.map(branch => fill && step.add && isAbsent(branch)
    ? added(step, rest, edit, plain)
    : hardenElement(branch, step, rest, edit, plain, fill));
  return hardened.every((branch, i) => branch === both[i]) ? each : { 'Fn::If': [condition, ...hardened] };
}

/** A list inside an element of the list. */
function hardenHeld(each: JsonObject, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  return hardenKey(each, step.heldIn!.key, [step, ...rest], edit, dialect);
}

function withoutMeant(each: unknown, step: ListStep, dialect: Dialect): unknown {
  const branches = branchesOf(each);
  if (!branches) { return matches(each, step, dialect) ? { Ref: 'AWS::NoValue' } : each; }
  return { 'Fn::If': [branches[0], ...branches.slice(1).map(branch => withoutMeant(branch, step, plainNames(dialect)))] };
}

function added(step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  const element = Object.fromEntries(Object.entries(step.where).map(([key, wanted]) => [dialect.name(key), wantedIn(wanted)[0]]));
  return harden(element, rest, edit, dialect);
}
