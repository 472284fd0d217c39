import { Dialect } from './dialect';
import { Context } from '../evaluator/context';
import { possibleValuesOf } from '../evaluator/possible-values';
import { branchesOf, isAbsent, isObject, isSame, JsonObject } from '../json/json';
import { isSafe } from '../judge/own-settings';
import { isHopLimit, Settings } from '../surfaces/settings';
import { LaunchSurface } from '../surfaces/surface';

export interface HopChange {
  readonly from: number;
  readonly to: number;
}

export interface Edit {
  readonly surface: LaunchSurface;
  readonly settings: Settings;

  /** Written with the tokens where the author wrote none and the settings give none: what containers on the host are known to need. */
  readonly defaultHopLimit?: number;

  /** Other options to write with the tokens where the author wrote none: those of the launch template that the resource uses. */
  readonly inherited?: JsonObject;

  /** An earlier pass required tokens, so that what is required is not the author's work: what is written with the tokens may still be. */
  readonly isRequiredEarlier?: boolean;

  /** What an expression refers to that is no resource. Asked for where a setting is an expression. */
  readonly context?: () => Context;

  /** Tokens are required where the author did not. */
  readonly onRequired?: () => void;

  /**
   * The value is merged over another that has been hardened: touch only what is there. Where that other one is hidden, so that it may be
   * replaced by the merge, tokens are required all the same; whatever else the author may have written in it is left.
   */
  readonly mergedOver?: 'known' | 'hidden';

  /** A literal hop limit of the author's gives way. */
  readonly onHopChange?: (change: HopChange) => void;
}

/** The object that holds the settings, with what is wanted in it. What requires tokens and lacks nothing that was chosen is left as it is. */
export function hardenSettings(value: unknown, edit: Edit, dialect: Dialect): unknown {
  const container: JsonObject = isAbsent(value) ? {} : value as JsonObject;
  if (!isObject(container)) { return value; }
  const settings = wantedIn(container, edit, dialect);
  const same = Object.entries(settings).every(([key, wanted]) => isSame(container[key], wanted));
  return same ? value : { ...container, ...settings };
}

function wantedIn(container: JsonObject, edit: Edit, dialect: Dialect): JsonObject {
  const { tokens } = edit.surface;
  const chosen = { ...hopLimit(container, { ...edit, defaultHopLimit: undefined }, dialect), ...endpoint(edit, dialect) };
  if (!tokens) { return chosen; }
  const key = dialect.name(tokens.key);
  const isRequired = (present: unknown): boolean => {
    const context = isObject(present) ? edit.context?.() : undefined;
    const isSafeAlways = possibleValuesOf(present, context).every(each => each.kind === 'value' && isSafe(each.value, edit.surface));
    if (!isSafeAlways) { edit.onRequired?.(); }
    return isSafeAlways && !edit.isRequiredEarlier;
  };
  const withTokens = (): JsonObject => {
    const defaultHopLimit = edit.defaultHopLimit ?? edit.surface.hopLimitWithTokens;
    const hops = hopLimit(container, { ...edit, defaultHopLimit, onHopChange: undefined }, dialect);
    return { ...inherited(container, edit, dialect), [key]: tokens.required, ...chosen, ...hops };
  };
  if (!dialect.isOpaque(container[key])) { return isRequired(container[key]) ? chosen : withTokens(); }
  // whether tokens are required already, and so whether anything is written beside them, shows when the value is resolved
  const later = Object.entries(withTokens()).map(([name, wanted]) => [name, isSame(wanted, chosen[name])
    ? wanted
    : dialect.defer(container[key], known => isRequired(known) ? (name === key ? known : chosen[name] ?? container[name]) : wanted)]);
  return Object.fromEntries(later) as JsonObject;
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
  if (isAbsent(present)) { return given === undefined ? defaultIn(edit) : capped(given, max); }
  if (!isHopLimit(literal)) { return given ?? present; } // only known later, or not valid: `judge` reports it
  const wanted = capped(given ?? literal, max);
  if (wanted === literal) { return present; }
  edit.onHopChange?.({ from: literal, to: wanted });
  return wanted;
}

function wantedInBranches(present: unknown, [condition, ...branches]: unknown[], edit: Edit): unknown {
  const wanted = branches.map(branch => wantedHopLimit(branch, edit) ?? branch);
  return wanted.every((branch, i) => branch === branches[i]) ? present : { 'Fn::If': [condition, ...wanted] };
}

/** A default above the maximum is left out: at a lower limit containers would lose what the image may give them. */
function defaultIn({ defaultHopLimit, settings: { maxHttpPutResponseHopLimit: max } }: Edit): number | undefined {
  return defaultHopLimit !== undefined && capped(defaultHopLimit, max) === defaultHopLimit ? defaultHopLimit : undefined;
}

function capped(value: number, max: number | undefined): number {
  return Math.min(value, max ?? value);
}
