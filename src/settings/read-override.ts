import { MODES } from './enforce-table';
import { Mistake } from './mistake';
import { oneOf, Read, text, texts } from './readers';
import { isDay } from '../engine/exemptions/calendar';
import { problemWith } from '../engine/exemptions/exemptions';
import { EnforceOverride } from '../scopes/enforce-override';

const account: Read<string> = (value, name) => {
  if (typeof value !== 'string' || !/^\d{12}$/.test(value)) {
    throw new Mistake(`${name} must be the 12 digits of an account in quotes, got ${JSON.stringify(value)}`);
  }
  return value;
};

const day: Read<string> = (value, name) => {
  if (!isDay(value)) {
    throw new Mistake(`${name} must be a day, as in 2027-01-31, got ${JSON.stringify(value)}`);
  }
  return value as string;
};

/** One that begins with `!` matches all but what it names, whatever the others in the list say. */
const globs: Read<string[]> = (value, name) => texts(value, name).map(each => {
  if (each.startsWith('!') && !each.startsWith('!(')) {
    throw new Mistake(`${name} must be globs of what is meant, got ${JSON.stringify(each)}, which is all but that; name those, or !(${each.slice(1)}) for all but that`);
  }
  return each;
});

/** What no folder ends with would hold nowhere, and nobody would see it. */
const endsOfFolders: Read<string[]> = (value, name) => globs(value, name).map(each => {
  if (/^[a-z]:|\\/i.test(each) || each.split('/').some(part => part.trim() !== part || ['', '.', '..'].includes(part))) {
    throw new Mistake(`${name} must be the end of a folder with / in it, as in services/*, got ${JSON.stringify(each)}`);
  }
  return each;
});

/** `true` is every rule. */
const exempt: Read<string[]> = (value, name) => value === true ? [] : texts(value, name);

const FIELDS: { readonly [Field in keyof Required<EnforceOverride>]: Read<unknown> } = {
  apps: endsOfFolders,
  stacks: globs,
  accounts: (value, name) => (Array.isArray(value) ? value : [value]).map(each => account(each, name)),
  mode: oneOf(MODES),
  exempt,
  reason: text,
  owner: text,
  until: day,
};

/** @throws Mistake for one that selects nothing, says nothing, or lets more pass without a reason, an owner and an end */
export function readOverride(value: unknown, name: string): EnforceOverride {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { throw new Mistake(`${name} must be an object, got ${JSON.stringify(value)}`); }
  const unknown = Object.keys(value).find(key => !Object.hasOwn(FIELDS, key));
  if (unknown !== undefined) { throw new Mistake(`${name}: there is no option ${JSON.stringify(unknown)}; there are ${Object.keys(FIELDS).join(', ')}`); }
  const read: EnforceOverride = Object.fromEntries(Object.entries(value).map(([key, each]) => (
    [key, FIELDS[key as keyof EnforceOverride](each, `${name}.${key}`)]
  )));
  if (!read.apps && !read.stacks && !read.accounts) { throw new Mistake(`${name} must say where it holds, with apps, stacks or accounts`); }
  if ((read.mode === undefined) === (read.exempt === undefined)) { throw new Mistake(`${name} must have either mode or exempt`); }
  const { reason, owner, until } = read;
  if (read.mode !== 'enforce') {
    const missing = Object.entries({ reason, owner, until }).flatMap(([key, given]) => given === undefined ? [key] : []);
    if (missing.length > 0) { throw new Mistake(`${name} lets more pass, so it needs ${missing.join(', ')} as well`); }
  }
  if (read.exempt) {
    const problem = problemWith({ reason: reason!, owner: owner!, until: until!, allow: read.exempt.length > 0 ? read.exempt : undefined });
    if (problem !== undefined) { throw new Mistake(`${name}: ${problem}`); }
  }
  return read;
}
