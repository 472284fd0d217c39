import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { SETTINGS_SCHEMA, settingsSchema } from '../../projenrc/settings-schema';
import { settled } from '../../src/cli/settings-layers';
import { Setting, SETTINGS } from '../../src/cli/settings-table';
import { SETTERS } from '../../src/settings/layer';
import { Mistake } from '../../src/settings/mistake';

const schema = JSON.parse(settingsSchema()) as { properties: { [name: string]: object } };
const ajv = new Ajv({ keywords: ['x-setBy', 'x-tighter'] });
const accepts = ajv.compile(schema);

test('the schema in the package is made from the table: after a change, npx projen docgen', () => {
  expect(readFileSync(join(__dirname, '../..', SETTINGS_SCHEMA), 'utf8')).toBe(settingsSchema());
});

test('says of every option who may set it and which direction is tighter', () => {
  for (const [name, { setBy, tighter }] of Object.entries<Setting>(SETTINGS)) {
    expect(schema.properties[name]).toMatchObject({ 'x-setBy': setBy, ...tighter !== undefined && { 'x-tighter': tighter } });
  }
});

const VALUES = [
  true, false, 0, 1, 2, 64, 65, 1.5, '', 'a', 'fail', 'ignore', 'text', 'pdf', 'json=a', 'json=', 'lt-1=r', 'lt-1=', 'lt-1= ', '=r', [], ['text'], ['a', 1], ['lt-1=r'],
  { 'lt-1': 'r' }, { 'lt-1': ' ' }, { 'lt-1': 1 }, null, {},
];

test.each(Object.keys(SETTINGS))('takes for %s what the command takes from a file', name => {
  for (const value of VALUES) {
    expect({ value, isAccepted: accepts({ [name]: value }) }).toEqual({ value, isAccepted: isTaken({ [name]: value }) });
  }
});

test('knows no other option', () => {
  expect([accepts({ $schema: 'x' }), accepts({ quite: true }), accepts([]), accepts({})]).toEqual([true, false, false, true]);
});

test('every option that all may set but a name, a format or a colour has a tighter direction', () => {
  const open = Object.entries<Setting>(SETTINGS).filter(([, { setBy, tighter }]) => setBy.length === SETTERS.length && tighter === undefined);
  expect(open.map(([name]) => name)).toEqual(['format', 'name', 'color']);
});

function isTaken(raw: object): boolean {
  try {
    settled([{ by: 'repository', file: 'f', raw: { ...raw } }], '/');
    return true;
  } catch (error) {
    if (error instanceof Mistake) { return false; }
    throw error;
  }
}
