import { GuardRecord } from '../../../src/engine/record/guard-record';
import { recordFrom } from '../../../src/engine/record/record-from';
import { OUTCOMES } from '../../../src/engine/record/weaker-message';

const RECORD: GuardRecord = {
  format: 1,
  version: '1.0.0',
  versions: ['1.0.0'],
  calls: [{ by: 'call', scope: '', mode: 'enforce', settings: {} }],
  weaker: [{ scope: 'A', by: 'RequireImdsv2', what: ['x'], outcome: 'counts', mode: 'enforce', settings: { httpPutResponseHopLimit: 2 } }],
  counts: { examined: 1, changed: 0 },
  stacks: [{ path: 'A', template: 'A.template.json', mode: 'enforce', settings: { excludeResourceTypes: ['T'] }, decisions: [] }],
  templates: { 'A.template.json': '0'.repeat(64), '../asset.1.yaml': 'f'.repeat(64) },
};

test('a record is read as it is', () => expect(recordFrom(RECORD)).toBe(RECORD));

test.each(OUTCOMES)('with a weaker call whose outcome is %s', outcome => {
  expect(recordFrom({ ...RECORD, weaker: [{ ...RECORD.weaker[0], outcome }] })).toMatchObject({ weaker: [{ outcome }] });
});

test('of a guard that was switched off, nothing else need be there', () => {
  expect(recordFrom({ format: 1, version: '1', switchedOff: 'IMDS_GUARD=off' })).toMatchObject({ switchedOff: 'IMDS_GUARD=off', stacks: [], templates: {} });
});

test('fields that a later version adds do no harm', () => expect(recordFrom({ ...RECORD, more: 1 })).toMatchObject(RECORD));

test.each<[string, unknown, string]>([
  ['text', 'x', 'no \'format\''],
  ['nothing', undefined, 'no \'format\''],
  ['a list', [RECORD], 'no \'format\''],
  ['a format in words', { ...RECORD, format: '1' }, 'no \'format\''],
  ['a newer format', { ...RECORD, format: 2 }, 'use a newer imds-guard'],
  ['no such format', { ...RECORD, format: 0 }, 'there is no format 0'],
  ['stacks in words', { ...RECORD, stacks: 'A' }, '\'stacks\''],
  ['a mode that there is not', { ...RECORD, stacks: [{ ...RECORD.stacks[0], mode: 'off' }] }, '\'stacks\''],
  ['a hop limit in words', { ...RECORD, stacks: [{ ...RECORD.stacks[0], settings: { httpPutResponseHopLimit: '2' } }] }, '\'stacks\''],
  ['an outcome that there is not', { ...RECORD, weaker: [{ ...RECORD.weaker[0], outcome: 'maybe' }] }, '\'weaker\''],
  ['no templates', { ...RECORD, templates: undefined }, '\'templates\''],
  ['a hash that is none', { ...RECORD, templates: { 'A.template.json': 'abc' } }, '\'templates\''],
  ['a switch that is no text', { ...RECORD, switchedOff: true }, '\'switchedOff\''],
  ...['/etc/x', 'C:/x', 'C:\\x', '\\\\x', '', 'a\\b'].map(file => [`the path '${file}'`, { ...RECORD, templates: { [file]: '0'.repeat(64) } }, '\'templates\''] as [string, unknown, string]),
])('%s is refused', (_, parsed, problem) => expect(recordFrom(parsed)).toEqual({ problem: expect.stringContaining(problem) }));
