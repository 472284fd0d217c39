import { hardenPlaces } from '../../src/engine/harden/harden';
import { isObject, JsonObject } from '../../src/engine/json/json';
import { Settings } from '../../src/engine/surfaces/settings';
import { surfaceOf } from '../../src/engine/surfaces/surfaces';

/** A template in which every resource that has IMDS settings of its own requires IMDSv2. */
export function hardenedTemplate(template: unknown, settings: Settings = {}): unknown {
  if (!isObject(template) || !isObject(template.Resources)) { return template; }
  const resources = Object.entries(template.Resources).map(([id, resource]) => [id, hardenedResource(resource, settings)]);
  return { ...template, Resources: Object.fromEntries(resources) };
}

function hardenedResource(resource: unknown, settings: Settings): unknown {
  const surface = isObject(resource) ? surfaceOf(String(resource.Type)) : undefined;
  if (!surface?.container) { return resource; }
  const { Properties: properties, ...rest } = resource as JsonObject;
  return { ...rest, Properties: hardenPlaces(properties, { surface, settings }) };
}
