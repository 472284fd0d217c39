import { Notice } from './notice';
import { mergedChanges } from './settings-in';
import { CfnResource, IConstruct } from '../cdk/cdk';
import { Decision, Reach } from '../engine/record/decision';
import { launchResourcesIn, typeOf } from '../tree/launch-resources';
import { logicalIdOf } from '../tree/token-text';

/** A decision as it is made: what follows from the construct alone is added when somebody reads it. */
export interface Outcome extends Pick<Decision, 'action' | 'reason' | 'changes'> {
  readonly reach?: Reach;
  readonly rolls?: readonly string[];
  readonly notices: readonly Notice[];
  readonly isReported?: boolean;
}

const OUTCOMES = new WeakMap<CfnResource, Outcome>();

/** Joins what this look decided with what earlier ones did: a setting was before as the first of them found it. */
export function remember(resource: CfnResource, outcome: Outcome): Outcome {
  const earlier = OUTCOMES.get(resource);
  const changes = mergedChanges(earlier?.changes ?? [], outcome.changes);
  const action = earlier?.action === 'attach' ? 'attach' : changes.length > 0 ? 'write' : outcome.action;
  const joined = { ...outcome, action, changes, reason: action === 'leave' ? outcome.reason ?? 'compliant' : undefined };
  OUTCOMES.set(resource, joined);
  return joined;
}

/** What was changed would be the same without enforcement. */
export function forgetChanges(resource: CfnResource): void {
  const outcome = OUTCOMES.get(resource);
  if (outcome) { OUTCOMES.set(resource, { ...outcome, action: 'leave', changes: [] }); }
}

/** Whether enforcement has changed a setting of the resource. Nothing is replaced for the sake of one that its author wrote in full. */
export function isEdited(resource: CfnResource): boolean {
  return (OUTCOMES.get(resource)?.changes.length ?? 0) > 0;
}

/** What an earlier look found and nobody has reported yet. */
export function unreportedNotices(resource: CfnResource): readonly Notice[] {
  const outcome = OUTCOMES.get(resource);
  return outcome && !outcome.isReported ? outcome.notices : [];
}

/** What was decided about every launch resource below a construct, in tree order. What nobody asked to enforce is not in it. */
export function decisionsOf(root: IConstruct): Decision[] {
  return launchResourcesIn(root).flatMap(resource => {
    const outcome = OUTCOMES.get(resource);
    return outcome ? [decisionOf(resource, outcome)] : [];
  });
}

function decisionOf(resource: CfnResource, { action, reason, changes, reach = 'none', rolls = [], notices }: Outcome): Decision {
  const told = notices.map(({ id, message, resource: about }) => ({ id, path: about.node.path, message }));
  const { path: stack } = resource.stack.node;
  const which = { path: resource.node.path, stack, logicalId: logicalIdOf(resource), type: typeOf(resource) };
  return { ...which, action, reason, changes, reach, rolls, notices: told };
}
