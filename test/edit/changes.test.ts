import { Change, changesBetween, withChanges } from '../../src/edit/changes';
import { spliced } from '../../src/edit/splice';
import { lineStart } from '../../src/edit/syntax';

const COUNT = 20_000;
const ids = Array.from({ length: COUNT }, (_, i) => `I${i}`);

test('tens of thousands of changes may be in one map, and what was given stays as it is', () => {
  const Resources = Object.fromEntries(ids.map(id => [id, { Properties: { List: ['a'] } }]));
  const changes = ids.flatMap((id): Change[] => [
    { kind: 'insert', path: ['Resources', id, 'Properties'], entries: { New: id } },
    { kind: 'prepend', path: ['Resources', id, 'Properties', 'List'], element: 'b' },
    { kind: 'set', path: ['Resources', id, 'Properties', 'List', 0], value: 'c' },
  ]);

  const after = withChanges({ Resources }, changes);

  expect(JSON.stringify(after)).toBe(JSON.stringify({ Resources: Object.fromEntries(ids.map(id => [id, { Properties: { List: ['b', 'c'], New: id } }])) }));
  expect(Resources.I0).toEqual({ Properties: { List: ['a'] } });
}, 20_000); // with a copy of the map for each change it takes minutes

test.each<[unknown, unknown]>([
  [{ A: { B: 1 } }, { A: { B: 2 }, C: 3 }],
  [JSON.parse('{"__proto__":{"B":1},"A":[1]}'), JSON.parse('{"__proto__":{"B":2},"A":[1,2]}')],
])('changes make of %j what they are made from', (before, after) => {
  const made = withChanges(before, changesBetween(before, after));
  expect(Object.keys(made as object)).toEqual(Object.keys(after as object));
  expect(JSON.stringify(made)).toBe(JSON.stringify(after).replace('[1,2]', '[2,1]'));
});

test('splices are made from the end, and of two in one place the later comes first', () => {
  expect(spliced('abcdef', [{ at: 1, remove: 2, text: 'X' }, { at: 4, remove: 0, text: 'Y' }, { at: 4, remove: 0, text: 'Z' }])).toBe('aXdZYef');
  expect(spliced('abc', [{ at: 0, remove: 0, text: '<' }, { at: 3, remove: 0, text: '>' }])).toBe('<abc>');
  expect(spliced('abc', [])).toBe('abc');
});

test.each([['a\nbc', 3, 2], ['a\r\nbc', 4, 3], ['a\rbc', 3, 2], ['a\nb\rc', 4, 4], ['abc', 2, 0], ['\nabc', 0, 0], ['a\n', 2, 2]])('the line of %j at %i begins at %i', (text, offset, start) => {
  expect(lineStart(text, offset)).toBe(start);
});
