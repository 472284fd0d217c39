import { Mistake } from './mistake';
import { HOP_LIMITS, isHopLimit } from '../engine/surfaces/settings';

/** How the value of an option is read, the same for the command line and for a settings file. */
export type Read<T> = (value: unknown, name: string) => T;

function hasControls(value: string): boolean {
  return /\p{Cc}/u.test(value);
}

export const text: Read<string> = (value, name) => {
  if (typeof value !== 'string' || value === '') { throw new Mistake(`${name} must be a text, got ${JSON.stringify(value)}`); }
  if (hasControls(value)) { throw new Mistake(`${name} must be a text without control characters, got ${JSON.stringify(value)}`); }
  return value;
};

export const flag: Read<boolean> = (value, name) => {
  if (typeof value !== 'boolean') { throw new Mistake(`${name} must be true or false, got ${JSON.stringify(value)}`); }
  return value;
};

export const hopLimit: Read<number> = (value, name) => {
  if (!isHopLimit(value)) { throw new Mistake(`${name} must be a whole number from ${HOP_LIMITS.min} to ${HOP_LIMITS.max}, got ${JSON.stringify(value)}`); }
  return value;
};

export const days: Read<number> = (value, name) => {
  if (!Number.isInteger(value) || (value as number) < 1) { throw new Mistake(`${name} must be a whole number of days from 1, got ${JSON.stringify(value)}`); }
  return value as number;
};

export const texts: Read<string[]> = (value, name) => (Array.isArray(value) ? value : [value]).map(each => text(each, name));

export function oneOf<T extends string>(values: readonly T[]): Read<T> {
  return (value, name) => {
    const found = values.find(each => each === value);
    if (found === undefined) { throw new Mistake(`${name} must be one of ${values.join(', ')}, got ${JSON.stringify(value)}`); }
    return found;
  };
}
