import { adviceOnCalls } from './advise-on-calls';
import { adviceOnReplacement } from './advise-on-replacement';
import { renewalOf } from './consequences';
import { Notice, NO_NOTICES, notice } from './notice';
import { CfnResource } from '../cdk/cdk';
import { whyUnknown } from '../engine/evaluator/outcomes';
import { possibleValuesAt } from '../engine/evaluator/possible-values';
import { isAbsent } from '../engine/json/json';
import { isSafeByDefault } from '../engine/judge/documented-default';
import { launchesOf } from '../engine/judge/launch-modes';
import { needsEndpoint } from '../engine/judge/needs';
import { isDisabled, isSafe, ownSettingsOf, settingIn } from '../engine/judge/own-settings';
import { placesOf } from '../engine/surfaces/places';
import { LaunchSurface } from '../engine/surfaces/surface';
import { LaunchReference, hopsNeeded } from '../engine/templates/launch-references';
import { ScopeSettings } from '../scopes/scope-settings';
import { surfaceOfConstruct } from '../tree/launch-resources';
import { optionsOf, propertyOf, rendered, renderedProperties, renderedProperty, typedKey } from '../tree/properties';
import { Tree } from '../tree/tree';
import { UserData } from '../tree/user-data';

/** What the user should know about a resource after enforcement: what could not be done, and what it may break. */
export function adviceOn(resource: CfnResource, surface: LaunchSurface, choice: ScopeSettings, tree: Tree, userData: UserData): readonly Notice[] {
  const properties = surface.launchesNothing || surface.serviceManaged ? renderedProperties(resource) : undefined;
  const { governed, whyNotGoverned } = launchesOf(surface, properties);
  const notGoverned = whyNotGoverned === undefined ? NO_NOTICES
    : [notice(resource, 'not-governed', `CloudFormation has no IMDS setting for this resource: ${whyNotGoverned}`)];
  if (governed.length === 0) { return notGoverned; }
  return [
    ...notGoverned,
    ...surface.container ? [
      ...onValue(resource, surface),
      ...onHops(resource, surface, tree, userData),
      ...onEndpoint(resource, surface, choice, tree),
      ...adviceOnReplacement(resource, surface, choice, tree),
    ] : NO_NOTICES,
    ...adviceOnCalls(resource, surface),
    ...surface.follows ? onReferences(resource, surface, choice, tree) : NO_NOTICES,
  ];
}

/** What hides the options from the eye hides them from the pen too. */
function onValue(resource: CfnResource, surface: LaunchSurface): readonly Notice[] {
  if (optionsOf(resource, surface) !== 'hidden') { return NO_NOTICES; }
  const [name] = surface.container as string[];
  const property = { [name]: renderedProperty(resource, name) };
  const reasons = placesOf(surface).flatMap(({ container }) => possibleValuesAt(property, container!).flatMap(each => whyUnknown(each) ?? []));
  return [...new Set(reasons)].map(why => notice(resource, 'cannot-enforce', `IMDSv2 cannot be required in ${name}: ${why}`));
}

/** What was to be written and is still weak is where no edit reaches, such as a function inside a text. */
export function adviceOnLeft(resource: CfnResource, surface: LaunchSurface): readonly Notice[] {
  if (optionsOf(resource, surface) !== 'hidden') { return NO_NOTICES; }
  const properties = renderedProperties(resource);
  const own = placesOf(surface).flatMap(place => ownSettingsOf({ surface: place, properties }));
  const isLeft = own.some(({ container, context }) => container !== undefined && settingIn(container, surface.tokens!.key, context).some(each => (
    each.kind === 'value' && !isSafe(each.value, surface) && !isDisabled(container, surface, each.context)
  )));
  return isLeft
    ? [notice(resource, 'cannot-enforce', `IMDSv2 cannot be required in ${String(surface.container![0])}: a function in it cannot be edited; require it there`)]
    : NO_NOTICES;
}

function onHops(resource: CfnResource, surface: LaunchSurface, tree: Tree, userData: UserData): readonly Notice[] {
  if (!surface.hopLimit || hopLimitOf(resource, surface) !== 1) { return NO_NOTICES; }
  const address = tree.addressOf(resource);
  if (hopsNeeded(tree.connections, address) > 1) { return [notice(resource, 'hop-limit-too-low', `it hosts containers: ${TOO_LOW}`)]; }
  return adviceOnContainers(resource, userData, tree.connections.to(address).some(({ from }) => from.surface.runsPods));
}

/** The hop limit as the construct holds it, where it is a plain value. */
function hopLimitOf(resource: CfnResource, surface: LaunchSurface): number | undefined {
  const options = optionsOf(resource, surface);
  const limit = options === 'hidden' ? undefined : Number(options[typedKey(surface.hopLimit!)] ?? options[surface.hopLimit!]);
  return Number.isNaN(limit) ? undefined : limit;
}

const TOO_LOW = 'at hop limit 1 containers on a bridge network cannot reach IMDS; set \'httpPutResponseHopLimit\' to 2 where they need it';

const ON_PODS = 'pods outside the host network cannot reach IMDS at hop limit 1, as the EKS best practices advise; give them roles with Pod Identity or IRSA';

/** For a resource whose hop limit is 1. `isTold`: the advice about pods is given for its consumers. */
export function adviceOnContainers(resource: CfnResource, userData: UserData, isTold = false): readonly Notice[] {
  const { startsContainers, joinsEksCluster } = userData;
  if (!startsContainers && !joinsEksCluster) { return NO_NOTICES; }
  return [
    ...startsContainers ? [notice(resource, 'hop-limit-too-low', `its user data starts containers: ${TOO_LOW}`)] : [],
    ...joinsEksCluster && !isTold ? [notice(resource, 'hop-limit-on-pods', ON_PODS)] : [],
  ];
}

function onEndpoint(resource: CfnResource, surface: LaunchSurface, { settings }: ScopeSettings, tree: Tree): readonly Notice[] {
  if (settings.httpEndpoint === false && !surface.endpoint) {
    return [notice(resource, 'endpoint-not-available', 'the metadata endpoint cannot be switched off here: CloudFormation has no such setting for this type')];
  }
  if (!isEndpointDisabled(resource, surface)) { return NO_NOTICES; }
  const consumers = tree.connections.to(tree.addressOf(resource)).flatMap(({ from }) => tree.resourceAt(from.address) ?? []);
  const need = [resource, ...consumers].map(each => needsEndpoint(surface, rendered(each))).find(each => each !== undefined);
  return need ? [notice(resource, 'endpoint-needed', `the metadata endpoint is switched off, but ${need} needs it`)] : NO_NOTICES;
}

function isEndpointDisabled(resource: CfnResource, surface: LaunchSurface): boolean {
  const options = optionsOf(resource, surface);
  if (!surface.endpoint || options === 'hidden') { return false; }
  return (options.httpEndpoint ?? options[surface.endpoint]) === 'disabled';
}

function onReferences(resource: CfnResource, surface: LaunchSurface, choice: ScopeSettings, tree: Tree): readonly Notice[] {
  const connections = tree.connections.from(tree.addressOf(resource));
  const uncontrolled = (surface.uncontrolled ?? []).filter(({ path }) => !isAbsent(propertyOf(resource, path[0] as string))
    && possibleValuesAt(renderedProperties(resource), path).some(each => each.kind !== 'absent'));
  const notices = uncontrolled.map(({ why }) => notice(resource, 'cannot-enforce', `IMDSv2 cannot be required here: ${why}`));
  const ownSettings = surface.container && !surface.onlyWhereWritten; // they win over a template's
  if (ownSettings) { return connections.some(({ to }) => !to) ? [...notices, ...onForeignTemplate(resource, surface, choice)] : notices; }
  const isSafeAnyway = (): boolean => surface.silence !== undefined && isSafeByDefault(surface, renderedProperties(resource));
  if (connections.length === 0 && uncontrolled.length === 0 && surface.otherwise && !isSafeAnyway()) {
    notices.push(notice(resource, 'cannot-enforce', `IMDSv2 cannot be required here: ${surface.otherwise}`));
  }
  notices.push(...connections.flatMap(connection => onReference(resource, connection)));
  if (surface.renewedByUpdatePolicy && connections.length > 0) {
    const isRenewed = renewalOf(resource) !== undefined;
    const isReached = connections.some(({ reference: { version } }) => version !== 'latest-alias');
    const why = isRenewed ? 'since $Latest is no change of the group' : 'since no UpdatePolicy replaces them';
    if (!isRenewed || !isReached) {
      notices.push(notice(resource, 'running-instances-kept', `instances that run already keep their settings until they are replaced, ${why}`));
    }
  }
  if (surface.runsPods && connections.some(({ to }) => allowsOneHop(to && tree.resourceAt(to.address)))) {
    notices.push(notice(resource, 'hop-limit-on-pods', ON_PODS));
  }
  return notices;
}

function allowsOneHop(template: CfnResource | undefined): boolean {
  return template !== undefined && hopLimitOf(template, surfaceOfConstruct(template)!) === 1;
}

function onForeignTemplate(resource: CfnResource, surface: LaunchSurface, { settings }: ScopeSettings): readonly Notice[] {
  const options = optionsOf(resource, surface);
  if (settings.httpPutResponseHopLimit !== undefined || options === 'hidden' || options.httpPutResponseHopLimit !== undefined) { return NO_NOTICES; }
  return [notice(resource, 'hop-limit-left',
    'no hop limit is written, since the launch template is outside this app, or in another Stage of it, and may have one; give \'httpPutResponseHopLimit\' to choose one')];
}

function onReference(resource: CfnResource, { reference, to }: LaunchReference): readonly Notice[] {
  const what = reference.follow.to.split('::')[2];
  if (!to) {
    const which = reference.literal ? ` ${reference.literal}` : '';
    return [notice(resource, 'cannot-enforce', `IMDSv2 cannot be required here: the ${what}${which} that it uses is outside this app, or in another Stage of it`)];
  }
  if (reference.version === 'default' || reference.version === 'pinned' || reference.version === 'unknown') {
    const version = { default: 'the default version', pinned: 'a fixed version', unknown: 'a version that is not known before deployment' }[reference.version];
    return [notice(resource, 'old-template-version',
      `it launches ${version} of its launch template, which may be older than what the template says now; refer to the template's LatestVersionNumber`)];
  }
  return NO_NOTICES;
}
