import { Reference } from './references';
import { runbooksStartedBy } from './started-runbooks';
import { assuming, truthOf } from '../evaluator/conditions';
import { afresh, Context, contextOf } from '../evaluator/context';
import { keyOf, MANY } from '../evaluator/distinct';
import { isFurther } from '../evaluator/parent-resource';
import { PathCondition } from '../evaluator/path-condition';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { intrinsicOf, isAbsent, isObject, stringsIn } from '../json/json';
import { isShallow } from '../json/shallow';
import { LaunchSurface } from '../surfaces/surface';

/** A resource that launches instances or says how they are launched. */
export interface LaunchReferrer {
  /** Unique in the template or the construct tree. */
  readonly address: string;
  readonly surface: LaunchSurface;
  readonly properties: unknown;

  /** The template it is in, and what is taken for granted in it. */
  readonly context?: Context;

  /** The condition of that template under which it is made. */
  readonly condition?: unknown;
}

/** The names that others may refer to: one a branch. */
export function namesOf(launcher: LaunchReferrer): string[] {
  const { surface, properties, context = contextOf() } = launcher;
  if (surface.nameProperty === undefined || !isObject(properties)) { return []; }
  const name = literalNameOf(launcher);
  if (name !== undefined) { return [name]; }
  if (isAbsent(properties[surface.nameProperty]) && !intrinsicOf(properties)) { return []; }
  return [...new Set(namedIn(launcher, afresh(context)).flatMap(each => keyOf(each) ?? []))];
}

/** The name where it is the same whatever is deployed, as most are. */
function literalNameOf({ surface: { nameProperty }, properties }: LaunchReferrer): string | undefined {
  const name = nameProperty !== undefined && isObject(properties) && Object.hasOwn(properties, nameProperty) ? properties[nameProperty] : undefined;
  return typeof name === 'string' && !name.includes('{{') ? name : undefined;
}

function namedIn({ surface, properties }: LaunchReferrer, context: Context): PossibleValue[] {
  return possibleValuesAt(properties, [surface.nameProperty!], context);
}

/** Whether a resource is meant, of a type that mostly has nothing to do with IMDS. */
export function isConcerned(surface: LaunchSurface, properties: unknown, context?: Context): boolean {
  const { mentioning, meantWith, starts } = surface;
  if (starts && runbooksStartedBy(surface, properties, context).length > 0) { return true; }
  if (starts && !mentioning && !meantWith) { return false; }
  if (meantWith) { return possibleValuesAt(properties, meantWith, context).some(({ kind }) => kind !== 'absent'); }
  if (mentioning === undefined || !isShallow(properties)) { return true; }
  const addresses = surface.calls?.filter(({ isAddress }) => isAddress) ?? [];
  if (isObject(properties) && addresses.some(({ path }) => Object.hasOwn(properties, path[0] as string))) { return true; }
  return stringsIn(properties).some(text => {
    const lower = text.toLowerCase();
    return mentioning.some(word => lower.includes(word));
  });
}

/** Whether it has an explicit name, by which anybody may refer to it. */
export function hasName({ nameProperty }: LaunchSurface, properties: unknown): boolean {
  return nameProperty !== undefined && isObject(properties) && !isAbsent(properties[nameProperty]);
}

/** Whether one of them is there, with the name that is meant, whatever is deployed. Who refers by address is not deployed without it. */
export function isAnyMade(targets: readonly LaunchReferrer[], { address, literal, symbol, context }: Reference): boolean {
  if (address !== undefined) { return targets.length > 0; }
  if (targets.some(isAlwaysNamed)) { return true; }
  const { allowance } = context; // of who refers: any number may
  const name = literal ?? symbol;
  let left = [context.when];
  for (const target of targets) {
    left = left.flatMap(when => lackingIn(target, name, target.context && contextOf(target.context.scope, when, allowance)));
    if (left.length === 0) { return true; }
    if (left.length > MANY) { return false; }
  }
  return false;
}

/** As most are. */
function isAlwaysNamed(target: LaunchReferrer): boolean {
  return target.condition === undefined && literalNameOf(target) !== undefined;
}

/** Where a resource is not made, or has another name. */
function lackingIn(target: LaunchReferrer, name: string | undefined, context: Context | undefined): (PathCondition | undefined)[] {
  const { condition } = target;
  if (condition === undefined || !context) { return otherwiseNamedIn(target, name, context); }
  const expression = { Condition: condition };
  const truth = truthOf(expression, context, possibleValuesOf);
  const made = truth === false ? [] : otherwiseNamedIn(target, name, truth ? context : { ...context, when: assuming(expression, true, context) });
  return truth ? made : [...made, assuming(expression, false, context)];
}

/** Under a condition only: what a parameter chooses is chosen for whoever refers by it too. */
function otherwiseNamedIn(target: LaunchReferrer, name: string | undefined, context = contextOf()): (PathCondition | undefined)[] {
  if (literalNameOf(target) !== undefined) { return []; }
  const named = namedIn(target, context);
  if (!named.some(each => keyOf(each) === name)) { return [context.when]; }
  return named
    .filter(each => keyOf(each) !== name && isFurther(each.context.when, context.when))
    .map(each => each.context.when);
}
