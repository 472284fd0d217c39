import { Parameters } from './alternatives';
import { isAbsent, isObject } from './json';
import { Reference, referencesOf } from './references';
import { LaunchSurface } from './surface';

/** A resource that launches instances or says how they are launched. */
export interface Launcher {
  /** Unique in the template or the construct tree. */
  readonly address: string;
  readonly surface: LaunchSurface;
  readonly properties: unknown;
}

export interface Connection {
  readonly from: Launcher;
  readonly reference: Reference;

  /** Undefined where the target is not among the launchers. */
  readonly to?: Launcher;
}

/** Who refers to whom. Launchers may come in any order, and again when they have changed. */
export class Connections {
  private readonly launchers = new Map<string, Launcher>();
  private readonly references = new Map<string, readonly Reference[]>();
  private readonly named = new Map<string, string>();
  private readonly referrers = new Map<string, Set<string>>();
  private readonly pinned = new Map<string, Set<string>>();

  public constructor(private readonly parameters: Parameters = {}) {}

  public add(launcher: Launcher): void {
    const { address, surface, properties } = launcher;
    const name = nameOf(launcher);
    this.launchers.set(address, launcher);
    if (name !== undefined) { this.named.set(`${surface.type} ${name}`, address); }
    if (!surface.follows) { return; }
    const references = properties === undefined ? [] : referencesOf(surface, properties, this.parameters);
    this.references.set(address, references);
    for (const reference of references) {
      addTo(this.referrers, reference.address ?? reference.literal, address);
      if (reference.follow.createOnly) { reference.latestOf.forEach(template => addTo(this.pinned, template, address)); }
    }
  }

  public get(address: string): Launcher | undefined {
    return this.launchers.get(address);
  }

  /** Whether a resource refers to anything or is referred to. */
  public has(address: string): boolean {
    if (this.references.get(address)?.length || this.referrers.has(address) || this.pinned.has(address)) { return true; }
    const launcher = this.launchers.get(address);
    const name = launcher && nameOf(launcher);
    return name !== undefined && this.referrers.has(name);
  }

  /** What a resource refers to. */
  public from(address: string): Connection[] {
    const from = this.launchers.get(address);
    return from ? (this.references.get(address) ?? []).map(reference => ({ from, reference, to: this.targetOf(reference) })) : [];
  }

  /** What refers to a resource. */
  public to(address: string): Connection[] {
    const launcher = this.launchers.get(address);
    const name = launcher && nameOf(launcher);
    if (!this.referrers.has(address) && (name === undefined || !this.referrers.has(name))) { return []; } // most are referred to by nobody
    const referrers = new Set([address, name].flatMap(key => key === undefined ? [] : [...this.referrers.get(key) ?? []]));
    return [...referrers].flatMap(referrer => this.from(referrer)).filter(({ to }) => to?.address === address);
  }

  /** Consumers that CloudFormation replaces when the template at this address gets a new version. */
  public replacedByEditOf(address: string): Launcher[] {
    const pinned = this.pinned.get(address);
    if (!pinned) { return []; }
    return [...pinned]
      .filter(referrer => this.references.get(referrer)?.some(each => each.follow.createOnly && each.latestOf.includes(address)))
      .flatMap(referrer => this.launchers.get(referrer) ?? []);
  }

  private targetOf({ address, literal, follow }: Reference): Launcher | undefined {
    const target = this.launchers.get(address ?? this.named.get(`${follow.to} ${literal}`) ?? '');
    return target?.surface.type === follow.to ? target : undefined;
  }
}

/** The name that others may refer to. */
function nameOf({ surface, properties }: Launcher): string | undefined {
  const name = surface.nameProperty !== undefined && isObject(properties) ? properties[surface.nameProperty] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function addTo(sets: Map<string, Set<string>>, key: string | undefined, item: string): void {
  if (key === undefined) { return; }
  const set = sets.get(key);
  if (set) { set.add(item); } else { sets.set(key, new Set([item])); }
}

/** How many hops the processes on the hosts of this resource need, as far as its consumers tell. */
export function hopsNeeded(connections: Connections, address: string, seen: ReadonlySet<string> = new Set()): number {
  if (seen.has(address)) { return 1; }
  const visited = new Set(seen).add(address);
  return Math.max(1, ...connections.to(address).map(({ from }) => Math.max(ownHops(from), hopsNeeded(connections, from.address, visited))));
}

function ownHops({ surface, properties }: Launcher): number {
  const holds = !surface.hopsNeededWith || (isObject(properties) && !isAbsent(properties[surface.hopsNeededWith]));
  return holds ? surface.hopsNeeded ?? 1 : 1;
}
