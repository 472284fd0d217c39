import { globs } from './exclude';
import { FORMAT_NAMES } from './formats';
import { CANNOT_TELL, cannotTell, outputs, parameterValues, reasons } from './setting-readers';
import { HOP_LIMITS } from '../engine/surfaces/settings';
import { Setter, SETTERS } from '../settings/layer';
import { Tighter } from '../settings/looser';
import { Read, days, flag, hopLimit, text, texts } from '../settings/readers';

export interface Setting<T = unknown> {
  readonly about: string;

  /** Who may set it. Beside an organization's file the repository's sets only what is tighter. */
  readonly setBy: readonly Setter[];

  /** Absent where no value lets more pass than another. */
  readonly tighter?: Tighter;
  readonly read: Read<T>;

  /** Of a value in a file, as JSON schema. */
  readonly schema: object;
}

const TEXT = { type: 'string', minLength: 1 };
const FLAG = { type: 'boolean' };
const COMMAND_LINE: readonly Setter[] = ['command line'];

function oneOrMore(item: object): object {
  return { anyOf: [item, { type: 'array', items: item }] };
}

/** Every option of `imds-guard check`, by its name in a settings file. The schema of such files and the table in docs/check.md come from here. */
export const SETTINGS = {
  paths: { about: 'what to check', setBy: COMMAND_LINE, read: texts, schema: oneOrMore(TEXT) },
  exclude: {
    about: 'what is left out of folders and globs: paths and globs from the working directory; !GLOB takes back',
    setBy: SETTERS,
    tighter: 'excludes less',
    read: globs,
    schema: oneOrMore({ type: 'string', minLength: 1, pattern: '^(?!!?\\.?/*$)(?!!?/)' }),
  },
  parameters: {
    about: 'files of values that the parameters of templates are given when they are deployed', setBy: SETTERS, tighter: 'fewer', read: texts, schema: oneOrMore(TEXT),
  },
  parameter: {
    about: 'values that the parameters of templates are given: by name, or NAME=VALUE, or Stack:NAME=VALUE',
    setBy: SETTERS,
    tighter: 'fewer',
    read: parameterValues,
    schema: {
      anyOf: [
        { type: 'object', propertyNames: TEXT, additionalProperties: { anyOf: ['string', 'number', 'boolean'].map(type => ({ type })) } },
        oneOrMore({ type: 'string', pattern: '^[^=]+=' }),
      ],
    },
  },
  stdinName: { about: 'what standard input is called in reports and known by in a baseline', setBy: COMMAND_LINE, read: text, schema: TEXT },
  format: {
    about: 'how to report, and where: NAME or NAME=FILE; beside an organization\'s file the repository\'s may add files in the working directory',
    setBy: SETTERS,
    read: outputs,
    schema: oneOrMore({ type: 'string', pattern: `^(${FORMAT_NAMES.join('|')})(=.+)?$` }),
  },
  maxHopLimit: {
    about: 'the highest HttpPutResponseHopLimit that is allowed',
    setBy: SETTERS,
    tighter: 'lower',
    read: hopLimit,
    schema: { type: 'integer', minimum: HOP_LIMITS.min, maximum: HOP_LIMITS.max },
  },
  cannotTell: { about: 'what an undecided resource does', setBy: SETTERS, tighter: CANNOT_TELL, read: cannotTell, schema: { enum: CANNOT_TELL } },
  allowLaunchTemplate: {
    about: 'launch templates elsewhere that are trusted: a reason for each id, name, parameter, export or STACK.OUTPUT, or ID=REASON',
    setBy: SETTERS,
    tighter: 'fewer',
    read: reasons,
    schema: { anyOf: [{ type: 'object', additionalProperties: { type: 'string', pattern: '\\S' } }, oneOrMore({ type: 'string', pattern: '^[^=]+=.*\\S' })] },
  },
  baseline: { about: 'a file of findings that are known already: only new ones fail', setBy: SETTERS, tighter: 'fewer', read: text, schema: TEXT },
  onlyTemplates: { about: 'passes over named files that are no templates', setBy: COMMAND_LINE, read: flag, schema: FLAG },
  updateBaseline: { about: 'writes the findings of the run to the baseline', setBy: COMMAND_LINE, read: flag, schema: FLAG },
  exemptions: { about: 'a file of exemptions for templates that CDK does not make', setBy: SETTERS, tighter: 'fewer', read: text, schema: TEXT },
  maxExemptionDays: {
    about: 'the longest that an exemption may still last, in days', setBy: SETTERS, tighter: 'lower', read: days, schema: { type: 'integer', minimum: 1 },
  },
  forbidExemptions: { about: 'every exemption is a violation', setBy: SETTERS, tighter: 'true', read: flag, schema: FLAG },
  forbidAcknowledgements: { about: 'every CDK acknowledgement of a rule is a violation', setBy: SETTERS, tighter: 'true', read: flag, schema: FLAG },
  requireGuard: {
    about: 'what no guarded app made, or what was changed since, is a violation', setBy: SETTERS, tighter: 'true', read: flag, schema: FLAG,
  },
  quiet: { about: 'errors and the summary alone', setBy: COMMAND_LINE, read: flag, schema: FLAG },
  name: {
    about: 'what is checked, as its owner calls it; reports in JSON say it, and imds-guard summary shows it', setBy: SETTERS, read: text, schema: TEXT,
  },
  color: { about: 'colours in a terminal', setBy: SETTERS, read: flag, schema: FLAG },
} as const satisfies { readonly [name: string]: Setting };

export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** As the command line spells it. */
export function flagName(name: SettingName): string {
  return name === 'paths' ? 'PATH' : `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
