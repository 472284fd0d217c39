import { adviceOnCalls } from './advise-on-calls';
import { Outcome } from './decision';
import { Notice, notice } from './notice';
import { isRequiredAlready, obstacleTo } from './obstacles';
import { changesBetween, plainSettingsIn, settingsIn } from './settings-in';
import { settingsUnderExemption } from './settings-under-exemption';
import { freshOptions, plainOptions } from './write-fresh';
import { hopsOfUserData, writtenWithTokens } from './written-with-tokens';
import { CfnResource } from '../cdk/cdk';
import { hardenPlaces } from '../engine/harden/harden';
import { Edit, hardenSettings } from '../engine/harden/harden-settings';
import { haveSameEntries, isObject, JsonObject } from '../engine/json/json';
import { Change } from '../engine/record/decision';
import { LaunchSurface } from '../engine/surfaces/surface';
import { ScopeSettings } from '../scopes/scope-settings';
import { TYPED } from '../tree/deferred-token';
import { renderedProperties } from '../tree/properties';
import { contextOfStack } from '../tree/stack-context';
import { Tree } from '../tree/tree';
import { UserData } from '../tree/user-data';

/** A resource that launches instances and what is known about it. */
export interface LaunchResource {
  readonly resource: CfnResource;
  readonly surface: LaunchSurface;
  readonly tree: Tree;

  /** Read in the last look only: it may grow until then, and it is slow to read. */
  readonly userData?: UserData;

  /** An earlier look required tokens, and the author does not do so himself. */
  readonly isRequiredEarlier: boolean;
}

/** What is to be done about it. */
export interface Plan extends Outcome {
  /** What is in force for it, an exemption considered. Absent where it is left out. */
  readonly settings?: ScopeSettings;

  /** What it ends up with where nothing refers to it, it refers to nothing, and its settings are plain: there is no more to find out. */
  readonly plain?: JsonObject;
  readonly edit?: Edit;
}

/** From facts to a plan, in the order in which the questions are asked. Nothing is written here. */
export function decide(one: LaunchResource, given: ScopeSettings): Plan {
  const { resource, surface, tree } = one;
  const { choice: settings, notice: onExemption } = settingsUnderExemption(resource, surface, given, tree);
  const notices = onExemption && one.userData ? [onExemption] : [];
  if (!settings) { return { ...leave(notices), reason: onExemption?.id }; }
  if (settings.excludeResourceTypes?.has(surface.type)) {
    const leftOut = notice(resource, 'left-out', `IMDSv2 is not required here: '${surface.type}' is in 'excludeResourceTypes'`);
    return { ...leave(one.userData ? [...notices, leftOut] : notices), reason: 'left-out' };
  }
  const plain = tree.isConnected(resource) ? undefined : plainPlan(one, settings);
  if (plain) { return { ...plain, notices, settings }; }
  if ((surface.calls ?? surface.starts) && adviceOnCalls(resource, surface).length === 0) { return { ...leave(notices), settings }; }
  if (!surface.container) { return { ...leave(notices), reason: surface.noControl ? 'not-governed' : 'cannot-enforce', settings }; }
  const obstacle = obstacleTo(resource, surface, settings, tree);
  if (!obstacle) { return editPlan(one, settings, notices); }
  if (isRequiredAlready(resource, surface)) { return { ...leave(notices), settings }; }
  return { ...leave(one.userData ? [...notices, notice(resource, obstacle.id, obstacle.message)] : notices), reason: obstacle.id, settings };
}

function leave(notices: readonly Notice[]): Outcome {
  return { action: 'leave', changes: [], notices };
}

/**
 * For a resource that nothing refers to and that says nothing, or just what it would be given, as it does when it is met again: by far
 * the most do, so their settings are compared as they are, without rendering anything. Undefined where it says anything else.
 */
function plainPlan({ resource, surface, userData }: LaunchResource, { settings }: ScopeSettings): Pick<Plan, 'action' | 'changes' | 'plain'> | undefined {
  const present = settings.httpEndpoint === undefined ? plainOptions(resource, surface) : undefined;
  if (!present) { return undefined; }
  const wanted = freshOptions(surface, settings, settings.httpPutResponseHopLimit === undefined ? hopsOfUserData(userData) : undefined);
  if (Object.keys(present).length === 0) {
    return { action: 'write', changes: freshChanges(surface, wanted), plain: wanted };
  }
  return haveSameEntries(present, wanted) ? { action: 'leave', changes: [], plain: wanted } : undefined;
}

const NOTHING: ReadonlyMap<string, unknown> = new Map();

/** By the options that a resource without a word is given: one object serves all that are alike. */
const FRESH_CHANGES = new WeakMap<JsonObject, readonly Change[]>();

function freshChanges(surface: LaunchSurface, wanted: JsonObject): readonly Change[] {
  let changes = FRESH_CHANGES.get(wanted);
  if (!changes) {
    changes = changesBetween(NOTHING, plainSettingsIn(surface, wanted));
    FRESH_CHANGES.set(wanted, changes);
  }
  return changes;
}

function editPlan(one: LaunchResource, choice: ScopeSettings, notices: readonly Notice[]): Plan {
  const { resource, surface, tree, userData, isRequiredEarlier } = one;
  const { settings } = choice;
  const changed: Notice[] = [];
  const edit: Edit = {
    surface,
    settings,
    isRequiredEarlier,
    context: () => contextOfStack(resource.stack),
    // in the last look only: what aspects add, such as CDK's own do for `requireImdsv2`, is the author's too
    ...userData && writtenWithTokens(resource, surface, tree, settings.httpPutResponseHopLimit === undefined ? userData : undefined),
  };
  const changes = changesOf(resource, {
    ...edit,
    onHopChange: ({ from, to }) => changed.push(notice(resource, 'hop-limit-changed', `the hop limit ${from} that was written here is now ${to}`)),
  });
  return { action: changes.length > 0 ? 'write' : 'leave', changes, notices: [...notices, ...changed], settings: choice, edit };
}

function changesOf(resource: CfnResource, edit: Edit): readonly Change[] {
  const { surface } = edit;
  const plain = plainOptions(resource, surface);
  if (plain) {
    const after = hardenSettings(plain, edit, TYPED) as JsonObject;
    const isReadable = [...Object.values(plain), ...Object.values(after)].every(value => !TYPED.isOpaque(value) && !isObject(value));
    if (isReadable) { return after === plain ? [] : changesBetween(plainSettingsIn(surface, plain), plainSettingsIn(surface, after)); }
  }
  const before = renderedProperties(resource);
  const after = hardenPlaces(before, edit);
  return after === before ? [] : changesBetween(settingsIn(surface, before), settingsIn(surface, after));
}
