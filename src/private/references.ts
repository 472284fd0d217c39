import { Alternative, alternativesAt, alternativesOf } from './alternatives';
import { afresh, beside, Context, contextOf } from './context';
import { keyOf } from './distinct';
import { intrinsicOf, isObject, JsonObject } from './json';
import { MAX_DEPTH } from './shallow';
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

  /** Equal symbols are equal names, though not known ones. */
  readonly symbol?: string;

  /** What users call the target beside its id or name: a parameter, an export, a dynamic reference. */
  readonly source?: string;

  readonly version: Version;

  /** Resources whose `LatestVersionNumber` occurs anywhere in the reference. */
  readonly latestOf: readonly string[];

  /** Where the reference is made, and what is taken for granted there. */
  readonly context: Context;
}

/** Which version of a template is launched: `latest` moves with every edit, the others may run old data. */
export type Version = 'latest' | 'latest-alias' | 'default' | 'pinned' | 'unknown' | 'none';

/** Every reference that a resource can make, through every branch. */
export function referencesOf(surface: LaunchSurface, properties: unknown, context: Context = contextOf()): Reference[] {
  return (surface.follows ?? []).flatMap(follow => alternativesAt(properties, follow.path, afresh(context)).flatMap((each): Reference[] => {
    if (each.kind === 'absent') { return []; }
    const where = beside(context, each);
    if (!follow.keys) { return [{ follow, ...targetOf(each), version: 'none', latestOf: [], context: where }]; }
    return each.kind === 'value'
      ? ofSpecification(follow, follow.keys, each.value, each.context)
      : [{ follow, unknown: each.reason, source: targetOf(each).source, version: 'unknown', latestOf: [], context: where }];
  }));
}

function ofSpecification(follow: Follow, keys: NonNullable<Follow['keys']>, specification: unknown, context: Context): Reference[] {
  if (!isObject(specification)) {
    return [{ follow, unknown: 'a launch template specification was expected here', version: 'unknown', latestOf: [], context }];
  }
  const latestOf = latestVersionsIn(specification);
  // There is none in an override that changes something else, such as the instance type.
  return [keys.id, keys.name].flatMap(key => key === undefined ? [] : alternativesOf(specification[key], context)).flatMap(target => {
    if (target.kind === 'absent') { return []; }
    const where = beside(context, target);
    const versions = new Set(alternativesOf(specification[keys.version], where).map(version => versionOf(version, target)));
    // What else a version can be does not matter where it may not be known at all.
    return (versions.has('unknown') ? ['unknown' as const] : [...versions])
      .map(version => ({ follow, ...targetOf(target), version, latestOf, context: where }));
  });
}

function targetOf(target: Alternative): Pick<Reference, 'address' | 'literal' | 'unknown' | 'symbol' | 'source'> {
  if (target.kind === 'attribute') { return { address: target.address }; }
  if (target.kind === 'unknown') { return { unknown: target.reason, symbol: keyOf(target), source: target.source }; }
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

const ATTRIBUTES = new Map<string, Version>([['LatestVersionNumber', 'latest'], ['DefaultVersionNumber', 'default']]);
const ALIASES = new Map<unknown, Version>([['$Default', 'default'], ['$Latest', 'latest-alias']]);

function versionOf(version: Alternative, target: Alternative): Version {
  switch (version.kind) {
    case 'absent': return 'default';
    case 'value': return ALIASES.get(version.value) ?? 'pinned';
    case 'attribute': {
      const isOfAnother = target.kind === 'attribute' && target.address !== version.address;
      return (isOfAnother ? undefined : ATTRIBUTES.get(version.attribute)) ?? 'unknown';
    }
    default: return 'unknown';
  }
}

/** Addresses of the templates whose `LatestVersionNumber` occurs in a value. */
export function latestVersionsIn(value: unknown, depth = 0): string[] {
  if (depth > MAX_DEPTH) { return []; }
  const attribute = attributeOf(value);
  if (attribute) { return attribute.attribute === 'LatestVersionNumber' ? [attribute.address] : []; }
  if (typeof value === 'string') {
    return [...value.matchAll(/\$\{([^!.}]+)\.LatestVersionNumber\}/g)].map(match => match[1]); // inside a longer Fn::Sub
  }
  const parts = Array.isArray(value) ? value : isObject(value) ? Object.values(value as JsonObject) : [];
  return parts.flatMap(part => latestVersionsIn(part, depth + 1));
}
