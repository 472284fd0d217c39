import { Context } from '../evaluator/context';
import { whyUnknown } from '../evaluator/outcomes';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesOf } from '../evaluator/possible-values';
import { isObject } from '../json/json';

/** Stands for a value that is only known when the stack is deployed. */
export class Undecided {
  /** @param text what is known of it, with `${…}` for what is not */
  public constructor(public readonly reason: string, public readonly text?: string) {}
}

/** One of the values that an expression can have, without any function in it. */
export interface Concrete {
  readonly value: unknown;
  readonly context: Context;

  /** The parameter that allows it among others: possible, but not what the author chose. */
  readonly allowedBy?: string;
}

/** Above it nobody could follow what is reported either. */
const MAX_VALUES = 64;

/** Every value that an expression can have, to the bottom. What is the same condition turns out the same all through. */
export function concretesOf(expression: unknown, context: Context): Concrete[] {
  return few(possibleValuesOf(expression, context).flatMap(concretesFrom), context);
}

function concretesFrom(each: PossibleValue): Concrete[] {
  const { context } = each;
  if (each.kind === 'absent') { return [{ value: undefined, context }]; }
  if (each.kind !== 'value') { return [{ value: new Undecided(whyUnknown(each)!, textOf(each)), context }]; }
  const { value, allowedBy } = each;
  if (Array.isArray(value)) { return ofEntries(value.map((item, i) => [String(i), item]), context, entries => entries.map(([, item]) => item)); }
  return isObject(value) ? ofEntries(Object.entries(value), context, entries => Object.fromEntries(entries)) : [{ value, context, allowedBy }];
}

type Entries = readonly (readonly [key: string, value: unknown])[];

function ofEntries(entries: Entries, context: Context, made: (entries: Entries) => unknown): Concrete[] {
  let found: readonly (Omit<Concrete, 'value'> & { readonly entries: [string, unknown][] })[] = [{ entries: [], context }];
  for (const [key, expression] of entries) {
    found = found.flatMap(so => concretesOf(expression, so.context).map(({ value, context: inside, allowedBy }, i, { length }) => {
      const own = i < length - 1 ? [...so.entries] : so.entries; // mostly there is one, and there may be thousands of entries
      if (value !== undefined) { own.push([key, value]); }
      return { entries: own, context: { ...context, when: inside.when }, allowedBy: so.allowedBy ?? allowedBy };
    }));
    if (found.length > MAX_VALUES) { return [tooMany(context)]; }
  }
  return found.map(each => ({ value: made(each.entries), context: each.context, allowedBy: each.allowedBy }));
}

function few(values: Concrete[], context: Context): Concrete[] {
  return values.length > MAX_VALUES ? [tooMany(context)] : values;
}

function tooMany(context: Context): Concrete {
  return { value: new Undecided('it has too many possible values'), context };
}

function textOf(each: PossibleValue): string | undefined {
  return each.kind === 'unknown' && each.symbol !== undefined ? each.symbol.replace(/\u0000[^\u0000]*\u0000/g, '${}') : undefined;
}
