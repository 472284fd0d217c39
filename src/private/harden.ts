import { alternativesOf } from './alternatives';
import { contextOf } from './context';
import { branchesOf, intrinsicOf, isAbsent, isObject, isSame, JsonObject } from './json';
import { readJsonText } from './json-text';
import { Matches, matchesOf, wantedIn } from './list-elements';
import { isHopLimit, Settings } from './settings';
import { JSON_TEXT, LaunchSurface, ListStep, Step } from './surface';

/** How the values of a resource are spelled and what in them cannot be read yet. */
export interface Dialect {
  /** How a CloudFormation key is spelled. */
  name(key: string): string;

  /** A value that is only known later, such as a CDK token. */
  isOpaque(value: unknown): boolean;

  /** Applies `change` to an opaque value when it becomes known. */
  defer(value: unknown, change: (value: unknown) => unknown): unknown;
}

/** Plain template JSON: CloudFormation's own spelling, nothing opaque. */
export const TEMPLATE: Dialect = { name: key => key, isOpaque: () => false, defer: value => value };

export interface HopChange {
  readonly from: number;
  readonly to: number;
}

export interface Edit {
  readonly surface: LaunchSurface;
  readonly settings: Settings;

  /** Written where the author wrote none and the settings give none. */
  readonly defaultHopLimit?: number;

  /** Other options to write where the author wrote none: those of the launch template that the resource uses. */
  readonly inherited?: JsonObject;

  /** A hop limit that an earlier pass wrote as a default, so it is not the author's. */
  readonly earlierDefault?: number;

  /** A default is written where the author wrote none. */
  readonly onDefault?: (hopLimit: number) => void;

  /** Touch only what is there: the value is merged over another that has been hardened. */
  readonly partial?: boolean;

  /** A literal hop limit of the author's gives way. */
  readonly onHopChange?: (change: HopChange) => void;
}

/**
 * Returns the value with IMDSv2 required in every branch, or the very same value when nothing has to change.
 *
 * Pure: nothing is mutated, whatever is not about IMDS is kept, the structure of `Fn::If` is kept.
 */
export function harden(value: unknown, path: readonly Step[], edit: Edit, dialect: Dialect = TEMPLATE): unknown {
  if (dialect.isOpaque(value)) {
    const whole = { ...edit, partial: false }; // an intrinsic function replaces what it is merged over
    return dialect.defer(value, known => harden(known, path, whole, { ...dialect, isOpaque: () => false }));
  }
  const branches = branchesOf(value);
  if (branches) { return hardenBranches(value, branches, path, edit, dialect); }
  if (!isAbsent(value) && intrinsicOf(value)) { return hardenText(value, path, edit); }
  if (isAbsent(value) && edit.surface.onlyWhereWritten) { return value; }

  const [step, ...rest] = path;
  if (step === undefined) { return hardenContainer(value, edit, dialect); }
  if (step === JSON_TEXT) { return typeof value === 'string' ? hardenText(value, path, edit) : harden(value, rest, edit, plainNames(dialect)); }
  if (typeof step === 'object') { return hardenList(value, step as ListStep, rest, edit, dialect); }
  return hardenKey(value, step, rest, edit, dialect);
}

/** Below an intrinsic function and inside JSON text, keys are spelled as CloudFormation spells them. */
function plainNames(dialect: Dialect): Dialect {
  return { ...dialect, name: key => key };
}

function hardenBranches(value: unknown, [condition, ...branches]: unknown[], path: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  const whole = { ...edit, partial: false };
  const hardened = branches.map(branch => harden(branch, path, whole, plainNames(dialect)));
  return hardened.every((branch, i) => branch === branches[i]) ? value : { 'Fn::If': [condition, ...hardened] };
}

function hardenText(value: unknown, path: readonly Step[], edit: Edit): unknown {
  const text = path[0] === JSON_TEXT ? readJsonText(value) : undefined;
  if (!text) { return value; } // cannot be decided: `judge` tells so
  const hardened = harden(text.value, path.slice(1), { ...edit, partial: false });
  return hardened === text.value ? value : text.encode(hardened);
}

function hardenKey(value: unknown, key: string, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  const name = dialect.name(key);
  const parent: JsonObject = isAbsent(value) ? {} : value as JsonObject;
  if (!isObject(parent) || (edit.partial && !(name in parent))) { return value; }
  const child = harden(parent[name], rest, { ...edit, partial: edit.partial && !isAbsent(parent[name]) }, dialect);
  return child === parent[name] ? value : { ...parent, [name]: child };
}

function hardenList(value: unknown, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  if (isAbsent(value)) { return step.add ? [added(step, rest, edit, dialect)] : value; }
  if (isObject(value)) { return hardenLone(value, step, rest, edit, dialect); }
  if (!Array.isArray(value)) { return value; }
  if (value.some(each => dialect.isOpaque(each) || isHidden(each, step, dialect))) {
    return dialect.defer(value, known => harden(known, [step, ...rest], edit, { ...dialect, isOpaque: () => false }));
  }
  const hardened = hardenElements(value, step, rest, { ...edit, partial: false }, dialect); // a list replaces the one it is merged over
  return hardened.length === value.length && hardened.every((each, i) => each === value[i]) ? value : hardened;
}

/** A lone element in place of the list or, in an override, an object whose keys are positions. */
function hardenLone(value: JsonObject, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  if (isMeant(value, step, dialect)) { return harden(value, rest, edit, dialect); }
  if (isHolder(value, step, dialect)) { return hardenHeld(value, step, rest, edit, dialect); }
  const hardened = Object.entries(value).map(([key, each]) => [key, hardenElement(each, step, rest, edit, dialect, true)] as const);
  return hardened.every(([key, each]) => each === value[key]) ? value : Object.fromEntries(hardened);
}

function hardenElements(list: readonly unknown[], step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown[] {
  const isThere = (each: unknown): boolean => isMeantInBranches('every', each, step, dialect);
  const hasOne = list.filter(each => isMeantInBranches('some', each, step, dialect)).length === 1;
  const hardened = list.map(each => hardenElement(each, step, rest, edit, dialect, hasOne));
  // what may be the element, but cannot be told from another, is left alone: `judge` tells so
  if (!step.add || hardened.some(isThere) || list.some(each => isUncertain(each, step, dialect))) { return hardened; }
  // What is in some branches only leaves the setting out in the others, so it is taken out of them and added to the list.
  return [...hardened.map(each => withoutMeant(each, step, dialect)), added(step, rest, edit, dialect)];
}

/** `fill`: a branch that has no element at all gets the one that is added. */
function hardenElement(each: unknown, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect, fill: boolean): unknown {
  if (isHolder(each, step, dialect)) { return hardenHeld(each, step, rest, edit, dialect); }
  if (!isMeantInBranches('some', each, step, dialect)) { return each; }
  const branches = branchesOf(each);
  if (!branches) { return harden(each, rest, edit, dialect); }
  const plain = plainNames(dialect);
  const [condition, ...both] = branches;
  const hardened = both.map(branch => fill && step.add && isAbsent(branch)
    ? added(step, rest, edit, plain)
    : hardenElement(branch, step, rest, edit, plain, fill));
  return hardened.every((branch, i) => branch === both[i]) ? each : { 'Fn::If': [condition, ...hardened] };
}

/** Whether an override that names elements by their positions has the one that is meant. */
export function hasElement(positions: JsonObject, step: ListStep): boolean {
  return Object.values(positions).some(each => isMeantInBranches('some', each, step, TEMPLATE));
}

/** A list inside an element of the list. */
function hardenHeld(each: JsonObject, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  return hardenKey(each, step.heldIn!.key, [step, ...rest], edit, dialect);
}

function withoutMeant(each: unknown, step: ListStep, dialect: Dialect): unknown {
  const branches = branchesOf(each);
  if (!branches) { return isMeant(each, step, dialect) ? { Ref: 'AWS::NoValue' } : each; }
  return { 'Fn::If': [branches[0], ...branches.slice(1).map(branch => withoutMeant(branch, step, plainNames(dialect)))] };
}

function added(step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  const element = Object.fromEntries(Object.entries(step.where).map(([key, wanted]) => [dialect.name(key), wantedIn(wanted)[0]]));
  return harden(element, rest, edit, dialect);
}

function isMeantInBranches(which: 'every' | 'some', each: unknown, step: ListStep, dialect: Dialect): boolean {
  const branches = branchesOf(each);
  return branches ? branches.slice(1)[which](branch => isMeantInBranches(which, branch, step, plainNames(dialect))) : isMeant(each, step, dialect);
}

function isMeant(each: unknown, step: ListStep, dialect: Dialect): boolean {
  return isObject(each) && isCertain(matchesIn(each, step.where, dialect)) && (Object.keys(step.where).length > 0 || !isPositions(each));
}

function isUncertain(each: unknown, step: ListStep, dialect: Dialect): boolean {
  const branches = branchesOf(each);
  if (branches) { return branches.slice(1).some(branch => isUncertain(branch, step, plainNames(dialect))); }
  if (!isObject(each)) { return false; }
  const matches = matchesIn(each, step.where, dialect);
  return matches.found.length > 0 && !isCertain(matches);
}

function isHolder(each: unknown, { heldIn }: ListStep, dialect: Dialect): each is JsonObject {
  return heldIn !== undefined && isObject(each) && isCertain(matchesIn(each, heldIn.where, dialect));
}

function isCertain({ found, isOtherwise }: Matches): boolean {
  return found.length > 0 && !isOtherwise && found.every(each => each.unknown === undefined);
}

function matchesIn(each: JsonObject, where: ListStep['where'], dialect: Dialect): Matches {
  const keys = Object.fromEntries(Object.keys(where).map(key => [key, each[dialect.name(key)]]));
  return matchesOf(keys, where, contextOf(), alternativesOf);
}

/** What an element is will only be known later. */
function isHidden(each: unknown, { where }: ListStep, dialect: Dialect): boolean {
  return isObject(each) && Object.keys(where).some(key => dialect.isOpaque(each[dialect.name(key)]));
}

/** `addPropertyOverride('List.0.Key', …)` keeps an object whose keys are positions. */
function isPositions(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every(key => /^\d+$/.test(key));
}

function hardenContainer(value: unknown, edit: Edit, dialect: Dialect): unknown {
  const container: JsonObject = isAbsent(value) ? {} : value as JsonObject;
  if (!isObject(container)) { return value; }
  const settings = {
    ...inherited(container, edit, dialect), ...tokens(edit, dialect), ...hopLimit(container, edit, dialect), ...endpoint(edit, dialect),
  };
  const same = Object.entries(settings).every(([key, wanted]) => isSame(container[key], wanted));
  return same ? value : { ...container, ...settings };
}

function tokens({ surface }: Edit, dialect: Dialect): JsonObject {
  return surface.tokens ? { [dialect.name(surface.tokens.key)]: surface.tokens.required } : {};
}

function inherited(container: JsonObject, edit: Edit, dialect: Dialect): JsonObject {
  const { tokens: decided, hopLimit: hops } = edit.surface;
  const others = Object.entries(edit.partial ? {} : edit.inherited ?? {})
    .filter(([key]) => key !== decided?.key && key !== hops && isAbsent(container[dialect.name(key)]));
  return Object.fromEntries(others.map(([key, value]) => [dialect.name(key), value]));
}

function endpoint({ surface, settings }: Edit, dialect: Dialect): JsonObject {
  if (!surface.endpoint || settings.httpEndpoint === undefined) { return {}; }
  return { [dialect.name(surface.endpoint)]: settings.httpEndpoint ? 'enabled' : 'disabled' };
}

function hopLimit(container: JsonObject, edit: Edit, dialect: Dialect): JsonObject {
  if (!edit.surface.hopLimit) { return {}; }
  const key = dialect.name(edit.surface.hopLimit);
  const isMergedOver = edit.partial && !Object.hasOwn(container, key);
  const wanted = wantedHopLimit(container[key], isMergedOver ? { ...edit, defaultHopLimit: undefined } : edit);
  return wanted === undefined ? {} : { [key]: wanted };
}

function wantedHopLimit(present: unknown, edit: Edit): unknown {
  const { httpPutResponseHopLimit: given, maxHttpPutResponseHopLimit: max } = edit.settings;
  const branches = given === undefined ? branchesOf(present) : undefined;
  if (branches) { return wantedInBranches(present, branches, edit); }
  const literal = typeof present === 'string' ? Number(present) : present;
  if (isAbsent(present) || literal === edit.earlierDefault) {
    const wanted = lower(given ?? edit.defaultHopLimit, max);
    if (given === undefined && wanted !== undefined) { edit.onDefault?.(wanted); }
    return wanted;
  }
  if (!isHopLimit(literal)) { return given ?? present; } // only known later, or not valid: `judge` tells so
  const wanted = lower(given ?? literal, max);
  if (wanted === literal) { return present; }
  edit.onHopChange?.({ from: literal, to: wanted });
  return wanted;
}

function wantedInBranches(present: unknown, [condition, ...branches]: unknown[], edit: Edit): unknown {
  const wanted = branches.map(branch => wantedHopLimit(branch, { ...edit, earlierDefault: undefined }) ?? branch);
  return wanted.every((branch, i) => branch === branches[i]) ? present : { 'Fn::If': [condition, ...wanted] };
}

function lower(value: number, max: number | undefined): number;
function lower(value: number | undefined, max: number | undefined): number | undefined;
function lower(value: number | undefined, max: number | undefined): number | undefined {
  return value !== undefined && max !== undefined ? Math.min(value, max) : value;
}
