import { EnforceOverride } from './enforce-override';
import { ScopeSettings } from './scope-settings';
import { Aspects, IConstruct } from '../cdk/cdk';

/** A call of `ImdsGuard` on a scope. */
export interface Guarded {
  /** Written and judged, or only judged. */
  readonly mode: 'enforce' | 'observe';
  readonly choice: ScopeSettings;
  readonly forbidsExemptions: boolean;

  /** Of a call that the preload makes: it comes before those of the app, which cannot weaken it. */
  readonly preload?: PreloadedCall;
}

export interface PreloadedCall {
  /** The settings files that were read, from the weakest to the strongest. */
  readonly files: readonly string[];

  /** The one in which the app was started: it may be in another one by now. */
  readonly folder?: string;

  /** What the organization says for some apps, stacks and accounts; on the app alone. */
  readonly overrides?: readonly EnforceOverride[];

  /** The one that the call is made for. */
  readonly override?: EnforceOverride;
}

/** Constructs carry what was asked of them, and aspects what they ask. Global symbols, so that two copies of this library agree. */
const CALLS = Symbol.for('cdk-imds-guard.calls');
const CHOICE = Symbol.for('cdk-imds-guard.choice');

/** Whether any aspect or mixin of this library was made: in most apps none is, and no construct need be asked for its aspects. */
const CHOSEN = Symbol.for('cdk-imds-guard.chosen');

/** Grows with every choice that is made, since a choice looked up before may be another now. */
let revision = 0;

export function currentRevision(): number {
  return revision;
}

export function addCall(scope: IConstruct, call: Guarded): void {
  carry(scope, CALLS, [...callsAt(scope), call]);
}

/** In their order. */
export function callsAt(scope: IConstruct): readonly Guarded[] {
  return (scope as { [CALLS]?: readonly Guarded[] })[CALLS] ?? NONE;
}

const NONE: readonly Guarded[] = [];

/** For an aspect, a mixin, or a construct that a mixin was applied to. */
export function setScopeSettings(holder: object, choice: ScopeSettings): void {
  (globalThis as { [CHOSEN]?: boolean })[CHOSEN] = true;
  carry(holder, CHOICE, choice);
}

export function ownScopeSettings(holder: object): ScopeSettings | undefined {
  return (holder as { [CHOICE]?: ScopeSettings })[CHOICE];
}

/** What aspects and mixins choose at a scope, in their order. */
export function choicesAt(scope: IConstruct): ScopeSettings[] {
  return [...Aspects.of(scope).all, scope].flatMap(each => ownScopeSettings(each) ?? []);
}

export function isAskedAt(scope: IConstruct): boolean {
  if (callsAt(scope).length > 0 || ownScopeSettings(scope)) { return true; }
  if (!(globalThis as { [CHOSEN]?: boolean })[CHOSEN]) { return false; }
  const { all } = Aspects.of(scope);
  return all.length > 0 && all.some(ownScopeSettings);
}

function carry(holder: object, key: symbol, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: false, configurable: true, writable: true });
  revision++;
}
