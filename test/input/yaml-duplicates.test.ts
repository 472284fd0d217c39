import * as fc from 'fast-check';
import { load, YAMLException } from 'js-yaml';
import { yamlDuplicates } from '../../src/input/yaml-duplicates';
import { YAML_OPTIONS } from '../../src/input/yaml-options';

const KEYS = ['a', '"a"', "'a'", 'b', '1', '"1"', 'yes', 'true', 'a b', 'x:y', '"a: b"', '!!str a'];
const SCALARS = ['a', '"a: b"', 'what ?', '', '1', '!Ref a', '":"', '- a'.slice(2)];

type Node = string | { readonly style: 'block' | 'flow' | 'asked'; readonly pairs: readonly (readonly [string, Node])[] } | { readonly items: readonly Node[] };

const { node } = fc.letrec<{ node: Node }>(tie => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Node>(...SCALARS),
    fc.record({
      style: fc.constantFrom('block', 'flow', 'asked'),
      pairs: fc.array(fc.tuple(fc.constantFrom(...KEYS), tie('node')), { minLength: 1, maxLength: 5 }),
    }) as fc.Arbitrary<Node>,
    fc.record({ items: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Node>,
  ),
}));

function flow(value: Node): string {
  if (typeof value === 'string') { return value === '' ? '~' : value; }
  if ('items' in value) { return `[${value.items.map(flow).join(', ')}]`; }
  return `{ ${value.pairs.map(([key, each]) => `${value.style === 'asked' ? '? ' : ''}${key} : ${flow(each)}`).join(', ')} }`;
}

function block(value: Node, indent = ''): string {
  if (typeof value === 'string') { return ` ${value}`; }
  if ('items' in value) { return value.items.map(each => `\n${indent}-${block(each === '' ? '~' : each, `${indent}  `)}`).join(''); }
  if (value.style === 'flow') { return ` ${flow(value)}`; }
  return value.pairs.map(([key, each]) => (
    value.style === 'asked' ? `\n${indent}? ${key}\n${indent}:${block(each, `${indent}  `)}` : `\n${indent}${key}:${block(each, `${indent}  `)}`
  )).join('');
}

/** Where js-yaml stops. */
function firstOf(text: string): number | undefined {
  try {
    load(text, YAML_OPTIONS);
    return undefined;
  } catch (error) {
    expect((error as YAMLException).reason).toBe('duplicated mapping key');
    return (error as YAMLException).mark.position;
  }
}

test('the keys that js-yaml stops at are found, and no others', () => {
  fc.assert(fc.property(node, value => {
    const text = `top:${block(value, '  ')}\n`;
    const first = firstOf(text);
    const found = yamlDuplicates(text).map(({ start }) => start);
    expect(found.includes(first ?? -1) || found.length === 0).toBe(true);
    expect(found.length > 0).toBe(first !== undefined);
  }), { numRuns: 1000 });
});

test('each is told with its name and how many stand before it', () => {
  expect(yamlDuplicates('a: 1\nb: { c: 1, c: 2 }\n"a": 3\n? a\n: 4\n')).toEqual([
    { key: 'c', times: 1, start: 16, end: 17 }, { key: 'a', times: 1, start: 23, end: 26 }, { key: 'a', times: 2, start: 31, end: 33 },
  ]);
});
