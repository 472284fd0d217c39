import { afresh, beside, Context, contextOf } from '../evaluator/context';
import { keyOf } from '../evaluator/distinct';
import { ofAnyInstance } from '../evaluator/instance';
import { whyUnknown } from '../evaluator/outcomes';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { intrinsicOf, isObject, isSame, JsonObject } from '../json/json';
import { MAX_DEPTH } from '../json/shallow';
import { Follow, LaunchSurface } from '../surfaces/surface';

/** What a launch template specification, a name or an ARN points at. */
export interface Reference {
  readonly follow: Follow;

  /** The resource, by the address that the template or the construct tree gives it. */
  readonly address?: string;

  /** A literal id or name. */
  readonly literal?: string;

  /** Why the target cannot be decided, where it has neither address nor literal. */
  readonly unknown?: string;

  /** Equal symbols are equal names, though not known ones. */
  readonly symbol?: string;

  /** What users call the target beside its id or name: a parameter, an export, a dynamic reference. */
  readonly source?: string;

  readonly version: Version;

  /** Resources whose `LatestVersionNumber` occurs anywhere in a reference that is create-only. */
  readonly latestOf: readonly string[];

  /** Where the reference is made, and what is taken for granted there. */
  readonly context: Context;
}

/** Which version of a template is launched: `latest` moves with every edit, the others may run old data. */
export type Version = 'latest' | 'latest-alias' | 'default' | 'pinned' | 'unknown' | 'none';

/** Every reference that a resource can make, through every branch. */
export function referencesOf(surface: LaunchSurface, properties: unknown, context: Context = contextOf()): Reference[] {
  return (surface.follows ?? []).flatMap(follow => possibleValuesAt(properties, follow.path, afresh(context)).flatMap((each): Reference[] => {
    if (isNothing(each)) { return []; }
    const where = beside(context, each);
    if (!follow.keys) { return [{ follow, ...targetOf(each), version: 'none', latestOf: [], context: where }]; }
    return each.kind === 'value'
      ? ofSpecification(follow, follow.keys, each.value, each.context, replaces(follow, properties))
      : [{ follow, unknown: whyUnknown(each), source: targetOf(each).source, version: 'unknown', latestOf: [], context: where }];
  }));
}

/**
 * Whether nothing is referred to. Nothing has an empty name, and AWS Batch takes one for the wish to have no launch template; what a parameter
 * allows among others is not what the author chose.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResourceUpdate.html
 */
export function isNothing(each: PossibleValue): boolean {
  return each.kind === 'absent' || (each.kind === 'value' && each.value === '' && each.allowedBy === undefined);
}

/** Whether a change of the reference replaces the resource. A property that is not plainly false may be true. */
export function replaces({ createOnly }: Follow, properties: unknown): boolean {
  if (createOnly === undefined || createOnly === true) { return createOnly === true; }
  return !isObject(properties) || !isSame(properties[createOnly.unlessFalse], false);
}

function ofSpecification(
  follow: Follow, keys: NonNullable<Follow['keys']>, specification: unknown, context: Context, isCreateOnly: boolean,
): Reference[] {
  if (!isObject(specification)) {
    return [{ follow, unknown: 'a launch template specification was expected here', version: 'unknown', latestOf: [], context }];
  }
  const latestOf = isCreateOnly ? latestOfIn(specification, specification[keys.version], context) : [];
  const references: Reference[] = [];
  for (const key of [keys.id, keys.name]) {
    for (const target of key === undefined ? [] : possibleValuesOf(specification[key], context)) {
      if (isNothing(target)) { continue; } // in an override that changes something else, such as the instance type
      const where = beside(context, target);
      for (const version of versionsOf(specification[keys.version], target, where)) {
        references.push({ follow, ...targetOf(target), version, latestOf, context: where });
      }
    }
  }
  return references;
}

/** Whose latest version number a specification has: as it stands there, or else as it comes from a parameter or another template. */
function latestOfIn(specification: JsonObject, version: unknown, context: Context): readonly string[] {
  const found = latestVersionsIn(specification);
  if (found.length > 0) { return found.map(each => context.scope.addressOf(each)); }
  if (typeof version !== 'object') { return found; }
  return possibleValuesOf(version, context)
    .flatMap(each => each.kind === 'attribute' && VERSION_ATTRIBUTES.get(each.attribute) === 'latest' ? each.address : []);
}

function targetOf(target: PossibleValue): Pick<Reference, 'address' | 'literal' | 'unknown' | 'symbol' | 'source'> {
  if (target.kind === 'attribute') { return { address: target.address }; }
  if (target.kind === 'unknown') { return { unknown: target.reason, symbol: ofAnyInstance(keyOf(target)), source: target.source }; }
  if (target.kind === 'value' && typeof target.value === 'string') { return { literal: target.value, source: target.source }; }
  return { unknown: 'it is neither an id nor a reference' };
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

/** Attributes that are numbers of versions. */
export const VERSION_ATTRIBUTES = new Map<string, Version>([['LatestVersionNumber', 'latest'], ['DefaultVersionNumber', 'default']]);
const ALIASES = new Map<unknown, Version>([['$Default', 'default'], ['$Latest', 'latest-alias']]);

/** What else a version can be does not matter where it may not be known at all. */
function versionsOf(version: unknown, target: PossibleValue, context: Context): readonly Version[] {
  const versions = possibleValuesOf(version, context).map(each => versionOf(each, target));
  if (versions.length < 2) { return versions; }
  return versions.includes('unknown') ? ['unknown'] : [...new Set(versions)];
}

function versionOf(version: PossibleValue, target: PossibleValue): Version {
  switch (version.kind) {
    case 'absent': return 'default';
    case 'value': return ALIASES.get(version.value) ?? 'pinned';
    case 'attribute': {
      const isOfAnother = target.kind === 'attribute' && target.address !== version.address;
      return (isOfAnother ? undefined : VERSION_ATTRIBUTES.get(version.attribute)) ?? 'unknown';
    }
    default: return 'unknown';
  }
}

/** Addresses of the templates whose `LatestVersionNumber` occurs in a value. */
export function latestVersionsIn(value: unknown): string[] {
  const found: string[] = [];
  addLatestVersions(value, found, 0);
  return found;
}

function addLatestVersions(value: unknown, found: string[], depth: number): void {
  if (typeof value === 'string') {
    if (!value.includes('.LatestVersionNumber}')) { return; }
    for (const [, address] of value.matchAll(/\$\{([^!.{}]+)\.LatestVersionNumber\}/g)) { found.push(address); } // inside a longer Fn::Sub
  }
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) { return; }
  const attribute = attributeOf(value);
  if (attribute) {
    if (attribute.attribute === 'LatestVersionNumber') { found.push(attribute.address); }
    return;
  }
  for (const key in value) { addLatestVersions((value as JsonObject)[key], found, depth + 1); }
}
