import { AddressResolver } from './address-resolver';
import { Addresses, isAddress } from './addresses';
import { exportName } from './export-name';
import { isCfnResource, Surroundings, typeOf } from './launch-resources';
import { propertyOf } from './properties';
import { resolveNow } from './resolve-early';
import { handedOn, nameText, StoredValues } from './stored-values';
import { logicalIdOf, mentionsOthers } from './token-text';
import { CfnElement, CfnResource, IConstruct, Stack, CfnParameter } from '../cdk/cdk';
import { isObject, JsonObject } from '../engine/json/json';
import { LaunchSurface } from '../engine/surfaces/surface';
import { surfaceOf } from '../engine/surfaces/surfaces';
import { latestVersionsIn } from '../engine/templates/references';
import { mayReadStored, storedNameIn, valueCarrierOf } from '../engine/templates/value-carriers';

/** What the resources of one construct tree say about others, as template JSON with addresses in place of logical ids. */
export class TreeView {
  private readonly logicalIds = new Map<IConstruct, Map<string, string>>();
  private exports?: Map<string, unknown>;
  private stored?: StoredValues;
  private parameters?: Map<Stack, Map<string, CfnParameter>>;
  private uses?: Map<string, string[]>;
  private latestExports?: Map<string, string[]>;

  /** Addresses of the templates whose latest version number a resource is given, found once: many may refer to it. */
  private readonly given = new Map<CfnResource, readonly string[]>();

  /**
   * @param resources those that a logical id may mean
   * @param around what else was found in the tree
   * @param host a view of another Stage, whose stored values may be read here
   */
  public constructor(
    private readonly addresses: Addresses,
    private readonly resources: ReadonlySet<CfnResource>,
    private readonly around: Surroundings,
    private readonly host?: TreeView,
  ) {}

  /** To be called when there are more resources. */
  public forgetIds(): void {
    this.logicalIds.clear();
    this.given.clear();
  }

  /** Only the properties that connections are read from, if any is there: resolving everything would be slow. */
  public of(resource: CfnResource): JsonObject | undefined {
    let view: JsonObject | undefined;
    for (const name of wantedOf(surfaceOf(typeOf(resource))!)) {
      const value = propertyOf(resource, name);
      if (value !== undefined) {
        view ??= {};
        view[name] = this.resolve(resource, value);
      }
    }
    return view;
  }

  /** Names of exports by the address of the template whose latest version number they hold. */
  public get latest(): ReadonlyMap<string, readonly string[]> {
    if (!this.latestExports) {
      this.latestExports = new Map();
      for (const [name, value] of this.exported()) {
        latestVersionsIn(value).forEach(template => this.latestExports!.set(template, [...this.latestExports!.get(template) ?? [], name]));
      }
    }
    return this.latestExports;
  }

  /** Paths of what is given the latest version number of a template beside exports and consumers, such as outputs, tags and user data. */
  public usesOfLatest(template: CfnResource): readonly string[] {
    if (!this.uses) {
      this.uses = new Map();
      for (const carrier of this.around.carriers) {
        this.addUses(carrier, isCfnResource(carrier) ? this.readGiven(carrier) : this.latestIn(carrier, carrier.value));
      }
      for (const resource of this.resources) {
        const given = handedTo(resource);
        if (mayMentionOthers(given, resource)) { this.addUses(resource, this.latestIn(resource, given)); }
      }
    }
    const address = this.addresses.known(template); // given to whatever was referred to
    return address === undefined ? [] : this.uses.get(address) ?? [];
  }

  private addUses({ node }: IConstruct, templates: readonly string[]): void {
    new Set(templates).forEach(template => this.uses!.set(template, [...this.uses!.get(template) ?? [], node.path]));
  }

  private latestIn(element: CfnElement, value: unknown): readonly string[] {
    return latestVersionsIn(this.normalize(element.stack, this.resolveReferences(element, value)));
  }

  private resolve(resource: CfnResource, value: unknown): unknown {
    return pascalKeys(this.normalize(resource.stack, this.resolveReferences(resource, value)));
  }

  private resolveReferences(scope: IConstruct, value: unknown): unknown {
    try {
      return resolveNow(scope, value, new AddressResolver(target => this.addresses.of(target)));
    } catch {
      return { 'Fn::NotReady': '' }; // a lazy value of the app's may not be ready yet, and that must not stop synthesis
    }
  }

  /** Logical ids that were written by hand become addresses, imports and parameters of nested stacks what they stand for. */
  private normalize(stack: Stack, value: unknown, depth = 0): unknown {
    if (depth > 10) { return value; } // exports that import each other
    if (Array.isArray(value)) { return value.map(each => this.normalize(stack, each, depth)); }
    if (typeof value === 'string') { return this.readBy(stack, value) ?? value; }
    if (!isObject(value)) { return value; }
    if (typeof value.Ref === 'string') { return this.normalizeRef(stack, value.Ref, depth); }
    const imported = value['Fn::ImportValue'];
    if (imported !== undefined) { return this.exported().get(exportName(stack, this.normalize(stack, imported, depth + 1))) ?? value; }
    const target = value['Fn::GetAtt'];
    if (target !== undefined) {
      const [id, ...attribute] = Array.isArray(target) ? target : String(target).split('.');
      const address = this.addressOfLogicalId(stack, String(id));
      return this.handedOn(address) ?? { 'Fn::GetAtt': [address, attribute.join('.')] };
    }
    if (value['Fn::Sub'] !== undefined) {
      const text = { 'Fn::Sub': this.normalizeSub(stack, value['Fn::Sub'], depth) };
      return this.readBy(stack, text) ?? text;
    }
    const entries = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.normalize(stack, each, depth)]));
    return value['Fn::Join'] !== undefined ? this.readBy(stack, entries) ?? entries : entries;
  }

  /** The version numbers that a resource which launches nothing is given, and so may hand on, as a parameter of SSM or a custom resource does. */
  private handedOn(address: string): unknown {
    const holder = this.addresses.at(address) as CfnResource | undefined;
    if (!holder || this.resources.has(holder)) { return undefined; }
    const latest = this.given.get(holder) ?? this.readGiven(holder);
    return latest.length > 0 ? handedOn(latest) : undefined;
  }

  private readGiven(holder: CfnResource): readonly string[] {
    this.given.set(holder, []); // before it is read: resources may refer to each other in a circle
    const { cfnProperties, rawOverrides } = holder as unknown as { cfnProperties?: unknown; rawOverrides?: unknown };
    const latest = [...new Set(this.latestIn(holder, [cfnProperties, rawOverrides]))];
    this.given.set(holder, latest);
    return latest;
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
    const own = this.storesUnder(address, depth);
    if (own !== undefined) { return own; }
    if (address !== id || isAddress(id) || id.startsWith('AWS::')) { return { Ref: address }; }
    const parent = stack.nestedStackParent;
    const parameters = parent && stack.nestedStackResource
      ? this.resolveReferences(stack.nestedStackResource, propertyOf(stack.nestedStackResource as CfnResource, 'Parameters')) : undefined;
    const given = isObject(parameters) ? parameters[id] : undefined;
    const there = given === undefined ? undefined : this.normalize(parent!, given, depth + 1);
    const parameter = this.storedParameters(stack)?.get(id);
    const name = parameter && (there ?? this.normalize(stack, this.resolveReferences(parameter, parameter.default), depth + 1) ?? { Ref: id });
    return (name !== undefined ? this.storedUnder(stack, nameText(stack, name)) : undefined) ?? there ?? { Ref: id };
  }

  /** The name of a resource that stores a value, which is what `Ref` gives. */
  private storesUnder(address: string, depth: number): unknown {
    const holder = isAddress(address) ? this.addresses.at(address) as CfnResource | undefined : undefined;
    const stored = holder && isCfnResource(holder) ? valueCarrierOf(typeOf(holder))?.stored : undefined;
    const name = stored && propertyOf(holder!, stored.name);
    return name === undefined ? undefined : this.normalize(holder!.stack, this.resolveReferences(holder!, name), depth + 1);
  }

  private addressOfLogicalId(stack: Stack, id: string): string {
    if (isAddress(id) || id.startsWith('AWS::')) { return id; }
    let ids = this.logicalIds.get(stack);
    if (!ids) {
      const own = [...this.resources, ...this.around.carriers.filter(isCfnResource)].filter(each => each.stack === stack);
      ids = new Map(own.map(each => [logicalIdOf(each), this.addresses.of(each)]));
      this.logicalIds.set(stack, ids);
    }
    return ids.get(id) ?? id;
  }

  /** The parameters of a template that stand for stored values, by logical id. */
  private storedParameters(stack: Stack): ReadonlyMap<string, CfnParameter> | undefined {
    if (!this.parameters) {
      this.parameters = new Map();
      for (const parameter of this.around.storedParameters) {
        const all = this.parameters.get(parameter.stack) ?? new Map<string, CfnParameter>();
        this.parameters.set(parameter.stack, all.set(logicalIdOf(parameter), parameter));
      }
    }
    return this.parameters.get(stack);
  }

  /** What is stored under the name in a text that reads a stored value: `{{resolve:ssm:name}}`. */
  private readBy(stack: Stack, text: unknown): unknown {
    const name = (this.host ?? this).isStoring && mayReadStored(text) ? storedNameIn(nameText(stack, text)) : undefined;
    return name === undefined ? undefined : this.storedUnder(stack, name);
  }

  /** What this tree stores under a name or, if it may store no version number there, the tree of the host. */
  private storedUnder(stack: Stack, name: string): unknown {
    return this.values.under(stack, name) ?? this.host?.values.under(stack, name)
      ?? this.values.versionsUnder(stack, name) ?? this.host?.values.versionsUnder(stack, name);
  }

  /** Whether anything stores a version number, which another Stage may read. */
  public get storesLatest(): boolean {
    return this.isStoring && this.values.holdLatest;
  }

  private get isStoring(): boolean {
    return this.around.carriers.some(isCfnResource);
  }

  private get values(): StoredValues {
    if (!this.stored) {
      this.stored = new StoredValues(); // before it is filled: what is stored may come from what is stored
      for (const carrier of this.around.carriers.filter(isCfnResource)) {
        const { stored } = valueCarrierOf(typeOf(carrier))!;
        if (!stored) { continue; }
        const read = (key: string): unknown => this.normalize(carrier.stack, this.resolveReferences(carrier, propertyOf(carrier, key)));
        this.stored.add(carrier.stack, read(stored.name) ?? { Ref: this.addresses.of(carrier) }, read(stored.value));
      }
    }
    return this.stored;
  }

  /** What the stacks of this tree export, by name. */
  private exported(): Map<string, unknown> {
    if (this.exports) { return this.exports; }
    const found = new Map<string, unknown>();
    this.exports = found; // before it is filled: exports may import each other
    for (const output of this.around.exports) {
      const { stack, exportName: name, value } = output;
      const key = exportName(stack, this.normalize(stack, this.resolveReferences(output, name)));
      found.set(key, this.normalize(stack, this.resolveReferences(output, value)));
    }
    return found;
  }
}

function mayMentionOthers(value: unknown, scope: IConstruct): boolean {
  try {
    return mentionsOthers(value, scope);
  } catch {
    return true; // a lazy value of the app's may not be ready yet
  }
}

/** What a resource hands to its instances as text: resolving everything on every launch resource would be slow. */
function handedTo(resource: CfnResource): readonly unknown[] {
  const { userData } = surfaceOf(typeOf(resource))!;
  const names = ['Tags', ...userData?.length === 1 ? [userData[0] as string] : []];
  return names.map(name => propertyOf(resource, name)).filter(value => value !== undefined);
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

/** Typed properties are spelled `launchTemplateId`; what is read here is spelled as in a template. */
function pascalKeys(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(pascalKeys); }
  if (!isObject(value)) { return value; }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.charAt(0).toUpperCase() + key.slice(1), pascalKeys(each)]));
}
