import { isDisabledBelow, switchedOn } from './followed-settings';
import { JudgeContext, finding, NOTHING, Outcome, outcomeOf, reasonOf, remedyFor, settingPath, shown } from './judge-context';
import { defaultsIn, judgeReferences, judgeVersions } from './judge-references';
import { coverOf, isComplete, isPinned, leakIn, replacementBy } from './overriding-consumers';
import { isDisabled, isSafe, ReadSettings, requiresTokens, settingIn } from './own-settings';
import { Context } from '../evaluator/context';
import { PossibleValue } from '../evaluator/possible-value';
import { logicalIdIn } from '../evaluator/scope';
import { Remedy } from '../findings/remedy';
import { RuleId } from '../findings/rules';
import { isSame, JsonObject } from '../json/json';
import { LaunchSurface } from '../surfaces/surface';

/** Whether version 1 is answered, in one possible value of the settings. */
export function judgeTokens(one: JudgeContext, { container, context, value }: ReadSettings): Outcome {
  const { surface } = one.launcher;
  const { tokens } = surface;
  if (!tokens) { return NOTHING; }
  const outcomes = settingIn(container, tokens.key, context)
    .filter(each => !isDisabled(container, surface, each.context))
    .map(each => each.kind === 'absent' ? judgeAbsent(one, container, each.context, value.kind !== 'absent') : judgeValue(one, container, each));
  return outcomeOf(...outcomes);
}

function judgeValue(one: JudgeContext, container: JsonObject, each: Exclude<PossibleValue, { kind: 'absent' }>): Outcome {
  const { surface } = one.launcher;
  if (each.kind === 'value' && isSafe(each.value, surface)) { return NOTHING; }
  if (isOpen(one, container, each.context) && isDisabledBelow(one, each.context)) { return judgeVersions(one, each.context); }
  const { rule, reason } = problemWith(each, surface);
  const cover = rule === 'invalid-value' || !isPinned(one) ? undefined : coverOf(one, requiresTokens);
  if (isComplete(cover)) { return NOTHING; }
  const values = each.kind === 'value' ? [each.value] : [];
  return finding(one, { rule, path: settingPath(surface, surface.tokens!.key), values, reason: reason + leakIn(cover), remedy: remedyOf(one) });
}

function problemWith(each: Exclude<PossibleValue, { kind: 'absent' }>, surface: LaunchSurface): { rule: RuleId; reason: string } {
  const { required, weak } = surface.tokens!;
  if (each.kind !== 'value') { return { rule: 'undecided-value', reason: reasonOf(each) }; }
  if (each.allowedBy !== undefined) { return { rule: 'undecided-value', reason: `the parameter ${each.allowedBy} allows ${shown(each.value)}` }; }
  if (weak.some(value => isSame(value, each.value))) {
    return { rule: 'imdsv1-allowed', reason: `${shown(each.value)} lets IMDSv1 answer${refusal(surface, 'refuses')}` };
  }
  return { rule: 'invalid-value', reason: `${[required, ...weak].map(shown).join(' or ')} was expected, got ${shown(each.value)}` };
}

/** Nothing on the resource: what it refers to decides, and where it refers to nothing the account or the image does. */
function judgeAbsent(one: JudgeContext, container: JsonObject, context: Context, isAmongWritten: boolean): Outcome {
  const { surface } = one.launcher;
  const on = judgeSwitchedOn(one, container, context);
  if (surface.onlyWhereWritten && !(isAmongWritten && surface.tokensAmongWritten)) {
    return surface.otherwise === undefined ? outcomeOf(on, judgeReferences(one, context, 'tokens')) : on; // else they are judged with the resource
  }
  const cover = coverOf(one, requiresTokens);
  if (isComplete(cover)) { return on; }
  const references = outcomeOf(judgeReferences(one, context, 'tokens'), on);
  const path = settingPath(surface, surface.tokens!.key);
  return outcomeOf(references, ...defaultsIn(one, context).map(({ row, whyUnknown, isCertain }) => {
    if (row?.verdict === 'compliant') { return NOTHING; }
    if (whyUnknown !== undefined) {
      return finding(one, { rule: 'undecided-default', path, reason: `it is not set, so a default of the service holds, which cannot be decided: ${whyUnknown}` });
    }
    // Conditions of two kinds must meet: whether they ever do, the template does not tell.
    if (!isCertain) { return finding(one, { rule: 'undecided-value', path, reason: `one branch lacks it, another what it refers to${surface.silence ? ' or a safe default' : ''}` }); }
    return finding(one, {
      rule: 'imdsv2-not-required', path, reason: `it is not set, so ${defaultOf(one)} decides${refusal(surface, 'may refuse')}${leakIn(cover)}`, remedy: remedyOf(one),
    });
  }));
}

/** Whether the endpoint is left to what the resource refers to. */
function isOpen({ launcher: { surface } }: JudgeContext, container: JsonObject, context: Context): boolean {
  return settingIn(container, surface.endpoint, context).every(({ kind }) => kind === 'absent');
}

/** A template that only switches the endpoint off is of no use where it is switched on again. */
function judgeSwitchedOn(one: JudgeContext, container: JsonObject, context: Context): Outcome {
  const { surface } = one.launcher;
  const { key } = surface.tokens!;
  const weak = switchedOn(one, container, context, key, each => each.kind === 'value' && isSafe(each.value, surface));
  return outcomeOf(...weak.map(({ address }) => finding(one, {
    rule: 'imdsv2-not-required',
    path: settingPath(surface, key),
    reason: `it is not set, and ${logicalIdIn(address)} does not require tokens: it switches the endpoint off, which is not kept here`,
  })));
}

function defaultOf({ launcher: { surface } }: JudgeContext): string {
  return isOption(surface) && !surface.tokensAmongWritten ? 'the account default or the image' : 'a default of the service';
}

/** What account enforcement and service control policies make of the launch, where it is one that EC2 sees with these options. */
function refusal(surface: LaunchSurface, refuses: string): string {
  return isOption(surface) ? `; an account or a policy that enforces IMDSv2 ${refuses} the launch` : '';
}

/** Whether the setting is EC2's own, not that of a service which launches with options of its choice. */
function isOption({ tokens }: LaunchSurface): boolean {
  return tokens!.required === 'required';
}

function remedyOf(one: JudgeContext): Remedy {
  const more = replacementBy(one);
  return { ...remedyFor(one.launcher.surface, more)!, ...more !== '' && { replaces: true } };
}
