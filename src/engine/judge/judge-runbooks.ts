import { finding, JudgeContext, NOTHING, Outcome, outcomeOf, reasonOf, shown } from './judge-context';
import { beside, Context } from '../evaluator/context';
import { PossibleValue } from '../evaluator/possible-value';
import { isSame } from '../json/json';
import { Runbook } from '../surfaces/runbooks';
import { PARAMETER, Step } from '../surfaces/surface';
import { runbooksStartedBy, StartedRunbook } from '../templates/started-runbooks';

/** Whether the documents of AWS that a resource starts launch instances that answer version 1. */
export function judgeRunbooks(one: JudgeContext): Outcome {
  const { surface, properties, context } = one.launcher;
  if (!surface.starts) { return NOTHING; }
  return outcomeOf(...runbooksStartedBy(surface, properties, context).map(started => judgeRunbook(one, started)));
}

/** The same of one document. */
export function judgeRunbook(one: JudgeContext, started: StartedRunbook): Outcome {
  const told = flawsOf(started).map(each => finding(one, each));
  return told.length === 0 ? NOTHING : outcomeOf(...told);
}

/** What is wrong with the way in which a document is started. */
export type Flaw = Omit<Parameters<typeof finding>[1], 'verdict'>;

export function flawsOf(started: StartedRunbook): Flaw[] {
  const { runbook, start, context, allowedBy } = started;
  const { name, does, tokens, page } = runbook;
  if (!tokens) {
    const reason = `${name} ${does}, and AWS does not say with which metadata options; it has no parameter for them`;
    return [{ rule: 'undecided-default', path: dotted([...start.at, ...start.document]), reason, fix: 'start a document that has one, or one of your own, instead', page }];
  }
  return started.given(tokens.path, context).flatMap(each => {
    if (isDisabled(started, beside(context, each))) { return []; }
    const flaw = flawOf(started, each);
    if (!flaw) { return []; }
    const isOpen = allowedBy !== undefined && flaw.rule !== 'undecided-default';
    return [{
      path: pathOf(started, tokens.path),
      fix: `give the document ${tokens.path[0]}${within(tokens.path)} "${tokens.required}"`,
      page,
      ...flaw,
      ...isOpen ? { rule: 'undecided-value', reason: `the parameter ${allowedBy} allows ${name}` } as const : {},
    }];
  });
}

function flawOf(started: StartedRunbook, each: PossibleValue): Pick<Flaw, 'rule' | 'reason' | 'values'> | undefined {
  const { runbook: { name, does, tokens, isWeakBySilence } } = started;
  const { path: [parameter, ...rest], required, weak } = tokens!;
  if (each.kind === 'absent') {
    const isGivenInPart = rest.length > 0 && started.given([parameter], beside(started.context, each)).some(({ kind }) => kind !== 'absent');
    if (isGivenInPart) { return { rule: 'undecided-default', reason: `${name} ${does}, and its ${parameter} leaves tokens to the account default or the image` }; }
    return isWeakBySilence
      ? { rule: 'imdsv2-not-required', reason: `${name} ${does}, and where ${parameter} is not given it lets IMDSv1 answer` }
      : { rule: 'undecided-default', reason: `${name} ${does}, and AWS does not say what holds where ${parameter} is not given` };
  }
  if (each.kind !== 'value') { return { rule: 'undecided-value', reason: `${name} ${does}; ${parameter} cannot be decided: ${reasonOf(each)}` }; }
  if (isSame(each.value, required)) { return undefined; }
  const values = [each.value];
  if (each.allowedBy !== undefined) { return { rule: 'undecided-value', values, reason: `the parameter ${each.allowedBy} allows ${shown(each.value)}` }; }
  return isSame(each.value, weak)
    ? { rule: 'imdsv1-allowed', values, reason: `${name} ${does}, and ${shown(each.value)} lets IMDSv1 answer` }
    : { rule: 'invalid-value', values, reason: `"${required}" or "${weak}" was expected, got ${shown(each.value)}` };
}

function isDisabled(started: StartedRunbook, context: Context): boolean {
  const { endpoint } = started.runbook;
  return endpoint !== undefined && started.given(endpoint, context).every(each => each.kind === 'value' && each.value === 'disabled');
}

function pathOf({ start: { at, parameters = [], document } }: StartedRunbook, [parameter, ...rest]: NonNullable<Runbook['tokens']>['path']): string {
  const [first] = parameters;
  if (!first) { return dotted([...at, ...document]); }
  return dotted([...at, ...first.map(step => typeof step === 'string' ? step.replace(PARAMETER, parameter) : step), ...rest]);
}

function dotted(path: readonly Step[]): string {
  return path.filter(step => typeof step === 'string').join('.');
}

function within([, ...rest]: readonly Step[]): string {
  const keys = dotted(rest);
  return keys === '' ? '' : ` with ${keys}`;
}
