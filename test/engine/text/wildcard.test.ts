import fc from 'fast-check';
import { nearest } from '../../../src/engine/text/did-you-mean';
import { matches, matchesEverything } from '../../../src/engine/text/wildcard';

test.each([
  ['*', ''], ['*', 'anything'], ['a*', 'a'], ['a*', 'abc'], ['*c', 'abc'], ['a*c', 'ac'], ['a*b*c', 'a1b2c'], ['legacy/*.yaml', 'legacy/a/b.yaml'],
  ['a.c', 'a.c'], ['a**c', 'abc'], ['*b*', 'abc'], ['[x]*', '[x]y'],
])('%p matches %p', (pattern, text) => expect(matches(pattern, text)).toBe(true));

test.each([
  ['', 'a'], ['a', 'A'], ['a*', 'ba'], ['*c', 'cb'], ['a*a', 'a'], ['ab*ba', 'aba'], ['a*b*c', 'acb'], ['a.c', 'abc'], ['*x*', 'abc'], ['a*b*b', 'ab'],
])('%p does not match %p', (pattern, text) => expect(matches(pattern, text)).toBe(false));

test('patterns match what a regular expression does', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  fc.assert(fc.property(letters, letters.map(text => text.replace(/\*/g, 'a')), (pattern, text) => {
    expect(matches(pattern, text)).toBe(new RegExp(`^${pattern.replace(/\*/g, '[^]*')}$`).test(text));
  }));
});

test('a pattern of many * against a long text comes to an end', () => {
  expect(matches('*a'.repeat(1000) + 'b', 'a'.repeat(100_000))).toBe(false);
});

test('only stars match everything', () => {
  expect(['*', '**'].map(matchesEverything)).toEqual([true, true]);
  expect(['', 'a*', '* '].map(matchesEverything)).toEqual([false, false, false]);
});

describe('the nearest text', () => {
  const ids = ['imdsv1-allowed', 'imdsv1-call', 'hop-limit-too-high', 'hop-limit-too-low'];

  test.each([['imdsv1-alowed', 'imdsv1-allowed'], ['imdv1-cal', 'imdsv1-call'], ['hop-limit-to-hihg', 'hop-limit-too-high'], ['hop-limit-too-low', 'hop-limit-too-low']])(
    'to %p is %p', (text, meant) => expect(nearest(text, ids)).toBe(meant),
  );

  test.each(['', 'encryption', 'x'.repeat(100_000)])('to something else is none', text => expect(nearest(text, ids)).toBeUndefined());
});
