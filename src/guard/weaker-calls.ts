import { CfnResource, IConstruct } from '../cdk/cdk';
import { weakerMessage } from '../engine/record/weaker-message';
import { isAskedAt } from '../scopes/calls';
import { RefusedCall, Register } from '../scopes/guarded';
import { heldAt, WeakerCall } from '../scopes/held';
import { annotate } from '../tree/annotate';
import { holderFor, stageOf } from '../tree/launch-resources';

export interface PlacedCall {
  readonly scope: IConstruct;
  readonly call: WeakerCall;
}

/** Lists the calls in a stage that ask for less than what holds around them, with their place in the tree, and returns them. */
export function tellWeakerCalls(stage: IConstruct, resources: readonly CfnResource[], register: Register): readonly PlacedCall[] {
  const weaker = weakerCallsIn(stage, resources, register);
  const refused = new Map<IConstruct, RefusedCall[]>();
  for (const { scope, call } of weaker) {
    const message = messageAbout(call, scope);
    annotate(holderFor(scope), call.outcome === 'forbidden' ? 'exemption-not-allowed' : 'weaker-inside', message);
    if (call.outcome === 'forbidden') { refused.set(scope, [...refused.get(scope) ?? [], { message, fails: !call.isObserved }]); }
  }
  refused.forEach((calls, scope) => register.refused.set(scope, calls));
  return weaker;
}

/** The calls in a stage that ask for less than what holds around them. */
export function weakerCallsIn(stage: IConstruct, resources: readonly CfnResource[], register: Register): PlacedCall[] {
  return scopesIn(stage, resources, register).flatMap(scope => heldAt(scope).weaker.map(call => ({ scope, call })));
}

/** Where there may be calls that matter: around and at what launches, and where the guard was called. */
function scopesIn(stage: IConstruct, resources: readonly CfnResource[], { scopes }: Register): IConstruct[] {
  const found = new Set<IConstruct>();
  for (const resource of resources) {
    for (let scope: IConstruct | undefined = resource; scope && !found.has(scope); scope = scope === stage ? undefined : scope.node.scope) {
      found.add(scope);
    }
  }
  return [...new Set([...found, ...[...scopes].filter(scope => stageOf(scope) === stage)])].filter(isAskedAt);
}

function messageAbout({ by, weaknesses, outcome }: WeakerCall, { node: { path } }: IConstruct): string {
  return weakerMessage({ by, scope: path, what: weaknesses.map(({ what }) => what), outcome });
}
