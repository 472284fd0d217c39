import { CfnResource } from '../cdk/cdk';
import { Dialect, atPlace } from '../engine/harden/dialect';
import { harden } from '../engine/harden/harden';
import { Edit } from '../engine/harden/harden-settings';
import { hasElement } from '../engine/harden/list-element-match';
import { intrinsicOf, isObject, JsonObject } from '../engine/json/json';
import { placesOf } from '../engine/surfaces/places';
import { Step } from '../engine/surfaces/surface';
import { GENERIC, pick, TYPED } from '../tree/deferred-token';
import { givenProperty, renderedProperty, typedNameOf } from '../tree/properties';

/**
 * Writes the settings into a construct: the typed property first, so that aspects and cdk-nag see it,
 * an override where the resource is generic, and into the overrides that would win over either.
 */
export function write(resource: CfnResource, edit: Edit): void {
  placesOf(edit.surface).forEach((surface, i) => writePlace(resource, { ...edit, surface }, {
    typed: atPlace(TYPED, i), generic: atPlace(GENERIC, i),
  }));
}

interface Dialects {
  readonly typed: Dialect;
  readonly generic: Dialect;
}

function writePlace(resource: CfnResource, edit: Edit, { typed: typedDialect, generic }: Dialects): void {
  const { surface } = edit;
  const path: readonly Step[] = surface.container!.length > 0 ? surface.container! : [surface.tokens!.key];
  const [name, ...rest] = path as [string, ...Step[]];
  const isWholeProperty = surface.container!.length === 0;
  // an override of one element by its position brings what would be added, or takes its place
  const isBehind = hasPositionBehindList(resource, path);
  const steps = isBehind || bringsElement(resource, path) ? rest.map(step => typeof step === 'object' && 'add' in step ? { ...step, add: undefined } : step) : rest;
  let isHidden = false; // the base becomes known only when it is resolved, so it cannot be counted on
  const watch = (dialect: Dialect): Dialect => ({
    ...dialect,
    defer: (value, later) => {
      isHidden = true;
      return dialect.defer(value, later);
    },
  });
  const change = (value: unknown, dialect: Dialect): unknown => (
    isWholeProperty ? surface.tokens!.required : harden(value, steps, edit, watch(dialect))
  );

  const typed = typedNameOf(resource, name);
  const holder = resource as unknown as JsonObject;
  if (typed) {
    writeTo(holder, typed, value => change(value, typedDialect));
  } else if (isGeneric(resource)) {
    writeTo(holder, '_cfnProperties', properties => changeIn(properties, name, generic, value => change(value, generic)));
  } else {
    const before = overridesOf(resource)?.[name]; // the class is older than the property, so an override is all there can be
    override(resource, ['Properties', name], before, change(before, generic));
  }
  writeOverrides(resource, path, { ...edit, mergedOver: isHidden ? 'hidden' : 'known' }, isWholeProperty, generic);
  if (isBehind) { addBehindOverrides(resource, path, edit, generic); }
}

/** Whether an override such as `OptionSettings.0` is the element of a list that decides. */
function bringsElement(resource: CfnResource, [name, list]: readonly Step[]): boolean {
  const overridden = overridesOf(resource)?.[name as string];
  return typeof list === 'object' && 'add' in list && isObject(overridden) && hasElement(overridden, list);
}

/** Whether an override such as `OptionSettings.1` makes a list longer that has one element. */
function hasPositionBehindList(resource: CfnResource, [name, list]: readonly Step[]): boolean {
  const overridden = typeof list === 'object' && 'add' in list ? overridesOf(resource)?.[name as string] : undefined;
  const given = isObject(overridden) ? givenProperty(resource, name as string) : undefined;
  return Array.isArray(given) && Object.keys(overridden as JsonObject).some(position => Number(position) >= given.length);
}

/** What is added to the list stands behind what overrides have added. */
function addBehindOverrides(resource: CfnResource, [name, ...rest]: readonly Step[], edit: Edit, generic: Dialect): void {
  const before = renderedProperty(resource, name as string);
  const after = harden(before, rest, edit, generic);
  if (Array.isArray(before) && Array.isArray(after) && after.length > before.length) {
    resource.addPropertyOverride(`${name as string}.${before.length}`, after[before.length]);
  }
}

function overridesOf(resource: CfnResource): JsonObject | undefined {
  const { rawOverrides } = resource as unknown as { rawOverrides?: JsonObject };
  return isPlain(rawOverrides?.Properties) ? rawOverrides.Properties : undefined;
}

function writeTo(holder: JsonObject, name: string, change: (value: unknown) => unknown): void {
  const before = holder[name];
  const after = change(before);
  if (after !== before) { holder[name] = after; }
}

/** Whether the properties are rendered as they were given. The typed classes keep theirs beside, where nobody reads them. */
function isGeneric(resource: CfnResource): boolean {
  const { _cfnProperties: given, cfnProperties: rendered } = resource as unknown as { _cfnProperties?: unknown; cfnProperties?: unknown };
  return given !== undefined && given === rendered;
}

/** A changed copy: users may have given the same object to others. */
function changeIn(properties: unknown, name: string, generic: Dialect, change: (value: unknown) => unknown): unknown {
  if (GENERIC.isOpaque(properties)) {
    const changed = change(pick(properties, name));
    return generic.defer(properties, known => isObject(known) ? { ...known, [name]: changed } : known);
  }
  const { [name]: before } = properties as JsonObject;
  const after = change(before);
  return after === before ? properties : { ...properties as JsonObject, [name]: after };
}

function writeOverrides(resource: CfnResource, path: readonly Step[], edit: Edit, isWholeProperty: boolean, generic: Dialect): void {
  const { rawOverrides } = resource as unknown as { rawOverrides?: JsonObject };
  const before = rawOverrides?.Properties;
  if (before === undefined || (isPlain(before) && !Object.hasOwn(before, path[0] as string))) { return; }
  const after = isWholeProperty ? wholeProperty(before, path[0] as string, edit) : harden(before, path, edit, generic);
  override(resource, ['Properties'], before, after);
}

function wholeProperty(overrides: unknown, name: string, { surface }: Edit): unknown {
  return isObject(overrides) && name in overrides ? { ...overrides, [name]: surface.tokens!.required } : overrides;
}

/** Adds overrides for what differs and nothing else, as deep as the difference is, so that other overrides stay as they are. */
function override(resource: CfnResource, path: readonly string[], before: unknown, after: unknown): void {
  if (before === after) { return; }
  if (isPlain(before) && isPlain(after)) {
    Object.keys(after).forEach(key => override(resource, [...path, key], before[key], after[key]));
  } else {
    resource.addOverride(path.map(key => key.replace(/\\/g, '\\\\').replace(/\./g, '\\.')).join('.'), after);
  }
}

function isPlain(value: unknown): value is JsonObject {
  return isObject(value) && !intrinsicOf(value) && !GENERIC.isOpaque(value);
}
