import type { Alternative } from './alternatives';
import { assume, truthOf } from './conditions';
import { Context } from './context';
import { distinct } from './distinct';
import type { Evaluate } from './functions';
import { Located } from './scope';

/** Follows expressions of other templates, as far as they are there. */
export function fromElsewhere(located: readonly Located[], context: Context, evaluate: Evaluate): Alternative[] {
  return distinct(located.flatMap(each => {
    const there = { ...context, scope: each.scope };
    if (each.condition === undefined) { return evaluate(each.value, there); }
    const condition = { Condition: each.condition };
    if (truthOf(condition, there, evaluate) === false) { return []; }
    return evaluate(each.value, { ...there, when: assume(condition, true, there) });
  }), context);
}
