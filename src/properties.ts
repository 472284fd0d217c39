import { CfnResource, Tokenization } from 'aws-cdk-lib';
import { isObject, JsonObject } from './private/json';

/** A top-level property as the construct holds it now: an override first, then the typed property, then the generic one. */
export function propertyOf(resource: CfnResource, name: string): unknown {
  const { rawOverrides, _cfnProperties: generic } = resource as unknown as { rawOverrides?: JsonObject; _cfnProperties?: JsonObject };
  const overrides = rawOverrides?.Properties;
  if (isObject(overrides) && (name in overrides || Tokenization.isResolvable(overrides))) { return renderedProperty(resource, name); }
  const typed = typedNameOf(resource, name);
  return typed ? (resource as unknown as JsonObject)[typed] : generic?.[name];
}

/** What stands at a path of plain keys now, resolved. Cheaper than rendering the resource, and nothing else is resolved. */
export function valueAt(resource: CfnResource, path: readonly unknown[]): unknown {
  let value = propertyOf(resource, path[0] as string);
  for (const key of path.slice(1) as string[]) {
    if (!isObject(value)) { return undefined; }
    if (Tokenization.isResolvable(value)) { value = resource.stack.resolve(value) as JsonObject; }
    const object = value as JsonObject;
    value = object[key.charAt(0).toLowerCase() + key.slice(1)] ?? object[key];
  }
  return value === undefined ? undefined : resource.stack.resolve(value);
}

/** A top-level property as CloudFormation receives it, overrides merged. Slower: everything on the resource is rendered. */
export function renderedProperty(resource: CfnResource, name: string): unknown {
  return renderedProperties(resource)[name];
}

export function renderedProperties(resource: CfnResource): JsonObject {
  return rendered(resource).Properties as JsonObject ?? {};
}

/** The resource as CloudFormation receives it. */
export function rendered(resource: CfnResource): JsonObject {
  const { Resources: resources } = resource.stack.resolve((resource as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
  return (Object.values(resources ?? {})[0] ?? {}) as JsonObject;
}

const TYPED_NAMES = new WeakMap<object, Map<string, string>>();

/** How a class of aws-cdk-lib spells a top-level property; undefined for a generic resource, or a class that lacks it. */
export function typedNameOf(resource: CfnResource, name: string): string | undefined {
  const names = TYPED_NAMES.get(resource.constructor) ?? readTypedNames(resource);
  const typed = names.get(name);
  return typed !== undefined && typed in resource ? typed : undefined;
}

function readTypedNames(resource: CfnResource): Map<string, string> {
  const { cfnPropertyNames } = resource as unknown as { cfnPropertyNames?: Record<string, string> };
  const names = new Map(Object.entries(cfnPropertyNames ?? {}).map(([typed, name]) => [name, typed]));
  TYPED_NAMES.set(resource.constructor, names);
  return names;
}
