import { CfnResource, DefaultTokenResolver, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext, Reference, Stage, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Connections, Launcher } from './private/connections';
import { isObject, JsonObject } from './private/json';
import { LaunchSurface } from './private/surface';
import { LAUNCH_SURFACES, surfaceOf } from './private/surfaces';

/** The row of a construct, if it is a launch surface. Works across copies of aws-cdk-lib, which `instanceof` does not. */
export function surfaceOfConstruct(construct: IConstruct): LaunchSurface | undefined {
  return isCfnResource(construct) ? surfaceOf(construct.cfnResourceType) : undefined;
}

function isCfnResource(construct: IConstruct): construct is CfnResource {
  return typeof (construct as Partial<CfnResource>).cfnResourceType === 'string';
}

/** Types whose edit may replace a consumer that is pinned to a version: here an outdated tree would do harm. */
const PINNABLE = new Set(LAUNCH_SURFACES.flatMap(({ follows = [] }) => follows.filter(({ createOnly }) => createOnly).map(({ to }) => to)));

export function isPinnable(resource: CfnResource): boolean {
  return PINNABLE.has(resource.cfnResourceType);
}

/** Every launch surface below a construct, in tree order. Stages are synthesized on their own, so they are not entered. */
export function launchResourcesIn(root: IConstruct): CfnResource[] {
  const found: CfnResource[] = [];
  const open: IConstruct[] = [root];
  for (let construct = open.pop(); construct; construct = open.pop()) {
    if (surfaceOfConstruct(construct)) { found.push(construct as CfnResource); }
    const children = construct.node.children;
    for (let i = children.length - 1; i >= 0; i--) {
      if (!Stage.isStage(children[i])) { open.push(children[i]); }
    }
  }
  return found;
}

/**
 * Who refers to whom in one construct tree, read before synthesis.
 *
 * A snapshot that grows: resources that other aspects add later are taken in when they are met.
 */
export class Tree {
  /** The tree that a construct belongs to. A new snapshot is taken only when `renew` says so. */
  public static of(construct: IConstruct, renew = false): Tree {
    const root = Stage.of(construct) ?? construct.node.root;
    const known = renew ? undefined : Tree.known.get(root);
    if (known) { return known; }
    const tree = new Tree(root);
    Tree.known.set(root, tree);
    return tree;
  }

  private static readonly known = new WeakMap<IConstruct, Tree>();

  public readonly connections = new Connections();
  private readonly addresses = new Map<IConstruct, string>();
  private readonly resources = new Map<string, CfnResource>();
  private readonly logicalIds = new Map<IConstruct, Map<string, string>>();

  private constructor(root: IConstruct) {
    this.add(launchResourcesIn(root));
  }

  /** The address of a resource; one that was not there yet is taken in with its neighbours, which may refer to it. */
  public addressOf(resource: CfnResource): string {
    if (!this.addresses.has(resource)) { this.add(launchResourcesIn(resource.node.scope ?? resource)); }
    return this.address(resource);
  }

  /** Looks again at a resource that was changed. */
  public refresh(resource: CfnResource): void {
    this.connections.add(this.launcher(resource));
  }

  public resourceAt(address: string): CfnResource | undefined {
    return this.resources.get(address);
  }

  private add(resources: readonly CfnResource[]): void {
    this.logicalIds.clear();
    resources.forEach(resource => this.resources.set(this.address(resource), resource));
    resources.forEach(resource => this.connections.add(this.launcher(resource)));
  }

  /** `@1`, `@2`, …: no logical id looks so. */
  private address(construct: IConstruct): string {
    const known = this.addresses.get(construct);
    if (known) { return known; }
    const address = `@${this.addresses.size + 1}`;
    this.addresses.set(construct, address);
    return address;
  }

  private launcher(resource: CfnResource): Launcher {
    const surface = surfaceOf(resource.cfnResourceType)!;
    return { address: this.address(resource), surface, properties: this.view(resource, surface) };
  }

  /** Only the properties that connections are read from: resolving everything would be slow. */
  private view(resource: CfnResource, surface: LaunchSurface): JsonObject {
    const wanted = ['LaunchTemplateName', surface.hopsNeededWith, ...(surface.follows ?? []).map(({ path }) => path[0] as string)];
    const view: JsonObject = {};
    for (const name of new Set(wanted)) {
      const value = name === undefined ? undefined : propertyOf(resource, name);
      if (value !== undefined) { view[name!] = this.resolve(resource, value); }
    }
    return view;
  }

  private resolve(resource: CfnResource, value: unknown): unknown {
    const resolver = new AddressResolver(target => this.address(target));
    const resolved = Tokenization.resolve({ value }, { scope: resource, resolver, preparing: false }) as { value: unknown };
    return pascalKeys(this.normalize(resource, resolved.value));
  }

  /** Logical ids that were written by hand become addresses too. */
  private normalize(resource: CfnResource, value: unknown): unknown {
    if (Array.isArray(value)) { return value.map(each => this.normalize(resource, each)); }
    if (!isObject(value)) { return value; }
    if (typeof value.Ref === 'string') { return { Ref: this.addressOfLogicalId(resource, value.Ref) }; }
    const target = value['Fn::GetAtt'];
    if (target !== undefined) {
      const [id, ...attribute] = Array.isArray(target) ? target : String(target).split('.');
      return { 'Fn::GetAtt': [this.addressOfLogicalId(resource, String(id)), attribute.join('.')] };
    }
    const text = value['Fn::Sub'];
    if (typeof text === 'string') {
      return { 'Fn::Sub': text.replace(/\$\{([^!.}]+)/g, (_, id: string) => `\${${this.addressOfLogicalId(resource, id)}`) };
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.normalize(resource, each)]));
  }

  private addressOfLogicalId(resource: CfnResource, id: string): string {
    if (id.startsWith('@') || id.startsWith('AWS::')) { return id; }
    const { stack } = resource;
    let ids = this.logicalIds.get(stack);
    if (!ids) {
      ids = new Map([...this.resources].filter(([, each]) => each.stack === stack).map(([address, each]) => [String(stack.resolve(each.logicalId)), address]));
      this.logicalIds.set(stack, ids);
    }
    return ids.get(id) ?? id;
  }
}

/** A top-level property as the construct holds it now: override first, then the typed property, then the generic one. */
export function propertyOf(resource: CfnResource, name: string): unknown {
  const { rawOverrides, _cfnProperties: generic } = resource as unknown as { rawOverrides?: JsonObject; _cfnProperties?: JsonObject };
  const overrides = rawOverrides?.Properties;
  if (isObject(overrides) && name in overrides) { return renderedProperty(resource, name); }
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

/** Typed properties are spelled `launchTemplateId`; what is read here is spelled as in a template. */
function pascalKeys(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(pascalKeys); }
  if (!isObject(value)) { return value; }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.charAt(0).toUpperCase() + key.slice(1), pascalKeys(each)]));
}

/** Resolves references to the address of their target, so that they mean the same in every stack. */
class AddressResolver extends DefaultTokenResolver {
  public constructor(private readonly address: (target: IConstruct) => string) {
    super(new Concat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) { return super.resolveToken(token, context, postProcessor); }
    const address = this.address(token.target);
    return token.displayName === 'Ref' ? { Ref: address } : { 'Fn::GetAtt': [address, token.displayName] };
  }
}

class Concat implements IFragmentConcatenator {
  public join(left: unknown, right: unknown): unknown {
    if (left === undefined) { return right; }
    if (right === undefined) { return left; }
    return typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] };
  }
}
