import { CfnResource } from '../cdk/cdk';
import { possibleValuesAt } from '../engine/evaluator/possible-values';
import { Edit } from '../engine/harden/harden-settings';
import { isObject, JsonObject } from '../engine/json/json';
import { LaunchSurface } from '../engine/surfaces/surface';
import { surfaceOf } from '../engine/surfaces/surfaces';
import { hopsNeeded } from '../engine/templates/launch-references';
import { typeOf } from '../tree/launch-resources';
import { renderedProperty } from '../tree/properties';
import { Tree } from '../tree/tree';
import { UserData } from '../tree/user-data';

/**
 * The hop limit, and what else a launch template of the resource says, for where the resource says nothing.
 *
 * EC2 does not document whether options on an instance replace those of its template as a whole or one by one,
 * so literal ones are repeated: what the author chose stays in force either way.
 */
export function writtenWithTokens(resource: CfnResource, surface: LaunchSurface, tree: Tree, userData?: UserData): Pick<Edit, 'defaultHopLimit' | 'inherited'> {
  const isFollowing = surface.follows && surface.hopLimit && !surface.onlyWhereWritten;
  const connections = isFollowing ? tree.connections.from(tree.addressOf(resource)) : [];
  if (connections.length === 0) { return { defaultHopLimit: defaultHopLimit(resource, tree, userData) }; }
  const options = connections.map(({ to }) => to && literalOptions(tree.resourceAt(to.address)!));
  if (options.some(each => each === undefined)) { return {}; } // a template outside the app may have a hop limit that containers rely on
  const [first, ...others] = options as JsonObject[];
  const common = Object.entries(first).filter(([key, value]) => others.every(each => each[key] === value));
  const hops = (options as JsonObject[]).map(each => Number(each[surface.hopLimit!]));
  const isKnown = hops.every(each => !Number.isNaN(each));
  return { defaultHopLimit: isKnown ? Math.max(...hops) : undefined, inherited: Object.fromEntries(common) };
}

/** The metadata options of a launch template that are plain values, tokens and hop limit aside. */
function literalOptions(template: CfnResource): JsonObject {
  const { container } = surfaceOf(typeOf(template))!;
  const [name] = container as string[];
  const [options, ...others] = possibleValuesAt({ [name]: renderedProperty(template, name) }, container!);
  if (others.length > 0 || options?.kind !== 'value' || !isObject(options.value)) { return {}; }
  return Object.fromEntries(Object.entries(options.value).filter(([, value]) => typeof value !== 'object'));
}

/** What containers on the host are known to need. Nothing where none are known: the image or the account may have a limit that they rely on. */
function defaultHopLimit(resource: CfnResource, tree: Tree, userData?: UserData): number | undefined {
  const needed = hopsNeeded(tree.connections, tree.addressOf(resource));
  return needed > 1 ? needed : hopsOfUserData(userData);
}

/** User data may grow until the last look, and it is slow to read, so that is when it counts. */
export function hopsOfUserData(userData: UserData | undefined): number | undefined {
  return userData?.joinsEcsCluster || userData?.startsContainers ? 2 : undefined;
}
