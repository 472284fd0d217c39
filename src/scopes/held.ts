import { callsAt, choicesAt, currentRevision, Guarded, isAskedAt } from './calls';
import { policyOf } from './exempting';
import { merged, ScopeSettings } from './scope-settings';
import { CfnResource, IConstruct } from '../cdk/cdk';
import { Weakness, weakerIn, withoutWeaker } from '../engine/record/weaker';

/** What holds at a construct. */
export interface Held {
  /** What is required there. An observed scope leaves that to the scope around it. */
  readonly choice?: ScopeSettings;

  /** The innermost call of `ImdsGuard` that counts; one that observes with what it takes over from those around it that do. */
  readonly guarded?: Guarded;

  /** The preload has asked for something here. */
  readonly isPreloaded?: boolean;

  /** Calls on this very construct that ask for less than what holds around them. */
  readonly weaker: readonly WeakerCall[];
}

export interface WeakerCall {
  readonly by: 'ImdsGuard.enforce' | 'ImdsGuard.observe' | 'RequireImdsv2';
  readonly weaknesses: readonly Weakness[];

  /**
   * Whether what is weaker counts. `forbidden`: no, since exemptions are forbidden; `overruled`: no, since the same scope is enforced;
   * `outranked`: no, since the preload comes before the app.
   */
  readonly outcome: 'counts' | 'forbidden' | 'overruled' | 'outranked';

  /** Nothing is enforced there, so nothing may fail. */
  readonly isObserved: boolean;
}

/** Each option is decided by the innermost scope that has it; in one scope by the last call of `ImdsGuard`, then by the last aspect. */
export function heldAt(construct: IConstruct): Held {
  const { scope } = construct.node;
  const around = scope ? heldAt(scope) : NOTHING;
  if (!isAskedAt(construct)) { return around.weaker.length > 0 ? { ...around, weaker: [] } : around; }
  const isForbidden = scope !== undefined && policyOf(scope).forbidExemptions === true;
  const called = underCalls(callsAt(construct), around, isForbidden);
  const { isPreloaded } = called;
  const held: Held = { choice: merged([around.choice, called.own]), guarded: called.guarded, isPreloaded, weaker: called.weaker };
  const refusal = policyOf(construct).forbidExemptions ? 'forbidden' : isPreloaded ? 'outranked' : undefined;
  const chosen = underChoices(choicesAt(construct), held, called.own, refusal);
  return { ...held, choice: merged([around.choice, ...chosen.counting, called.own]), weaker: [...held.weaker, ...chosen.weaker] };
}

const NOTHING: Held = { weaker: [] };

/** What the calls on one scope come to. One that forbids exemptions comes before the others, so that nobody gets ahead of it. */
function underCalls(calls: readonly Guarded[], around: Held, isForbiddenAround: boolean): Omit<Held, 'choice'> & { readonly own?: ScopeSettings } {
  const weaker: WeakerCall[] = [];
  let isForbidden = isForbiddenAround;
  let { guarded, isPreloaded } = around;
  let own: ScopeSettings | undefined;
  for (const call of [...calls].sort((one, other) => rankOf(other) - rankOf(one))) {
    const enforced = merged([around.choice, own]);
    const outer = enforced ?? guarded?.choice;
    const weaknesses = outer ? weakerIn({ mode: call.mode, ...call.choice }, { mode: guarded?.mode, ...outer }) : [];
    const outcome = call.preload ? 'counts' : isForbidden ? 'forbidden' : isPreloaded ? 'outranked' : own && call.mode === 'observe' ? 'overruled' : 'counts';
    if (weaknesses.length > 0 && !call.preload) { weaker.push({ by: `ImdsGuard.${call.mode}`, weaknesses, outcome, isObserved: !enforced }); }
    isForbidden ||= call.forbidsExemptions;
    isPreloaded ||= call.preload !== undefined;
    if (outcome !== 'counts' && weaknesses.some(({ option }) => option === 'mode')) { continue; }
    const choice = outer && (outcome === 'forbidden' || outcome === 'outranked') ? withoutWeaker(call.choice, weaknesses, outer) : call.choice;
    guarded = { ...call, choice: call.mode === 'observe' && !enforced ? merged([outer, choice])! : choice };
    if (call.mode === 'enforce') { own = merged([own, choice]); }
  }
  return { guarded, isPreloaded, weaker, own };
}

function rankOf({ preload, forbidsExemptions }: Guarded): number {
  return preload ? 2 : Number(forbidsExemptions);
}

/** What aspects and mixins come to beside the calls on the same scope, which have the last word on what they decide. */
function underChoices(choices: readonly ScopeSettings[], { choice: enforced, guarded }: Held, own: ScopeSettings | undefined, refusal?: 'forbidden' | 'outranked'): {
  readonly counting: ScopeSettings[]; readonly weaker: WeakerCall[];
} {
  const outer = enforced ?? guarded?.choice;
  const decided: Partial<Record<Weakness['option'], unknown>> = { ...own, ...own?.settings };
  const all = choices.map(choice => ({
    choice,
    weaknesses: outer ? weakerIn(choice, outer).filter(({ option }) => decided[option] === undefined) : [],
  }));
  return {
    counting: all.map(({ choice, weaknesses }) => refusal && outer && weaknesses.length > 0 ? withoutWeaker(choice, weaknesses, outer) : choice),
    weaker: all.filter(({ weaknesses }) => weaknesses.length > 0)
      .map(({ weaknesses }): WeakerCall => ({ by: 'RequireImdsv2', weaknesses, outcome: refusal ?? 'counts', isObserved: !enforced })),
  };
}

/** Choices that were looked up already, by stack: many resources share one. */
export type KnownScopeSettings = Map<IConstruct, { readonly choice: ScopeSettings | undefined; readonly revision: number }>;

/** What is required of a resource. */
export function scopeSettingsForResource(resource: CfnResource, known: KnownScopeSettings): ScopeSettings | undefined {
  const { stack } = resource;
  for (let scope: IConstruct = resource; scope !== stack; scope = scope.node.scope!) {
    if (isAskedAt(scope)) { return scopeSettingsFor(resource); }
  }
  const found = known.get(stack);
  if (found?.revision === currentRevision()) { return found.choice; }
  const choice = scopeSettingsFor(stack);
  known.set(stack, { choice, revision: currentRevision() });
  return choice;
}

/** What is required of any construct. */
export function scopeSettingsFor(construct: IConstruct): ScopeSettings | undefined {
  return heldAt(construct).choice;
}

/** How a construct is guarded: the innermost guarded scope decides. */
export function guardedOf(construct: IConstruct): Guarded | undefined {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    if (callsAt(scope).length > 0) { return heldAt(scope).guarded; }
  }
  return undefined;
}
