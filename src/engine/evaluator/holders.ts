import { Assumptions, assumed } from './assumptions';
import { Context } from './context';

const HELD = 'is held by ';

/** Takes for granted which resource holds the template, where several do. */
export function assumeHeld(holder: string | undefined, context: Context): Context {
  return { ...context, when: { subject: subjectIn(context), literal: holder, holds: true, before: context.when } };
}

/** Whether a resource may be the one that holds the template of the stack that is looked at. */
export function mayHold(context: Context): (holder: string) => boolean {
  const { when, instance } = context;
  if (instance?.holder !== undefined) { return holder => holder === instance.holder; }
  const subject = subjectIn(context);
  return holder => when === undefined || assumed(when, subject, holder) !== false;
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
