import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadPage, PageFile, parsePage } from './rule-page-file';
import { SharedTexts } from './shared-texts';
import type { WrittenPage } from '../src/cli/rule-pages';
import { isExemptable } from '../src/engine/exemptions/exemptions';
import { RULE_IDS, RuleId, RULES } from '../src/engine/findings/rules';

/** The heading of each section, and what it is in a page. */
const SECTIONS = {
  'Why': 'why',
  'What AWS refuses': 'refused',
  'No templates': 'withoutTemplates',
  'Fix': 'fix',
  'No exemption': 'exempt',
} as const;
const FACTS = { aws: 'page', options: 'options', day: 'day' } as const;
const FILES = ['page.md', 'fails.yaml', 'passes.yaml'];
const TARGET = 'src/cli/rule-pages.generated.ts';

/** The module with every page of the folder. */
export function pagesModule(folder = 'rules'): string {
  const shared = new SharedTexts(folder);
  const unknown = readdirSync(folder).find(name => !['shared', 'README.md', ...RULE_IDS].includes(name));
  if (unknown !== undefined) { throw new BadPage(join(folder, unknown), 'there is no such rule in src/engine/findings/rules.ts'); }
  const pages = RULE_IDS.map(rule => `  '${rule}': {\n${properties(readPage(folder, rule, shared))}\n  },`);
  return [
    '// Generated from rules/ by projenrc/write-rule-pages.ts, do not edit.',
    'export const WRITTEN_PAGES = {',
    ...pages,
    '} as const;',
    '',
  ].join('\n');
}

function readPage(folder: string, rule: RuleId, shared: SharedTexts): WrittenPage {
  const home = join(folder, rule);
  const file = join(home, 'page.md');
  if (!existsSync(file)) { throw new BadPage(file, 'it is missing'); }
  const odd = readdirSync(home).find(name => !FILES.includes(name));
  if (odd !== undefined) { throw new BadPage(join(home, odd), `expected nothing but ${FILES.join(', ')}`); }

  const page = parsePage(file, shared.inPage(file, readFileSync(file, 'utf8')));
  if (page.title !== RULES[rule].about) { throw new BadPage(file, `the title is "${RULES[rule].about}" in src/engine/findings/rules.ts`); }
  const [failing, passing] = ['fails.yaml', 'passes.yaml'].map(name => templateIn(join(home, name), shared));
  if ((failing === undefined) !== (passing === undefined)) { throw new BadPage(home, 'fails.yaml and passes.yaml go together'); }
  checkSections(file, page, {
    'Why': true,
    'Fix': true,
    'No exemption': !isExemptable(rule),
    'No templates': failing === undefined,
  });
  const code = page.sections.get('Fix')!.code;
  return {
    ...wordsOf(file, page),
    ...code === undefined ? {} : { cdk: shared.code(file, code.text) },
    ...exemption(rule, shared),
    ...failing === undefined ? {} : { failing, passing },
  };
}

function templateIn(path: string, shared: SharedTexts): string | undefined {
  return existsSync(path) ? shared.code(path, readFileSync(path, 'utf8')) : undefined;
}

/** The sections that there have to be, by whether they have to; those that are not named may be there or not. */
function checkSections(file: string, { sections }: PageFile, expected: { readonly [heading: string]: boolean }): void {
  for (const [heading, { words, code }] of sections) {
    if (!(heading in SECTIONS)) { throw new BadPage(file, `"## ${heading}" is none of the sections ${Object.keys(SECTIONS).join(', ')}`); }
    if (words === '') { throw new BadPage(file, `"## ${heading}" is empty`); }
    if (code !== undefined && heading !== 'Fix') { throw new BadPage(file, `code belongs to "## Fix", not to "## ${heading}"`); }
  }
  for (const [heading, isExpected] of Object.entries(expected)) {
    if (sections.has(heading) !== isExpected) { throw new BadPage(file, `the section "## ${heading}" ${isExpected ? 'is missing' : 'does not apply to this rule'}`); }
  }
}

function wordsOf(file: string, { facts, sections }: PageFile): WrittenPage {
  const odd = Object.keys(facts).find(name => !(name in FACTS));
  if (odd !== undefined) { throw new BadPage(file, `"${odd}" is none of ${Object.keys(FACTS).join(', ')}`); }
  if (facts.aws === undefined) { throw new BadPage(file, '"aws", the page of AWS, is missing'); }
  return Object.fromEntries([
    ...[...sections].map(([heading, { words }]) => [SECTIONS[heading as keyof typeof SECTIONS], words]),
    ...Object.entries(facts).map(([name, value]) => [FACTS[name as keyof typeof FACTS], value]),
  ]) as WrittenPage;
}

/** What is the same for every rule that can be exempted. */
function exemption(rule: RuleId, shared: SharedTexts): Partial<Pick<WrittenPage, 'exempt' | 'exemptCode'>> {
  if (!isExemptable(rule)) { return {}; }
  const isAdvice = RULES[rule].verdict === 'advice';
  return {
    exempt: shared.word(isAdvice ? 'needs-no-exemption' : 'how-to-exempt'),
    exemptCode: shared.code('rules/shared', `shared: ${isAdvice ? 'acknowledge' : 'exempt'}.md\nrule: ${rule}`),
  };
}

/** Template literals, so that a change of a page is a change of those lines. */
function properties(page: WrittenPage): string {
  return Object.entries(page).map(([name, text]) => `    ${name}: \`${String(text).replace(/[\\`]|\$\{/g, '\\$&')}\`,`).join('\n');
}

if (require.main === module) {
  try {
    writeFileSync(TARGET, pagesModule());
  } catch (error) {
    if (!(error instanceof BadPage)) { throw error; }
    console.error(error.message);
    process.exitCode = 1;
  }
}
