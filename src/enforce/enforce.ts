import { adviceOn, adviceOnContainers, adviceOnLeft } from './advise';
import { adviceOnVersion } from './advise-on-replacement';
import { attachLaunchTemplate } from './attach-launch-template';
import { consequencesOf } from './consequences';
import { decide, LaunchResource, Plan } from './decide';
import { forgetChanges, remember, unreportedNotices } from './decision';
import { Notice, NO_NOTICES, report } from './notice';
import { noteRequired, noteRequiredLater, requiredEarlierBy } from './required-here';
import { write } from './write';
import { writeFresh } from './write-fresh';
import { CfnResource } from '../cdk/cdk';
import { callsOf } from '../engine/calls/calls';
import { Edit } from '../engine/harden/harden-settings';
import { surfaceOf } from '../engine/surfaces/surfaces';
import { isConcerned } from '../engine/templates/launch-referrer';
import { ScopeSettings } from '../scopes/scope-settings';
import { typeOf } from '../tree/launch-resources';
import { renderedProperties, typedKey } from '../tree/properties';
import { Tree } from '../tree/tree';
import { UserData } from '../tree/user-data';

/** Decides about one resource, writes, and in the last look reports: what aspects do in between counts, too. */
export function enforceOn(resource: CfnResource, given: ScopeSettings, tree: Tree, isLast = true): void {
  const surface = surfaceOf(typeOf(resource))!;
  if ((surface.mentioning ?? surface.meantWith ?? surface.starts) && !isConcerned(surface, renderedProperties(resource))) { return; }
  if (surface.calls && callsOf(surface, renderedProperties(resource)).length === 0) { return; }
  const userData = isLast ? new UserData(resource, surface) : undefined;
  const requiredEarlier = requiredEarlierBy(resource, surface);
  if (requiredEarlier === 'author') { forgetChanges(resource); }
  const one: LaunchResource = { resource, surface, tree, userData, isRequiredEarlier: requiredEarlier === 'enforcement' };
  const plan = decide(one, given);
  const attached = apply(one, plan);
  const action = attached.some(({ id }) => id === 'attached-launch-template') ? 'attach' : plan.action;
  const { reason, changes } = plan;
  const outcome = remember(resource, { action, reason, changes, notices: [...unreportedNotices(resource), ...plan.notices, ...attached] });
  if (!isLast) { return; }
  const notices = [...outcome.notices, ...adviceAfter(one, plan)];
  report(notices);
  remember(resource, { ...outcome, changes: [], ...consequencesOf(one, outcome, plan.plain !== undefined), notices, isReported: true });
}

/** Writes what was decided. Attaching a launch template is decided where it is written, since it makes a construct. */
function apply({ resource, surface, tree }: LaunchResource, { settings, plain, edit, changes }: Plan): readonly Notice[] {
  if (plain) {
    if (changes.length > 0) {
      writeFresh(resource, surface, plain);
      noteRequired(resource, surface);
    }
    return NO_NOTICES;
  }
  if (edit) { writeEdit(resource, edit); }
  return settings?.attachLaunchTemplate?.has(surface.type) ? attachLaunchTemplate(resource, surface, settings, tree) : NO_NOTICES;
}

function writeEdit(resource: CfnResource, edit: Edit): void {
  let isRequiredNow = false;
  write(resource, {
    ...edit,
    onRequired: () => {
      isRequiredNow = true;
      noteRequiredLater(resource);
    },
  });
  if (isRequiredNow) { noteRequired(resource, edit.surface); }
}

/** What the user should know about the outcome, read back from the construct: what no edit reached must not pass for written. */
function adviceAfter({ resource, surface, tree, userData }: LaunchResource, { settings, plain, edit }: Plan): readonly Notice[] {
  if (!settings || !userData) { return NO_NOTICES; }
  if (plain) {
    return [
      ...surface.hopLimit && plain[typedKey(surface.hopLimit)] === 1 ? adviceOnContainers(resource, userData) : NO_NOTICES,
      ...adviceOnVersion(resource, tree),
    ];
  }
  return [...edit ? adviceOnLeft(resource, surface) : NO_NOTICES, ...adviceOn(resource, surface, settings, tree, userData)];
}
