import { resolveNow } from './resolve-early';
import { CfnResource, Tokenization } from '../cdk/cdk';
import { isObject, JsonObject } from '../engine/json/json';
import { LaunchSurface } from '../engine/surfaces/surface';

/** A top-level property as the construct holds it now: an override first, then the typed property, then the generic one. */
export function propertyOf(resource: CfnResource, name: string): unknown {
  const { rawOverrides } = resource as unknown as { rawOverrides?: JsonObject };
  const overrides = rawOverrides?.Properties;
  if (isObject(overrides) && (name in overrides || Tokenization.isResolvable(overrides))) { return renderedProperty(resource, name); }
  return givenProperty(resource, name);
}

/** The same without overrides. */
export function givenProperty(resource: CfnResource, name: string): unknown {
  const { _cfnProperties: generic } = resource as unknown as { _cfnProperties?: JsonObject };
  const typed = typedNameOf(resource, name);
  return typed ? (resource as unknown as JsonObject)[typed] : generic?.[name];
}

/** The explicit name of a resource. CloudFormation does not replace a resource that has one unless it changes too. */
export function nameOf(resource: CfnResource, { nameProperty }: LaunchSurface): unknown {
  return nameProperty === undefined ? undefined : propertyOf(resource, nameProperty);
}

/** The options as the construct holds them, or `hidden` behind a token, a function, a text or a list. */
export function optionsOf(resource: CfnResource, surface: LaunchSurface): JsonObject | 'hidden' {
  return optionsIn(propertyOf(resource, surface.container![0] as string ?? ''), surface);
}

/** The same without overrides: the very object that the construct holds. */
export function givenOptionsOf(resource: CfnResource, surface: LaunchSurface): JsonObject | 'hidden' {
  return optionsIn(givenProperty(resource, surface.container![0] as string ?? ''), surface);
}

function optionsIn(top: unknown, { container }: LaunchSurface): JsonObject | 'hidden' {
  let value: unknown = { '': top };
  for (const key of ['', ...container!.slice(1)]) {
    if (!isPlain(value) || typeof key !== 'string') { return 'hidden'; }
    value = value[typedKey(key)] ?? value[key];
    if (value === undefined) { return {}; }
  }
  return isPlain(value) ? value : 'hidden';
}

function isPlain(value: unknown): value is JsonObject {
  return isObject(value) && typeof value.resolve !== 'function' && !Object.keys(value).some(key => key.startsWith('Fn::') || key === 'Ref');
}

/** A top-level property as CloudFormation receives it, overrides merged. Slower: everything on the resource is rendered. */
export function renderedProperty(resource: CfnResource, name: string): unknown {
  return renderedProperties(resource)[name];
}

export function renderedProperties(resource: CfnResource): JsonObject {
  return rendered(resource).Properties as JsonObject ?? {};
}

/** The resource as CloudFormation receives it, or nothing where a lazy value of the app's is not ready yet: that must not stop synthesis. */
export function rendered(resource: CfnResource): JsonObject {
  try {
    const template = (resource as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
    const { Resources: resources } = resolveNow(resource.stack, template) as JsonObject;
    return (Object.values(resources ?? {})[0] ?? {}) as JsonObject;
  } catch {
    return {};
  }
}

const TYPED_NAMES = new WeakMap<object, Map<string, string>>();

/** How a class of aws-cdk-lib spells a top-level property; undefined for a generic resource, or a class that lacks it. */
export function typedNameOf(resource: CfnResource, name: string): string | undefined {
  return (TYPED_NAMES.get(resource.constructor) ?? readTypedNames(resource)).get(name);
}

function readTypedNames(resource: CfnResource): Map<string, string> {
  const { cfnPropertyNames, cfnProperties } = resource as unknown as { cfnPropertyNames?: Record<string, string>; cfnProperties?: object };
  const isTyped = Object.hasOwn(resource.constructor, 'CFN_RESOURCE_TYPE_NAME');
  const spelled = cfnPropertyNames ?? (isTyped ? spelledBefore(Object.keys(cfnProperties ?? {})) : {});
  const names = new Map(Object.entries(spelled).filter(([typed]) => typed in resource).map(([typed, name]) => [name, typed]));
  TYPED_NAMES.set(resource.constructor, names);
  return names;
}

/** Before `cfnPropertyNames` came, a class did not say how its properties are spelled in a template. It differs in the first letter, for ours. */
function spelledBefore(typed: readonly string[]): Record<string, string> {
  return Object.fromEntries(typed.map(name => [name, name.charAt(0).toUpperCase() + name.slice(1)]));
}

const TYPED_KEYS = new Map<string, string>();

/** How a key below the top level is spelled in a typed property: `HttpTokens` is `httpTokens`. */
export function typedKey(key: string): string {
  let typed = TYPED_KEYS.get(key);
  if (typed === undefined) {
    typed = key.charAt(0).toLowerCase() + key.slice(1);
    TYPED_KEYS.set(key, typed);
  }
  return typed;
}
