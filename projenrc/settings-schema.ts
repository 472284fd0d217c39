import { Setting, SETTINGS, flagName, SettingName } from '../src/cli/settings-table';
import { ENFORCE } from '../src/settings/enforce-settings';
import { MODES, ENFORCE_SETTINGS, EnforceSetting } from '../src/settings/enforce-table';
import { SETTERS } from '../src/settings/layer';

/** Where the package has it. */
export const SETTINGS_SCHEMA = 'imds-guard.schema.json';

/**
 * The JSON schema of settings files, made from the table of options.
 *
 * Beside what JSON schema knows, each option says who may set it, and which direction is tighter.
 */
export function settingsSchema(): string {
  const properties = Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, property(name as SettingName, setting)]));
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'imds-guard check: a settings file',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...properties, [ENFORCE]: enforceSection() },
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function property(name: SettingName, { about, setBy, tighter, schema }: Setting): object {
  const said = { 'x-setBy': setBy, ...tighter !== undefined && { 'x-tighter': tighter } };
  return setBy.length === SETTERS.length
    ? { description: about, ...schema, ...said }
    : { description: `${about}; for the command line alone, as ${flagName(name)}`, not: {}, ...said };
}

function enforceSection(): object {
  const properties = Object.fromEntries(Object.entries<EnforceSetting>(ENFORCE_SETTINGS).map(([name, { about, tighter, schema }]) => (
    [name, { 'description': about, ...schema, 'x-tighter': tighter }]
  )));
  return {
    description: 'what guards apps that do not call the library: imds-guard run, plan and the preload',
    type: 'object',
    properties: { ...properties, overrides: { description: 'for some apps, stacks or accounts; in the organization\'s file alone', type: 'array', items: OVERRIDE } },
    additionalProperties: false,
  };
}

const TEXTS = { anyOf: [{ type: 'string', minLength: 1 }, { type: 'array', items: { type: 'string', minLength: 1 } }] };
const ACCOUNT = { type: 'string', pattern: '^[0-9]{12}$' };

const OVERRIDE = {
  type: 'object',
  properties: {
    apps: { description: 'globs, of the end of the folder in which the app runs', ...TEXTS },
    stacks: { description: 'globs, of the names and construct paths of stacks', ...TEXTS },
    accounts: { description: 'account ids, in quotes', anyOf: [ACCOUNT, { type: 'array', items: ACCOUNT }] },
    mode: { enum: MODES },
    exempt: { description: 'rules that do not count; true for every rule', anyOf: [{ const: true }, ...TEXTS.anyOf] },
    reason: { type: 'string', minLength: 1 },
    owner: { type: 'string', minLength: 1 },
    until: { description: 'the last day, as in 2027-01-31', type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
  },
  additionalProperties: false,
};
