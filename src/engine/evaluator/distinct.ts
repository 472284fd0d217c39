import { Context } from './context';
import { symbolOf, unknown } from './outcomes';
import { PossibleValue } from './possible-value';
import { isScalar } from '../json/json';

/** More possible values than this are not told apart. */
export const MANY = 200;

/** The same key: the same text, known or not. */
export function keyOf(each: PossibleValue): string | undefined {
  if (each.kind === 'value') { return isScalar(each.value) ? String(each.value) : undefined; }
  if (each.kind === 'attribute') { return symbolOf(`${each.instance ?? ''}${each.address}.${each.attribute}`); }
  return each.kind === 'unknown' ? each.symbol : undefined;
}

/** Without repetitions; one unknown for what is too much. */
export function distinct(values: readonly PossibleValue[], context: Context): PossibleValue[] {
  if (values.length < 2) { return [...values]; }
  const seen = new Map<string, PossibleValue>();
  values.forEach((each, i) => {
    const key = keyOf(each);
    const isSame = each.context.when === context.when && key !== undefined;
    seen.set(isSame ? `${each.kind} ${key} ${'allowedBy' in each ? each.allowedBy : ''}` : `#${i}`, each);
  });
  return seen.size > MANY ? [tooMany(context)] : [...seen.values()];
}

export function tooMany(context: Context): PossibleValue {
  return unknown(context, 'it can take too many values to follow them all');
}
