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

  /** Calls on this very construct that ask for less than what holds around them. */
  readonly weaker: readonly WeakerCall[];
}

export interface WeakerCall {
  readonly by: 'ImdsGuard.enforce' | 'ImdsGuard.observe' | 'RequireImdsv2';
  readonly weaknesses: readonly Weakness[];

  /** `forbidden`: what is weaker does not count, since exemptions are forbidden. `overruled`: nor does it, since the same scope is enforced. */
  readonly outcome: 'counts' | 'forbidden' | 'overruled';

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
  const held: Held = { choice: merged([around.choice, called.own]), guarded: called.guarded, weaker: called.weaker };
  const chosen = underChoices(choicesAt(construct), held, called.own, policyOf(construct).forbidExemptions === true);
  return { ...held, choice: merged([around.choice, ...chosen.counting, called.own]), weaker: [...held.weaker, ...chosen.weaker] };
}

const NOTHING: Held = { weaker: [] };

/** What the calls on one scope come to. One that forbids exemptions comes before the others, so that nobody gets ahead of it. */
function underCalls(calls: readonly Guarded[], around: Held, isForbiddenAround: boolean): Pick<Held, 'guarded' | 'weaker'> & { readonly own?: ScopeSettings } {
  const weaker: WeakerCall[] = [];
  let isForbidden = isForbiddenAround;
  let { guarded } = around;
  let own: ScopeSettings | undefined;
  for (const call of [...calls].sort((one, other) => Number(other.forbidsExemptions) - Number(one.forbidsExemptions))) {
    const enforced = merged([around.choice, own]);
    const outer = enforced ?? guarded?.choice;
    const weaknesses = outer ? weakerIn({ mode: call.mode, ...call.choice }, { mode: guarded?.mode, ...outer }) : [];
    const outcome = isForbidden ? 'forbidden' : own && call.mode === 'observe' ? 'overruled' : 'counts';
    if (weaknesses.length > 0) { weaker.push({ by: `ImdsGuard.${call.mode}`, weaknesses, outcome, isObserved: !enforced }); }
    isForbidden ||= call.forbidsExemptions;
    if (outcome !== 'counts' && weaknesses.some(({ option }) => option === 'mode')) { continue; }
    const choice = outer && outcome === 'forbidden' ? withoutWeaker(call.choice, weaknesses, outer) : call.choice;
    guarded = { ...call, choice: call.mode === 'observe' && !enforced ? merged([outer, choice])! : choice };
    if (call.mode === 'enforce') { own = merged([own, choice]); }
  }
  return { guarded, weaker, own };
}

/** What aspects and mixins come to beside the calls on the same scope, which have the last word on what they decide. */
function underChoices(choices: readonly ScopeSettings[], { choice: enforced, guarded }: Held, own: ScopeSettings | undefined, isForbidden: boolean): {
  readonly counting: ScopeSettings[]; readonly weaker: WeakerCall[];
} {
  const outer = enforced ?? guarded?.choice;
  const decided: Partial<Record<Weakness['option'], unknown>> = { ...own, ...own?.settings };
  const all = choices.map(choice => ({
    choice,
    weaknesses: outer ? weakerIn(choice, outer).filter(({ option }) => decided[option] === undefined) : [],
  }));
  return {
    counting: all.map(({ choice, weaknesses }) => isForbidden && outer && weaknesses.length > 0 ? withoutWeaker(choice, weaknesses, outer) : choice),
    weaker: all.filter(({ weaknesses }) => weaknesses.length > 0)
      .map(({ weaknesses }): WeakerCall => ({ by: 'RequireImdsv2', weaknesses, outcome: isForbidden ? 'forbidden' : 'counts', isObserved: !enforced })),
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
