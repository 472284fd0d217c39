import { RelevantPart } from './relevant-part';
import { expressionsAt } from '../evaluator/expressions-at';
import { nestedTemplateTypeOf } from '../evaluator/nested-template-types';
import { possibleValuesAt } from '../evaluator/possible-values';
import { intrinsicOf, isObject, JsonObject, leavesOf } from '../json/json';
import { placesOf } from '../surfaces/places';
import { JSON_TEXT, LaunchSurface } from '../surfaces/surface';
import { surfaceOf } from '../surfaces/surfaces';

/**
 * Whether the verdicts on a template are the same whatever templates are beside it, so that it can be judged alone.
 *
 * In doubt it is not. What it imports from other stacks is for the caller to know.
 */
export function isSelfContained({ template, resources }: RelevantPart): boolean {
  const [outputs, section] = [template.Outputs ?? {}, template.Resources ?? {}];
  if (!isObject(outputs) || !isObject(section)) { return false; }
  if (Object.values(outputs).flatMap(leavesOf).some(output => !isObject(output) || output.Export !== undefined)) { return false; }
  for (const key in section) {
    if (key.startsWith('Fn::')) { return false; } // a loop may make anything
  }
  return [...resources.values()].every(resource => isAlone(resource, section));
}

function isAlone({ Type: type, Properties: properties }: JsonObject, section: JsonObject): boolean {
  if (typeof type !== 'string' || nestedTemplateTypeOf(type)) { return false; }
  const surface = surfaceOf(type);
  return !surface || (!hasName(surface, properties) && referencesOf(surface, properties).every(each => isOwn(each, section)));
}

function hasName({ nameProperty }: LaunchSurface, properties: unknown): boolean {
  return nameProperty !== undefined && isObject(properties) && properties[nameProperty] !== undefined;
}

/** What says which launch template and the like a resource uses. */
function referencesOf(surface: LaunchSurface, properties: unknown): unknown[] {
  return placesOf(surface).flatMap(({ follows = [] }) => follows).flatMap(({ path, keys }) => {
    if (path.includes(JSON_TEXT)) { return possibleValuesAt(properties, path).filter(({ kind }) => kind !== 'absent'); } // by a name, and so anywhere
    const paths = keys ? [keys.id, keys.name].flatMap(key => key === undefined ? [] : [[...path, key]]) : [path];
    return paths.flatMap(each => expressionsAt(properties, each).map(({ value }) => value));
  });
}

/** A `Ref` or `Fn::GetAtt` to a resource of the same template. */
function isOwn(value: unknown, section: JsonObject): boolean {
  const { name, argument } = intrinsicOf(value) ?? {};
  if (name !== 'Ref' && name !== 'Fn::GetAtt') { return false; }
  const logicalId: unknown = Array.isArray(argument) ? argument[0] : String(argument).split('.')[0];
  return typeof logicalId === 'string' && Object.hasOwn(section, logicalId);
}
