import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { Files, folderWith } from '../support/files';
import { Npx, npxOfSources } from '../support/npx';

interface Hook { readonly id: string; readonly entry: string; readonly args: readonly string[]; readonly files: string; readonly language: string }

/** `.ci/smoke-pre-commit` has pre-commit itself run them, where it can be installed. */
const HOOKS = load(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[];
const [CHECK, FIX] = HOOKS;

let npx: Npx;
beforeAll(async () => { npx = await npxOfSources(); });

/** As pre-commit does: the words of the entry, then the arguments, then those files of the commit that the pattern fits. */
function run({ entry, args, files: pattern }: Hook, files: Files, given = args): { readonly status: number | null; readonly out: string } {
  const [command, ...words] = entry.split(' ');
  const named = Object.keys(files).filter(file => new RegExp(pattern).test(file));
  const { status, stdout, stderr } = spawnSync(command, [...words, ...given, ...named], { cwd: folderWith(files), env: { ...process.env, PATH: npx.path }, encoding: 'utf8' });
  return { status, out: stdout + stderr };
}

const WEAK = 'Resources:\n  Host:\n    Type: AWS::EC2::LaunchTemplate\n    Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: optional } } }\n';
const OTHERS: Files = { 'package.json': '{}', '.github/workflows/a.yml': 'on: push\n', 'values.yaml': 'a: {{ .b }}\n', 'list.json': '[1]', 'README.md': '# Resources' };

test('both hooks have the ids that are public, and run a program that the clone need not have', () => {
  expect(HOOKS.map(({ id }) => id)).toEqual(['imds-guard-check', 'imds-guard-fix']);
  HOOKS.forEach(({ language, entry }) => {
    expect(language).toBe('system');
    expect(entry).toMatch(/^npx --yes imds-guard@\d+\.\d+\.\d+ (check|fix)\b/);
  });
});

test.each(['a.json', 'stacks/a.yaml', 'a.yml', 'a.template', 'a.cfn', 'x/a.tpl'])('the file of a template is looked at: %s', file => {
  HOOKS.forEach(({ files }) => expect(new RegExp(files).test(file)).toBe(true));
});

test.each(['a.ts', 'json', 'a.json.md'])('other files are not: %s', file => HOOKS.forEach(({ files }) => expect(new RegExp(files).test(file)).toBe(false)));

test('check fails for a weak template among files that are none', () => {
  const { status, out } = run(CHECK, { ...OTHERS, 'web.yaml': WEAK });
  expect({ status, out }).toEqual({ status: 1, out: expect.stringContaining('imdsv1-allowed') });
  expect(readFileSync(npx.asked, 'utf8')).toMatch(/^--yes\nimds-guard@\d+\.\d+\.\d+\n$/);
});

test('check passes for a strict one, and where no file is a template', () => {
  expect(run(CHECK, { ...OTHERS, 'web.yaml': WEAK.replace('optional', 'required') })).toMatchObject({ status: 0 });
  expect(run(CHECK, OTHERS)).toMatchObject({ status: 0, out: expect.not.stringContaining('imds-guard:') });
});

test('check says that a broken template cannot be read', () => {
  expect(run(CHECK, { 'web.yaml': `${WEAK}  Other: { Type: AWS::EC2::Instance\n` })).toMatchObject({ status: 2, out: expect.stringContaining('web.yaml') });
});

test('fix edits a weak template among files that are none, and passes where no file is a template', () => {
  expect(run(FIX, { ...OTHERS, 'web.yaml': WEAK })).toEqual({ status: 0, out: expect.stringContaining('web.yaml: edited Host\n') });
  expect(run(FIX, OTHERS)).toMatchObject({ status: 0 });
});

test('check takes no name of a file for an option, and takes options of the user', () => {
  expect(run(CHECK, { '--cannot-tell=x.yaml': WEAK })).toMatchObject({ status: 1 });
  expect(run(CHECK, { 'web.yaml': WEAK }, ['--max-hop-limit=65', '--'])).toMatchObject({ status: 2, out: expect.stringContaining('--max-hop-limit') });
});
