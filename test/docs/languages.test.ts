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
