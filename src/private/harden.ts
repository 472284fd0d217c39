import { branchesOf, intrinsicOf, isAbsent, isObject, JsonObject } from './json';
import { readJsonText } from './json-text';
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
  const hardened = harden(text.value, path.slice(1), edit);
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
  if (isAbsent(value)) { return step.add && !edit.partial ? [harden(element(step, dialect), rest, edit, dialect)] : value; }
  if (isObject(value)) { return hardenElements(Object.values(value), value, step, rest, edit, dialect); }
  if (!Array.isArray(value)) { return value; }
  if (value.some(each => dialect.isOpaque(each))) {
    return dialect.defer(value, known => harden(known, [step, ...rest], edit, { ...dialect, isOpaque: () => false }));
  }
  return hardenElements(value, value, step, rest, edit, dialect);
}

/** `holder` is the list, a lone element in place of it, or, in an override, an object whose keys are positions. */
function hardenElements(list: unknown[], holder: unknown, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  if (!Array.isArray(holder) && isMeant(holder, step, dialect)) { return harden(holder, rest, edit, dialect); }
  const hardened = list.map(each => hardenElement(each, step, rest, edit, dialect));
  if (Array.isArray(holder)) {
    if (step.add && !list.some(each => isMeantSomewhere(each, step, dialect))) { hardened.push(harden(element(step, dialect), rest, edit, dialect)); }
    return hardened.length === list.length && hardened.every((each, i) => each === list[i]) ? holder : hardened;
  }
  if (hardened.every((each, i) => each === list[i])) { return holder; }
  return Object.fromEntries(Object.keys(holder as JsonObject).map((key, i) => [key, hardened[i]]));
}

function hardenElement(each: unknown, step: ListStep, rest: readonly Step[], edit: Edit, dialect: Dialect): unknown {
  if (!isMeantSomewhere(each, step, dialect)) { return each; }
  const branches = branchesOf(each);
  if (!branches) { return harden(each, rest, edit, dialect); }
  const plain = plainNames(dialect);
  // A branch without the element would leave the setting out, so there it is added.
  const [condition, ...both] = branches;
  const hardened = both.map(branch => isAbsent(branch) && step.add
    ? harden(element(step, plain), rest, edit, plain)
    : hardenElement(branch, step, rest, edit, plain));
  return hardened.every((branch, i) => branch === both[i]) ? each : { 'Fn::If': [condition, ...hardened] };
}

function isMeantSomewhere(each: unknown, step: ListStep, dialect: Dialect): boolean {
  const branches = branchesOf(each);
  return branches ? branches.slice(1).some(branch => isMeantSomewhere(branch, step, plainNames(dialect))) : isMeant(each, step, dialect);
}

function isMeant(each: unknown, step: ListStep, dialect: Dialect): boolean {
  return isObject(each) && Object.entries(step.where).every(([key, wanted]) => each[dialect.name(key)] === wanted)
    && (Object.keys(step.where).length > 0 || !isPositions(each));
}

/** `addPropertyOverride('List.0.Key', …)` keeps an object whose keys are positions. */
function isPositions(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every(key => /^\d+$/.test(key));
}

function element(step: ListStep, dialect: Dialect): JsonObject {
  return Object.fromEntries(Object.entries(step.where).map(([key, wanted]) => [dialect.name(key), wanted]));
}

function hardenContainer(value: unknown, edit: Edit, dialect: Dialect): unknown {
  const container: JsonObject = isAbsent(value) ? {} : value as JsonObject;
  if (!isObject(container)) { return value; }
  const settings = { ...inherited(container, edit, dialect), ...tokens(edit, dialect), ...hopLimit(container, edit, dialect), ...endpoint(edit, dialect) };
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
  const { httpPutResponseHopLimit: given, maxHttpPutResponseHopLimit: max } = edit.settings;
  const present = container[key];
  const literal = typeof present === 'string' ? Number(present) : present;
  const authors = isAbsent(present) || literal === edit.earlierDefault ? undefined : present;

  const keep = authors === undefined ? (edit.partial && !(key in container) ? undefined : lower(edit.defaultHopLimit, max)) : authors;
  const wanted = lower(given, max) ?? (authors !== undefined && isHopLimit(literal) ? lower(literal, max) : keep);
  if (wanted === undefined) { return {}; }
  if (isHopLimit(literal) && authors !== undefined && typeof wanted === 'number' && wanted !== literal) {
    edit.onHopChange?.({ from: literal, to: wanted });
  }
  return { [key]: wanted };
}

function lower(value: number | undefined, max: number | undefined): number | undefined {
  return value !== undefined && max !== undefined ? Math.min(value, max) : value;
}

/** YAML and JSON authors write `"2"` for 2 and `"true"` for true; CloudFormation takes both. */
function isSame(present: unknown, wanted: unknown): boolean {
  return present === wanted || (!isAbsent(present) && !isObject(present) && !Array.isArray(present) && String(present) === String(wanted));
}
