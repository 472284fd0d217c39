import { hasName } from './launch-referrer';
import { namesIn } from './names-in';
import { nestedTemplateTypeOf } from '../evaluator/nested-template-types';
import { isObject, JsonObject } from '../json/json';
import { LaunchSurface } from '../surfaces/surface';
import { LAUNCH_SURFACES, surfaceOf } from '../surfaces/surfaces';

/** Whether a resource may do without what it launches from, since it has settings of its own. */
function mayCover({ container, onlyWhereWritten, follows }: LaunchSurface): boolean {
  return container !== undefined && !onlyWhereWritten && follows !== undefined;
}

const COVERABLE: ReadonlySet<string> = new Set(LAUNCH_SURFACES.filter(mayCover).flatMap(({ follows = [] }) => follows.map(({ to }) => to)));

/**
 * The launch templates and parameters of a template that need no settings of their own as far as their consumers go, so that it matters
 * who else uses them. Most templates have none: consumers with settings of their own are rare.
 */
export function sharedNames(resources: ReadonlyMap<string, JsonObject>, sections: JsonObject): ReadonlySet<string> {
  const { Outputs: outputs, Parameters: parameters } = sections;
  const names = new Set<string>();
  const handed: unknown[] = [];
  const templates = new Set<string>(); // and what brings some, which gives them out
  for (const [logicalId, { Type: type, Properties: properties }] of resources) {
    const surface = surfaceOf(String(type));
    if (surface && mayCover(surface) && isObject(properties)) {
      for (const { path } of surface.follows!) { namesIn(properties[path[0] as string], { name: name => void names.add(name) }); }
    }
    const isHolder = nestedTemplateTypeOf(String(type)) !== undefined;
    if (isHolder) { handed.push(properties); }
    if (isHolder || (COVERABLE.has(String(type)) && !hasName(surface!, properties))) { templates.add(logicalId); }
  }
  // its consumers may be in another template, which it is handed to
  if (templates.size > 0) { namesIn([outputs, handed], { name: name => { if (templates.has(name)) { names.add(name); } } }); }
  // so may those of one that this template is given, and hands on
  if (isObject(parameters)) { namesIn(handed, { name: name => { if (Object.hasOwn(parameters, name)) { names.add(name); } } }); }
  return names;
}
