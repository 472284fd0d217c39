import { checkSettings, isHopLimit } from '../../../src/engine/surfaces/settings';

test.each<[unknown, boolean]>([[1, true], [64, true], [0, false], [65, false], [1.5, false], ['2', false], [NaN, false], [undefined, false]])(
  '%p is a hop limit: %s', (value, expected) => expect(isHopLimit(value)).toBe(expected),
);

test.each([[{}], [{ httpPutResponseHopLimit: 1 }], [{ httpPutResponseHopLimit: 64, maxHttpPutResponseHopLimit: 64 }], [{ httpEndpoint: false }]])(
  'takes %j', settings => expect(() => checkSettings(settings)).not.toThrow(),
);

test.each<[object, string]>([
  [{ httpPutResponseHopLimit: 0 }, '\'httpPutResponseHopLimit\' must be a whole number from 1 to 64, got 0; see https://docs.aws.amazon.com/'],
  [{ maxHttpPutResponseHopLimit: 65 }, '\'maxHttpPutResponseHopLimit\' must be a whole number from 1 to 64, got 65;'],
  [{ httpPutResponseHopLimit: 1.5 }, 'got 1.5;'],
  [{ httpPutResponseHopLimit: NaN }, 'got NaN;'],
  [{ httpPutResponseHopLimit: -Infinity }, 'got -Infinity;'],
  [{ httpPutResponseHopLimit: '2' }, 'got "2";'],
  [{ httpPutResponseHopLimit: null }, 'got null;'],
  [{ httpPutResponseHopLimit: -1.8881545897087827e+289 }, 'got a token, whose value is not known at synthesis;'],
  [{ httpPutResponseHopLimit: 3, maxHttpPutResponseHopLimit: 2 }, '\'httpPutResponseHopLimit\' 3 is above \'maxHttpPutResponseHopLimit\' 2'],
])('refuses %p', (settings, message) => expect(() => checkSettings(settings)).toThrow(message));
