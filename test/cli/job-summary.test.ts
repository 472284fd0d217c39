import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { load } from 'js-yaml';
import { blocksOf, page } from '../docs/pages';
import { imdsGuard, Ran } from '../support/terminal';

const MIB = 1024 * 1024;

let cwd: string;
let summary: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'imds-job-summary-'));
  summary = join(cwd, 'step_summary');
  mkdirSync(join(cwd, 'cdk.out'));
  templateWith({ Web: { Type: 'AWS::EC2::Instance' } });
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function templateWith(resources: object): void {
  writeFileSync(join(cwd, 'cdk.out/web.json'), JSON.stringify({ Resources: resources }));
}

function check(...args: string[]): Promise<Ran> {
  return imdsGuard(cwd, ['check', 'cdk.out', ...args], { env: { GITHUB_STEP_SUMMARY: summary } });
}

test('the recipe adds the report to what the step has written, and the step still fails, in the shell of a workflow', () => {
  const recipe = blocksOf(page('docs/ci-commands.md')).map(({ text }) => text).find(text => text.includes('GITHUB_STEP_SUMMARY'))!;
  const [{ run }] = load(recipe) as { run: string }[];
  const bundle = join(cwd, 'bundle.js');
  const entryPoints = [join(__dirname, '../../src/cli/main.ts')];
  buildSync({ entryPoints, bundle: true, platform: 'node', mainFields: ['module', 'main'], outfile: bundle, footer: { js: 'main();' }, logLevel: 'error' });
  mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(cwd, 'node_modules/.bin/imds-guard'), `#!/bin/sh\nexec '${process.execPath}' '${bundle}' "$@"\n`);
  chmodSync(join(cwd, 'node_modules/.bin/imds-guard'), 0o755);
  writeFileSync(summary, ''); // as the runner does before a step
  writeFileSync(join(cwd, 'step.sh'), `echo "### Built" >> $GITHUB_STEP_SUMMARY\n${run}\necho "never" >> $GITHUB_STEP_SUMMARY\n`);

  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
  const { status, stdout, stderr } = spawnSync('bash', ['-e', 'step.sh'], { cwd, encoding: 'utf-8', env: { ...process.env, GITHUB_STEP_SUMMARY: summary } });

  expect([status, stderr]).toEqual([1, '']);
  expect(stdout).toContain('::error');
  expect(readFileSync(summary, 'utf-8')).toMatch(/^### Built\n\n## ❌ imds-guard: failed: 1 resource with violations, 1 finding\n\n[^]*<code>imdsv2-not-required<\/code>[^]*\n$/);
});

test.each([
  ['nothing', '', ''], ['a line', 'a line\n', '\n'], ['half a line', 'half', '\n\n'], ['a paragraph that is closed', 'closed\n\n', ''],
])('begins a heading of its own behind %s', async (_, there, gap) => {
  writeFileSync(summary, there);
  await check('--format', `markdown=${summary}`);

  expect(readFileSync(summary, 'utf-8').startsWith(`${there}${gap}## ❌ imds-guard`)).toBe(true);
});

test('is there also where there is no file yet, by another way to it, and for other commands', async () => {
  await check('--format', 'markdown=step_summary');
  symlinkSync(summary, join(cwd, 'link'));
  await check('--format', 'markdown=link', '--format', 'json=report.json');
  await imdsGuard(cwd, ['summary', 'report.json', '--format', `markdown=${summary}`], { env: { GITHUB_STEP_SUMMARY: summary } });

  expect(readFileSync(summary, 'utf-8').match(/^## .*/gm)).toEqual([
    expect.stringContaining('imds-guard: failed'), expect.stringContaining('imds-guard: failed'), expect.stringContaining('1 report'),
  ]);
});

test('any other file is replaced', async () => {
  for (const env of [{ GITHUB_STEP_SUMMARY: summary }, { GITHUB_STEP_SUMMARY: '' }, {}]) {
    writeFileSync(join(cwd, 'other.md'), 'before\n');
    await imdsGuard(cwd, ['check', 'cdk.out', '--format', 'markdown=other.md'], { env });

    expect(readFileSync(join(cwd, 'other.md'), 'utf-8')).toMatch(/^## /);
    expect(existsSync(summary)).toBe(false);
  }
});

test('has room for more than a comment has', async () => {
  templateWith(Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`Server${i}${'x'.repeat(40)}`, { Type: 'AWS::EC2::Instance' }])));
  await check('--format', `markdown=${summary}`, '--format', 'markdown=comment.md');

  expect(readFileSync(summary, 'utf-8')).not.toContain('left out');
  expect(statSync(join(cwd, 'comment.md')).size).toBeLessThanOrEqual(65_536);
  expect(readFileSync(join(cwd, 'comment.md'), 'utf-8')).toMatch(/… and \d+ more, left out for want of room/);
});

test('is cut where GitHub would take no more, whatever characters are in it', async () => {
  templateWith(Object.fromEntries(Array.from({ length: 6_000 }, (_, i) => [`Server${i}${'ü'.repeat(100)}`, { Type: 'AWS::EC2::Instance' }])));
  writeFileSync(summary, `${'x'.repeat(1_000)}\n`);
  const { exitCode } = await check('--format', `markdown=${summary}`);

  expect(exitCode).toBe(1);
  expect(statSync(summary).size).toBeLessThanOrEqual(MIB);
  expect(statSync(summary).size).toBeGreaterThan(0.95 * MIB);
  expect(readFileSync(summary, 'utf-8')).toMatch(/… and \d+ more, left out for want of room\. `--format json` has all\./);
});

test('is left as it is where there is no room at all, which is said', async () => {
  writeFileSync(summary, 'x'.repeat(MIB - 50));
  const { exitCode, stderr } = await check('--format', `markdown=${summary}`);

  expect([exitCode, statSync(summary).size]).toEqual([1, MIB - 50]);
  expect(stderr).toContain('imds-guard: the report is not in the job summary, which has no room for it: GitHub takes 1 MiB from a step; give the check a step of its own\n');
});

test('what cannot be written is a mistake of the user', async () => {
  summary = join(cwd, 'cdk.out');
  expect(await check('--format', `markdown=${summary}`)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('it cannot be written (EISDIR)') });
});
