import { addCall, callsAt, Guarded } from './calls';
import { guardedOf } from './held';
import { IConstruct } from '../cdk/cdk';

/** What the guard knows of one app. */
export interface Register {
  /** Every scope that is guarded in its own way. */
  readonly scopes: Set<IConstruct>;

  /** Stages that were synthesized before the guard reached them. */
  readonly missed: Set<IConstruct>;

  /** Scopes with calls that do not count, since exemptions are forbidden there, and what is reported about them. */
  readonly refused: Map<IConstruct, readonly RefusedCall[]>;

  /** How many launch resources of guarded scopes were met, in all stages so far. */
  examined: number;
}

/** A call that does not count. */
export interface RefusedCall {
  readonly message: string;
  readonly fails: boolean;
}

const REGISTER = Symbol.for('cdk-imds-guard.register');

export function setGuarded(scope: IConstruct, guarded: Guarded): Register {
  const register = registerOf(scope) ?? newRegister(scope);
  register.scopes.add(scope);
  addCall(scope, guarded);
  return register;
}

/** Every call of the guard in an app. */
export function callsIn({ scopes }: Register): { readonly scope: IConstruct; readonly call: Guarded }[] {
  return [...scopes].flatMap(scope => callsAt(scope).map(call => ({ scope, call })));
}

/** How each construct of a stage is guarded: asked one by one only where some scope inside the stage is guarded in its own way. */
export function guardedWithin(stage: IConstruct): (construct: IConstruct) => Guarded | undefined {
  const scopes = [...registerOf(stage)?.scopes ?? []];
  if (scopes.some(scope => scope !== stage && scope.node.scopes.includes(stage))) { return guardedOf; }
  const guarded = guardedOf(stage);
  return () => guarded;
}

/** The register of the app that a construct belongs to, if any of it is guarded. */
export function registerOf(construct: IConstruct): Register | undefined {
  return (construct.node.root as { [REGISTER]?: Register })[REGISTER];
}

function newRegister(construct: IConstruct): Register {
  const register: Register = { scopes: new Set(), missed: new Set(), refused: new Map(), examined: 0 };
  Object.defineProperty(construct.node.root, REGISTER, { value: register, enumerable: false, configurable: true, writable: true });
  return register;
}
