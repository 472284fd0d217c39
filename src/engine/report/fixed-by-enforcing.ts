import { Finding } from '../findings/finding';
import { hardenPlaces } from '../harden/harden';
import { isObject, JsonObject } from '../json/json';
import { judge, Judgement } from '../judge/judge';
import { surfaceOf } from '../surfaces/surfaces';
import { hasName } from '../templates/launch-referrer';

/**
 * Which findings go away where IMDSv2 is enforced with the defaults: those about tokens that no finding is about once they are hardened.
 *
 * What enforcement leaves alone, since it would replace a resource or has to be asked for, is not among them.
 */
export function fixedByEnforcing(template: unknown, { findings }: Pick<Judgement, 'findings'>): ReadonlySet<Finding> {
  const { Resources: resources } = isObject(template) ? template : {};
  if (!isObject(template) || !isObject(resources)) { return new Set(); }
  const known = new Map<string, JsonObject | undefined>();
  const candidates = findings.filter(({ logicalId, type, remedy }) => {
    if (remedy?.option !== 'tokens' || remedy.replaces || !Object.hasOwn(resources, logicalId)) { return false; }
    if (!known.has(logicalId)) { known.set(logicalId, hardenedResource(resources[logicalId], type)); }
    return known.get(logicalId) !== undefined;
  });
  if (candidates.length === 0) { return new Set(); }
  const left = new Set(judge({ ...template, Resources: Object.fromEntries(known) }).findings.map(keyOf));
  return new Set(candidates.filter(each => !left.has(keyOf(each))));
}

function hardenedResource(resource: unknown, type: string): JsonObject | undefined {
  const surface = surfaceOf(type);
  if (!surface || !isObject(resource) || surface.optIn || surface.replacement === 'always') { return undefined; }
  const { Properties: properties } = resource;
  if (surface.replacement === 'unless-unnamed' && hasName(surface, properties)) { return undefined; }
  return { ...resource, Properties: hardenPlaces(properties, { surface, settings: {} }) };
}

function keyOf({ rule, logicalId, path }: Finding): string {
  return JSON.stringify([rule, logicalId, path]);
}
