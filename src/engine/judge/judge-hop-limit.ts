import { switchedOn } from './followed-settings';
import { JudgeContext, finding, NOTHING, numberOf, Outcome, outcomeOf, reasonOf, settingPath, shown } from './judge-context';
import { judgeReferences, mayReferToNothing } from './judge-references';
import { mayHaveUserData, startsContainers } from './needs';
import { coverOf, isPinned, replacementBy } from './overriding-consumers';
import { isDisabled, limitsHops, ReadSettings, settingIn } from './own-settings';
import { afresh, Context } from '../evaluator/context';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt } from '../evaluator/possible-values';
import { logicalIdIn } from '../evaluator/scope';
import { Remedy } from '../findings/remedy';
import { isObject, JsonObject } from '../json/json';
import { withMappedValues } from '../scripts/mapped-values';
import { HOP_LIMITS, isHopLimit, numberUpTo } from '../surfaces/settings';
import { hopsNeeded } from '../templates/launch-references';

/**
 * Whether the hop limit is a valid one, not above the maximum, and enough for containers.
 *
 * @param isRequired whether tokens are: where they are not, that comes first, and a hop limit that is not set is no news
 */
export function judgeHopLimit(one: JudgeContext, { container, context }: ReadSettings, isRequired: boolean): Outcome {
  const { surface } = one.launcher;
  const values = settingIn(container, surface.hopLimit, context).filter(each => !isDisabled(container, surface, each.context));
  return outcomeOf(...values.map(each => each.kind === 'absent' ? judgeAbsent(one, container, each.context, isRequired) : judgeValue(one, each)));
}

function judgeValue(one: JudgeContext, each: Exclude<PossibleValue, { kind: 'absent' }>): Outcome {
  const { launcher: { surface }, settings: { maxHttpPutResponseHopLimit: max } } = one;
  const value = each.kind === 'value' ? numberOf(each.value) : undefined;
  if (isHopLimit(value) && value <= (max ?? value) && value >= needOf(one, each.context)) { return NOTHING; }
  const path = settingPath(surface, surface.hopLimit);
  const remedy = remedyOf(one);
  const isInvalid = each.kind === 'value' && !isHopLimit(value);
  if (!isInvalid && isPinned(one) && isCoveredByConsumers(one)) { return NOTHING; }
  if (each.kind !== 'value') { return max === undefined ? NOTHING : finding(one, { rule: 'undecided-value', path, reason: reasonOf(each), remedy }); }
  const values = [each.value];
  const verdict = each.allowedBy === undefined ? undefined : 'cannot tell';
  if (!isHopLimit(value)) {
    const range = `a whole number from ${HOP_LIMITS.min} to ${HOP_LIMITS.max}`;
    return finding(one, { rule: 'invalid-value', verdict, path, values, reason: `${range} was expected, got ${shown(each.value)}`, remedy });
  }
  if (max !== undefined && value > max) {
    return finding(one, { rule: 'hop-limit-too-high', verdict, path, values, reason: `${value} is above the maximum of ${max}`, remedy });
  }
  return tooLow(one, path, value, needOf(one, each.context));
}

/** Where a launch template is followed, its limit counts. */
function judgeAbsent(one: JudgeContext, container: JsonObject, context: Context, isRequired: boolean): Outcome {
  const { launcher: { surface }, settings: { maxHttpPutResponseHopLimit: max } } = one;
  const on = max === undefined ? NOTHING : judgeSwitchedOn(one, container, context, max);
  if (surface.onlyWhereWritten || isCoveredByConsumers(one)) { return on; }
  const { findings, follows } = judgeReferences(one, context, 'hopLimit');
  const references = outcomeOf(on, { findings: max === undefined ? [] : findings, follows });
  if (mayReferToNothing(one, context) === 'never' || !(isRequired || max !== undefined)) { return references; }
  const path = settingPath(surface, surface.hopLimit);
  const reason = 'it is not set, so the account default or the image decides';
  return outcomeOf(references, finding(one, {
    rule: 'hop-limit-not-set', verdict: max === undefined ? 'advice' : undefined, path, reason, remedy: remedyOf(one),
  }));
}

/** The hop limit of a template that switches the endpoint off counts where it is switched on again. */
function judgeSwitchedOn(one: JudgeContext, container: JsonObject, context: Context, max: number): Outcome {
  const { surface } = one.launcher;
  const path = settingPath(surface, surface.hopLimit);
  const above = switchedOn(one, container, context, surface.hopLimit!, each => {
    const value = each.kind === 'value' ? numberOf(each.value) : undefined;
    return isHopLimit(value) && value <= max;
  });
  return outcomeOf(...above.map(({ address }) => finding(one, {
    rule: 'hop-limit-not-set',
    verdict: 'cannot tell',
    path,
    reason: `it is not set, and ${logicalIdIn(address)} has none that is known to be within the maximum of ${max}`,
    remedy: remedyOf(one),
  })));
}

/** Who else may use a template matters only where there is a maximum: without one its hop limit is mere advice. */
function isCoveredByConsumers(one: JudgeContext): boolean {
  const cover = coverOf(one, limitsHops);
  return cover !== undefined && (cover.leak === undefined || one.settings.maxHttpPutResponseHopLimit === undefined);
}

/** Containers on a bridge network need two hops. */
export function needOf({ launcher, connections }: Pick<JudgeContext, 'launcher' | 'connections'>, context: Context): number {
  const { surface: { userData }, properties } = launcher;
  const containers = userData !== undefined && mayHaveUserData(properties, userData)
    && possibleValuesAt(properties, userData.slice(0, -1), afresh(context)).some(each => each.kind === 'value' && isObject(each.value)
      && withMappedValues(each.value[userData.at(-1) as string], each.context).some(startsContainers));
  return Math.max(hopsNeeded(connections, launcher.address), containers ? 2 : 1);
}

function tooLow(one: JudgeContext, path: string, value: number, needed: number): Outcome {
  const { maxHttpPutResponseHopLimit: max = needed } = one.settings;
  const raised = max < needed ? `, and the maximum of ${max} with it` : '';
  return finding(one, {
    rule: 'hop-limit-too-low',
    path,
    values: [value],
    reason: `containers on a bridge network need ${needed} hops, the limit is ${value}`,
    remedy: remedyOf(one, String(needed), `${raised}, or keep it where no container needs IMDS or all of them use the host network`),
  });
}

function remedyOf(one: JudgeContext, to: string = numberUpTo(one.settings.maxHttpPutResponseHopLimit), more: string = replacementBy(one)): Remedy {
  return { surface: one.launcher.surface, option: 'hopLimit', to, more };
}
