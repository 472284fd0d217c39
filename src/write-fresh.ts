import { CfnResource } from 'aws-cdk-lib';
import { GENERIC, TYPED } from './deferred';
import { harden } from './private/harden';
import { intrinsicOf, isObject, JsonObject } from './private/json';
import { Settings } from './private/settings';
import { LaunchSurface } from './private/surface';
import { LAUNCH_SURFACES } from './private/surfaces';
import { typedKey, typedNameOf } from './properties';

/**
 * Surfaces that a resource without a word about IMDS can be written to at once: a container at the top level or one below, no string attached.
 *
 * By far the most resources say nothing, so this way is short; what it writes is what `harden` makes of nothing, kept by its inputs.
 */
const SIMPLE: ReadonlySet<LaunchSurface> = new Set(LAUNCH_SURFACES.filter(({ container, onlyWhereWritten, optIn, replacement }) => (
  container && container.length > 0 && container.length <= 2 && container.every(step => typeof step === 'string')
  && !onlyWhereWritten && !optIn && !replacement
)));

const FRESH = new Map<string, JsonObject>();

/** Whether the resource is typed, has no overrides and says nothing about IMDS yet. */
export function isFresh(resource: CfnResource, surface: LaunchSurface): boolean {
  const { rawOverrides } = resource as unknown as { rawOverrides?: JsonObject };
  if (!SIMPLE.has(surface) || rawOverrides?.Properties !== undefined) { return false; }
  const [name, key] = surface.container as string[];
  const typed = typedNameOf(resource, name);
  if (typed === undefined) { return false; }
  const value = (resource as unknown as JsonObject)[typed];
  if (key === undefined) { return value === undefined; }
  return isObject(value) && value[typedKey(key)] === undefined && !GENERIC.isOpaque(value) && !intrinsicOf(value);
}

/** Writes into a fresh resource and returns the hop limit that was written, if the type has one. */
export function writeFresh(resource: CfnResource, surface: LaunchSurface, settings: Settings, defaultHopLimit: number): number | undefined {
  const [name, key] = surface.container as string[];
  const typed = typedNameOf(resource, name)!;
  const options = fresh(surface, settings, defaultHopLimit);
  const holder = resource as unknown as JsonObject;
  holder[typed] = key === undefined ? { ...options } : { ...holder[typed] as JsonObject, [typedKey(key)]: { ...options } };
  return surface.hopLimit ? options[typedKey(surface.hopLimit)] as number : undefined;
}

function fresh(surface: LaunchSurface, settings: Settings, defaultHopLimit: number): JsonObject {
  const { httpPutResponseHopLimit: given, maxHttpPutResponseHopLimit: max, httpEndpoint } = settings;
  const id = `${surface.type} ${defaultHopLimit} ${given} ${max} ${httpEndpoint}`;
  let options = FRESH.get(id);
  if (!options) {
    options = harden(undefined, [], { surface, settings, defaultHopLimit }, TYPED) as JsonObject;
    FRESH.set(id, options);
  }
  return options;
}
