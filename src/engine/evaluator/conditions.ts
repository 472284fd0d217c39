import { Context, deeper } from './context';
import { keyOf } from './distinct';
import { assumed, PathCondition } from './path-condition';
import { Evaluate } from './possible-value';
import { intrinsicOf, isScalar } from '../json/json';
import { isShallow } from '../json/shallow';

/** Whether a condition is known to hold or not to, whatever is deployed. */
export function truthOf(condition: unknown, context: Context, evaluate: Evaluate): boolean | undefined {
  const inside = deeper(context);
  const intrinsic = intrinsicOf(condition);
  if (!inside || !intrinsic) { return undefined; }
  const { name, argument } = intrinsic;
  if (name === 'Fn::Equals') { return equals(argument, inside, evaluate); }
  if (name === 'Condition') {
    if (typeof argument !== 'string') { return undefined; }
    const known = assumed(context.when, nameOf(argument, context));
    return known ?? truthOf(definitionOf(argument, context), inside, evaluate);
  }
  if (!Array.isArray(argument) || argument.length === 0) { return undefined; }
  switch (name) {
    case 'Fn::Not': {
      const known = argument.length === 1 ? truthOf(argument[0], inside, evaluate) : undefined;
      return known === undefined ? undefined : !known;
    }
    case 'Fn::And': return unlessAny(false, argument, inside, evaluate);
    case 'Fn::Or': return unlessAny(true, argument, inside, evaluate);
    default: return undefined;
  }
}

/** Where one of them is decisive, all are. Each matters only where those before it are not: so two that exclude each other never hold both. */
function unlessAny(decisive: boolean, parts: readonly unknown[], context: Context, evaluate: Evaluate): boolean | undefined {
  let isKnown = true;
  let { when } = context;
  for (const each of parts) {
    const truth = truthOf(each, { ...context, when }, evaluate);
    if (truth === decisive) { return decisive; }
    isKnown &&= truth !== undefined;
    if (truth === undefined) { when = assuming(each, !decisive, context, when); }
  }
  return isKnown ? !decisive : undefined;
}

/** Takes for granted that a condition holds, or that it does not, with all that follows. */
export function assuming(condition: unknown, holds: boolean, context: Context, before = context.when): PathCondition | undefined {
  const inside = deeper(context);
  const intrinsic = intrinsicOf(condition);
  if (!inside || !intrinsic) { return before; }
  const { name, argument } = intrinsic;
  if (name === 'Condition') {
    if (typeof argument !== 'string') { return before; }
    return assuming(definitionOf(argument, context), holds, inside, { subject: nameOf(argument, context), holds, before });
  }
  if (!Array.isArray(argument)) { return before; }
  if (name === 'Fn::Equals') {
    const [subject, literal] = sidesOf(argument, context) ?? [];
    return subject === undefined ? before : { subject, literal, holds, before };
  }
  if (name === 'Fn::Not') { return assuming(argument[0], !holds, inside, before); }
  // All of them hold, or none: of the others nothing follows for a single one.
  if ((name === 'Fn::And' && holds) || (name === 'Fn::Or' && !holds)) {
    return argument.reduce<PathCondition | undefined>((so, each) => assuming(each, holds, inside, so), before);
  }
  return before;
}

/** What a comparison is about, as a key. */
export function subjectOf(expression: unknown, { scope, instance }: Context): string {
  return `${instance?.key ?? ''}${scope.id} ${JSON.stringify(expression)}`;
}

function nameOf(condition: string, { scope, instance }: Context): string {
  return `${instance?.key ?? ''}${scope.id} condition ${condition}`;
}

function definitionOf(name: string, { scope }: Context): unknown {
  return Object.hasOwn(scope.conditions, name) ? scope.conditions[name] : undefined;
}

function equals(argument: unknown, context: Context, evaluate: Evaluate): boolean | undefined {
  if (!Array.isArray(argument) || argument.length !== 2) { return undefined; }
  const [subject, literal] = sidesOf(argument, context) ?? [];
  const known = subject === undefined ? undefined : assumed(context.when, subject, literal);
  if (known !== undefined) { return known; }
  const [left, right] = argument.map(each => evaluate(each, context));
  const pairs = left.flatMap(a => right.map(b => {
    const keys = [a, b].map(keyOf);
    if (keys.includes(undefined)) { return undefined; }
    if (keys[0] === keys[1]) { return true; }
    return a.kind === 'value' && b.kind === 'value' ? false : undefined;
  }));
  return pairs.every(each => each === pairs[0]) ? pairs[0] : undefined;
}

/** An expression and the text it is compared with. */
function sidesOf([left, right]: readonly unknown[], context: Context): [subject: string, literal: string] | undefined {
  if (!isShallow(left) || !isShallow(right)) { return undefined; }
  if (isScalar(right) && !isScalar(left)) { return [subjectOf(left, context), String(right)]; }
  return isScalar(left) && !isScalar(right) ? [subjectOf(right, context), String(left)] : undefined;
}
