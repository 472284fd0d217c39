import { CfnResource } from 'aws-cdk-lib';
import { harden } from '../engine/harden/harden';
import { Edit } from '../engine/harden/harden-settings';
import { isPinnable } from '../tree/launch-resources';
import { renderedProperties } from '../tree/properties';
import { Tree } from '../tree/tree';

/** Resources whose edit has consequences and that enforcement has changed, as CloudFormation sees them. */
const EDITED = new WeakSet<CfnResource>();

/** Whether enforcement has changed a resource. Nothing is replaced for the sake of one that its author wrote in full. */
export function isEdited(resource: CfnResource): boolean {
  return EDITED.has(resource);
}

/** To be called before an edit is written. Everything on the resource is rendered for it, which most resources are spared. */
export function noteEdit(resource: CfnResource, edit: Edit, tree: Tree): void {
  if (EDITED.has(resource) || !hasConsequences(resource, edit, tree)) { return; }
  const properties = renderedProperties(resource);
  const quiet = { ...edit, onRequired: undefined, onHopChange: undefined };
  if (harden(properties, edit.surface.container!, quiet) !== properties) { EDITED.add(resource); }
}

function hasConsequences(resource: CfnResource, { surface }: Edit, tree: Tree): boolean {
  if (surface.replacement) { return true; }
  if (!isPinnable(resource)) { return false; }
  const address = tree.addressOf(resource);
  return tree.exportsOfLatest(address).length > 0 || tree.connections.replacedByEditOf(address).length > 0;
}
