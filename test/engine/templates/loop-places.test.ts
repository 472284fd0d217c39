import { loopPlaceOf } from '../../../src/engine/templates/loop-places';
import * as wildcard from '../../../src/engine/text/wildcard';

const body = (key: string): object => ({ [key]: { Type: 'AWS::EC2::Instance' } });
const loop = (key: string): unknown => ['X', ['1', '2'], body(key)];

test('a resource is found in the loop that makes it, and in none where two may', () => {
  const resources = { 'Plain': {}, 'Fn::ForEach::A': loop('Web${X}'), 'Fn::ForEach::B': loop('Db&{X}Host'), 'Fn::ForEach::C': loop('${X}Host'), 'Fn::ForEach::D': loop('We${X}') };

  expect(loopPlaceOf(resources, 'We1')).toEqual(expect.objectContaining({ path: ['Fn::ForEach::D', '2', 'We${X}'], loops: ['Fn::ForEach::D'] }));
  expect(loopPlaceOf(resources, '1Host')).toMatchObject({ loops: ['Fn::ForEach::C'] });
  expect(loopPlaceOf(resources, 'Web1')).toBeUndefined();
  expect(loopPlaceOf(resources, 'Db1Host')).toBeUndefined();
  expect(loopPlaceOf(resources, 'Plain')).toBeUndefined();
  expect(loopPlaceOf(resources, 'Other')).toBeUndefined();
  expect(loopPlaceOf(undefined, 'Other')).toBeUndefined();
});

test('thousands of loops are not all held against each resource', () => {
  const matches = jest.spyOn(wildcard, 'matches');
  const startsWith = jest.spyOn(String.prototype, 'startsWith');
  const count = 2000;
  const names = Array.from({ length: count }, (_, i) => `Host${i}x`);
  const resources = Object.fromEntries(names.map((name, i) => [`Fn::ForEach::L${i}`, loop(`${name}\${X}`)]));

  names.forEach((name, i) => expect(loopPlaceOf(resources, `${name}1`)?.loops).toEqual([`Fn::ForEach::L${i}`]));

  const looks = matches.mock.calls.length + startsWith.mock.calls.length;
  startsWith.mockRestore();
  expect(looks).toBeLessThan(count * 20);
});
