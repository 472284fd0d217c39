import { CfnResource } from 'aws-cdk-lib';
import { Choice } from '../scopes/choice';
import { isEdited } from './edited';
import { isPinnable } from '../tree/launch-resources';
import { LaunchSurface } from '../engine/surfaces/surface';
import { nameOf } from '../tree/properties';
import { tell } from '../tree/tell';
import { Tree } from '../tree/tree';

/** Tells what the edit of a resource replaces: the resource itself, or those that are pinned to its version. Without an edit, nothing is. */
export function adviseOnReplacement(resource: CfnResource, surface: LaunchSurface, choice: Choice, tree: Tree): void {
  if (!isEdited(resource)) { return; }
  adviseOnConsumers(resource, choice, tree);
  if (surface.replacement) { adviseOnOwn(resource, surface, choice, tree); }
  if (isPinnable(resource)) { adviseOnExports(resource, tree); }
}

function adviseOnConsumers(resource: CfnResource, { allowReplacement }: Choice, tree: Tree): void {
  for (const consumer of tree.connections.replacedByEditOf(tree.addressOf(resource))) {
    const replaced = allowReplacement?.has(consumer.surface.type) ? tree.resourceAt(consumer.address) : undefined;
    if (!replaced) { continue; }
    const what = 'a new version of its launch template';
    tell(replaced, 'replaced', `${what} replaces this resource if it is deployed already, as 'allowReplacement' allows`);
    if (nameOf(replaced, consumer.surface) !== undefined) { adviseOnName(replaced, consumer.surface, what); }
  }
}

function adviseOnOwn(resource: CfnResource, surface: LaunchSurface, { allowReplacement }: Choice, tree: Tree): void {
  const isNamed = nameOf(resource, surface) !== undefined;
  if (surface.replacement === 'unless-unnamed' && !isNamed) {
    tell(resource, 'replaced', 'requiring IMDSv2 replaces this launch configuration, as every change of one does; its group stays');
  } else if (allowReplacement?.has(surface.type)) {
    const users = tree.connections.to(tree.addressOf(resource)).filter(({ reference }) => reference.follow.createOnly === true);
    const paths = new Set(users.map(({ from }) => tree.resourceAt(from.address)!.node.path));
    const others = paths.size > 0 ? `, and ${[...paths].join(', ')} with it,` : '';
    tell(resource, 'replaced', `requiring IMDSv2 replaces this resource${others} if it is deployed already, as 'allowReplacement' allows`);
    if (isNamed) { adviseOnName(resource, surface, 'requiring IMDSv2'); }
  }
}

export function adviseOnName(resource: CfnResource, { nameProperty }: LaunchSurface, what: string): void {
  tell(resource, 'rename-needed',
    `${what} replaces this resource if it is deployed already, which CloudFormation refuses unless ${nameProperty} changes in the same deployment; give it another name`);
}

/** A consumer in another app may be pinned to the number; only its owner can tell. */
function adviseOnExports(resource: CfnResource, tree: Tree): void {
  const address = tree.addressOf(resource);
  const exports = tree.exportsOfLatest(address);
  if (exports.length === 0 || tree.connections.replacedByEditOf(address).length > 0) { return; }
  tell(resource, 'version-exported', `its latest version number is exported as ${exports.join(', ')}: an instance or a fleet in another app that uses it would be replaced`);
}
