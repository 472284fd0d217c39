import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, page, ROOT } from './pages';

/** What CI compiles and runs, in each language. */
const VERIFIED: readonly (readonly [language: string, file: string])[] = [
  ['python', '.ci/smoke-python'],
  ['java', '.ci/java/smoke/src/main/java/Smoke.java'],
  ['go', '.ci/go/main.go'],
];

test.each(VERIFIED)('the app in %s is the one of %s, which reads its template as well', (language, file) => {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  const [{ text }] = blocksOf(page('docs/languages.md')).filter(block => block.language === language);
  expect(text.split('\n').filter(line => !/app\.synth\(/i.test(line) && !lines.includes(line))).toEqual([]);
});

const SMOKE = ['javascript', 'python', 'java', 'go'].map(name => readFileSync(join(ROOT, '.ci', `smoke-${name}`), 'utf8'));

test.each(SMOKE.map(script => [script.split('\n')[1], script]))('CI checks what the app synthesized: %s', (_, script) => {
  expect(script).toMatch(/imds-guard"? check cdk\.out\b/);
});

test('each language says how to install, enforce and check', () => {
  const sections = page('docs/languages.md').split(/^## /m).slice(1);
  expect(sections.map(text => text.split('\n')[0])).toEqual(['TypeScript and JavaScript', 'Python', 'Java', 'Go', 'C#']);
  sections.forEach(text => {
    expect(text).toMatch(/^Install[^]+^Enforce[^]+^Check/m);
    expect(blocksOf(text)).toHaveLength(3);
  });
});
