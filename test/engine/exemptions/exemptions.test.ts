import fc from 'fast-check';
import { checkPolicy, strictest } from '../../../src/engine/exemptions/exemption-policy';
import { standingOf } from '../../../src/engine/exemptions/exemption-standing';
import { covers, EXEMPTABLE, exemptionOn, problemWith } from '../../../src/engine/exemptions/exemptions';
import { RULE_IDS } from '../../../src/engine/findings/rules';

const EXEMPTION = { reason: 'the agent knows version 1 only', owner: 'team-billing', until: '2026-09-30' };
const carrying = (exemption: unknown): unknown => ({ Type: 'AWS::EC2::Instance', Metadata: { 'cdk-imds-guard:exemption': exemption } });

describe('what can be exempted', () => {
  test('is every rule about a resource, and none about exemptions, the check itself or the guard', () => {
    expect(RULE_IDS.filter(id => !EXEMPTABLE.includes(id))).toEqual([
      'acknowledgement-not-allowed', 'acknowledgement-unknown-rule', 'acknowledgement-without-reason',
      'exemption-expired', 'exemption-expiring', 'exemption-invalid', 'exemption-not-allowed', 'exemption-overlap', 'exemption-unused',
      'internal-error', 'not-guarded', 'stage-synthesized-before-enforce', 'weaker-inside',
    ]);
  });

  test('is narrowed by allow, never widened', () => {
    expect(EXEMPTABLE.every(rule => covers({}, rule))).toBe(true);
    expect(EXEMPTABLE.filter(rule => covers({ allow: ['imdsv1-allowed'] }, rule))).toEqual(['imdsv1-allowed']);
    expect(covers({ allow: ['exemption-expired'] }, 'exemption-expired')).toBe(false);
  });
});

describe('a problem is named, with what to do', () => {
  test('a whole one has none', () => {
    expect(problemWith(EXEMPTION)).toBeUndefined();
    expect(problemWith({ ...EXEMPTION, allow: ['imdsv1-allowed'] })).toBeUndefined();
  });

  test.each([
    [{ reason: undefined }, '\'reason\' must say why'],
    [{ reason: { Ref: 'Why' } }, '\'reason\' must say why IMDSv1 is needed, got {"Ref":"Why"}'],
    [{ owner: '\t' }, '\'owner\' must name who answers'],
    [{ owner: 7 }, '\'owner\' must name who answers for the exemption, got 7'],
    [{ until: undefined }, '\'until\' must be a day that exists'],
    [{ until: '2026-02-30' }, 'written as YYYY-MM-DD, got "2026-02-30"'],
    [{ allow: 'imdsv1-allowed' }, '\'allow\' must list at least one rule id'],
    [{ allow: [7] }, '\'allow\' takes ids of rules about a resource, got 7; there are '],
    [{ allow: ['imdsv1-cal'] }, 'did you mean "imdsv1-call"?'],
  ])('%j', (options, problem) => expect(problemWith({ ...EXEMPTION, ...options } as any)).toContain(problem));
});

describe('the exemption on a resource', () => {
  test('is read with its scope and those that overlap', () => {
    const carried = { ...EXEMPTION, allow: ['imdsv1-allowed'], scope: 'Stack/I', overlaps: ['Stack'] };
    expect(exemptionOn(carrying(carried))).toEqual(carried);
  });

  test.each([undefined, null, 7, {}, { Metadata: 7 }, { Metadata: { other: {} } }])('is none on %j', resource => expect(exemptionOn(resource)).toBeUndefined());

  test('is a problem where it is none', () => {
    expect(exemptionOn(carrying('yes'))).toMatchObject({ problem: 'an object was expected, got "yes"' });
    expect(exemptionOn(carrying({}))).toMatchObject({ reason: '', problem: expect.stringContaining('reason') });
  });

  test('whatever it is, it is in force only if it is whole', () => {
    const fields = { reason: fc.jsonValue(), owner: fc.jsonValue(), until: fc.jsonValue() };
    const anything = fc.oneof(fc.jsonValue(), fc.record(fields, { requiredKeys: [] }));
    fc.assert(fc.property(anything, each => {
      expect(standingOf(exemptionOn(carrying(each))!, '2026-06-01', {}).state).toBe('invalid');
    }));
  });
});

describe('what it is worth on a day', () => {
  const on = (date: string, policy = {}, exemption = {}): object => standingOf({ ...EXEMPTION, ...exemption }, date, policy);

  test.each([
    ['2026-09-15', 'active', 15],
    ['2026-09-16', 'expiring', 14],
    ['2026-09-30', 'expiring', 0],
    ['2026-10-01', 'expired', -1],
  ])('on %s it is %s, %d days before the end', (date, state, daysLeft) => expect(on(date)).toMatchObject({ state, daysLeft }));

  test('it tells how long it lasts', () => {
    expect(on('2026-09-29')).toMatchObject({ notice: { rule: 'exemption-expiring', reason: expect.stringContaining('ends in 1 day, on 2026-09-30: the agent') } });
    expect(on('2026-09-30')).toMatchObject({ notice: { reason: expect.stringContaining('ends today') } });
    expect(on('2026-10-11')).toMatchObject({ notice: { rule: 'exemption-expired', reason: expect.stringContaining('11 days ago: the agent') } });
    expect(on('2026-06-01')).not.toHaveProperty('notice');
  });

  test('what is not allowed has no effect, whatever the date', () => {
    expect(on('2026-06-01', { forbidExemptions: true })).toMatchObject({ state: 'not allowed', notice: { reason: 'exemptions are forbidden here' } });
    expect(on('2026-10-01', { forbidExemptions: true })).toMatchObject({ state: 'not allowed' });
    expect(on('2026-06-01', { maxExemptionDays: 120 })).toMatchObject({ state: 'not allowed', notice: { reason: expect.stringContaining('at most 120 days') } });
    expect(on('2026-06-01', { maxExemptionDays: 121 })).toMatchObject({ state: 'active' });
    expect(on('2026-06-01', {}, { notAllowed: 'it was forbidden' })).toMatchObject({ state: 'not allowed', notice: { reason: 'it was forbidden' } });
  });
});

describe('what an organization allows', () => {
  test('is the strictest of all scopes', () => {
    expect(strictest([{ maxExemptionDays: 90 }, { maxExemptionDays: 30, forbidExemptions: false }, { forbidExemptions: true }]))
      .toEqual({ maxExemptionDays: 30, forbidExemptions: true, forbidAcknowledgements: false });
    expect(strictest([])).toEqual({ maxExemptionDays: undefined, forbidExemptions: false, forbidAcknowledgements: false });
  });

  test.each([1, 365, undefined])('may be %p days', maxExemptionDays => expect(() => checkPolicy({ maxExemptionDays })).not.toThrow());
  test.each([0, -1, 1.5, NaN, Infinity, '7' as any])('may not be %p days', maxExemptionDays => expect(() => checkPolicy({ maxExemptionDays })).toThrow('from 1, got'));
  test.each(['forbidExemptions', 'forbidAcknowledgements'])('takes true or false alone for %s, also from plain JavaScript', name => {
    expect(() => checkPolicy({ [name]: true })).not.toThrow();
    expect(() => checkPolicy({ [name]: 'false' })).toThrow(new TypeError(`'${name}' must be true or false, got "false"`));
  });
});
