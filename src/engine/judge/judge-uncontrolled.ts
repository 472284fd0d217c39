import { JudgeContext, finding, NOTHING, Outcome, outcomeOf } from './judge-context';
import { afresh, Context } from '../evaluator/context';
import { possibleValuesAt } from '../evaluator/possible-values';
import { isAbsent, isObject } from '../json/json';
import { Step } from '../surfaces/surface';

/** What launches instances that no setting reaches. */
export function judgeUncontrolled(one: JudgeContext): Outcome {
  const { surface: { uncontrolled }, properties, context } = one.launcher;
  if (!uncontrolled) { return NOTHING; }
  return outcomeOf(...uncontrolled.map(({ path, why }) => {
    const isThere = possibleValuesAt(properties, path, afresh(context))
      .some(each => each.kind !== 'absent' && !(each.kind === 'value' && Array.isArray(each.value) && each.value.every(isAbsent)));
    return isThere && isWritten(properties, path, context) ? finding(one, { rule: 'uncontrolled-launch', path: path.join('.'), reason: why }) : NOTHING;
  }));
}

/** Whether a property is in the template, be it behind `Fn::If`. What an include may bring is reported where references are followed. */
function isWritten(properties: unknown, path: readonly Step[], context: Context): boolean {
  return possibleValuesAt(properties, path.slice(0, -1), afresh(context))
    .some(each => each.kind === 'value' && isObject(each.value) && Object.hasOwn(each.value, path.at(-1) as string));
}
