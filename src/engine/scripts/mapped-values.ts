import { Context } from '../evaluator/context';
import { possibleValuesOf } from '../evaluator/possible-values';
import { intrinsicOf, isObject, isScalar } from '../json/json';
import { MAX_DEPTH } from '../json/shallow';

/** More values of a mapping, one a Region for example, are not told apart. */
const MOST = 50;

/** An expression with what its mappings hold in place of each look-up: once for each value that one can have. */
export function withMappedValues(expression: unknown, context: Context): unknown[] {
  if (!JSON.stringify(expression ?? null).includes('"Fn::FindInMap"')) { return [expression]; }
  const found = new Map<unknown, readonly unknown[]>();
  find(expression, context, found);
  const count = Math.min(MOST, Math.max(1, ...[...found.values()].map(values => values.length)));
  return Array.from({ length: count }, (_, i) => filled(expression, found, i));
}

function find(value: unknown, context: Context, found: Map<unknown, readonly unknown[]>, depth = 0): void {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) { return; }
  if (intrinsicOf(value)?.name !== 'Fn::FindInMap') { return Object.values(value).forEach(each => find(each, context, found, depth + 1)); }
  const values = possibleValuesOf(value, context).flatMap(each => each.kind === 'value' && isScalar(each.value) ? [each.value] : []);
  if (values.length > 0) { found.set(value, values); }
}

function filled(value: unknown, found: ReadonlyMap<unknown, readonly unknown[]>, round: number): unknown {
  const values = found.get(value);
  if (values) { return values[Math.min(round, values.length - 1)]; }
  if (Array.isArray(value)) { return value.map(each => filled(each, found, round)); }
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, found, round)])) : value;
}
