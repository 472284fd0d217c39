import * as fc from 'fast-check';
import { isDeeperThan, keysIn, mostKeysIn } from '../../../src/engine/json/json-keys';

function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) { return 0; }
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, each) => sum + keysOf(each), own);
}

/** What looks like keys, quotes and escapes, in keys and in values. */
const TRICKY = fc.oneof(fc.constantFrom(':', '":', '\\":', '\\', '\\\\', '" :', ' :', '{', '[', '}'), fc.string());
const VALUES = fc.json({ maxDepth: 4 }).map(text => JSON.parse(text) as unknown);
const TREES = fc.letrec<{ tree: unknown }>(tie => ({
  tree: fc.oneof({ maxDepth: 4 }, TRICKY, VALUES, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(TRICKY.filter(key => key !== '__proto__'), tie('tree'), { maxKeys: 3 })),
})).tree;
const SPACES = fc.constantFrom(undefined, 1, '\t', 4);

test('the keys of any JSON text are counted exactly', () => {
  fc.assert(fc.property(TREES, SPACES, (tree, space) => {
    expect(keysIn(JSON.stringify(tree, undefined, space))).toBe(keysOf(tree));
  }));
});

test('the quick count never misses a key', () => {
  fc.assert(fc.property(TREES, SPACES, (tree, space) => {
    const text = JSON.stringify(tree, undefined, space);

    expect(mostKeysIn(text)).toBeGreaterThanOrEqual(keysOf(tree));
    expect(mostKeysIn(text.replace(/":/g, '" \n:'))).toBeGreaterThanOrEqual(keysIn(text.replace(/":/g, '" \n:')));
  }));
});

test.each<[string, number, number]>([
  ['{"a": 1, "b": {"c": 2}}', 3, 3],
  ['{"a" : 1, "a"\n:\t2}', 2, 2],
  ['{"a\\\\": 1, "a\\"": 2}', 2, 2],
  ['["\\":", "x:"]', 0, 0],
  ['[":"]', 0, 1],
  ['{}', 0, 0],
])('%s has %d keys, quickly counted %d', (text, exact, quick) => {
  expect([keysIn(text), mostKeysIn(text)]).toEqual([exact, quick]);
});

test('depth is counted outside of texts, also in what is not valid', () => {
  expect(isDeeperThan('[[[]]]', 3)).toBe(false);
  expect(isDeeperThan('[[[[', 3)).toBe(true);
  expect(isDeeperThan('["[[[[[", {"{{{": "\\"[[[["}]', 2)).toBe(false);
  expect(isDeeperThan('[[]][[]][[]]', 2)).toBe(false);
  expect(isDeeperThan('"[[[[', 1)).toBe(false);
});
