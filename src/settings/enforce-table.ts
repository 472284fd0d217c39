import { Tighter } from './looser';
import { days, flag, hopLimit, oneOf, Read, texts } from './readers';
import { HOP_LIMITS } from '../engine/surfaces/settings';

export interface EnforceSetting<T = unknown> {
  readonly about: string;

  /** What a repository's file may change beside the organization's. */
  readonly tighter: Tighter;
  readonly read: Read<T>;

  /** Of the value, as JSON schema. */
  readonly schema: object;
}

export const MODES = ['observe', 'enforce'] as const;

const HOPS = { type: 'integer', minimum: HOP_LIMITS.min, maximum: HOP_LIMITS.max };
const FLAG = { type: 'boolean' };
const TYPES = { type: 'array', items: { type: 'string', minLength: 1 } };

/** The section `enforce` of a settings file: what guards apps that do not call the library. All but `mode` are props of `ImdsGuard.enforce`. */
export const ENFORCE_SETTINGS = {
  mode: { about: '`enforce` writes and fails on what is left; `observe` only reports', tighter: MODES, read: oneOf(MODES), schema: { enum: MODES } },
  httpPutResponseHopLimit: { about: 'the hop limit that is written everywhere', tighter: 'lower', read: hopLimit, schema: HOPS },
  maxHttpPutResponseHopLimit: { about: 'the highest hop limit that is left as it is', tighter: 'lower', read: hopLimit, schema: HOPS },
  httpEndpoint: { about: 'whether the metadata endpoint is on', tighter: 'false', read: flag, schema: FLAG },
  allowReplacement: { about: 'resource types that may be replaced', tighter: 'more', read: texts, schema: TYPES },
  attachLaunchTemplate: { about: 'resource types that are given a launch template', tighter: 'more', read: texts, schema: TYPES },
  includeResourceTypes: { about: 'resource types that are written on request only', tighter: 'more', read: texts, schema: TYPES },
  excludeResourceTypes: { about: 'resource types that are left as they are', tighter: 'fewer', read: texts, schema: TYPES },
  maxExemptionDays: { about: 'the longest that an exemption may still last, in days', tighter: 'lower', read: days, schema: { type: 'integer', minimum: 1 } },
  forbidExemptions: { about: 'exemptions do not count and fail the check', tighter: 'true', read: flag, schema: FLAG },
  forbidAcknowledgements: { about: 'CDK acknowledgements of rules do not count and fail the check', tighter: 'true', read: flag, schema: FLAG },
} as const satisfies { readonly [name: string]: EnforceSetting };

export type EnforceSettingName = keyof typeof ENFORCE_SETTINGS;

export const ENFORCE_SETTING_NAMES = Object.keys(ENFORCE_SETTINGS) as readonly EnforceSettingName[];
