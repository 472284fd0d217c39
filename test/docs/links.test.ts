import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { PAGES, proseOf, ROOT } from './pages';

const MAIN = /^https:\/\/(?:github\.com\/cdk-imds-guard\/cdk-imds-guard\/(?:blob|tree)\/main|raw\.githubusercontent\.com\/cdk-imds-guard\/cdk-imds-guard\/main)\//;

const linksIn = (text: string): string[] => [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
const isElsewhere = (link: string): boolean => /^[a-z]+:/.test(link) && !MAIN.test(link);

/** The anchors that GitHub gives the headings of a page. */
function anchorsIn(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
    let [anchor, n] = [slug, 0];
    while (anchors.has(anchor)) { anchor = `${slug}-${++n}`; }
    anchors.add(anchor);
  }
  return anchors;
}

/** What is wrong with a link of a page, if anything. */
function faultOf(link: string, page: string): string | undefined {
  const [path, anchor] = link.replace(MAIN, '').split('#');
  const file = MAIN.test(link) ? path : path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(ROOT, file))) { return `${page}: ${link}: there is no ${file}`; }
  if (anchor === undefined) { return undefined; }
  return anchorsIn(readFileSync(join(ROOT, file), 'utf8')).has(anchor) ? undefined : `${page}: ${link}: ${file} has no heading for #${anchor}`;
}

test.each([...PAGES])('every link of %s leads to a file and a heading that are there', (page, text) => {
  expect(linksIn(text).filter(link => !isElsewhere(link)).flatMap(link => faultOf(link, page) ?? [])).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  expect(faultOf('ci-commands.md#aws-codebuild', 'docs/enforce.md')).toBeUndefined();
  expect(faultOf('check.md#no-such', 'docs/enforce.md')).toContain('no heading');
  expect(faultOf('no-such.md', 'docs/enforce.md')).toContain('there is no docs/no-such.md');
  expect(faultOf('https://github.com/cdk-imds-guard/cdk-imds-guard/blob/main/docs/no-such.md', 'README.md')).toContain('there is no docs/no-such.md');
});

test('every link of the README is absolute, since npm, PyPI and Construct Hub show it too', () => {
  expect(linksIn(PAGES.get('README.md')!).filter(link => !link.startsWith('https://'))).toEqual([]);
});

test('the README leads to every page', () => {
  const linked = linksIn(PAGES.get('README.md')!).map(link => link.replace(MAIN, '').replace(/#.*/, ''));
  expect([...PAGES.keys()].filter(page => page !== 'README.md' && !linked.includes(page))).toEqual([]);
});
