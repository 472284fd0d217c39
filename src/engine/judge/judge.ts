import { judgeCalls } from './judge-calls';
import { JudgeContext, constructPathOf, finding, JudgedReferrer, NOTHING, Outcome, outcomeOf, reasonOf, settingPath, shown } from './judge-context';
import { judgeEndpoint } from './judge-endpoint';
import { judgeHopLimit } from './judge-hop-limit';
import { withLoops } from './judge-loops';
import { judgeDefault, judgeReferences } from './judge-references';
import { judgeRunbooks } from './judge-runbooks';
import { holdersOfScripts, judgeScripts } from './judge-scripts';
import { AS_EXPANDED, unreadOf } from './judge-template';
import { judgeTokens } from './judge-tokens';
import { judgeUncontrolled } from './judge-uncontrolled';
import { launchesOf } from './launch-modes';
import { OwnSettings, ownSettingsOf } from './own-settings';
import { Verdicts } from './verdicts';
import { callsOf } from '../calls/calls';
import { assuming, truthOf } from '../evaluator/conditions';
import { Context, contextOf, fairShare } from '../evaluator/context';
import { whyUnknown } from '../evaluator/outcomes';
import { possibleValuesOf } from '../evaluator/possible-values';
import { Scope } from '../evaluator/scope';
import { TemplateSource } from '../evaluator/source';
import { ExaminedResource, Finding } from '../findings/finding';
import { isObject, JsonObject } from '../json/json';
import { lintTemplate } from '../lint/lint-template';
import { placesOf } from '../surfaces/places';
import { Settings } from '../surfaces/settings';
import { LaunchSurface } from '../surfaces/surface';
import { surfaceOf } from '../surfaces/surfaces';
import { LaunchReferences } from '../templates/launch-references';
import { isConcerned } from '../templates/launch-referrer';
import { TemplateSet } from '../templates/template-set';

export interface Judgement {
  readonly findings: readonly Finding[];

  /** Every resource that launches instances, and whatever may hide one. */
  readonly resources: readonly ExaminedResource[];

  /** The resources with loops written out, where the template has loops. */
  readonly expanded?: JsonObject;
}

/** The settings that a resource is held against. */
export type SettingsOf = (logicalId: string, source: string) => Settings;

/** Judges one template as CloudFormation receives it. Pure: no CDK, no files, nothing is changed. */
export function judge(template: unknown, settingsOf: SettingsOf = () => ({})): Judgement {
  return judgeAll([{ id: '', template }], settingsOf).get('')!;
}

/** Judges templates that may refer to each other. The result is by their `id`. */
export function judgeAll(sources: readonly TemplateSource[], settingsOf: SettingsOf = () => ({})): ReadonlyMap<string, Judgement> {
  return withLoops(sources, judgeExpanded(sources, settingsOf), each => judgeExpanded(each, settingsOf));
}

function judgeExpanded(sources: readonly TemplateSource[], settingsOf: SettingsOf): ReadonlyMap<string, Judgement> {
  const { scopes, launchers, made, connections } = launchersOf(sources);
  const outcomes = new Map<string, Outcome>();
  scopes.forEach((scope, i) => launchers[i].forEach(launcher => {
    const one = { launcher, connections, settings: settingsOf(launcher.logicalId, scope.id), known: [] };
    outcomes.set(launcher.address, made.has(launcher) ? judgeLauncher(one) : NOTHING);
  }));
  const holders = scopes.map((scope, i) => {
    const judgedAlready = new Set(launchers[i].map(({ logicalId }) => logicalId));
    return holdersOfScripts(scope, logicalId => judgedAlready.has(logicalId), mayHoldIn(scope));
  });
  const callers = holders.map(all => all.flatMap(({ holder, calls }) => {
    if (calls) { outcomes.set(holder.address, calls); }
    return calls ? [holder] : [];
  }));
  const verdicts = new Verdicts(outcomes);
  const asGiven = new Set<TemplateSource | undefined>(sources);
  return new Map(scopes.map((scope, i) => {
    const unread = unreadOf(scope);
    const examined = [...launchers[i], ...callers[i]];
    const judged = examined.map(each => ({
      logicalId: each.logicalId, type: each.surface.type, constructPath: constructPathOf(each.resource), verdict: verdicts.of(each),
    }));
    const own = examined.flatMap(({ address }) => distinct(outcomes.get(address)!.findings));
    return [scope.id, {
      findings: [...own, ...holders[i].flatMap(each => each.findings), ...policyFindingsIn(scope), ...unread.findings],
      resources: [...judged, ...unread.resources],
      ...asGiven.has(scope.source) ? {} : { expanded: scope.resources },
    }];
  }));
}

/** What the policies of a template get wrong. They launch nothing, so they have no verdict. */
function policyFindingsIn(scope: Scope): Finding[] {
  return lintTemplate(scope).map(({ resource, path, ...each }) => ({ ...each, path: path.join('.'), constructPath: constructPathOf(resource) }));
}

/** What launches instances in templates that may refer to each other, and who refers to whom. */
export interface Launchers {
  readonly scopes: readonly Scope[];

  /** Of each scope. */
  readonly launchers: readonly (readonly JudgedReferrer[])[];

  /** Those that are made under some condition. */
  readonly made: ReadonlySet<JudgedReferrer>;
  readonly connections: LaunchReferences;
}

export function launchersOf(sources: readonly TemplateSource[]): Launchers {
  const { scopes } = new TemplateSet(sources);
  const launchers = scopes.map(launchersIn);
  const connections = new LaunchReferences();
  const made = new Set(scopes.flatMap((scope, i) => everMadeIn(launchers[i], scope)));
  made.forEach(launcher => connections.add(launcher));
  return { scopes, launchers, made, connections };
}

function launchersIn(scope: Scope): JudgedReferrer[] {
  const whole = contextOf(scope);
  const surfaces = Object.entries(scope.resources).flatMap(([logicalId, resource]) => {
    const surface = isObject(resource) && typeof resource.Type === 'string' ? surfaceOf(resource.Type) : undefined;
    return surface && isObject(resource) && isMeant(surface, resource.Properties, whole) ? [{ logicalId, surface, resource }] : [];
  });
  const whenIn = eachOnce(condition => assuming({ Condition: condition }, true, contextOf(scope)));
  return surfaces.map(({ logicalId, surface, resource }): JudgedReferrer => {
    const { Properties: properties, Condition: condition } = resource;
    // A resource with a condition exists only where that holds.
    const context = contextOf(scope, condition === undefined ? undefined : whenIn(condition), fairShare(surfaces.length));
    return { logicalId, address: scope.addressOf(logicalId), surface, properties, resource, condition, context };
  });
}

/** Of those that may hold calls only those that do: a text that mentions an API need not call it. */
function isMeant(surface: LaunchSurface, properties: unknown, whole: Context): boolean {
  return isConcerned(surface, properties, whole) && (!surface.calls || callsOf(surface, properties, whole).length > 0);
}

function everMadeIn(launchers: readonly JudgedReferrer[], scope: Scope): JudgedReferrer[] {
  const mayHold = mayHoldIn(scope);
  return launchers.filter(({ condition }) => condition === undefined || mayHold(condition));
}

function mayHoldIn(scope: Scope): (condition: unknown) => boolean {
  return eachOnce(condition => truthOf({ Condition: condition }, contextOf(scope), possibleValuesOf) !== false);
}

/** What follows from a condition, found once: any number of resources may have it. */
function eachOnce<T>(find: (condition: unknown) => T): (condition: unknown) => T {
  const known = new Map<unknown, T>();
  return condition => {
    if (!known.has(condition)) { known.set(condition, find(condition)); }
    return known.get(condition)!;
  };
}

function judgeLauncher(one: JudgeContext): Outcome {
  const { launcher: { surface, properties, context } } = one;
  const { governed, whyNotGoverned } = launchesOf(surface, properties, context);
  if (whyNotGoverned === undefined) { return governed.length > 0 ? judgeGoverned(one, governed) : NOTHING; }
  return { ...governed.length > 0 ? judgeGoverned(one, governed) : judgeScripts(one), isNotGoverned: true };
}

function judgeGoverned(one: JudgeContext, governed: readonly Context[]): Outcome {
  const { launcher: { surface, resource } } = one;
  const uncontrolled = judgeUncontrolled(one);
  const followed = surface.container && !surface.onlyWhereWritten ? [] : governed.flatMap(where => [
    judgeReferences(one, where), uncontrolled === NOTHING && surface.follows ? judgeDefault(one, where) : NOTHING,
  ]);
  const included = Object.hasOwn(resource, 'Fn::Transform') ? judgeIncluded(one) : NOTHING;
  return outcomeOf(included, uncontrolled, ...judgePlaces(one), ...followed, judgeRunbooks(one), judgeScripts(one), judgeCalls(one));
}

/** Every place that holds settings. What hides one may hide them all, which is told once. */
function judgePlaces(one: JudgeContext): Outcome[] {
  const { launcher } = one;
  const places = placesOf(launcher.surface)
    .map(surface => (surface === launcher.surface ? one : { ...one, launcher: { ...launcher, surface }, known: [] }));
  const hidden = new Set<string | undefined>();
  return places.flatMap(place => {
    const known = new Set(hidden);
    return ownSettingsOf(place.launcher).flatMap(each => {
      const why = each.container ? undefined : whyUnknown(each.value);
      if (why !== undefined) { hidden.add(why); }
      return why !== undefined && known.has(why) ? [] : [judgeSettings(place, each)];
    });
  });
}

function judgeSettings(one: JudgeContext, settings: OwnSettings): Outcome {
  const { value, container } = settings;
  if (container) {
    const read = { ...settings, container };
    const tokens = judgeTokens(one, read);
    return outcomeOf(tokens, judgeHopLimit(one, read, tokens.findings.length === 0), judgeEndpoint(one, read));
  }
  const path = settingPath(one.launcher.surface);
  if (value.kind !== 'value') { return finding(one, { rule: 'undecided-value', path, reason: reasonOf(value) }); }
  return finding(one, { rule: 'invalid-value', path, values: [value.value], reason: `an object was expected, got ${shown(value.value)}` });
}

function judgeIncluded(one: JudgeContext): Outcome {
  return finding(one, {
    rule: 'undecided-transform',
    wholePath: 'Fn::Transform',
    reason: 'Fn::Transform may change any part of the resource when the stack is deployed',
    fix: AS_EXPANDED,
  });
}

/** Every branch may have the same to tell. What is known to be weak decides, whatever else is possible. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) { return findings; }
  const byKey = new Map<string, Finding>();
  findings.forEach(each => {
    const key = `${each.rule} ${each.path} ${each.reason}`;
    if (!byKey.has(key)) { byKey.set(key, each); }
  });
  const weak = new Set([...byKey.values()].filter(each => each.verdict === 'violation').map(({ path }) => path));
  return [...byKey.values()].filter(each => each.verdict !== 'cannot tell' || !weak.has(each.path));
}
