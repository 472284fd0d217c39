import { renameNeeded } from './advise-on-replacement';
import { Notice, NO_NOTICES, notice } from './notice';
import { CfnResource } from '../cdk/cdk';
import { harden } from '../engine/harden/harden';
import { isAbsent, isObject } from '../engine/json/json';
import { launchesOf } from '../engine/judge/launch-modes';
import { LaunchSurface } from '../engine/surfaces/surface';
import { surfaceOf } from '../engine/surfaces/surfaces';
import { replaces } from '../engine/templates/references';
import { ScopeSettings } from '../scopes/scope-settings';
import { nameOf, propertyOf, renderedProperties } from '../tree/properties';
import { Tree } from '../tree/tree';

/** Gives a resource a launch template of its own, where the user asked for that and the resource has none. */
export function attachLaunchTemplate(resource: CfnResource, surface: LaunchSurface, choice: ScopeSettings, tree: Tree): readonly Notice[] {
  const address = tree.addressOf(resource);
  const [follow] = surface.follows!;
  const { governed, whyNotGoverned } = launchesOf(surface, renderedProperties(resource));
  if (tree.connections.from(address).length > 0 || governed.length === 0 || whyNotGoverned !== undefined) { return NO_NOTICES; }
  const conflicts = surface.attach!.conflicts.filter(name => !isAbsent(propertyOf(resource, name)));
  const top = propertyOf(resource, follow.path[0] as string);
  if (conflicts.length > 0 || (follow.path.length > 1 && !isPlainObject(top))) {
    const why = conflicts.length > 0 ? `${conflicts.join(' and ')} cannot be combined with one` : `${String(follow.path[0])} is not a plain object`;
    return [notice(resource, 'cannot-attach', `no launch template is attached: ${why}`)];
  }
  const template = newTemplate(resource, follow.to, choice, surface);
  resource.addPropertyOverride(follow.path.join('.'), {
    [follow.keys!.id]: template.ref,
    [follow.keys!.version]: template.getAtt('LatestVersionNumber'),
  });
  tree.addressOf(template);
  tree.refresh(resource);
  const isReplaced = replaces(follow, renderedProperties(resource));
  const replacement = isReplaced ? ', and replaces the resource if it is deployed already' : '';
  return [
    notice(resource, 'attached-launch-template', `the launch template ${template.node.path} was added, which requires IMDSv2${replacement}`),
    ...isReplaced && nameOf(resource, surface) !== undefined ? [renameNeeded(resource, surface, 'attaching a launch template')] : [],
  ];
}

function isPlainObject(value: unknown): boolean {
  return isObject(value) && !('resolve' in value);
}

function newTemplate(resource: CfnResource, type: string, { settings }: ScopeSettings, { hopsNeeded }: LaunchSurface): CfnResource {
  const surface = surfaceOf(type)!;
  const properties = harden(undefined, surface.container!, { surface, settings, defaultHopLimit: (hopsNeeded ?? 1) > 1 ? hopsNeeded : undefined });
  return new CfnResource(resource, 'ImdsLaunchTemplate', { type, properties: properties as { [name: string]: unknown } });
}
