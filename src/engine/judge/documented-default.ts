import { afresh, beside, Context, contextOf } from '../evaluator/context';
import { whyUnknown } from '../evaluator/outcomes';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt } from '../evaluator/possible-values';
import { LaunchSurface, Silence } from '../surfaces/surface';
import { matches, matchesEverything } from '../text/wildcard';

/** What silence comes to in one of the possible values of the properties that decide about it. */
export interface Default {
  readonly context: Context;

  /** What AWS documents. Absent: nothing, or nothing about this value. */
  readonly row?: Silence;
  readonly value?: unknown;

  /** Why the value that decides is not known. */
  readonly whyUnknown?: string;
}

type Silent = Pick<LaunchSurface, 'silence'>;

/** Every default that a resource may get where neither it nor what it refers to says anything. */
export function defaultsOf({ silence = [] }: Silent, properties: unknown, context: Context = contextOf()): readonly Default[] {
  const byPath = new Map<string, Silence[]>();
  silence.forEach(row => byPath.set(row.path.join('.'), [...byPath.get(row.path.join('.')) ?? [], row]));
  return defaultsBy([...byPath.values()], properties, context);
}

/** Whether AWS documents that the resource requires tokens by itself, whatever is deployed. */
export function isSafeByDefault(surface: Silent, properties: unknown): boolean {
  return defaultsOf(surface, properties).every(({ row }) => row?.verdict === 'compliant');
}

/** Each property that is there may be the one that the service goes by, so the weakest of them counts. */
function defaultsBy([rows, ...others]: readonly Silence[][], properties: unknown, context: Context, before?: Default): Default[] {
  if (!rows) { return [{ ...before, context }]; }
  return possibleValuesAt(properties, rows[0].path, afresh(context)).flatMap(each => {
    const where = beside(context, each);
    return defaultsBy(others, properties, where, each.kind === 'absent' ? before : weakerOf(before, defaultBy(rows, each, where)));
  });
}

function weakerOf(one: Default | undefined, other: Default): Default {
  return one && weakness(one) >= weakness(other) ? one : other;
}

function weakness({ row, whyUnknown: why }: Default): number {
  if (row?.verdict === 'compliant') { return 0; }
  return why === undefined ? 2 : 1;
}

function defaultBy(rows: readonly Silence[], each: PossibleValue, context: Context): Default {
  const value = each.kind === 'value' ? each.value : undefined;
  // a text with parts that are not known yet, such as the Region in an ARN, may tell enough
  const text = each.kind === 'unknown' ? each.symbol : value;
  const row = rows.find(({ pattern }) => matchesEverything(pattern) || (typeof text === 'string' && matches(pattern, text)));
  return { context, row, value, whyUnknown: row ? undefined : whyUnknown(each) };
}
