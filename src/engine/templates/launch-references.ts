import { isAnyMade, LaunchReferrer, namesOf } from './launch-referrer';
import { Reference, referencesOf } from './references';
import { Context } from '../evaluator/context';
import { possibleValuesAt } from '../evaluator/possible-values';
import { isNear } from '../evaluator/scope';
import { Table } from '../text/table';

export type { LaunchReferrer } from './launch-referrer';

const NONE: readonly never[] = [];

export interface LaunchReference {
  readonly from: LaunchReferrer;
  readonly reference: Reference;

  /** Undefined where the target is not among the launchers, or not always. */
  readonly to?: LaunchReferrer;
}

/** Who refers to whom. Launchers may come in any order, and again when they have changed. */
export class LaunchReferences {
  /** Whether there is any host whose containers may need more than one hop. */
  public hasContainerHosts = false;

  private readonly launchers = new Map<string, LaunchReferrer>();
  private readonly references = new Map<string, readonly Reference[]>();

  /** Launchers by type and name. */
  private readonly named = new Table<LaunchReferrer>();

  /** References by what they refer to, an address or a name. */
  private readonly referring = new Table<Reference[]>();
  private readonly pinned = new Table<true>();

  /** Types that anything refers to. Of the others nobody need be asked. */
  private readonly followed = new Set<string>();

  /** What `from` and `to` have found since the last launcher came. */
  private readonly found = { from: new Map<string, readonly LaunchReference[]>(), to: new Map<string, readonly LaunchReference[]>() };

  public add(launcher: LaunchReferrer): void {
    const { address, surface, properties } = launcher;
    this.remove(address);
    this.found.from.clear();
    this.found.to.clear();
    this.launchers.set(address, launcher);
    this.hasContainerHosts ||= surface.hopsNeeded !== undefined;
    namesOf(launcher).forEach(name => this.named.set(nameKey(surface.type, name), address, launcher));
    if (!surface.follows) { return; }
    const references = properties === undefined ? [] : referencesOf(surface, properties, launcher.context);
    this.references.set(address, references);
    for (const reference of references) {
      this.followed.add(reference.follow.to);
      const key = keyIn(reference);
      const others = key === undefined ? undefined : this.referring.get(key)?.get(address);
      if (others) { others.push(reference); } else if (key !== undefined) { this.referring.set(key, address, [reference]); }
      reference.latestOf.forEach(template => this.pinned.set(template, address, true));
    }
  }

  public get(address: string): LaunchReferrer | undefined {
    return this.launchers.get(address);
  }

  /** Whether a resource refers to anything or is referred to. */
  public has(address: string): boolean {
    return !!this.references.get(address)?.length || !!this.pinned.get(address) || this.keysOf(address).some(key => this.referring.get(key));
  }

  /** What a resource refers to. */
  public from(address: string): readonly LaunchReference[] {
    const known = this.found.from.get(address);
    const from = known ? undefined : this.launchers.get(address);
    if (!from) { return known ?? NONE; }
    const connections = (this.references.get(address) ?? NONE).flatMap(reference => this.connect(from, reference));
    this.found.from.set(address, connections);
    return connections;
  }

  /** What a resource refers to where more is known about conditions than where it stands. */
  public fromWithin(from: LaunchReferrer, context: Context): readonly LaunchReference[] {
    return referencesOf(from.surface, from.properties, context).flatMap(reference => this.connect(from, reference));
  }

  /** What refers to a resource. */
  public to(address: string): readonly LaunchReference[] {
    const known = this.found.to.get(address);
    const to = known ? undefined : this.launchers.get(address);
    if (!to || !this.followed.has(to.surface.type)) { return known ?? NONE; }
    const connections: LaunchReference[] = [];
    for (const key of this.keysOf(address)) {
      for (const [referrer, references] of this.referring.get(key) ?? NONE) {
        const from = this.launchers.get(referrer)!;
        for (const reference of references) {
          if (this.targetsOf(from, reference).includes(to)) { connections.push({ from, reference, to }); }
        }
      }
    }
    this.found.to.set(address, connections);
    return connections;
  }

  /** Consumers that CloudFormation replaces when the template at this address gets a new version. */
  public replacedByEditOf(address: string): LaunchReferrer[] {
    return [...this.pinned.get(address)?.keys() ?? []].flatMap(referrer => this.launchers.get(referrer) ?? []);
  }

  private remove(address: string): void {
    const before = this.launchers.get(address);
    if (!before) { return; }
    namesOf(before).forEach(name => this.named.delete(nameKey(before.surface.type, name), address));
    for (const reference of this.references.get(address) ?? []) {
      this.referring.delete(keyIn(reference), address);
      reference.latestOf.forEach(template => this.pinned.delete(template, address));
    }
    this.references.delete(address);
  }

  private connect(from: LaunchReferrer, reference: Reference): LaunchReference[] {
    const targets = this.targetsOf(from, reference);
    const connections = targets.map((to): LaunchReference => ({ from, reference, to }));
    if (!isAnyMade(targets, reference)) { connections.push({ from, reference }); }
    return connections;
  }

  /** More than one resource may have a name: in templates of other accounts, or under conditions that exclude each other. */
  private targetsOf(from: LaunchReferrer, reference: Reference): LaunchReferrer[] {
    const { address, follow } = reference;
    if (address !== undefined) {
      const target = this.launchers.get(address);
      return target?.surface.type === follow.to ? [target] : [];
    }
    const name = keyIn(reference);
    const named = name === undefined ? [] : [...this.named.get(nameKey(follow.to, name))?.values() ?? []];
    const here = named.filter(to => to.context?.scope === from.context?.scope);
    return here.length > 0 ? here : named.filter(to => isNear(from.context?.scope, to.context?.scope));
  }

  /** What others may refer to a resource by. */
  private keysOf(address: string): string[] {
    const launcher = this.launchers.get(address);
    return [address, ...launcher ? namesOf(launcher) : []];
  }
}

function keyIn({ address, literal, symbol }: Reference): string | undefined {
  return address ?? literal ?? symbol;
}

function nameKey(type: string, name: string): string {
  return `${type} ${name}`;
}

/** How many hops the processes on the hosts of this resource need, as far as its consumers tell. */
export function hopsNeeded(connections: LaunchReferences, address: string, seen: ReadonlySet<string> = new Set()): number {
  if (!connections.hasContainerHosts || seen.has(address)) { return 1; }
  const consumers = connections.to(address);
  if (consumers.length === 0) { return 1; }
  const visited = new Set(seen).add(address);
  return consumers.reduce((hops, { from }) => Math.max(hops, ownHops(from), hopsNeeded(connections, from.address, visited)), 1);
}

function ownHops({ surface, properties, context }: LaunchReferrer): number {
  const holds = !surface.hopsNeededWith || possibleValuesAt(properties, [surface.hopsNeededWith], context).some(({ kind }) => kind !== 'absent');
  return holds ? surface.hopsNeeded ?? 1 : 1;
}
