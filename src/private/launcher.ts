import { alternativesAt, alternativesOf } from './alternatives';
import { assume, truthOf } from './conditions';
import { afresh, Context, contextOf } from './context';
import { keyOf } from './distinct';
import { intrinsicOf, isAbsent, isObject, stringsIn } from './json';
import { Reference } from './references';
import { isShallow } from './shallow';
import { LaunchSurface } from './surface';

/** A resource that launches instances or says how they are launched. */
export interface Launcher {
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
export function namesOf({ surface, properties, context = contextOf() }: Launcher): string[] {
  if (surface.nameProperty === undefined || !isObject(properties)) { return []; }
  const name = Object.hasOwn(properties, surface.nameProperty) ? properties[surface.nameProperty] : undefined;
  if (typeof name === 'string' && !name.includes('{{')) { return [name]; }
  if (isAbsent(name) && !intrinsicOf(properties)) { return []; }
  return [...new Set(alternativesAt(properties, [surface.nameProperty], afresh(context)).flatMap(each => keyOf(each) ?? []))];
}

/** Whether a resource is meant, of a type that mostly has nothing to do with IMDS. */
export function isConcerned({ mentioning, meantWith }: LaunchSurface, properties: unknown, context?: Context): boolean {
  if (meantWith) { return alternativesAt(properties, meantWith, context).some(({ kind }) => kind !== 'absent'); }
  if (mentioning === undefined || !isShallow(properties)) { return true; }
  return stringsIn(properties).some(text => mentioning.some(word => text.toLowerCase().includes(word)));
}

/** Whether it has an explicit name, by which anybody may refer to it. */
export function hasName({ nameProperty }: LaunchSurface, properties: unknown): boolean {
  return nameProperty !== undefined && isObject(properties) && !isAbsent(properties[nameProperty]);
}

/** Whether one of them is there whatever is deployed. Who refers by address is not deployed without it. */
export function isAnyMade(targets: readonly Launcher[], { address, context }: Reference): boolean {
  if (address !== undefined) { return targets.length > 0; }
  const { allowance } = context; // of who refers: any number may
  let { when } = context;
  return targets.some(({ condition, context: there }) => {
    if (condition === undefined || !there) { return true; }
    const [expression, where] = [{ Condition: condition }, contextOf(there.scope, when, allowance)];
    if (truthOf(expression, where, alternativesOf)) { return true; }
    when = assume(expression, false, where);
    return false;
  });
}
