import { branchesOf, isAbsent, isObject } from '../json/json';
import { Step } from '../surfaces/surface';

/** The way to a value: keys and, in lists, numbers from 0. */
export type Path = readonly (string | number)[];

/** An expression as it is written, and where. */
export interface Placed {
  readonly path: Path;
  readonly value: unknown;
}

/** What stands at a path of keys and lists, through every branch of `Fn::If`. What is absent is left out. */
export function expressionsAt(value: unknown, steps: readonly Step[], path: Path = []): Placed[] {
  if (isAbsent(value)) { return []; }
  const branches = branchesOf(value);
  if (branches) { return branches.slice(1).flatMap((branch, i) => expressionsAt(branch, steps, [...path, 'Fn::If', i + 1])); }
  const [step, ...rest] = steps;
  if (step === undefined) { return [{ path, value }]; }
  if (typeof step === 'string') {
    return isObject(value) && Object.hasOwn(value, step) ? expressionsAt(value[step], rest, [...path, step]) : [];
  }
  return Array.isArray(value) ? value.flatMap((each, i) => expressionsAt(each, rest, [...path, i])) : [];
}
