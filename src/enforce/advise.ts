import { CfnResource } from 'aws-cdk-lib';
import { adviseOnReplacement } from './advise-on-replacement';
import { Choice } from '../scopes/choice';
import { surfaceOfConstruct } from '../tree/launch-resources';
import { alternativesAt } from '../engine/evaluator/alternatives';
import { Connection, hopsNeeded } from '../engine/templates/connections';
import { isAbsent, isObject, JsonObject } from '../engine/json/json';
import { needsEndpoint } from '../engine/judge/needs';
import { whyUnknown } from '../engine/evaluator/outcomes';
import { isDisabled, isSafe, launchesNothing, ownSettingsOf, settingIn } from '../engine/judge/own-settings';
import { LaunchSurface } from '../engine/surfaces/surface';
import { propertyOf, rendered, renderedProperties, renderedProperty, typedKey } from '../tree/properties';
import { tell } from '../tree/tell';
import { Tree } from '../tree/tree';
import { UserData } from '../tree/user-data';

/** Tells what the user should know about a resource after enforcement: what could not be done, and what it may break. */
export function advise(resource: CfnResource, surface: LaunchSurface, choice: Choice, tree: Tree, userData: UserData): void {
  if (surface.noControl) {
    tell(resource, 'not-governed', `CloudFormation has no IMDS setting for this resource: ${surface.noControl}`);
    return;
  }
  if (surface.launchesNothing && launchesNothing(surface, renderedProperties(resource))) { return; }
  if (surface.container) {
    adviseOnValue(resource, surface);
    adviseOnHops(resource, surface, tree, userData);
    adviseOnEndpoint(resource, surface, choice, tree);
    adviseOnReplacement(resource, surface, choice, tree);
  }
  if (surface.follows) { adviseOnReferences(resource, surface, choice, tree); }
}

/** What hides the options from the eye hides them from the pen too. */
function adviseOnValue(resource: CfnResource, surface: LaunchSurface): void {
  const options = optionsOf(resource, surface);
  if (options !== 'hidden') { return; }
  const [name] = surface.container as string[];
  for (const each of alternativesAt({ [name]: renderedProperty(resource, name) }, surface.container!)) {
    const why = whyUnknown(each);
    if (why !== undefined) { tell(resource, 'cannot-enforce', `IMDSv2 cannot be required in ${name}: ${why}`); }
  }
}

/** What was to be written and is still weak is where no edit reaches, such as a function inside a text. */
export function adviseOnLeft(resource: CfnResource, surface: LaunchSurface): void {
  if (optionsOf(resource, surface) !== 'hidden') { return; }
  const isLeft = ownSettingsOf({ surface, properties: renderedProperties(resource) }).some(({ container, context }) => container !== undefined
    && settingIn(container, surface.tokens!.key, context).some(each => (
      each.kind === 'value' && !isSafe(each.value, surface) && !isDisabled(container, surface, each.context)
    )));
  if (isLeft) { tell(resource, 'cannot-enforce', `IMDSv2 cannot be required in ${String(surface.container![0])}: a function in it cannot be edited; require it there`); }
}

/** The options as the construct holds them, or `hidden` behind a token, a function, a text or a list. */
function optionsOf(resource: CfnResource, { container }: LaunchSurface): JsonObject | 'hidden' {
  let value: unknown = { '': propertyOf(resource, container![0] as string ?? '') };
  for (const key of ['', ...container!.slice(1)]) {
    if (!isPlain(value) || typeof key !== 'string') { return 'hidden'; }
    value = value[typedKey(key)] ?? value[key];
    if (value === undefined) { return {}; }
  }
  return isPlain(value) ? value : 'hidden';
}

function isPlain(value: unknown): value is JsonObject {
  return isObject(value) && typeof value.resolve !== 'function' && !Object.keys(value).some(key => key.startsWith('Fn::') || key === 'Ref');
}

function adviseOnHops(resource: CfnResource, surface: LaunchSurface, tree: Tree, userData: UserData): void {
  if (!surface.hopLimit) { return; }
  if (hopLimitOf(resource, surface) !== 1) { return; }
  const needed = hopsNeeded(tree.connections, tree.addressOf(resource));
  if (needed > 1) {
    tell(resource, 'hop-limit-too-low', `it hosts containers: ${TOO_LOW}`);
  } else {
    const isTold = tree.connections.to(tree.addressOf(resource)).some(({ from }) => from.surface.runsPods);
    adviseOnContainers(resource, userData, isTold);
  }
}

/** The hop limit as the construct holds it, where it is a plain value. */
function hopLimitOf(resource: CfnResource, surface: LaunchSurface): number | undefined {
  const options = optionsOf(resource, surface);
  const limit = options === 'hidden' ? undefined : Number(options[typedKey(surface.hopLimit!)] ?? options[surface.hopLimit!]);
  return Number.isNaN(limit) ? undefined : limit;
}

const TOO_LOW = 'at hop limit 1 containers on a bridge network cannot reach IMDS; set \'httpPutResponseHopLimit\' to 2 where they need it';

const ON_PODS = 'pods outside the host network cannot reach IMDS at hop limit 1, as the EKS best practices advise; give them roles with Pod Identity or IRSA';

/** For a resource whose hop limit is 1. `isTold`: its consumers are told about their pods. */
export function adviseOnContainers(resource: CfnResource, userData: UserData, isTold = false): void {
  if (userData.startsContainers) { tell(resource, 'hop-limit-too-low', `its user data starts containers: ${TOO_LOW}`); }
  if (userData.joinsEksCluster && !isTold) { tell(resource, 'hop-limit-on-pods', ON_PODS); }
}

function adviseOnEndpoint(resource: CfnResource, surface: LaunchSurface, { settings }: Choice, tree: Tree): void {
  if (settings.httpEndpoint === false && !surface.endpoint) {
    tell(resource, 'endpoint-not-available', 'the metadata endpoint cannot be switched off here: CloudFormation has no such setting for this type');
    return;
  }
  if (!isEndpointDisabled(resource, surface)) { return; }
  const consumers = tree.connections.to(tree.addressOf(resource)).flatMap(({ from }) => tree.resourceAt(from.address) ?? []);
  const need = [resource, ...consumers].map(each => needsEndpoint(surface, rendered(each))).find(each => each !== undefined);
  if (need) { tell(resource, 'endpoint-needed', `the metadata endpoint is switched off, but ${need} needs it`); }
}

function isEndpointDisabled(resource: CfnResource, surface: LaunchSurface): boolean {
  const options = optionsOf(resource, surface);
  if (!surface.endpoint || options === 'hidden') { return false; }
  return (options.httpEndpoint ?? options[surface.endpoint]) === 'disabled';
}

function adviseOnReferences(resource: CfnResource, surface: LaunchSurface, choice: Choice, tree: Tree): void {
  const connections = tree.connections.from(tree.addressOf(resource));
  const uncontrolled = (surface.uncontrolled ?? []).filter(({ path }) => !isAbsent(propertyOf(resource, path[0] as string))
    && alternativesAt(renderedProperties(resource), path).some(each => each.kind !== 'absent'));
  uncontrolled.forEach(({ why }) => tell(resource, 'cannot-enforce', `IMDSv2 cannot be required here: ${why}`));
  const ownSettings = surface.container && !surface.onlyWhereWritten; // they win over a template's
  if (ownSettings) {
    if (connections.some(({ to }) => !to)) { adviseOnForeignTemplate(resource, surface, choice); }
    return;
  }
  if (connections.length === 0 && uncontrolled.length === 0 && surface.otherwise) {
    tell(resource, 'cannot-enforce', `IMDSv2 cannot be required here: ${surface.otherwise}`);
  }
  connections.forEach(connection => adviseOnReference(resource, connection));
  if (surface.renewedByUpdatePolicy && connections.length > 0 && !isRenewed(resource, surface.renewedByUpdatePolicy)) {
    tell(resource, 'running-instances-kept', 'instances that run already keep their settings until they are replaced, since no UpdatePolicy replaces them');
  }
  if (surface.runsPods && connections.some(({ to }) => allowsOneHop(to && tree.resourceAt(to.address)))) { tell(resource, 'hop-limit-on-pods', ON_PODS); }
}

/** Whether a template may be at hop limit 1: whoever chose more needs no advice about it. */
function allowsOneHop(template: CfnResource | undefined): boolean {
  const hopLimit = template && hopLimitOf(template, surfaceOfConstruct(template)!);
  return hopLimit === undefined || hopLimit === 1;
}

function isRenewed(resource: CfnResource, policies: readonly string[]): boolean {
  const policy = resource.cfnOptions.updatePolicy as JsonObject | undefined;
  return policies.some(name => !isAbsent(policy?.[name]) || !isAbsent(policy?.[typedKey(name)]));
}

function adviseOnForeignTemplate(resource: CfnResource, surface: LaunchSurface, { settings }: Choice): void {
  const options = optionsOf(resource, surface);
  if (settings.httpPutResponseHopLimit !== undefined || options === 'hidden' || options.httpPutResponseHopLimit !== undefined) { return; }
  tell(resource, 'hop-limit-left',
    'no hop limit is written, since the launch template is outside this app, or in another Stage of it, and may have one; give \'httpPutResponseHopLimit\' to choose one');
}

function adviseOnReference(resource: CfnResource, { reference, to }: Connection): void {
  const what = reference.follow.to.split('::')[2];
  if (!to) {
    const which = reference.literal ? ` ${reference.literal}` : '';
    tell(resource, 'cannot-enforce', `IMDSv2 cannot be required here: the ${what}${which} that it uses is outside this app, or in another Stage of it`);
  } else if (reference.version === 'default' || reference.version === 'pinned' || reference.version === 'unknown') {
    const version = { default: 'the default version', pinned: 'a fixed version', unknown: 'a version that is not known before deployment' }[reference.version];
    tell(resource, 'old-template-version', `it launches ${version} of its launch template, which may be older than this edit; refer to the template's LatestVersionNumber`);
  }
}

