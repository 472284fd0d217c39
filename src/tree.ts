import { CfnOutput, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AddressResolver } from './address-resolver';
import { Choices } from './choice';
import { exemptedScopes } from './exempting';
import { exportName } from './export-name';
import { launchResourcesIn, lookAround, stageOf } from './launch-resources';
import { resolveNow } from './peek';
import { Connections } from './private/connections';
import { isObject, JsonObject } from './private/json';
import { latestVersionsIn } from './private/references';
import { LaunchSurface } from './private/surface';
import { surfaceOf } from './private/surfaces';
import { propertyOf } from './properties';
import { logicalIdOf } from './token-text';

/**
 * Who refers to whom in one construct tree, read before synthesis.
 *
 * A snapshot that grows: resources that other aspects add later are taken in when they are met.
 */
export class Tree {
  /** The tree that a resource belongs to, as it was last seen. */
  public static of(resource: CfnResource): Tree {
    return Tree.known.get(resource.stack) ?? Tree.renew(resource);
  }

  /** Looks at a whole tree again. */
  public static renew(construct: IConstruct): Tree {
    return new Tree(stageOf(construct) ?? construct.node.root);
  }

  private static readonly known = new WeakMap<Stack, Tree>();

  /** Choices that were looked up while this look at the tree was the last. */
  public readonly choices: Choices = new Map();

  /** Stages right below, which are trees of their own. */
  public readonly stages: readonly Stage[];

  private readonly app: IConstruct;

  /** Launch resources, in tree order. */
  private readonly resources = new Set<CfnResource>();

  /** Given when they are first asked for: most resources are never referred to. */
  private readonly addresses = new Map<IConstruct, string>();
  private readonly addressees = new Map<string, IConstruct>();

  /** Those with a name or a reference. The others join them when somebody asks who refers to whom. */
  private links?: Connections;
  private isComplete = false;
  private readonly logicalIds = new Map<IConstruct, Map<string, string>>();

  private readonly outputs: readonly CfnOutput[];
  private exports?: Map<string, unknown>;
  private latestExports?: Map<string, string[]>;

  private constructor(root: IConstruct) {
    this.app = root.node.root;
    const { resources, exports, stages } = lookAround(root);
    this.outputs = exports;
    this.stages = stages;
    this.add(resources);
  }

  public get connections(): Connections {
    const links = this.links ??= new Connections();
    if (!this.isComplete) {
      this.isComplete = true;
      this.all.filter(resource => !links.get(this.address(resource))).forEach(resource => this.link(resource, undefined));
    }
    return links;
  }

  /** Names of exports that hold the latest version number of the template at this address. */
  public exportsOfLatest(address: string): readonly string[] {
    return this.latest.get(address) ?? [];
  }

  /** The address of a resource; one that was not there yet is taken in with its neighbours, which may refer to it. */
  public addressOf(resource: CfnResource): string {
    if (!this.addresses.has(resource) && !this.resources.has(resource)) { this.add(launchResourcesIn(resource.node.scope ?? resource)); }
    return this.address(resource);
  }

  /** Whether anything refers to the resource, or it to anything, or somebody outside may: then its neighbours have a say. */
  public isConnected(resource: CfnResource): boolean {
    const { latest } = this; // looked at first, since it gives addresses to what is exported
    const address = this.addresses.get(resource);
    if (address === undefined) { return !this.resources.has(resource); }
    return this.links?.has(address) || latest.has(address);
  }

  /** Looks again at a resource that was changed. */
  public refresh(resource: CfnResource): void {
    this.link(resource, this.view(resource));
  }

  public resourceAt(address: string): CfnResource | undefined {
    const addressee = this.addressees.get(address) as CfnResource | undefined;
    return addressee && this.resources.has(addressee) ? addressee : undefined;
  }

  /** Whether anything in the whole app is exempted. Most apps have no exemptions, so nobody has to look for them. */
  public get isExempting(): boolean {
    return exemptedScopes(this.app).length > 0;
  }

  /** Every launch resource of the tree, in tree order. */
  public get all(): CfnResource[] {
    return [...this.resources];
  }

  private add(resources: readonly CfnResource[]): void {
    this.logicalIds.clear();
    this.isComplete = false;
    resources.forEach(resource => this.resources.add(resource));
    new Set(resources.map(({ stack }) => stack)).forEach(stack => Tree.known.set(stack, this));
    for (const resource of resources) {
      const view = this.view(resource);
      if (view || this.addresses.has(resource)) { this.link(resource, view); }
    }
  }

  private link(resource: CfnResource, properties: JsonObject | undefined): void {
    this.links ??= new Connections();
    this.links.add({ address: this.address(resource), surface: surfaceOf(resource.cfnResourceType)!, properties });
  }

  /** `@1`, `@2`, …: no logical id looks so. */
  private address(construct: IConstruct): string {
    const known = this.addresses.get(construct);
    if (known) { return known; }
    const address = `@${this.addresses.size + 1}`;
    this.addresses.set(construct, address);
    this.addressees.set(address, construct);
    return address;
  }

  /** Only the properties that connections are read from, if any is there: resolving everything would be slow. */
  private view(resource: CfnResource): JsonObject | undefined {
    let view: JsonObject | undefined;
    for (const name of wantedOf(surfaceOf(resource.cfnResourceType)!)) {
      const value = propertyOf(resource, name);
      if (value !== undefined) {
        view ??= {};
        view[name] = this.resolve(resource, value);
      }
    }
    return view;
  }

  private resolve(resource: CfnResource, value: unknown): unknown {
    return pascalKeys(this.normalize(resource.stack, this.resolveReferences(resource, value)));
  }

  private resolveReferences(scope: IConstruct, value: unknown): unknown {
    try {
      return resolveNow(scope, value, new AddressResolver(target => this.address(target)));
    } catch {
      return { 'Fn::NotReady': '' }; // a lazy value of the app's may not be ready yet, and that must not stop synthesis
    }
  }

  /** Logical ids that were written by hand become addresses, imports and parameters of nested stacks what they stand for. */
  private normalize(stack: Stack, value: unknown, depth = 0): unknown {
    if (depth > 10) { return value; } // exports that import each other
    if (Array.isArray(value)) { return value.map(each => this.normalize(stack, each, depth)); }
    if (!isObject(value)) { return value; }
    if (typeof value.Ref === 'string') { return this.normalizeRef(stack, value.Ref, depth); }
    const imported = value['Fn::ImportValue'];
    if (imported !== undefined) { return this.exported().get(exportName(stack, this.normalize(stack, imported, depth + 1))) ?? value; }
    const target = value['Fn::GetAtt'];
    if (target !== undefined) {
      const [id, ...attribute] = Array.isArray(target) ? target : String(target).split('.');
      return { 'Fn::GetAtt': [this.addressOfLogicalId(stack, String(id)), attribute.join('.')] };
    }
    if (value['Fn::Sub'] !== undefined) { return { 'Fn::Sub': this.normalizeSub(stack, value['Fn::Sub'], depth) }; }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.normalize(stack, each, depth)]));
  }

  /** The text alone, or the text with a map of names that mean something else. */
  private normalizeSub(stack: Stack, argument: unknown, depth: number): unknown {
    const [text, names] = Array.isArray(argument) ? argument : [argument, undefined];
    if (typeof text !== 'string') { return this.normalize(stack, argument, depth); }
    const addressed = text.replace(/\$\{([^!.{}]+)/g, (whole, id: string) => (
      isObject(names) && id in names ? whole : `\${${this.addressOfLogicalId(stack, id)}`
    ));
    return names === undefined ? addressed : [addressed, this.normalize(stack, names, depth)];
  }

  private normalizeRef(stack: Stack, id: string, depth: number): unknown {
    const address = this.addressOfLogicalId(stack, id);
    const parent = stack.nestedStackParent;
    if (address !== id || !parent || !stack.nestedStackResource || isAddress(id)) { return { Ref: address }; }
    const given = this.resolveReferences(stack.nestedStackResource, propertyOf(stack.nestedStackResource as CfnResource, 'Parameters'));
    return isObject(given) && given[id] !== undefined ? this.normalize(parent, given[id], depth + 1) : { Ref: id };
  }

  private addressOfLogicalId(stack: Stack, id: string): string {
    if (isAddress(id) || id.startsWith('AWS::')) { return id; }
    let ids = this.logicalIds.get(stack);
    if (!ids) {
      const own = this.all.filter(each => each.stack === stack);
      ids = new Map(own.map(each => [logicalIdOf(each), this.address(each)]));
      this.logicalIds.set(stack, ids);
    }
    return ids.get(id) ?? id;
  }

  /** Names of exports by the address of the template whose latest version number they hold. */
  private get latest(): ReadonlyMap<string, readonly string[]> {
    if (!this.latestExports) {
      this.latestExports = new Map();
      for (const [name, value] of this.exported()) {
        latestVersionsIn(value).forEach(template => this.latestExports!.set(template, [...this.latestExports!.get(template) ?? [], name]));
      }
    }
    return this.latestExports;
  }

  /** What the stacks of this tree export, by name. */
  private exported(): Map<string, unknown> {
    if (this.exports) { return this.exports; }
    const found = new Map<string, unknown>();
    this.exports = found; // before it is filled: exports may import each other
    for (const output of this.outputs) {
      const { stack, exportName: name, value } = output;
      const key = exportName(stack, this.normalize(stack, this.resolveReferences(output, name)));
      found.set(key, this.normalize(stack, this.resolveReferences(output, value)));
    }
    return found;
  }
}

const WANTED = new Map<LaunchSurface, readonly string[]>();

/** The top-level properties that connections are read from. */
function wantedOf(surface: LaunchSurface): readonly string[] {
  let wanted = WANTED.get(surface);
  if (!wanted) {
    const follows = (surface.follows ?? []).flatMap(({ path, createOnly }) => [path[0] as string, typeof createOnly === 'object' ? createOnly.unlessFalse : undefined]);
    const names = [surface.nameProperty, surface.hopsNeededWith, ...follows];
    wanted = [...new Set(names.filter(name => name !== undefined))];
    WANTED.set(surface, wanted);
  }
  return wanted;
}

function isAddress(id: string): boolean {
  return id.startsWith('@');
}

/** Typed properties are spelled `launchTemplateId`; what is read here is spelled as in a template. */
function pascalKeys(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(pascalKeys); }
  if (!isObject(value)) { return value; }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.charAt(0).toUpperCase() + key.slice(1), pascalKeys(each)]));
}
