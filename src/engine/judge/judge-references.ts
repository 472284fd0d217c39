import { Default, defaultsOf } from './documented-default';
import { JudgeContext, finding, Lack, NOTHING, Option, Outcome, outcomeOf, remedyFor, shown } from './judge-context';
import { beside, Context } from '../evaluator/context';
import { possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { logicalIdIn } from '../evaluator/scope';
import { Remedy } from '../findings/remedy';
import { isObject } from '../json/json';
import { numberUpTo } from '../surfaces/settings';
import { Follow } from '../surfaces/surface';
import { LaunchReference } from '../templates/launch-references';
import { isNothing, Reference, Version } from '../templates/references';

/** Follows what a resource takes one option from, or all of them. */
export function judgeReferences(one: JudgeContext, context: Context, option?: Option): Outcome {
  const connections = connectionsOf(one, context);
  return outcomeOf(...connections.map(each => {
    const { to, reference } = each;
    if (!to) { return judgeForeign(one, reference, connections.some(other => other.to && other.reference === reference), option); }
    return outcomeOf({ findings: [], follows: [{ launcher: to, option }] }, judgeVersion(one, each));
  }));
}

/** What a resource refers to, within what is taken for granted. */
export function connectionsOf(one: JudgeContext, context: Context): readonly LaunchReference[] {
  return knownIn(one, context).connections;
}

function knownIn({ launcher, connections, known }: JudgeContext, context: Context): JudgeContext['known'][number] {
  const before = known.find(({ when }) => when === context.when);
  if (before) { return before; }
  // Where nothing has been said about conditions, who refers to whom is known already.
  const isAll = context.when === launcher.context.when && connections.get(launcher.address) === launcher; // not at a further place of it
  const all = isAll ? connections.from(launcher.address) : connections.fromWithin(launcher, beside(launcher.context, { context }));
  const fresh = { when: context.when, connections: all };
  known.push(fresh);
  return fresh;
}

/** A resource that has neither settings nor anything to follow is left to a default of the service. */
export function judgeDefault(one: JudgeContext, context: Context): Outcome {
  const { otherwise = 'it refers to nothing' } = one.launcher.surface;
  return outcomeOf(...defaultsIn(one, context).map(({ row, value, isCertain }) => {
    if (row?.verdict === 'compliant') { return NOTHING; }
    if (row?.verdict !== 'violation' || !isCertain) { return finding(one, { rule: 'undecided-default', reason: otherwise }); }
    const decisive = `${row.path.join('.')}${value === undefined ? '' : ` ${shown(value)}`}`;
    return finding(one, {
      rule: 'imdsv2-not-required',
      values: value === undefined ? [] : [value],
      reason: `it names no ${nameOf(one.launcher.surface.follows![0])}, and with ${decisive} the default lets IMDSv1 answer`,
      page: row.page,
    });
  }));
}

/** The defaults that a resource may get where it refers to nothing. Whether conditions of two kinds ever meet is not certain. */
export function defaultsIn(one: JudgeContext, context: Context): readonly (Default & { readonly isCertain: boolean })[] {
  const { launcher: { surface, properties, context: whole } } = one;
  const lack = mayReferToNothing(one, context);
  if (lack === 'never') { return []; }
  if (!surface.silence) { return [{ context, isCertain: lack === 'always' }]; }
  return lackingIn(one, context).flatMap(lacking => defaultsOf(surface, properties, lacking).map(each => {
    const steps = [whole.when, context.when, lacking.when, each.context.when];
    return { ...each, isCertain: steps.filter((when, i) => i > 0 && when !== steps[i - 1]).length < 2 };
  }));
}

/** Whether nothing is referred to. */
export function mayReferToNothing(one: JudgeContext, context: Context): Lack {
  const known = knownIn(one, context);
  known.lack ??= lackOf(one, context);
  return known.lack;
}

function lackOf(one: JudgeContext, context: Context): Lack {
  const lacking = lackingIn(one, context);
  if (lacking.length === 0) { return 'never'; }
  return lacking.some(each => each.when === context.when) || context.when === one.launcher.context.when ? 'always' : 'under-further-conditions';
}

/** Where nothing is referred to. Two kinds of reference are taken to exclude each other, and to leave no branch out. */
function lackingIn(one: JudgeContext, context: Context): readonly Context[] {
  const { launcher } = one;
  const connections = connectionsOf(one, context);
  const [only, ...others] = mainOf(launcher.surface.follows ?? []).filter(each => connections.some(({ reference }) => reference.follow === each));
  if (!only) { return [context]; }
  return others.length > 0 ? [] : lacksOf(launcher.properties, only, context);
}

/** Lists of overrides come on top of a reference, never in its place. */
function mainOf(follows: readonly Follow[]): readonly Follow[] {
  const main = follows.filter(({ path }) => path.every(step => typeof step === 'string'));
  return main.length > 0 ? main : follows;
}

/** Where the reference is not there. */
function lacksOf(properties: unknown, { path, keys }: Follow, context: Context): Context[] {
  return possibleValuesAt(properties, path, context).flatMap(each => {
    if (isNothing(each)) { return [each.context]; }
    if (!keys || each.kind !== 'value' || !isObject(each.value)) { return []; }
    const specification = each.value;
    const name = keys.name === undefined ? undefined : specification[keys.name];
    return absentIn(specification[keys.id], each.context).flatMap(where => absentIn(name, beside(each.context, { context: where })));
  });
}

/** Where an id or a name is not there. */
function absentIn(value: unknown, context: Context): Context[] {
  return possibleValuesOf(value, context).flatMap(each => isNothing(each) ? [each.context] : []);
}

const OTHERWISE = ', check the template that has it together with this one, or allow it with a reason';

function hopLimitOf({ launcher: { surface }, settings: { maxHttpPutResponseHopLimit: max } }: JudgeContext): Remedy {
  return { surface, option: 'hopLimit', to: numberUpTo(max), more: OTHERWISE };
}

/** @param isThereAtTimes whether one of the templates has it, under a condition */
function judgeForeign(one: JudgeContext, reference: Reference, isThereAtTimes: boolean, option?: Option): Outcome {
  const { follow, literal, source } = reference;
  const { launcher: { surface }, settings: { allowedLaunchTemplates: allowed } } = one;
  if ([literal, source].some(name => name !== undefined && allowed?.has(name))) { return NOTHING; }
  const remedy = option === 'hopLimit' ? hopLimitOf(one) : surface.container ? remedyFor(surface, OTHERWISE) : undefined;
  return finding(one, {
    rule: 'undecided-launch-template',
    path: pathOf(follow),
    values: literal === undefined ? [] : [literal],
    reason: isThereAtTimes ? `the ${nameOf(follow)} ${literal ?? 'that is meant'} is made under a condition only` : foreignReason(one, reference),
    ...remedy ? { remedy } : { fix: OTHERWISE.slice(', '.length) },
  });
}

function foreignReason({ connections }: JudgeContext, { follow, literal, address, unknown }: Reference): string {
  const what = nameOf(follow);
  if (address !== undefined) { return `${logicalIdIn(address)} is no ${what}${connections.get(address) ? '' : ' that this check knows'}`; }
  return unknown === undefined ? `the ${what} ${literal} is not among the templates` : `which ${what} it uses cannot be decided: ${unknown}`;
}

const OLD: { readonly [version in Version]?: string } = {
  default: 'the default version is launched, which an edit of the template does not move',
  pinned: 'a fixed version is launched, which an edit of the template does not move',
  unknown: 'which version is launched is not known before deployment',
};

/** Whether what is launched is what the templates say by now. */
export function judgeVersions(one: JudgeContext, context: Context): Outcome {
  return outcomeOf(...connectionsOf(one, context).map(each => judgeVersion(one, each)));
}

/**
 * An edit makes a new version and leaves the default one where it is, so what else is launched may hold old data. Whether the template was ever
 * edited no template tells.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1518 the default stays at version 1
 */
function judgeVersion(one: JudgeContext, { reference, to }: LaunchReference): Outcome {
  const reason = OLD[reference.version];
  if (!reason || !to) { return NOTHING; }
  const { keys } = reference.follow;
  return finding(one, {
    rule: 'old-template-version',
    path: `${pathOf(reference.follow)}.${keys?.version}`,
    reason: `${reason} (${logicalIdIn(to.address)})`,
    fix: 'refer to the latest version with Fn::GetAtt LatestVersionNumber; where that replaces the resource, give it settings of its own',
  });
}

function nameOf({ to }: Follow): string {
  return to.split('::')[2];
}

function pathOf({ path }: Follow): string {
  return path.filter(part => typeof part === 'string').join('.');
}
