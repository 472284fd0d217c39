import { finding, JudgeContext, NOTHING, Outcome, outcomeOf, reasonOf, shown } from './judge-context';
import { Flaw, flawsOf, judgeRunbooks } from './judge-runbooks';
import { ApiCall, CallOptions, ReadCall } from '../calls/api-call';
import { callsOf } from '../calls/calls';
import { Context } from '../evaluator/context';
import { Finding } from '../findings/finding';
import { isObject, isSame } from '../json/json';
import { Api } from '../surfaces/apis';
import { LaunchSurface } from '../surfaces/surface';
import { LaunchReferences } from '../templates/launch-references';

/** Calls of APIs that a resource holds. */
export function judgeCalls(one: JudgeContext): Outcome {
  const { surface, properties, context } = one.launcher;
  return surface.calls ? outcomeOf(...callsOf(surface, properties, context).map(call => judgeCall(one, call))) : NOTHING;
}

/** What is found in the calls of a resource that is looked at alone, and in the automations that it starts. */
export function callFindings(surface: LaunchSurface, properties: unknown, context: Context): readonly Finding[] {
  const launcher = { surface, properties, context, resource: {}, logicalId: '', address: '' };
  const one = { launcher, connections: new LaunchReferences(), settings: {}, known: [] };
  return outcomeOf(judgeCalls(one), judgeRunbooks(one)).findings;
}

/** One call of an API. What it says wins over whatever the instances were launched with. */
export function judgeCall(one: JudgeContext, call: ApiCall): Outcome {
  if (!call.api) {
    return finding(one, {
      rule: 'undecided-value',
      wholePath: call.path,
      reason: `it is about an API that launches instances or changes what they answer, and cannot be read: ${call.why}`,
      fix: 'write it as a text or as an object that can be read, and require tokens in the call',
    });
  }
  const { api, options, isUncontrolled, runbooks } = call;
  if (runbooks) { return outcomeOf(...runbooks.flatMap(flawsOf).map(flaw => finding(one, inCall(flaw, call)))); }
  if (isUncontrolled) {
    return told(one, call, { rule: 'uncontrolled-launch', reason: 'launches from a specification that has no IMDS setting', fix: 'launch from a launch template that requires tokens' });
  }
  if (options.length > 0) { return outcomeOf(...options.map(each => judgeOptions(one, call, each))); }
  return api.silence ? told(one, call, { rule: api.silence.rule, reason: `has no option for tokens: ${api.silence.why}`, fix: 'see that what it names requires tokens' }) : NOTHING;
}

/** What is wrong with the way in which a document is started, at the place of the call. */
function inCall({ path: below, reason, fix, ...flaw }: Flaw, { path, line, where }: ReadCall & ApiCall): Flaw {
  return { ...flaw, wholePath: line === undefined ? `${path}.${below}` : path, reason: atLine(line, reason), fix: `${fix} in ${where}` };
}

function atLine(line: number | undefined, reason: string): string {
  return line === undefined ? reason : `line ${line}: ${reason}`;
}

function judgeOptions(one: JudgeContext, call: ReadCall & ApiCall, { tokens: each, endpoint, enforced }: CallOptions): Outcome {
  const { tokens, neutral, silence } = call.api as Api & { tokens: NonNullable<Api['tokens']> };
  const key = tokens.key;
  if (endpoint.kind === 'value' && endpoint.value === 'disabled') { return NOTHING; }
  if (each.kind === 'absent') {
    if (enforced?.kind === 'value' && enforced.value === 'enabled') { return NOTHING; }
    if (endpoint.kind === 'value' && endpoint.value === 'enabled') {
      return told(one, call, { rule: 'imdsv2-not-required', reason: `enables the endpoint without ${key}` });
    }
    return silence ? told(one, call, { rule: silence.rule, reason: `says nothing about ${key}: ${silence.why}` }) : NOTHING;
  }
  if (each.kind !== 'value') { return told(one, call, { rule: 'undecided-value', reason: `is given ${key} that cannot be decided: ${reasonOf(each)}` }); }
  const { value } = each;
  if (isSame(value, tokens.required)) { return NOTHING; }
  if (each.allowedBy !== undefined) { return told(one, call, { rule: 'undecided-value', reason: `is given ${key} by the parameter ${each.allowedBy}, which allows ${shown(value)}` }); }
  if (tokens.weak.some(weak => isSame(value, weak))) { return told(one, call, { rule: 'imdsv1-allowed', values: [value], reason: `is given ${key} ${shown(value)}, which lets IMDSv1 answer` }); }
  if (neutral?.some(none => none === value) && silence) {
    return told(one, call, { rule: 'undecided-default', values: [value], reason: `is given ${key} ${shown(value)}, so the image decides` });
  }
  const text = isObject(value) || Array.isArray(value) ? 'something else' : shown(value);
  return told(one, call, { rule: 'invalid-value', values: [value], reason: `is given ${key} ${text}, where ${[tokens.required, ...tokens.weak].map(shown).join(' or ')} was expected` });
}

type Told = Omit<Parameters<typeof finding>[1], 'path' | 'wholePath' | 'page'>;

function told(one: JudgeContext, call: ReadCall & ApiCall, found: Told): Outcome {
  const { api, path, line, where, asWritten } = call;
  return finding(one, {
    ...found,
    wholePath: path,
    reason: atLine(line, `${api.action} ${found.reason}`),
    fix: found.fix ?? `set ${asWritten ?? `${nameOf(api)} to ${JSON.stringify(api.tokens!.required)}`} in ${where}`,
    page: api.page,
  });
}

function nameOf({ container = [], tokens }: Api): string {
  return [...container.filter(step => typeof step === 'string'), tokens!.key].join('.');
}
