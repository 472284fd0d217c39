import { IConstruct } from 'constructs';
import { Choice, setChoice } from './choice';

/** How a scope is guarded: written and judged, or only judged. */
export interface Guarded {
  readonly mode: 'enforce' | 'observe';
  readonly choice: Choice;
}

/** What the guard knows of one app. */
export interface Register {
  /** Stages that were synthesized before the guard reached them. */
  readonly missed: Set<IConstruct>;

  /** How many launch resources of guarded scopes were met, in all stages so far. */
  examined: number;
}

const GUARDED = Symbol.for('cdk-imds-guard.guarded');
const REGISTER = Symbol.for('cdk-imds-guard.register');

export function setGuarded(scope: IConstruct, guarded: Guarded): void {
  define(scope, GUARDED, guarded);
  setChoice(scope, guarded.mode === 'enforce' ? guarded.choice : undefined);
}

/** How a construct is guarded: the innermost guarded scope decides. */
export function guardedOf(construct: IConstruct): Guarded | undefined {
  const own = (construct as { [GUARDED]?: Guarded })[GUARDED];
  return own ?? (construct.node.scope && guardedOf(construct.node.scope));
}

/** The register of the app that a construct belongs to, if any of it is guarded. */
export function registerOf(construct: IConstruct): Register | undefined {
  return (construct.node.root as { [REGISTER]?: Register })[REGISTER];
}

export function newRegister(construct: IConstruct): Register {
  const register: Register = { missed: new Set(), examined: 0 };
  define(construct.node.root, REGISTER, register);
  return register;
}

function define(holder: object, key: symbol, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: false, configurable: true, writable: true });
}
