import { assuming, truthOf } from './conditions';
import { Context } from './context';
import { distinct } from './distinct';
import { Instance } from './instance';
import { together } from './path-condition';
import { Evaluate, PossibleValue } from './possible-value';
import { Located } from './scope';

/**
 * Follows expressions of other templates, as far as they are there.
 *
 * @param instanceOf which of the stacks with that template is meant, where there are several
 */
export function valueFromTemplate(
  located: readonly Located[], context: Context, evaluate: Evaluate, instanceOf: () => Instance | undefined,
): PossibleValue[] {
  return distinct(located.flatMap(each => {
    const instance = each.scope.isShared() ? instanceOf() : undefined;
    const there = { ...context, scope: each.scope, instance, when: together(each.when, context.when) };
    if (each.condition === undefined) { return evaluate(each.value, there); }
    const condition = { Condition: each.condition };
    if (truthOf(condition, there, evaluate) === false) { return []; }
    return evaluate(each.value, { ...there, when: assuming(condition, true, there) });
  }), context);
}
