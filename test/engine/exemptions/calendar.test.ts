import fc from 'fast-check';
import { daysBetween, isDay, today } from '../../../src/engine/exemptions/calendar';

test.each(['2026-02-28', '2024-02-29', '2000-02-29', '1999-12-31', '0001-01-01', '9999-12-31'])('%s is a day', day => expect(isDay(day)).toBe(true));

test.each([
  '2026-02-30', '2025-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '2026-1-1', '26-01-01', '2026-01-01T00:00:00Z',
  ' 2026-01-01', '20260101', '', 'tomorrow', 20260101, null, undefined, new Date(0), ['2026-01-01'],
])('%p is none', day => expect(isDay(day)).toBe(false));

test('days are counted over the end of months, years and summer time', () => {
  expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1);
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  expect(daysBetween('2026-01-01', '2025-12-31')).toBe(-1);
  expect(daysBetween('2026-06-01', '2026-06-01')).toBe(0);
});

test('every day is one, and so many days after another as one walks', () => {
  fc.assert(fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9990-12-31'), noInvalidDate: true }), fc.nat(3000), (date, days) => {
    const [from, to] = [date, new Date(date.getTime() + days * 86_400_000)].map(each => each.toISOString().slice(0, 10));

    expect(isDay(from)).toBe(true);
    expect(daysBetween(from, to)).toBe(days);
  }));
});

describe('today', () => {
  const now = Date.UTC(2026, 5, 1, 23, 59, 59);

  test('is the day in UTC', () => {
    expect(today({}, now)).toBe('2026-06-01');
    expect(today({}, now + 1000)).toBe('2026-06-02');
  });

  test.each([['1780358399', '2026-06-01'], ['1780358400', '2026-06-02'], ['0', '1970-01-01'], [' 86400 ', '1970-01-02']])(
    'is that of SOURCE_DATE_EPOCH=%p', (epoch, day) => expect(today({ SOURCE_DATE_EPOCH: epoch }, Date.UTC(2030, 0, 1))).toBe(day),
  );

  test.each(['', ' ', 'now', '-1', '1.5', '1e9', '99999999999999'])('is not that of SOURCE_DATE_EPOCH=%p, which is no number of seconds', epoch => {
    expect(today({ SOURCE_DATE_EPOCH: epoch }, now)).toBe('2026-06-01');
  });
});
