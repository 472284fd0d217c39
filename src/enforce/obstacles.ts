import { isKept, isLeftAlone } from './settings-under-exemption';
import { CfnResource } from '../cdk/cdk';
import { hardenPlaces } from '../engine/harden/harden';
import { requiresTokensByItself } from '../engine/judge/own-settings';
import { LaunchSurface } from '../engine/surfaces/surface';
import { surfaceOf } from '../engine/surfaces/surfaces';
import { LaunchReferrer } from '../engine/templates/launch-references';
import { ScopeSettings } from '../scopes/scope-settings';
import { typeOf } from '../tree/launch-resources';
import { nameOf, renderedProperties } from '../tree/properties';
import { contextOfStack } from '../tree/stack-context';
import { Tree } from '../tree/tree';

/** Whether an edit would change nothing about tokens. */
export function isRequiredAlready(resource: CfnResource, surface: LaunchSurface): boolean {
  const properties = renderedProperties(resource);
  const context = contextOfStack(resource.stack);
  const tokensOnly = { surface: { ...surface, hopLimit: undefined }, settings: {}, context: () => context };
  return requiresTokensByItself({ surface, properties, context }) || hardenPlaces(properties, tokensOnly) === properties;
}

export interface Obstacle {
  readonly id: 'left-as-it-is' | 'opt-in-needed' | 'replacement-needed';
  readonly message: string;
}

/** Why a resource is not edited, if it is not. */
export function obstacleTo(resource: CfnResource, surface: LaunchSurface, choice: ScopeSettings, tree: Tree): Obstacle | undefined {
  if (surface.optIn && !choice.includeResourceTypes?.has(surface.type)) {
    return { id: 'opt-in-needed', message: `IMDSv2 is not required here: ${surface.optIn}; add '${surface.type}' to 'includeResourceTypes' to require it` };
  }
  if (replacesItself(resource, surface) && !choice.allowReplacement?.has(surface.type)) {
    const renaming = nameOf(resource, surface) ? `, which CloudFormation refuses unless ${surface.nameProperty} changes too; change that and` : ';';
    const message = `IMDSv2 is not required here: the edit would replace the resource${renaming} add '${surface.type}' to 'allowReplacement' to require it`;
    return { id: 'replacement-needed', message };
  }
  return replacesConsumers(resource, choice, tree);
}

function replacesItself(resource: CfnResource, surface: LaunchSurface): boolean {
  if (surface.replacement === 'always') { return true; }
  return surface.replacement === 'unless-unnamed' && nameOf(resource, surface) !== undefined;
}

/** A new version of a launch template replaces the consumers that are pinned to its number by a create-only property. */
function replacesConsumers(resource: CfnResource, choice: ScopeSettings, tree: Tree): Obstacle | undefined {
  const address = tree.addressOf(resource);
  const replaced = tree.connections.replacedByEditOf(address)
    .filter(each => !choice.allowReplacement?.has(each.surface.type) || isKept(tree.resourceAt(each.address)));
  if (replaced.length === 0) { return undefined; }
  // one that is pinned to its version launches from it, also where the id that it is given cannot be followed
  const consumers = [...tree.connections.to(address).map(({ from }) => from), ...replaced];
  const uncovered = consumers.filter(from => !hasOwnSettings(from) || isLeftAlone(tree.resourceAt(from.address)));
  const replaceable = replaced.filter(each => !isKept(tree.resourceAt(each.address)));
  const way = replaceable.length > 0 ? waysToReplace(replaceable, tree) : 'end the exemption';
  const why = `IMDSv2 is not required here: a new version of this launch template would replace ${names(replaced, tree)}`;
  if (uncovered.length > 0) {
    const others = names(uncovered, tree);
    const exempt = replaceable.length > 0 ? '' : ', or exempt this launch template as well, which is what the check looks at';
    return { id: 'replacement-needed', message: `${why}, and ${others} still launches from it; give them launch templates of their own, or ${way}${exempt}` };
  }
  // A name is seen at once. Who else is given the id is found in the finished templates, so here it is reported whether or not anybody is.
  return nameOf(resource, surfaceOf(typeOf(resource))!) !== undefined
    ? { id: 'replacement-needed', message: `${why}, which is given options of its own, but others may launch from it by its name; ${way}` }
    : { id: 'left-as-it-is', message: `${why}, which is given options of its own; whatever else launches from it is not; to require it here too, ${way}` };
}

/** What the user can do about consumers that a new version would replace. */
function waysToReplace(replaced: readonly LaunchReferrer[], tree: Tree): string {
  const surfaces = [...new Set(replaced.map(({ surface }) => surface))];
  const named = replaced.filter(({ address, surface }) => nameOf(tree.resourceAt(address)!, surface) !== undefined);
  const renaming = named.length > 0 ? ` and change ${[...new Set(named.map(({ surface }) => surface.nameProperty))].join(', ')}, else CloudFormation refuses` : '';
  const switches = surfaces.flatMap(({ follows = [] }) => follows.flatMap(({ createOnly }) => typeof createOnly === 'object' ? createOnly.unlessFalse : []));
  return [
    `add ${surfaces.map(({ type }) => `'${type}'`).join(', ')} to 'allowReplacement'${renaming}`,
    ...[...new Set(switches)].map(name => `set ${name} to false in a deployment of its own`),
  ].join(', or ');
}

/** Whether a consumer is given options of its own, which win over the template's. */
function hasOwnSettings({ surface }: LaunchReferrer): boolean {
  return surface.container !== undefined && !surface.onlyWhereWritten;
}

function names(launchers: readonly LaunchReferrer[], tree: Tree): string {
  return [...new Set(launchers.map(({ address }) => tree.resourceAt(address)?.node.path ?? address))].join(', ');
}
