import { CfnResource } from '../cdk/cdk';
import { harden } from '../engine/harden/harden';
import { intrinsicOf, isObject, JsonObject } from '../engine/json/json';
import { Settings } from '../engine/surfaces/settings';
import { LaunchSurface } from '../engine/surfaces/surface';
import { LAUNCH_SURFACES } from '../engine/surfaces/surfaces';
import { GENERIC, TYPED } from '../tree/deferred-token';
import { typedKey, typedNameOf } from '../tree/properties';

/**
 * Surfaces that a resource without a word about IMDS can be written to at once: a container at the top level or one below, no string attached.
 *
 * By far the most resources say nothing, so this way is short; what it writes is what `harden` makes of nothing, kept by its inputs.
 */
const SIMPLE: ReadonlySet<LaunchSurface> = new Set(LAUNCH_SURFACES.filter(({ container, onlyWhereWritten, optIn, replacement }) => (
  container && container.length > 0 && container.length <= 2 && container.every(step => typeof step === 'string')
  && !onlyWhereWritten && !optIn && !replacement
)));

/** By settings, surface and default hop limit. */
const FRESH = new WeakMap<Settings, Map<LaunchSurface, JsonObject[]>>();

/** What a typed resource without overrides says about IMDS; nothing for any other, and where a token or a function hides it. */
export function plainOptions(resource: CfnResource, surface: LaunchSurface): JsonObject | undefined {
  const { rawOverrides } = resource as unknown as { rawOverrides?: JsonObject };
  if (!SIMPLE.has(surface) || rawOverrides?.Properties !== undefined) { return undefined; }
  const container = surface.container as string[];
  const typed = typedNameOf(resource, container[0]);
  if (typed === undefined) { return undefined; }
  const value = (resource as unknown as JsonObject)[typed];
  if (container.length === 1) { return value === undefined ? SILENT : plain(value); }
  const holder = plain(value);
  const options = holder?.[typedKey(container[1])];
  return holder && options === undefined ? SILENT : plain(options);
}

const SILENT: JsonObject = {};

function plain(value: unknown): JsonObject | undefined {
  return isObject(value) && !GENERIC.isOpaque(value) && !intrinsicOf(value) ? value : undefined;
}

/** Writes the options of a resource that says nothing. */
export function writeFresh(resource: CfnResource, surface: LaunchSurface, options: JsonObject): void {
  const container = surface.container as string[];
  const typed = typedNameOf(resource, container[0])!;
  const holder = resource as unknown as JsonObject;
  holder[typed] = container.length === 1 ? { ...options } : { ...holder[typed] as JsonObject, [typedKey(container[1])]: { ...options } };
}

/** The options that a resource which says nothing is given. */
export function freshOptions(surface: LaunchSurface, settings: Settings, defaultHopLimit: number | undefined): JsonObject {
  let known = FRESH.get(settings);
  if (!known) {
    known = new Map();
    FRESH.set(settings, known);
  }
  let options = known.get(surface);
  if (!options) {
    options = [];
    known.set(surface, options);
  }
  return options[defaultHopLimit ?? 0] ??= harden(undefined, [], { surface, settings, defaultHopLimit }, TYPED) as JsonObject;
}
