import { Addresses } from './addresses';
import { launchResourcesIn, lookAround, stageOf, Surroundings, typeOf } from './launch-resources';
import { TreeView } from './tree-view';
import { CfnResource, IConstruct, Stack, Stage } from '../cdk/cdk';
import { JsonObject } from '../engine/json/json';
import { surfaceOf } from '../engine/surfaces/surfaces';
import { LaunchReferences } from '../engine/templates/launch-references';
import { exemptedScopesIn } from '../scopes/exempting';
import { KnownScopeSettings } from '../scopes/held';

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
  public readonly choices: KnownScopeSettings = new Map();

  /** Stacks, nested ones included. */
  public readonly stacks: readonly Stack[];

  /** Stages right below, which are trees of their own. */
  public readonly stages: readonly Stage[];

  private readonly app: IConstruct;

  /** Launch resources, in tree order. */
  private readonly resources = new Set<CfnResource>();
  private readonly addresses = new Addresses();
  private readonly view: TreeView;

  /** Those with a name or a reference. The others join them when somebody asks who refers to whom. */
  private links?: LaunchReferences;
  private isComplete = false;

  /** Launch resources of other Stages that are pinned to a version number which is stored here. Undefined until somebody asks. */
  private visitors?: Set<CfnResource>;

  private constructor(private readonly root: IConstruct) {
    this.app = root.node.root;
    const found = lookAround(root);
    this.view = new TreeView(this.addresses, this.resources, found);
    this.stacks = found.stacks;
    this.stages = found.stages;
    this.add(found.resources);
  }

  public get connections(): LaunchReferences {
    this.lookOutside();
    const links = this.links ??= new LaunchReferences();
    if (!this.isComplete) {
      this.isComplete = true;
      this.all.filter(resource => !links.get(this.addresses.of(resource))).forEach(resource => this.link(resource, undefined));
    }
    return links;
  }

  /** Names of exports that hold the latest version number of the template at this address. */
  public exportsOfLatest(address: string): readonly string[] {
    return this.view.latest.get(address) ?? [];
  }

  /** Paths of what else is given the latest version number of a template, such as outputs, tags and user data. */
  public usesOfLatest(template: CfnResource): readonly string[] {
    return this.view.usesOfLatest(template);
  }

  /** The address of a resource; one that was not there yet is taken in with its siblings, which may refer to it. */
  public addressOf(resource: CfnResource): string {
    const isKnown = this.addresses.known(resource) !== undefined || this.resources.has(resource);
    if (!isKnown) { this.add(launchResourcesIn(resource.node.scope ?? resource)); }
    return this.addresses.of(resource);
  }

  /** Whether anything refers to the resource, or it to anything, or somebody outside may: then its neighbours have a say. */
  public isConnected(resource: CfnResource): boolean {
    this.lookOutside();
    const { latest } = this.view; // looked at first, since it gives addresses to what is exported
    const address = this.addresses.known(resource);
    if (address === undefined) { return !this.resources.has(resource); }
    return this.links?.has(address) || latest.has(address);
  }

  /** Looks again at a resource that was changed. */
  public refresh(resource: CfnResource): void {
    this.link(resource, this.view.of(resource));
  }

  public resourceAt(address: string): CfnResource | undefined {
    const addressee = this.addresses.at(address) as CfnResource | undefined;
    return addressee && (this.resources.has(addressee) || this.visitors?.has(addressee)) ? addressee : undefined;
  }

  /** Whether anything in the whole app is exempted. Most apps have no exemptions, so nobody has to look for them. */
  public get isExempting(): boolean {
    return exemptedScopesIn(this.app).length > 0;
  }

  /** Every launch resource of the tree, in tree order. */
  public get all(): CfnResource[] {
    return [...this.resources];
  }

  /** Other Stages have no part in this tree, but what is stored here may be read there. Few apps store version numbers. */
  private lookOutside(): void {
    if (this.visitors) { return; }
    this.visitors = new Set();
    if ((this.root === this.app && this.stages.length === 0) || !this.view.storesLatest) { return; }
    for (const found of outside(this.app, this.root)) {
      const view = new TreeView(this.addresses, new Set(found.resources), found, this.view);
      for (const resource of found.resources) {
        const links = new LaunchReferences();
        const visitor = { address: this.addresses.of(resource), surface: surfaceOf(typeOf(resource))!, properties: view.of(resource) };
        links.add(visitor);
        if (!this.all.some(each => links.replacedByEditOf(this.addresses.known(each) ?? '').length > 0)) { continue; }
        this.visitors.add(resource);
        (this.links ??= new LaunchReferences()).add(visitor);
      }
    }
  }

  private add(resources: readonly CfnResource[]): void {
    this.view.forgetIds();
    this.isComplete = false;
    resources.forEach(resource => this.resources.add(resource));
    new Set(resources.map(({ stack }) => stack)).forEach(stack => Tree.known.set(stack, this));
    for (const resource of resources) {
      const view = this.view.of(resource);
      if (view || this.addresses.known(resource) !== undefined) { this.link(resource, view); }
    }
  }

  private link(resource: CfnResource, properties: JsonObject | undefined): void {
    this.links ??= new LaunchReferences();
    this.links.add({ address: this.addresses.of(resource), surface: surfaceOf(typeOf(resource))!, properties });
  }
}

/** What is in each Stage of an app but one. */
function outside(app: IConstruct, root: IConstruct): Surroundings[] {
  const found = lookAround(app);
  return [...app === root ? [] : [found], ...found.stages.flatMap(stage => outside(stage, root))];
}
