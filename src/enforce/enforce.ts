import { CfnResource } from 'aws-cdk-lib';
import { adviceOn, adviceOnContainers, adviceOnLeft } from './advise';
import { attachLaunchTemplate } from './attach-launch-template';
import { noteEdit } from './edited';
import { Notice, notice, report } from './notice';
import { settingsUnderExemption, isKept, isLeftAlone } from './settings-under-exemption';
import { write } from './write';
import { freshOptions, plainOptions, writeFresh } from './write-fresh';
import { possibleValuesAt } from '../engine/evaluator/possible-values';
import { harden } from '../engine/harden/harden';
import { Edit } from '../engine/harden/harden-settings';
import { isObject, JsonObject } from '../engine/json/json';
import { requiresTokensByItself } from '../engine/judge/own-settings';
import { LaunchSurface } from '../engine/surfaces/surface';
import { surfaceOf } from '../engine/surfaces/surfaces';
import { hopsNeeded, LaunchReferrer } from '../engine/templates/launch-references';
import { isConcerned } from '../engine/templates/launch-referrer';
import { ScopeSettings } from '../scopes/scope-settings';
import { typeOf } from '../tree/launch-resources';
import { givenOptionsOf, nameOf, renderedProperties, renderedProperty, typedKey } from '../tree/properties';
import { Tree } from '../tree/tree';
import { UserData } from '../tree/user-data';

/**
 * Resources that did not require tokens, or not in every branch, and the options that were written there.
 *
 * Where other options stand there later, somebody else requires tokens, such as CDK's own aspects do for `requireImdsv2`.
 */
const REQUIRED_HERE = new WeakMap<CfnResource, JsonObject | 'hidden'>();

/** Writes a choice into one resource. `advice`: this is the last look, so report what the user should know about the outcome. */
export function enforceOn(resource: CfnResource, given: ScopeSettings, tree: Tree, advice = true): void {
  const surface = surfaceOf(typeOf(resource))!;
  if ((surface.mentioning ?? surface.meantWith) && !isConcerned(surface, renderedProperties(resource))) { return; }
  const notices = new Notices();
  enforceIn(resource, surface, given, tree, notices, advice);
  notices.report();
}

/** What is noticed on the way. Values that become known only when they are resolved are noticed later, and reported then. */
class Notices {
  private readonly found: Notice[] = [];
  private isReported = false;

  public add(notices: readonly Notice[]): void {
    if (this.isReported) { report(notices); } else { this.found.push(...notices); }
  }

  public report(): void {
    this.isReported = true;
    report(this.found);
  }
}

function enforceIn(resource: CfnResource, surface: LaunchSurface, given: ScopeSettings, tree: Tree, notices: Notices, advice: boolean): void {
  const permitted = settingsUnderExemption(resource, surface, given, tree);
  if (advice && permitted.notice) { notices.add([permitted.notice]); }
  const { choice } = permitted;
  if (!choice) { return; }
  if (choice.excludeResourceTypes?.has(surface.type)) {
    if (advice) { notices.add([notice(resource, 'left-out', `IMDSv2 is not required here: '${surface.type}' is in 'excludeResourceTypes'`)]); }
    return;
  }
  const userData = advice ? new UserData(resource, surface) : undefined;
  if (!tree.isConnected(resource) && enforcePlain(resource, surface, choice, notices, userData)) { return; }
  const obstacle = surface.container ? obstacleTo(resource, surface, choice, tree) : undefined;
  if (obstacle) {
    if (advice && !isRequiredAlready(resource, surface)) { notices.add([notice(resource, obstacle.id, obstacle.message)]); }
  } else if (surface.container) {
    writeSettings(resource, surface, choice, tree, notices, userData);
    if (advice) { notices.add(adviceOnLeft(resource, surface)); }
  }
  if (choice.attachLaunchTemplate?.has(surface.type)) { notices.add(attachLaunchTemplate(resource, surface, choice, tree)); }
  if (userData) { notices.add(adviceOn(resource, surface, choice, tree, userData)); }
}

/**
 * The short way, for a resource that nothing refers to and that says nothing, or just what it would be given, as it does when it is
 * met again: there is little to write and little to tell. False where it says anything else.
 */
function enforcePlain(resource: CfnResource, surface: LaunchSurface, { settings }: ScopeSettings, notices: Notices, userData?: UserData): boolean {
  const present = settings.httpEndpoint === undefined ? plainOptions(resource, surface) : undefined;
  if (!present) { return false; }
  const isGiven = settings.httpPutResponseHopLimit !== undefined;
  const wanted = freshOptions(surface, settings, isGiven ? undefined : hopsOfUserData(userData));
  if (Object.keys(present).length === 0) {
    writeFresh(resource, surface, wanted);
    REQUIRED_HERE.set(resource, givenOptionsOf(resource, surface));
  } else if (!isEqual(present, wanted)) {
    return false;
  }
  const hops = surface.hopLimit && wanted[typedKey(surface.hopLimit)];
  if (hops === 1 && userData) { notices.add(adviceOnContainers(resource, userData)); }
  return true;
}

function isEqual(one: JsonObject, other: JsonObject): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every(key => one[key] === other[key]);
}

/** Whether an edit would change nothing about tokens. */
function isRequiredAlready(resource: CfnResource, surface: LaunchSurface): boolean {
  const properties = renderedProperties(resource);
  const tokensOnly = { surface: { ...surface, hopLimit: undefined }, settings: {} };
  return requiresTokensByItself({ surface, properties }) || harden(properties, surface.container!, tokensOnly) === properties;
}

interface Obstacle {
  readonly id: 'left-as-it-is' | 'opt-in-needed' | 'replacement-needed';
  readonly message: string;
}

/** Why a resource is not edited, if it is not. */
function obstacleTo(resource: CfnResource, surface: LaunchSurface, choice: ScopeSettings, tree: Tree): Obstacle | undefined {
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
  const uncovered = tree.connections.to(address).filter(({ from }) => !hasOwnSettings(from) || isLeftAlone(tree.resourceAt(from.address)));
  const replaceable = replaced.filter(each => !isKept(tree.resourceAt(each.address)));
  const way = replaceable.length > 0 ? waysToReplace(replaceable, tree) : 'end the exemption';
  const why = `IMDSv2 is not required here: a new version of this launch template would replace ${names(replaced, tree)}`;
  if (uncovered.length > 0) {
    const others = names(uncovered.map(({ from }) => from), tree);
    const exempt = replaceable.length > 0 ? '' : ', or exempt this launch template as well, which is what the check looks at';
    return { id: 'replacement-needed', message: `${why}, and ${others} still launches from it; give them launch templates of their own, or ${way}${exempt}` };
  }
  // A name is seen at once. Who else is given the id is found in the finished templates, so here it is told whether or not anybody is.
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

function writeSettings(
  resource: CfnResource, surface: LaunchSurface, choice: ScopeSettings, tree: Tree, notices: Notices, userData?: UserData,
): void {
  let isRequiredNow = false;
  const edit: Edit = {
    surface,
    settings: choice.settings,
    isRequiredEarlier: REQUIRED_HERE.has(resource) && ['hidden', givenOptionsOf(resource, surface)].includes(REQUIRED_HERE.get(resource)!),
    onRequired: () => {
      isRequiredNow = true;
      if (!REQUIRED_HERE.has(resource)) { REQUIRED_HERE.set(resource, 'hidden'); }
    },
    onHopChange: ({ from, to }) => notices.add([notice(resource, 'hop-limit-changed', `the hop limit ${from} that was written here is now ${to}`)]),
    // in the last look only: what aspects add, such as CDK's own do for `requireImdsv2`, is the author's too
    ...userData && inherited(resource, surface, tree, choice.settings.httpPutResponseHopLimit === undefined ? userData : undefined),
  };
  noteEdit(resource, edit, tree);
  write(resource, edit);
  if (isRequiredNow) { REQUIRED_HERE.set(resource, givenOptionsOf(resource, surface)); }
}

/**
 * The hop limit, and what else a launch template of the resource says, for where the resource says nothing.
 *
 * EC2 does not document whether options on an instance replace those of its template as a whole or one by one,
 * so literal ones are repeated: what the author chose stays in force either way.
 */
function inherited(resource: CfnResource, surface: LaunchSurface, tree: Tree, userData?: UserData): Pick<Edit, 'defaultHopLimit' | 'inherited'> {
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
function hopsOfUserData(userData: UserData | undefined): number | undefined {
  return userData?.joinsEcsCluster || userData?.startsContainers ? 2 : undefined;
}
