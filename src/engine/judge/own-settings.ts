import { isSafeByDefault } from './documented-default';
import { afresh, beside, Context, contextOf } from '../evaluator/context';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { isAbsent, isObject, isSame, isScalar, JsonObject } from '../json/json';
import { LaunchSurface } from '../surfaces/surface';
import { LaunchReferrer } from '../templates/launch-references';

/** A resource's own settings in one of their possible values, and what is taken for granted there. */
export interface OwnSettings {
  /** Absent settings are an empty object. Undefined where they cannot be read, for the reason that `value` has. */
  readonly container?: JsonObject;
  readonly value: PossibleValue;
  readonly context: Context;
}

/** Settings that can be read. */
export interface ReadSettings extends OwnSettings {
  readonly container: JsonObject;
}

type Own = Pick<LaunchReferrer, 'surface' | 'properties' | 'context'>;

/** Every possible value of what the resource itself says. */
export function ownSettingsOf({ surface, properties, context = contextOf() }: Own): OwnSettings[] {
  if (!surface.container) { return []; }
  return possibleValuesAt(properties, surface.container, afresh(context)).map(value => {
    const { context: where } = value;
    if (value.kind === 'absent') { return { container: {}, value, context: where }; }
    const isReadable = value.kind === 'value' && isObject(value.value);
    return { container: isReadable ? value.value as JsonObject : undefined, value, context: where };
  });
}

/** Every possible value of one setting, and what is taken for granted beside it. */
export function settingIn(container: JsonObject, key: string | undefined, context: Context): PossibleValue[] {
  if (key === undefined) { return []; }
  const value = Object.hasOwn(container, key) ? container[key] : undefined;
  return possibleValuesOf(value, context).map(each => each.context === context ? each : { ...each, context: beside(context, each) });
}

/** Whether the endpoint is switched off, whatever is deployed. */
export function isDisabled(container: JsonObject, { endpoint }: LaunchSurface, context: Context): boolean {
  if (endpoint === undefined || isAbsent(container[endpoint])) { return false; }
  return settingIn(container, endpoint, context).every(each => each.kind === 'value' && each.value === 'disabled');
}

/** A higher version than required is safe too. */
export function isSafe(value: unknown, { tokens }: LaunchSurface): boolean {
  const { required } = tokens!;
  return isSame(value, required) || (typeof required === 'number' && isScalar(value) && /^\d+$/.test(String(value)) && Number(value) >= required);
}

/** Whether every possible value of the resource's own settings requires tokens or disables the endpoint. */
export function requiresTokens(launcher: Own): boolean {
  const { surface } = launcher;
  return !!surface.tokens && everyOwn(launcher, surface.tokens.key, each => each.kind === 'value' && isSafe(each.value, surface));
}

/** The same where silence is safe too, for a resource that takes nothing from another. */
export function requiresTokensByItself(launcher: Own): boolean {
  const { surface, properties } = launcher;
  return requiresTokens(launcher) || (surface.silence !== undefined && isSafeByDefault(surface, properties)
    && everyOwn(launcher, surface.tokens!.key, each => each.kind === 'absent' || (each.kind === 'value' && isSafe(each.value, surface))));
}

/** Whether every possible value of the resource's own settings has a hop limit or disables the endpoint. */
export function limitsHops(launcher: Own): boolean {
  const { hopLimit } = launcher.surface;
  return hopLimit !== undefined && everyOwn(launcher, hopLimit, each => each.kind !== 'absent');
}

function everyOwn(launcher: Own, key: string, holds: (each: PossibleValue) => boolean): boolean {
  const { surface } = launcher;
  if (!surface.container || surface.onlyWhereWritten) { return false; }
  return ownSettingsOf(launcher).every(({ container, context }) => container !== undefined
    && settingIn(container, key, context).every(each => isDisabled(container, surface, each.context) || holds(each)));
}
