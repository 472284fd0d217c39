import { Setting, SETTINGS, flagName, SettingName } from '../src/cli/settings-table';
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
    properties: { $schema: { type: 'string' }, ...properties },
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
