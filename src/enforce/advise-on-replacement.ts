import { renewalByService, RenewedGroup, renewedGroups } from './consequences';
import { isEdited } from './decision';
import { Notice, NO_NOTICES, notice } from './notice';
import { CfnResource } from '../cdk/cdk';
import { LaunchSurface } from '../engine/surfaces/surface';
import { ScopeSettings } from '../scopes/scope-settings';
import { isPinnable } from '../tree/launch-resources';
import { nameOf } from '../tree/properties';
import { Tree } from '../tree/tree';

/** What the edit of a resource replaces: the resource itself, or those that are pinned to its version. Without an edit, nothing is. */
export function adviceOnReplacement(resource: CfnResource, surface: LaunchSurface, choice: ScopeSettings, tree: Tree): readonly Notice[] {
  if (!isEdited(resource)) { return NO_NOTICES; }
  const itself = renewalByService(resource, 'edit');
  if (!(surface.replacement || isPinnable(resource))) { return onGroups(resource, itself); }
  const groups = renewedGroups(resource, surface, tree);
  return [
    ...onConsumers(resource, choice, tree),
    ...surface.replacement ? onOwn(resource, surface, choice, tree, groups.length > 0) : NO_NOTICES,
    ...isPinnable(resource) ? onExports(resource, tree) : NO_NOTICES,
    ...onGroups(resource, [...groups, ...itself]),
  ];
}

function onGroups(resource: CfnResource, groups: readonly RenewedGroup[]): readonly Notice[] {
  return groups.map(renewed => onGroup(resource, renewed));
}

/** What the group's own update policy does is its author's choice, and what a service does is its way with every edit; a new group takes a decision. */
function onGroup(resource: CfnResource, { group, policy, service, isReplaced }: RenewedGroup): Notice {
  const edit = group === resource ? 'requiring IMDSv2' : `requiring IMDSv2 in ${resource.node.path}`;
  if (service) {
    return notice(group, 'renewed-by-service', `${edit} replaces the instances of this resource at its next deployment, ${service.why}: ${service.page}`);
  }
  return isReplaced
    ? notice(group, 'group-replaced', `${edit} replaces this group at its next deployment, as its update policy ${policy} says`)
    : notice(group, 'group-rolled', `${edit} renews the instances of this group at its next deployment, as its update policy ${policy} says`);
}

function onConsumers(resource: CfnResource, { allowReplacement }: ScopeSettings, tree: Tree): Notice[] {
  return tree.connections.replacedByEditOf(tree.addressOf(resource)).flatMap(consumer => {
    const replaced = allowReplacement?.has(consumer.surface.type) ? tree.resourceAt(consumer.address) : undefined;
    if (!replaced) { return []; }
    const what = 'a new version of its launch template';
    return [
      notice(replaced, 'replaced', `${what} replaces this resource if it is deployed already, as 'allowReplacement' allows`),
      ...nameOf(replaced, consumer.surface) === undefined ? [] : [renameNeeded(replaced, consumer.surface, what)],
    ];
  });
}

function onOwn(
  resource: CfnResource, surface: LaunchSurface, { allowReplacement }: ScopeSettings, tree: Tree, isRenewed: boolean,
): readonly Notice[] {
  const isNamed = nameOf(resource, surface) !== undefined;
  if (surface.replacement === 'unless-unnamed' && !isNamed) {
    const groups = isRenewed ? 'what becomes of its group is said there' : 'its group stays, and so do the instances that run already';
    return [notice(resource, 'replaced', `requiring IMDSv2 replaces this launch configuration, as every change of one does; ${groups}`)];
  }
  if (!allowReplacement?.has(surface.type)) { return NO_NOTICES; }
  const users = tree.connections.to(tree.addressOf(resource)).filter(({ reference }) => reference.follow.createOnly === true);
  const paths = new Set(users.map(({ from }) => tree.resourceAt(from.address)!.node.path));
  const others = paths.size > 0 ? `, and ${[...paths].join(', ')} with it,` : '';
  return [
    notice(resource, 'replaced', `requiring IMDSv2 replaces this resource${others} if it is deployed already, as 'allowReplacement' allows`),
    ...isNamed ? [renameNeeded(resource, surface, 'requiring IMDSv2')] : [],
  ];
}

export function renameNeeded(resource: CfnResource, { nameProperty }: LaunchSurface, what: string): Notice {
  return notice(resource, 'rename-needed',
    `${what} replaces this resource if it is deployed already, which CloudFormation refuses unless ${nameProperty} changes in the same deployment; give it another name`);
}

/** A consumer in another app may be pinned to the number; only its owner can tell. */
function onExports(resource: CfnResource, tree: Tree): readonly Notice[] {
  const address = tree.addressOf(resource);
  if (tree.connections.replacedByEditOf(address).length > 0) { return NO_NOTICES; }
  const exports = tree.exportsOfLatest(address);
  return [
    ...exports.length > 0 ? [notice(resource, 'version-exported',
      `its latest version number is exported as ${exports.join(', ')}: an instance or a fleet in another app that uses it would be replaced`)] : NO_NOTICES,
    ...adviceOnVersion(resource, tree),
  ];
}

/** What else is given the number of an edited template. */
export function adviceOnVersion(resource: CfnResource, tree: Tree): readonly Notice[] {
  const uses = isPinnable(resource) && isEdited(resource) ? tree.usesOfLatest(resource) : [];
  return [
    ...uses.length > 0 ? [notice(resource, 'version-exported',
      `its latest version number is also given to ${uses.join(', ')}, which this edit changes too: an instance or a fleet that gets it from there would be `
      + 'replaced, and one whose own user data has it stopped and started, or replaced')] : NO_NOTICES,
  ];
}
