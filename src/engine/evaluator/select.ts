import { beside, Context } from './context';
import { MANY, tooMany } from './distinct';
import { unknown } from './outcomes';
import { Evaluate, PossibleValue } from './possible-value';
import { isScalar } from '../json/json';

/** How many of the elements that are there come before the one that is looked for, in one branch. */
interface Left {
  readonly context: Context;
  readonly before: number;
}

/**
 * What stands at a position of a list, once the elements that are absent have gone.
 *
 * @see https://github.com/aws/aws-cdk/pull/19680
 */
export function elementAt(list: readonly unknown[], position: number, context: Context, evaluate: Evaluate): PossibleValue[] {
  const found: PossibleValue[] = [];
  let left: readonly Left[] = Number.isInteger(position) && position >= 0 ? [{ context, before: position }] : [];
  if (left.length === 0) { return [unknown(context, NONE)]; }
  for (let i = 0; i < list.length && left.length > 0; i++) {
    const element = list[i];
    left = distinct(left.flatMap(({ context: where, before }) => {
      if (isScalar(element) && before > 0) { return [{ context: where, before: before - 1 }]; }
      return evaluate(element, where).flatMap((each): Left[] => {
        const next = beside(where, each);
        if (each.kind === 'absent') { return [{ context: next, before }]; }
        if (before > 0) { return [{ context: next, before: before - 1 }]; }
        found.push(each);
        return [];
      });
    }));
    if (left.length + found.length > MANY) { return [tooMany(context)]; }
  }
  return [...found, ...left.map(({ context: where }) => unknown(where, NONE))];
}

const NONE = 'Fn::Select has no such position';

function distinct(left: readonly Left[]): readonly Left[] {
  if (left.length < 2) { return left; }
  return left.filter(({ context: { when }, before }, i) => left.findIndex(each => each.before === before && each.context.when === when) === i);
}
