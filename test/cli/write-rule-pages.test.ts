import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pagesModule } from '../../projenrc/write-rule-pages';

const ROOT = join(__dirname, '../..');
const GENERATED = 'src/cli/rule-pages.generated.ts';
const PAGE = 'rules/hop-limit-too-high/page.md';
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'write-rule-pages-'));
  cpSync(join(ROOT, 'rules'), join(cwd, 'rules'), { recursive: true });
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

test('the module is in step with the files', () => {
  expect(readFileSync(join(ROOT, GENERATED), 'utf8')).toBe(pagesModule(join(ROOT, 'rules')));
});

test('an edit of a page is an edit of its text in the module', () => {
  edit(PAGE, 'Lower the limit.', 'Lower `${the}`\n\\limit.');

  expect(pagesModule(join(cwd, 'rules'))).toContain('fix: `Lower \\`\\${the}\\` \\\\limit. With');
});

test('shared code of several lines stands as deep as its name', () => {
  expect(pagesModule(join(cwd, 'rules'))).toContain('\n            TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token \\\\\n              -H ');
});

describe('one line says what is wrong with', () => {
  test.each<[string, () => void, string]>([
    ['words outside a section', () => edit(PAGE, '## Why', ''), 'there are words between the title and the first "## "'],
    ['a missing section', () => edit(PAGE, /## Fix[^]*/, ''), 'the section "## Fix" is missing'],
    ['a section that is empty', () => edit(PAGE, /## Why[^]*## What/, '## Why\n\n## What'), '"## Why" is empty'],
    ['a section twice', () => edit(PAGE, '## What AWS refuses', '## Why'), 'there are two sections "## Why"'],
    ['a section of another name', () => edit(PAGE, '## Why', '## Because'), '"## Because" is none of the sections Why, What AWS refuses, No templates, Fix, No exemption'],
    ['a section that does not apply', () => edit(PAGE, '## Fix', '## No templates\n\nNone.\n\n## Fix'), 'the section "## No templates" does not apply to this rule'],
    ['two paragraphs', () => edit(PAGE, 'for others, ', 'for others,\n\n'), '"## Why" is one paragraph'],
    ['code elsewhere', () => edit(PAGE, '## Fix', '```ts\ncode\n```\n\n## Fix'), 'code belongs to "## Fix", not to "## What AWS refuses"'],
    ['code that does not end', () => edit(PAGE, /```\n$/, ''), '"## Fix" ends with one block of code between two lines of three backticks'],
    ['another title', () => edit(PAGE, '# The hop limit', '# A hop limit'), 'the title is "The hop limit is above the maximum" in src/engine/findings/rules.ts'],
    ['no front matter', () => edit(PAGE, '---\n', ''), 'a page begins with front matter between two lines of --- and "# " with its title'],
    ['an unknown fact', () => edit(PAGE, 'options:', 'option:'), '"option" is none of aws, options, day'],
    ['no page of AWS', () => edit(PAGE, /aws: .*\n/, ''), '"aws", the page of AWS, is missing'],
    ['an unknown word', () => edit(PAGE, '{{user-guide}}', '{{userguide}}'), 'nothing is known for {{userguide}}'],
    ['YAML that is none', () => edit(PAGE, 'options: ', 'options: ['), 'unexpected end of the stream within a flow collection'],
  ])('%s', (_, spoil, problem) => {
    spoil();

    expect(() => pagesModule(join(cwd, 'rules'))).toThrow(new Error(`${join(cwd, PAGE)}: ${problem}`));
  });

  test.each<[string, () => void, string]>([
    ['an unknown rule', () => mkdirSync(join(cwd, 'rules/hop-limit')), 'hop-limit: there is no such rule in src/engine/findings/rules.ts'],
    ['a rule without a folder', () => remove('rules/hop-limit-too-high'), 'hop-limit-too-high/page.md: it is missing'],
    ['a folder without a page', () => remove(PAGE), 'hop-limit-too-high/page.md: it is missing'],
    ['one template alone', () => remove('rules/hop-limit-too-high/fails.yaml'), 'hop-limit-too-high: fails.yaml and passes.yaml go together'],
    ['templates that are missing', () => ['fails', 'passes'].forEach(name => remove(`rules/hop-limit-too-high/${name}.yaml`)), 'hop-limit-too-high/page.md: the section "## No templates" is missing'],
    ['another file', () => writeFileSync(join(cwd, 'rules/hop-limit-too-high/fail.yaml'), ''), 'hop-limit-too-high/fail.yaml: expected nothing but page.md, fails.yaml, passes.yaml'],
    ['shared code that is not there', () => remove('rules/shared/hosts.yaml'), 'hop-limit-too-high/passes.yaml: there is no CWD/rules/shared/hosts.yaml'],
    ['shared code that is incomplete', () => edit('rules/exemption-unused/passes.yaml', 'until', 'til'), 'exemption-unused/passes.yaml: nothing is known for {{until}}'],
    ['shared code that is none', () => edit('rules/shared/group-of-hosts.md', /```[^]*/, ''), 'shared/group-of-hosts.md: it ends with one block of code'],
    ['no shared words', () => remove('rules/shared/words.yaml'), 'shared/words.yaml: it is missing'],
    ['words that are none', () => edit('rules/shared/words.yaml', /[^]*/, '- a'), 'shared/words.yaml: expected lines of "name: text"'],
  ])('%s', (_, spoil, problem) => {
    spoil();

    expect(() => pagesModule(join(cwd, 'rules'))).toThrow(new Error(`${join(cwd, 'rules')}/${problem.replace('CWD', cwd)}`));
  });

  test('a page, on standard error, and nothing is written', () => {
    edit(PAGE, '## Why', '## Because');

    const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', join(ROOT, 'projenrc/write-rule-pages.ts')], {
      cwd, encoding: 'utf8', env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules'), TS_NODE_PROJECT: join(ROOT, 'tsconfig.dev.json') },
    });

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^rules\/hop-limit-too-high\/page\.md: "## Because" is none of the sections [^\n]+\n$/);
  });
});

function edit(file: string, from: string | RegExp, to: string): void {
  const path = join(cwd, file);
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, before.replace(from, () => to));
  expect(readFileSync(path, 'utf8')).not.toBe(before);
}

function remove(file: string): void {
  rmSync(join(cwd, file), { recursive: true });
}
