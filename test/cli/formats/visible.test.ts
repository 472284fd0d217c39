import { HOSTILE } from './any-report';
import { clipped, visible, wellFormed } from '../../../src/engine/text/visible';

test('ordinary text stays as it is, in any language', () => {
  for (const text of ['Production/Web/Server', 'naïve 試験 🦊', '{"Ref":"x"}', 'a :: b # c', '']) {
    expect(visible(text)).toBe(text);
  }
});

test.each([
  ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t'], ['\u001B', '\\u001b'], ['\u0000', '\\u0000'], ['\u0085', '\\u0085'],
  ['\u2028', '\\u2028'], ['\u202E', '\\u202e'], ['\u200B', '\\u200b'], ['\uFEFF', '\\ufeff'], ['\uD800', '\\ud800'], ['\uFFFE', '\\ufffe'],
])('%j is shown as an escape', (character, escape) => {
  expect(visible(`a${character}b`)).toBe(`a${escape}b`);
});

test.each(['##[group]x', '##vso[build.x]'])('%s is no command any more', command => {
  expect(visible(`x ${command}`)).toBe(`x \\u0023${command.slice(1)}`);
});

test('whatever the text, it is one line without controls', () => {
  for (const text of HOSTILE) {
    expect(visible(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  }
});

test('text is cut at its length, not within a character of two halves', () => {
  expect(clipped('abcdef', 6)).toBe('abcdef');
  expect(clipped('abcdefg', 6)).toBe('abcde…');
  expect(clipped('abcd🦊fg', 6)).toBe('abcd\uFFFD…');
});

test('halves of pairs become the replacement character, pairs stay', () => {
  expect(wellFormed('a\uD800b🦊\uDC00')).toBe('a\uFFFDb🦊\uFFFD');
});
