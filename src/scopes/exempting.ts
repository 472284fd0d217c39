import { IConstruct } from '../cdk/cdk';
import { today } from '../engine/exemptions/calendar';
import { ExemptionPolicy, strictest } from '../engine/exemptions/exemption-policy';
import { Standing, standingOf } from '../engine/exemptions/exemption-standing';
import { Exemption } from '../engine/exemptions/exemptions';

/** Constructs carry what was said about them. Global symbols, so that two copies of this library agree. */
const EXEMPTIONS = Symbol.for('cdk-imds-guard.exemptions');
const SCOPES = Symbol.for('cdk-imds-guard.exempted-scopes');
const POLICY = Symbol.for('cdk-imds-guard.exemption-policy');

/** The exemption of a construct: its own, or that of the nearest scope around it. */
export interface Exempted {
  readonly exemption: Exemption;
  readonly scope: IConstruct;

  /** Paths of the scopes whose exemptions apply too, but do not count. */
  readonly overlaps: readonly string[];
}

export function addExemption(scope: IConstruct, exemption: Exemption): void {
  carry<Exemption[]>(scope, EXEMPTIONS, known => [...known ?? [], exemption]);
  carry<IConstruct[]>(scope.node.root, SCOPES, known => [...new Set([...known ?? [], scope])]);
}

/** Every construct of an app that was exempted. */
export function exemptedScopes(construct: IConstruct): readonly IConstruct[] {
  return exemptedScopesIn(construct.node.root);
}

/** The same for who has the app at hand: finding the root takes a walk. */
export function exemptedScopesIn(root: IConstruct): readonly IConstruct[] {
  return carried<IConstruct[]>(root, SCOPES) ?? [];
}

/** Of several on one construct the last counts. */
export function exemptedBy(construct: IConstruct): Exempted | undefined {
  const all: Pick<Exempted, 'exemption' | 'scope'>[] = [];
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const own = carried<Exemption[]>(scope, EXEMPTIONS);
    if (own) { all.push(...own.map(exemption => ({ exemption, scope: scope! })).reverse()); }
  }
  const [nearest, ...others] = all;
  return nearest && { ...nearest, overlaps: others.map(({ scope }) => scope.node.path) };
}

/** What an exemption is worth today, where the construct is. */
export function standingOn(construct: IConstruct, exemption: Exemption): Standing {
  return standingOf(exemption, today(process.env, Date.now()), policyOf(construct));
}

/** Of several on one scope the strictest holds: a later call does not lift what an earlier one forbids. */
export function addPolicy(scope: IConstruct, policy: ExemptionPolicy): void {
  carry<ExemptionPolicy>(scope, POLICY, known => strictest([...known ? [known] : [], policy]));
}

/** What is allowed where a construct is: what every scope around it allows. */
export function policyOf(construct: IConstruct): ExemptionPolicy {
  return strictest(construct.node.scopes.flatMap(scope => carried<ExemptionPolicy>(scope, POLICY) ?? []));
}

function carried<T>(holder: object, key: symbol): T | undefined {
  return (holder as { [key: symbol]: T | undefined })[key];
}

function carry<T>(holder: object, key: symbol, change: (known: T | undefined) => T): void {
  Object.defineProperty(holder, key, { value: change(carried(holder, key)), enumerable: false, configurable: true, writable: true });
}
