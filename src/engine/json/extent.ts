import { MAX_DEPTH } from './shallow';

/** How much there is in a tree. What is used twice, as YAML aliases are, counts twice. */
export interface Extent {
  readonly keys: number;

  /** Whether something of other stacks is in it, by `Fn::ImportValue` or `Fn::GetStackOutput`. */
  readonly imports: boolean;

  readonly fault?: 'too deep' | 'too large' | 'endless';
}

/** Walks a tree once, to its end or to the limits. */
export function extentOf(root: unknown, maxValues: number = Infinity): Extent {
  const count: Count = { keys: 0, values: 0, maxValues, imports: false, tooDeep: [] };
  if (typeof root === 'object' && root !== null && !isWithin(root, 1, count)) {
    const { keys, imports, tooDeep } = count;
    const isEndless = new Set(tooDeep).size < tooDeep.length;
    return { keys, imports, fault: tooDeep.length === 0 ? 'too large' : isEndless ? 'endless' : 'too deep' };
  }
  return { keys: count.keys, imports: count.imports };
}

interface Count {
  keys: number;
  values: number;
  readonly maxValues: number;
  imports: boolean;

  /** The way down to where it was too deep. */
  readonly tooDeep: object[];
}

/** The one walk over every template: written for speed. */
function isWithin(value: object, depth: number, count: Count): boolean {
  if (depth > MAX_DEPTH) {
    count.tooDeep.push(value);
    return false;
  }
  let isFine = true;
  if (Array.isArray(value)) {
    count.values += value.length;
    for (let i = 0; i < value.length && isFine; i++) {
      const each: unknown = value[i];
      if (typeof each === 'object' && each !== null) { isFine = count.values <= count.maxValues && isWithin(each, depth + 1, count); }
    }
  } else {
    for (const key in value) {
      count.keys++;
      count.values++;
      if (key === 'Fn::ImportValue' || key === 'Fn::GetStackOutput') { count.imports = true; }
      const each = (value as { [name: string]: unknown })[key];
      if (typeof each === 'object' && each !== null) {
        isFine = count.values <= count.maxValues && isWithin(each, depth + 1, count);
        if (!isFine) { break; }
      }
    }
  }
  if (!isFine && count.tooDeep.length > 0) { count.tooDeep.push(value); }
  return isFine && count.values <= count.maxValues;
}
