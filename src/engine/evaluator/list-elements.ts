import { beside, Context } from './context';
import { whyUnknown } from './outcomes';
import { Evaluate, PossibleValue } from './possible-value';
import { isObject } from '../json/json';
import { ListStep } from '../surfaces/surface';

/** A branch in which an element of a list is the one that is meant, or may be: then `unknown` says why that cannot be decided. */
export interface Match {
  readonly context: Context;
  readonly unknown?: string;
}

export interface Matches {
  readonly found: readonly Match[];

  /** In some branch it is known to be another element. */
  readonly isOtherwise: boolean;
}

type Where = ListStep['where'];

/** Whether an element is meant: its keys may be expressions too. */
export function matchesOf(element: unknown, where: Where, context: Context, evaluate: Evaluate): Matches {
  if (!isObject(element)) { return { found: [], isOtherwise: true }; }
  let found: Match[] = [{ context }];
  let isOtherwise = false;
  for (const [key, wanted] of Object.entries(where)) {
    const value = Object.hasOwn(element, key) ? element[key] : undefined;
    if (isLiteral(value) && isWanted(value, wanted)) { continue; }
    const matches = found.flatMap(match => evaluate(value, match.context).map(each => matchOf(each, key, wanted, match)));
    found = matches.filter(each => each !== undefined);
    isOtherwise ||= matches.length > found.length;
  }
  return { found, isOtherwise };
}

function matchOf(each: PossibleValue, key: string, wanted: Where[string], before: Match): Match | undefined {
  const context = beside(before.context, each);
  if (each.kind === 'absent' || (each.kind === 'value' && !isWanted(each.value, wanted))) { return undefined; }
  if (each.kind === 'value' && each.allowedBy === undefined) { return { ...before, context }; }
  const why = each.kind === 'value' ? `the parameter ${each.allowedBy} allows it` : whyUnknown(each);
  return { context, unknown: before.unknown ?? `whether ${key} is ${wantedIn(wanted).join(' or ')} cannot be decided: ${why}` };
}

function isLiteral(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('{{');
}

function isWanted(value: unknown, wanted: Where[string]): boolean {
  return typeof wanted === 'string' ? value === wanted : wanted.includes(value as string);
}

export function wantedIn(wanted: Where[string]): readonly string[] {
  return typeof wanted === 'string' ? [wanted] : wanted;
}
