import { Notice } from './notice';
import { Change, mergedChanges } from './settings-in';
import { CfnResource, IConstruct } from '../cdk/cdk';
import { MessageId } from '../engine/exemptions/messages';
import { launchResourcesIn, typeOf } from '../tree/launch-resources';
import { logicalIdOf } from '../tree/token-text';

export type Action = 'leave' | 'write' | 'attach';

/** How a change reaches what runs already, once it is deployed. */
export type Reach = 'none' | 'in-place' | 'new-version' | 'replacement';

/**
 * What enforcement decided about one resource, as plain data: what JSON makes of it is what other tools read.
 *
 * Settings that are `undefined` are absent, in JSON as well.
 */
export interface Decision {
  /** The path of the construct. */
  readonly path: string;
  readonly logicalId: string;

  /** The type as CloudFormation receives it. */
  readonly type: string;

  /** `attach`: a launch template is added to it, which has a decision of its own. */
  readonly action: Action;

  /** Why it is left as it is: the id of a message, or `compliant` where there is nothing to write. */
  readonly reason?: MessageId | 'compliant';

  /** Each setting that is another than before. */
  readonly changes: readonly Change[];
  readonly reach: Reach;

  /** Paths of the groups whose instances are renewed by their own update policy, since the change reaches them. */
  readonly rolls: readonly string[];

  /** What is reported about it, by id. The construct is another one where a consumer is concerned. */
  readonly notices: readonly { readonly id: MessageId; readonly path: string; readonly message: string }[];
}

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
  return { path: resource.node.path, logicalId: logicalIdOf(resource), type: typeOf(resource), action, reason, changes, reach, rolls, notices: told };
}
