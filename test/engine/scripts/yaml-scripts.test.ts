import { yamlScripts } from '../../../src/engine/scripts/yaml-scripts';

const scripts = (...lines: string[]): object[] => yamlScripts(lines.join('\n'), ['commands']).map(({ text, lines: numbers }) => ({ text, numbers: numbers.join(' ') }));

test('a list of commands, beside its key or deeper', () => {
  expect(scripts('a:', '- commands:', '  - one  # why', "  - 'it''s two'", '  other: 1')).toEqual([{ text: "one\nit's two", numbers: '3 4' }]);
  expect(scripts('commands:', '    - one', '', '    # note', '    - two', 'b: c')).toEqual([{ text: 'one\ntwo', numbers: '2 5' }]);
});

test('texts of several lines keep their lines, and folded ones are one', () => {
  expect(scripts('commands:', '- |', '  one', '    two', '- >-', '  three', '  four', '- five')).toEqual([{ text: 'one\n  two\nthree four\nfive', numbers: '3 4 6 8' }]);
  expect(scripts('commands: |', '  one', '  two')).toEqual([{ text: 'one\ntwo', numbers: '2 3' }]);
});

test('quotes, flow lists and plain texts', () => {
  expect(scripts('commands: ["a \\"b\\"", \'c\',', '  d]')).toEqual([{ text: 'a "b"\nc\nd', numbers: '1 1 2' }]);
  expect(scripts('commands:', '- "a\\nb"', '- c', '  d')).toEqual([{ text: 'a\nb\nc d', numbers: '2 2 3' }]);
  expect(scripts('"commands": run {{ it }}')).toEqual([{ text: 'run {{ it }}', numbers: '1' }]);
});

test('what is no command is left out', () => {
  expect(scripts('parameters:', '  commands:', '    type: StringList', '    default: [a]')).toEqual([]);
  expect(scripts('description: |', '  commands:', '  - one', 'b: 1')).toEqual([]);
  expect(scripts('# commands: one', 'command: two', 'commands:')).toEqual([]);
});

test('a hostile text comes to an end soon', () => {
  const began = Date.now();
  yamlScripts(`${'commands:\n'.repeat(20_000)}${' '.repeat(200_000)}${'- '.repeat(100_000)}`, ['commands']);
  yamlScripts(`commands:\n${'- "\n'.repeat(20_000)}`, ['commands']);
  yamlScripts(`commands: ${'['.repeat(100_000)}`, ['commands']);
  expect(Date.now() - began).toBeLessThan(5_000);
});
