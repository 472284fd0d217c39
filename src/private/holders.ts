import { Assumptions, assumed } from './assumptions';
import { Context } from './context';

const HELD = 'is held by ';

/** Takes for granted which resource holds the template, where several do. */
export function assumeHeld(holder: string | undefined, context: Context): Context {
  return { ...context, when: { subject: subjectIn(context), literal: holder, holds: true, before: context.when } };
}

/** Whether a resource may be the one that holds the template of the stack that is looked at. */
export function mayHold(holder: string, context: Context): boolean {
  const known = context.instance?.holder;
  return known === undefined ? assumed(context.when, subjectIn(context), holder) !== false : known === holder;
}

/** Whether more is taken for granted about conditions. Of several holders, each has a stack: they are no alternatives. */
export function isFurther(when: Assumptions | undefined, before: Assumptions | undefined): boolean {
  let each = when;
  while (each && each !== before && each.subject.startsWith(HELD)) { each = each.before; }
  return each !== before;
}

function subjectIn({ scope, instance }: Context): string {
  return `${HELD}${instance?.key ?? ''}${scope.id}`;
}
