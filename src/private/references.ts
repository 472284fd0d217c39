import { alternativesAt, alternativesOf, Parameters } from './alternatives';
import { intrinsicOf, isAbsent, isObject, JsonObject } from './json';
import { Follow, LaunchSurface } from './surface';

/** What a launch template specification, a name or an ARN points at. */
export interface Reference {
  readonly follow: Follow;

  /** The resource, by the address that the template or the construct tree gives it. */
  readonly address?: string;

  /** A literal id or name. */
  readonly literal?: string;

  /** Why the target cannot be told, where it has neither address nor literal. */
  readonly unknown?: string;

  readonly version: Version;

  /** Resources whose `LatestVersionNumber` occurs anywhere in the reference. */
  readonly latestOf: readonly string[];
}

/** Which version of a template is launched: `latest` moves with every edit, the others may run old data. */
export type Version = 'latest' | 'latest-alias' | 'default' | 'pinned' | 'unknown' | 'none';

/** Every reference that a resource can make, through every branch. */
export function referencesOf(surface: LaunchSurface, properties: unknown, parameters: Parameters = {}): Reference[] {
  return (surface.follows ?? []).flatMap(follow => alternativesAt(properties, follow.path, parameters).flatMap(each => {
    if (each.kind === 'absent') { return []; }
    if (follow.keys && each.kind === 'value') { return ofSpecification(follow, follow.keys, each.value, parameters); }
    // A direct reference is itself an intrinsic function, so look at the expression again rather than at its value.
    return directReferences(follow, properties);
  }));
}

function ofSpecification(follow: Follow, keys: NonNullable<Follow['keys']>, specification: unknown, parameters: Parameters): Reference[] {
  if (!isObject(specification)) { return [unknownReference(follow, 'a launch template specification was expected here')]; }
  const target = !isAbsent(specification[keys.id]) || !keys.name ? specification[keys.id] : specification[keys.name];
  if (isAbsent(target)) { return []; } // an override that changes something else, such as the instance type
  const latestOf = latestVersionsIn(specification);
  return expressionsOf(target).flatMap(each => expressionsOf(specification[keys.version]).map(version => (
    { follow, ...targetOf(each), version: versionOf(version, parameters), latestOf }
  )));
}

function directReferences(follow: Follow, properties: unknown): Reference[] {
  let value: unknown = properties;
  for (const key of follow.path) { value = isObject(value) && typeof key === 'string' ? value[key] : undefined; }
  return expressionsOf(value).filter(each => !isAbsent(each))
    .map(each => ({ follow, ...targetOf(each), version: 'none' as const, latestOf: [] }));
}

function unknownReference(follow: Follow, unknown: string): Reference {
  return { follow, unknown, version: 'unknown', latestOf: [] };
}

/** The branches of `Fn::If` as they stand, intrinsic functions included. */
function expressionsOf(value: unknown): unknown[] {
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name !== 'Fn::If' || !Array.isArray(intrinsic.argument)) { return [value]; }
  return intrinsic.argument.slice(1).flatMap(expressionsOf);
}

function targetOf(value: unknown): Pick<Reference, 'address' | 'literal' | 'unknown'> {
  if (typeof value === 'string') { return { literal: value }; }
  const attribute = attributeOf(value);
  if (attribute) { return { address: attribute.address }; }
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name === 'Ref' && typeof intrinsic.argument === 'string') { return { address: intrinsic.argument }; }
  return { unknown: intrinsic ? `${intrinsic.name} is only known when the stack is deployed` : 'it is neither an id nor a reference' };
}

/** `Fn::GetAtt` in its list and its dotted form, and a `Fn::Sub` that is nothing but one. */
function attributeOf(value: unknown): { address: string; attribute: string } | undefined {
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name === 'Fn::Sub' && typeof intrinsic.argument === 'string') {
    const whole = /^\$\{([^!.}]+)(?:\.([^}]+))?\}$/.exec(intrinsic.argument);
    return whole ? { address: whole[1], attribute: whole[2] ?? 'Ref' } : undefined;
  }
  if (intrinsic?.name !== 'Fn::GetAtt') { return undefined; }
  const [address, ...attribute] = Array.isArray(intrinsic.argument) ? intrinsic.argument : String(intrinsic.argument).split('.');
  return typeof address === 'string' ? { address, attribute: attribute.join('.') } : undefined;
}

function versionOf(value: unknown, parameters: Parameters): Version {
  if (isAbsent(value) || value === '$Default') { return 'default'; }
  if (value === '$Latest') { return 'latest-alias'; }
  const attribute = attributeOf(value)?.attribute;
  if (attribute === 'LatestVersionNumber') { return 'latest'; }
  if (attribute === 'DefaultVersionNumber') { return 'default'; }
  return alternativesOf(value, parameters).every(each => each.kind === 'value') ? 'pinned' : 'unknown';
}

/** Addresses of the templates whose `LatestVersionNumber` occurs in a value. */
export function latestVersionsIn(value: unknown): string[] {
  const attribute = attributeOf(value);
  if (attribute) { return attribute.attribute === 'LatestVersionNumber' ? [attribute.address] : []; }
  if (typeof value === 'string') {
    return [...value.matchAll(/\$\{([^!.}]+)\.LatestVersionNumber\}/g)].map(match => match[1]); // inside a longer Fn::Sub
  }
  if (Array.isArray(value)) { return value.flatMap(latestVersionsIn); }
  return isObject(value) ? Object.values(value as JsonObject).flatMap(latestVersionsIn) : [];
}
