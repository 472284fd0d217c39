import { isDeepStrictEqual } from 'util';
import { whyUnknown } from '../engine/evaluator/outcomes';
import { PossibleValue } from '../engine/evaluator/possible-value';
import { isSame, JsonObject } from '../engine/json/json';
import { settingPath } from '../engine/judge/judge-context';
import { ownSettingsOf, settingIn } from '../engine/judge/own-settings';
import { Change } from '../engine/record/decision';
import { placesOf } from '../engine/surfaces/places';
import { LaunchSurface } from '../engine/surfaces/surface';
import { typedKey } from '../tree/properties';

export type SettingValues = ReadonlyMap<string, unknown>;

/** What a resource as CloudFormation receives it says about IMDS. */
export function settingsIn(surface: LaunchSurface, properties: JsonObject): SettingValues {
  const found = new Map<string, unknown[]>(); // two places may have the same path, in elements of different kinds
  for (const place of placesOf(surface)) {
    const own = ownSettingsOf({ surface: place, properties });
    for (const key of keysOf(place)) {
      const path = settingPath(place, key);
      const values = own.flatMap(({ container, value, context }) => (container ? settingIn(container, key, context) : [value]).map(shown));
      found.set(path, [...found.get(path) ?? [], ...values]);
    }
  }
  return new Map([...found].map(([path, values]) => [path, together(values)]));
}

/** The same of the options of a typed construct, where they are plain. */
export function plainSettingsIn(surface: LaunchSurface, options: JsonObject): SettingValues {
  return new Map(keysOf(surface).map(key => [settingPath(surface, key), options[typedKey(key)]]));
}

export function changesBetween(before: SettingValues, after: SettingValues): Change[] {
  return [...after].filter(([setting, value]) => !isEqual(before.get(setting), value))
    .map(([setting, value]) => ({ setting, before: before.get(setting), after: value }));
}

/** Changes on top of changes. What ends as it began is none, and what somebody else wrote in between is what would be without them. */
export function mergedChanges(earlier: readonly Change[], later: readonly Change[]): readonly Change[] {
  if (earlier.length === 0) { return later; }
  const merged = new Map(earlier.map(each => [each.setting, each]));
  later.forEach(({ setting, before, after }) => {
    const first = merged.get(setting);
    merged.set(setting, { setting, before: first && isEqual(first.after, before) ? first.before : before, after });
  });
  return [...merged.values()].filter(({ before, after }) => !isEqual(before, after));
}

function isEqual(one: unknown, other: unknown): boolean {
  return isSame(one, other) || isDeepStrictEqual(one, other);
}

function keysOf({ tokens, hopLimit, endpoint }: LaunchSurface): string[] {
  return [tokens?.key, hopLimit, endpoint].filter(key => key !== undefined);
}

function shown(each: PossibleValue): unknown {
  if (each.kind === 'value') { return each.value; }
  return each.kind === 'absent' ? undefined : { cannotTell: whyUnknown(each) };
}

function together(values: readonly unknown[]): unknown {
  const distinct = values.filter((value, i) => values.findIndex(each => isEqual(each, value)) === i);
  return distinct.length > 1 ? { anyOf: distinct.map(value => value ?? null) } : distinct[0];
}
