import { LaunchResource } from './decide';
import { Outcome } from './decision';
import { CfnResource } from '../cdk/cdk';
import { isAbsent, isObject, isSame, leavesOf } from '../engine/json/json';
import { Reach } from '../engine/record/decision';
import { LaunchSurface, ServiceRenewal } from '../engine/surfaces/surface';
import { replaces } from '../engine/templates/references';
import { isPinnable, surfaceOfConstruct } from '../tree/launch-resources';
import { rendered, renderedProperties } from '../tree/properties';
import { Tree } from '../tree/tree';

/** What the deployment of a change does to what runs already. `isAlone`: nothing refers to the resource. */
export function consequencesOf(
  { resource, surface, tree }: LaunchResource, { action, changes }: Outcome, isAlone: boolean,
): Required<Pick<Outcome, 'reach' | 'rolls'>> {
  if (action === 'leave') { return { reach: 'none', rolls: [] }; }
  const renewed = changes.length > 0 ? [...isAlone ? [] : renewedGroups(resource, surface, tree), ...renewalByService(resource, 'edit')] : [];
  return { reach: reachOf(resource, surface, action), rolls: renewed.map(({ group }) => group.node.path) };
}

function reachOf(resource: CfnResource, { replacement, follows }: LaunchSurface, action: Outcome['action']): Reach {
  if (action === 'attach') { return replaces(follows![0], renderedProperties(resource)) ? 'replacement' : 'in-place'; }
  if (replacement) { return 'replacement'; }
  return isPinnable(resource) ? 'new-version' : 'in-place';
}

/** A resource whose instances are renewed when what it launches from changes: by its own update policy, or else by its service. */
export interface RenewedGroup {
  readonly group: CfnResource;
  readonly policy?: string;
  readonly service?: ServiceRenewal;

  /** The group itself is replaced by a new one. */
  readonly isReplaced: boolean;
}

/**
 * The groups that a change of a launch template or launch configuration reaches in the same deployment. CloudFormation sees no change in a
 * group that says `$Latest`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
export function renewedGroups(resource: CfnResource, { replacement }: LaunchSurface, tree: Tree): readonly RenewedGroup[] {
  const consumers = tree.connections.to(tree.addressOf(resource))
    .filter(({ reference, from }) => (replacement !== undefined || reference.version === 'latest') && !replaces(reference.follow, from.properties));
  const groups = new Set(consumers.flatMap(({ from }) => tree.resourceAt(from.address) ?? []));
  return [...groups].flatMap(group => renewalOf(group) ?? renewalByService(group, 'new version'));
}

/** The resource, where its service replaces its instances after that. */
export function renewalByService(group: CfnResource, after: ServiceRenewal['after']): readonly RenewedGroup[] {
  const { renewedByService: service } = surfaceOfConstruct(group)!;
  return service?.after === after ? [{ group, service, isReplaced: false }] : [];
}

/** What the update policy of a group does with its instances, as CloudFormation receives it: overrides and lazy values included. */
export function renewalOf(group: CfnResource): RenewedGroup | undefined {
  const { renewedByUpdatePolicy = [], replacedByUpdatePolicy: replaced } = surfaceOfConstruct(group)!;
  const policies = leavesOf(rendered(group).UpdatePolicy).filter(isObject);
  const named = (name: string): unknown[] => policies.flatMap(policy => leavesOf(policy[name])).filter(each => !isAbsent(each));
  const replacing = replaced && named(replaced.policy).some(each => !isObject(each) || leavesOf(each[replaced.switch]).some(mayBeTrue));
  if (replacing) { return { group, policy: replaced!.policy, isReplaced: true }; }
  const renewing = renewedByUpdatePolicy.find(name => name !== replaced?.policy && named(name).length > 0);
  return renewing === undefined ? undefined : { group, policy: renewing, isReplaced: false };
}

/** What is only known later may be true. */
function mayBeTrue(value: unknown): boolean {
  return !isAbsent(value) && !isSame(value, false);
}
