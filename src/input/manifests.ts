import { documentsOf } from './manifest-text';
import { isObject, JsonObject } from '../engine/json/json';
import { surfaceOf } from '../engine/surfaces/surfaces';
import { RelevantPart } from '../engine/templates/relevant-part';

/** The same part with manifests that are texts of YAML as what they say, so that one reader judges them. */
export function withManifests(part: RelevantPart): RelevantPart {
  const changed = [...part.resources].flatMap(([id, resource]) => {
    const read = withManifest(resource);
    return read ? [[id, read] as const] : [];
  });
  if (changed.length === 0) { return part; }
  const { Resources: resources } = part.template;
  return {
    template: { ...part.template, Resources: { ...resources as JsonObject, ...Object.fromEntries(changed) } },
    resources: new Map([...part.resources, ...changed]),
  };
}

function withManifest(resource: JsonObject): JsonObject | undefined {
  const { Type: type, Properties: properties } = resource;
  const surface = typeof type === 'string' ? surfaceOf(type) : undefined;
  if (!surface?.yaml || !isObject(properties)) { return undefined; }
  const name = surface.container![0] as string;
  const documents = documentsOf(properties[name]);
  return documents && { ...resource, Properties: { ...properties, [name]: documents } };
}
