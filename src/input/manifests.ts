import { documentsOf } from './manifest-text';
import { isObject, JsonObject } from '../engine/json/json';
import { surfaceOf } from '../engine/surfaces/surfaces';
import { isConcerned } from '../engine/templates/launch-referrer';
import { RelevantPart } from '../engine/templates/relevant-part';

/** The same part with manifests and SSM documents that are texts of YAML as what they say, so that one reader judges them. */
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
  if (!surface?.yaml || !isObject(properties) || !isConcerned(surface, properties)) { return undefined; }
  const name = (surface.container ?? surface.calls![0].path)[0] as string;
  const documents = documentsOf(properties[name]);
  if (!documents || (surface.calls && (documents.length > 1 || hasObjectAsKey(documents)))) { return undefined; }
  return { ...resource, Properties: { ...properties, [name]: surface.calls ? documents[0] : documents } };
}

/** `HttpTokens: {{ Tokens }}` without quotes is an object in an object to YAML. */
function hasObjectAsKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) { return false; }
  return Object.entries(value).some(([key, each]) => key === '[object Object]' || hasObjectAsKey(each));
}
