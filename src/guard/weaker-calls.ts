import { CfnResource, IConstruct } from '../cdk/cdk';
import { isAskedAt } from '../scopes/calls';
import { Register } from '../scopes/guarded';
import { heldAt, WeakerCall } from '../scopes/held';
import { annotate } from '../tree/annotate';
import { holderFor, stageOf } from '../tree/launch-resources';

/** Lists the calls in a stage that ask for less than what holds around them, with their place in the tree. */
export function tellWeakerCalls(stage: IConstruct, resources: readonly CfnResource[], register: Register): void {
  for (const scope of scopesIn(stage, resources, register)) {
    const { weaker } = heldAt(scope);
    for (const call of weaker) {
      annotate(holderFor(scope), call.outcome === 'forbidden' ? 'exemption-not-allowed' : 'weaker-inside', messageAbout(call, scope));
    }
    const refused = weaker.filter(({ outcome }) => outcome === 'forbidden');
    if (refused.length > 0) { register.refused.set(scope, refused.map(call => ({ message: messageAbout(call, scope), fails: !call.isObserved }))); }
  }
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

const OUTCOMES: Readonly<Record<WeakerCall['outcome'], string>> = {
  counts: 'it counts; `forbidExemptions` on the scope around it would rule that out',
  forbidden: 'that does not count, since exemptions are forbidden here',
  overruled: 'that does not count, since the same scope is enforced; remove one of the two calls',
  outranked: 'that does not count, since the preload guards the app with settings that it cannot weaken',
};

function messageAbout({ by, weaknesses, outcome }: WeakerCall, { node: { path } }: IConstruct): string {
  return `${by} on ${path || 'the app'} is weaker than what holds there: ${weaknesses.map(({ what }) => what).join(', ')}; ${OUTCOMES[outcome]}`;
}
