import { Dialect } from './dialect';
import { branchesOf, isAbsent, isObject, isSame, JsonObject } from '../json/json';
import { isHopLimit, Settings } from '../surfaces/settings';
import { LaunchSurface } from '../surfaces/surface';

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

  /**
   * The value is merged over another that has been hardened: touch only what is there. Where that other one is hidden, so that it may be
   * replaced by the merge, tokens are required all the same; whatever else the author may have written in it is left.
   */
  readonly mergedOver?: 'known' | 'hidden';

  /** A literal hop limit of the author's gives way. */
  readonly onHopChange?: (change: HopChange) => void;
}

/** The object that holds the settings, with what is wanted in it. */
export function hardenSettings(value: unknown, edit: Edit, dialect: Dialect): unknown {
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
  const others = Object.entries(edit.mergedOver ? {} : edit.inherited ?? {})
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
  const isMergedOver = edit.mergedOver !== undefined && !Object.hasOwn(container, key);
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
