import { IConstruct } from 'constructs';
import { ScopeSettings, setScopeSettings } from './scope-settings';

/** How a scope is guarded: written and judged, or only judged. */
export interface Guarded {
  readonly mode: 'enforce' | 'observe';
  readonly choice: ScopeSettings;
}

/** What the guard knows of one app. */
export interface Register {
  /** Every scope that is guarded in its own way. */
  readonly scopes: Set<IConstruct>;

  /** Stages that were synthesized before the guard reached them. */
  readonly missed: Set<IConstruct>;

  /** How many launch resources of guarded scopes were met, in all stages so far. */
  examined: number;
}

const GUARDED = Symbol.for('cdk-imds-guard.guarded');
const REGISTER = Symbol.for('cdk-imds-guard.register');

export function setGuarded(scope: IConstruct, guarded: Guarded): Register {
  const register = registerOf(scope) ?? newRegister(scope);
  register.scopes.add(scope);
  define(scope, GUARDED, guarded);
  setScopeSettings(scope, guarded.mode === 'enforce' ? guarded.choice : undefined);
  return register;
}

/** How a construct is guarded: the innermost guarded scope decides. */
export function guardedOf(construct: IConstruct): Guarded | undefined {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const own = (scope as { [GUARDED]?: Guarded })[GUARDED];
    if (own) { return own; }
  }
  return undefined;
}

/** The same for every construct of a stage: asked one by one only where some scope inside the stage is guarded in its own way. */
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
  const register: Register = { scopes: new Set(), missed: new Set(), examined: 0 };
  define(construct.node.root, REGISTER, register);
  return register;
}

function define(holder: object, key: symbol, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: false, configurable: true, writable: true });
}
