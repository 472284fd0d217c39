import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { Property, PropertyType, Resource, ResourceProperties, TypeDefinition } from '@aws-cdk/service-spec-types';
import { Step } from '../../src/engine/surfaces/surface';

const DATABASE = loadAwsServiceSpecSync();
const RESOURCES = new Map(DATABASE.all('resource').map(resource => [resource.cloudFormationType, resource]));

export interface Place {
  readonly path: readonly string[];
  readonly property: Property;

  /** A change here replaces the resource. */
  readonly replaces: boolean;

  /** A change here replaces the resource, depending on something else. */
  readonly mayReplace: boolean;

  /** Every step below is a list step, and nothing else is. */
  readonly followsLists: boolean;
}

export function isInSpecification(type: string): boolean {
  return RESOURCES.has(type);
}

/** What CloudFormation's schema says about a path; undefined where there is no such property. */
export function placeOf(type: string, path: readonly Step[]): Place | undefined {
  let properties: ResourceProperties[] = [RESOURCES.get(type)?.properties ?? {}];
  let place: Place | undefined;
  let isList = false;
  for (const step of path) {
    if (typeof step === 'object') {
      if (!place || !isList || !('where' in step)) { return undefined; }
      isList = false;
      continue;
    }
    const property = properties.find(each => Object.hasOwn(each, step))?.[step];
    if (!property) { return undefined; }
    place = {
      path: [...place?.path ?? [], step],
      property,
      replaces: place?.replaces === true || property.causesReplacement === 'yes',
      mayReplace: place?.mayReplace === true || property.causesReplacement === 'maybe',
      followsLists: (place?.followsLists ?? true) && !isList,
    };
    isList = typesOf(property).some(each => each.type === 'array');
    properties = definitionsOf(property).map(each => each.properties);
  }
  return place;
}

/** Every property of every resource type whose name matches, as `Type Path.To.Property`. */
export function propertiesNamed(pattern: RegExp): string[] {
  const matches = ({ properties }: { properties: ResourceProperties }): boolean => Object.keys(properties).some(name => pattern.test(name));
  return [...RESOURCES.values()]
    .filter(resource => matches(resource) || DATABASE.follow('usesType', resource).some(({ entity }) => matches(entity)))
    .flatMap(resource => namesIn(resource, pattern).map(path => `${resource.cloudFormationType} ${path}`))
    .sort();
}

function namesIn({ properties }: Resource | TypeDefinition, pattern: RegExp, path: readonly string[] = [], seen: readonly string[] = []): string[] {
  return Object.entries(properties).flatMap(([name, property]) => [
    ...(pattern.test(name) ? [[...path, name].join('.')] : []),
    ...definitionsOf(property).filter(each => !seen.includes(each.$id)).flatMap(each => namesIn(each, pattern, [...path, name], [...seen, each.$id])),
  ]);
}

/** The enum of a property, where the schema has one. */
export function allowedValuesOf({ property }: Place): readonly unknown[] | undefined {
  return typesOf(property).map(each => each.type === 'string' ? each.allowedValues : undefined).find(each => each);
}

export function isOfType({ property }: Place, ...types: readonly PropertyType['type'][]): boolean {
  return typesOf(property).some(each => types.includes(each.type));
}


function typesOf({ type, previousTypes = [] }: Property): PropertyType[] {
  return [type, ...previousTypes].flatMap(each => each.type === 'union' ? each.types : [each]);
}

function definitionsOf(property: Property): TypeDefinition[] {
  return typesOf(property).flatMap(definitionsIn);
}

function definitionsIn(type: PropertyType): TypeDefinition[] {
  switch (type.type) {
    case 'ref': return [DATABASE.get('typeDefinition', type.reference.$ref)];
    case 'array':
    case 'map': return definitionsIn(type.element);
    case 'union': return type.types.flatMap(definitionsIn);
    default: return [];
  }
}
