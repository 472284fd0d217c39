import { Context } from './context';
import { PathCondition, assumed } from './path-condition';

const HELD = 'is held by ';

/** Takes for granted which resource holds the template, where several do. */
export function assumingParent(parent: string | undefined, context: Context): Context {
  return { ...context, when: { subject: subjectIn(context), literal: parent, holds: true, before: context.when } };
}

/** Whether a resource may be the one that holds the template of the stack that is looked at. */
export function mayBeParent(context: Context): (parent: string) => boolean {
  const { when, instance } = context;
  if (instance?.parent !== undefined) { return parent => parent === instance.parent; }
  const subject = subjectIn(context);
  return parent => when === undefined || assumed(when, subject, parent) !== false;
}

/** Whether more is taken for granted about conditions. Of several parents, each has a stack: they do not exclude each other. */
export function isFurther(when: PathCondition | undefined, before: PathCondition | undefined): boolean {
  let each = when;
  while (each && each !== before && each.subject.startsWith(HELD)) { each = each.before; }
  return each !== before;
}

function subjectIn({ scope, instance }: Context): string {
  return `${HELD}${instance?.key ?? ''}${scope.id}`;
}
