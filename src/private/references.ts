import { alternativesAt, alternativesOf, Parameters } from './alternatives';
import { branchesOf, intrinsicOf, isAbsent, isObject, JsonObject } from './json';
import { Follow, LaunchSurface, Step } from './surface';

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
  return (surface.follows ?? []).flatMap(follow => {
    const { keys } = follow;
    // A direct reference is itself an intrinsic function, so its expression is looked at rather than its value.
    if (!keys) { return directReferences(follow, properties); }
    return alternativesAt(properties, follow.path, parameters).flatMap(each => {
      if (each.kind === 'absent') { return []; }
      return each.kind === 'value' ? ofSpecification(follow, keys, each.value, parameters) : [unknownReference(follow, each.reason)];
    });
  });
}

function ofSpecification(follow: Follow, keys: NonNullable<Follow['keys']>, specification: unknown, parameters: Parameters): Reference[] {
  if (!isObject(specification)) { return [unknownReference(follow, 'a launch template specification was expected here')]; }
  // There is none in an override that changes something else, such as the instance type.
  const targets = [keys.id, keys.name].flatMap(key => key === undefined ? [] : expressionsOf(specification[key])).filter(each => !isAbsent(each));
  const latestOf = latestVersionsIn(specification);
  return targets.flatMap(each => expressionsOf(specification[keys.version]).map(version => (
    { follow, ...targetOf(each), version: versionOf(version, parameters), latestOf }
  )));
}

function directReferences(follow: Follow, properties: unknown): Reference[] {
  return expressionsAt(properties, follow.path).filter(each => !isAbsent(each))
    .map(each => ({ follow, ...targetOf(each), version: 'none' as const, latestOf: [] }));
}

/** What stands at a path of plain keys, through every `Fn::If`. */
function expressionsAt(value: unknown, [key, ...rest]: readonly Step[]): unknown[] {
  if (key === undefined) { return expressionsOf(value); }
  return expressionsOf(value).flatMap(each => {
    if (isAbsent(each)) { return []; }
    return isObject(each) && !intrinsicOf(each) ? expressionsAt(each[key as string], rest) : [each];
  });
}

function unknownReference(follow: Follow, unknown: string): Reference {
  return { follow, unknown, version: 'unknown', latestOf: [] };
}

/** The branches of `Fn::If` as they stand, intrinsic functions included. */
function expressionsOf(value: unknown): unknown[] {
  const branches = branchesOf(value);
  return branches ? branches.slice(1).flatMap(expressionsOf) : [value];
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
  const parts: unknown = typeof intrinsic.argument === 'string' ? intrinsic.argument.split('.') : intrinsic.argument;
  if (!Array.isArray(parts) || !parts.every(part => typeof part === 'string')) { return undefined; }
  const [address, ...attribute] = parts;
  return address === undefined ? undefined : { address, attribute: attribute.join('.') };
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
