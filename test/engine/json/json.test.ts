import { branchesOf, intrinsicOf, isAbsent, isObject, isSame, stringsIn } from '../../../src/engine/json/json';

test.each([
  [{}, true], [{ Ref: 'A' }, true], [[], false], [null, false], ['a', false], [undefined, false],
])('%j is an object: %s', (value, expected) => expect(isObject(value)).toBe(expected));

test.each<[unknown, string | undefined]>([
  [{ Ref: 'A' }, 'Ref'],
  [{ 'Fn::Sub': 'x' }, 'Fn::Sub'],
  [{ Condition: 'C' }, 'Condition'],
  [{ HttpTokens: 'required' }, undefined],
  [{ 'Fn::Sub': 'x', 'HttpTokens': 'required' }, undefined],
  [{}, undefined],
  ['Ref', undefined],
])('%j is the intrinsic function %s', (value, name) => expect(intrinsicOf(value)?.name).toBe(name));

test.each<[unknown, boolean]>([
  [undefined, true], [null, true], [{ Ref: 'AWS::NoValue' }, true], [{ Ref: 'A' }, false], ['', false], [0, false], [false, false], [{}, false],
])('%j is absent: %s', (value, expected) => expect(isAbsent(value)).toBe(expected));

test.each<[unknown, unknown]>([
  [{ 'Fn::If': ['C', 1, 2] }, ['C', 1, 2]],
  [{ 'Fn::If': ['C', 1] }, undefined],
  [{ 'Fn::If': 'C' }, undefined],
  [{ 'Fn::If': ['C', 1, 2], 'HttpTokens': 'required' }, undefined],
  [{ 'Fn::Or': ['C', 1, 2] }, undefined],
])('the branches of %j are %j', (value, branches) => expect(branchesOf(value)).toEqual(branches));

test.each<[unknown, unknown, boolean]>([
  ['2', 2, true], [true, 'true', true], ['required', 'required', true], ['optional', 'required', false],
  [['required'], 'required', false], [{ toString: 1 }, 'required', false], [null, 'null', false],
])('%j is the same as %j: %s', (value, wanted, expected) => expect(isSame(value, wanted)).toBe(expected));

test('finds every string in a value', () => {
  expect(stringsIn({ 'Fn::Join': ['', ['a', { Ref: 'b' }, 3, null]] })).toEqual(['', 'a', 'b']);
});
