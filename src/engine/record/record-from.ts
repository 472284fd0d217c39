import { GuardRecord, RECORD_FORMAT } from './guard-record';
import { OUTCOMES } from './weaker-message';
import { isObject, JsonObject } from '../json/json';

/** The record in a file that was parsed, or what is wrong with it. Of what tools show and nobody decides by, nothing is checked. */
export function recordFrom(parsed: unknown): GuardRecord | { readonly problem: string } {
  if (!isObject(parsed) || typeof parsed.format !== 'number') { return { problem: 'this is no record of the guard: it has no \'format\'' }; }
  const { format, switchedOff } = parsed;
  if (format > RECORD_FORMAT) {
    return { problem: `format ${format} of the record is newer than this version can read, which is ${RECORD_FORMAT}; use a newer imds-guard` };
  }
  if (format !== RECORD_FORMAT) { return { problem: `there is no format ${format} of the record` }; }
  const record = typeof switchedOff === 'string' ? { ...NOTHING, ...parsed } : parsed;
  const wrong = Object.entries(SHAPE).find(([name, isRight]) => !isRight(record[name]))?.[0];
  return wrong === undefined ? record as unknown as GuardRecord : { problem: `'${wrong}' of the record is not as the guard writes it` };
}

/** Of a guard that was switched off. */
const NOTHING: JsonObject = { versions: [], calls: [], weaker: [], counts: {}, stacks: [], templates: {} };

type Check = (value: unknown) => boolean;

const isText: Check = value => typeof value === 'string';
const isMode: Check = value => value === undefined || value === 'enforce' || value === 'observe';
const listOf = (isItem: Check): Check => value => Array.isArray(value) && value.every(isItem);
const maybe = (isRight: Check): Check => value => value === undefined || isRight(value);
const having = (shape: { readonly [name: string]: Check }): Check => (
  value => isObject(value) && Object.entries(shape).every(([name, isRight]) => isRight(value[name]))
);

const isNumber: Check = value => typeof value === 'number';
const areTypes = maybe(listOf(isText));
const SETTINGS = maybe(having({
  httpPutResponseHopLimit: maybe(isNumber),
  maxHttpPutResponseHopLimit: maybe(isNumber),
  httpEndpoint: maybe(value => typeof value === 'boolean'),
  allowReplacement: areTypes,
  attachLaunchTemplate: areTypes,
  includeResourceTypes: areTypes,
  excludeResourceTypes: areTypes,
}));

/** Below the folder or beside it, wherever that is. */
const isRelative: Check = value => isText(value) && value !== '' && !/^([\\/]|[a-z]:)|\\|\0/i.test(value as string);
const isHash: Check = value => isText(value) && /^[0-9a-f]{64}$/.test(value as string);

const SHAPE: { readonly [name in keyof GuardRecord]?: Check } = {
  version: maybe(isText),
  versions: listOf(isText),
  switchedOff: maybe(isText),
  calls: listOf(isObject),
  weaker: listOf(having({
    scope: isText, by: isText, what: listOf(isText), outcome: value => OUTCOMES.includes(value as string), mode: isMode, settings: SETTINGS,
  })),
  counts: isObject,
  stacks: listOf(having({ path: isText, template: isText, mode: isMode, settings: SETTINGS, decisions: listOf(isObject) })),
  templates: value => isObject(value) && Object.entries(value).every(([file, hash]) => isRelative(file) && isHash(hash)),
};
