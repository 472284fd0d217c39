import { InputTemplate } from './input-template';
import { isObject, JsonObject } from '../engine/json/json';

/** Construct paths by logical id: from the metadata of the resources, else from `otherwise`. */
export function constructPathsOf(
  resources: ReadonlyMap<string, JsonObject>, otherwise: (logicalId: string) => string | undefined,
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const [logicalId, { Metadata: metadata }] of resources) {
    const own = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
    const path = typeof own === 'string' ? own : otherwise(logicalId);
    if (path !== undefined) { paths.set(logicalId, path); }
  }
  return paths;
}

/** The name of a stack, product or stack set inside a stack: its construct path without what CDK adds, else its logical id. */
export function stackInside({ stack, constructPaths }: InputTemplate, logicalId: string): string {
  const path = constructPaths.get(logicalId);
  return path === undefined ? `${stack}/${logicalId}` : path.replace(/\.NestedStack\/[^/]+\.NestedStackResource$|\/(Resource|Default)$/, '');
}
