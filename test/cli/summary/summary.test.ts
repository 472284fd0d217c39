import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from './fleet-folder';
import { failing, passing, textOf, undecided } from './sample-fleet';
import { Fleet } from '../../../src/cli/summary/fleet';
import { imdsGuard, Ran } from '../../support/terminal';
import { sampleReport, sampleReportWithProblems } from '../formats/sample-report';

let cwd: string;
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function summary(files: { readonly [path: string]: string | Buffer }, ...args: string[]): Promise<Ran> {
  cwd = folderWith(files);
  return imdsGuard(cwd, ['summary', ...args]);
}

async function fleetOf(files: { readonly [path: string]: string | Buffer }, ...args: string[]): Promise<Fleet> {
  const { stdout } = await summary(files, ...args, '--format', 'json');
  return JSON.parse(stdout) as Fleet;
}

const PASSES = textOf(passing());
const FAILS = textOf(failing());

describe('the exit code', () => {
  test.each<[string, { readonly [path: string]: string }, 0 | 1 | 2, string]>([
    ['0 where all passed', { 'a.json': PASSES, 'b.json': PASSES }, 0, 'passed'],
    ['0 where something is undecided, and says so', { 'a.json': PASSES, 'b.json': textOf(undecided()) }, 0, 'passed, 1 report undecided'],
    ['1 where one has violations', { 'a.json': PASSES, 'b.json': FAILS }, 1, 'failed: 1 of 2 reports'],
    ['2 where a check could not read everything', { 'a.json': FAILS, 'b.json': textOf(sampleReportWithProblems()) }, 2, 'incomplete: 1 check could not read everything, 1 failed'],
    ['2 where a report cannot be read', { 'a.json': FAILS, 'b.json': '' }, 2, 'incomplete: 1 report could not be read, 1 failed'],
  ])('is %s', async (_, files, exitCode, last) => {
    const ran = await summary(files, ...Object.keys(files));

    expect(ran).toMatchObject({ exitCode, stderr: '' });
    expect(ran.stdout.trimEnd().split('\n').at(-1)).toBe(last);
  });

  test.each([[[]], [['--format', 'sarif', 'a.json']], [['--output', 'x', 'a.json']], [['']]])('is 2 with one line for %j', async args => {
    const { exitCode, stdout, stderr } = await summary({ 'a.json': PASSES }, ...args);

    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^imds-guard: .+\n$/);
  });
});

describe('what cannot be read is told in a line, and the rest is summarized:', () => {
  const newer = JSON.stringify({ ...passing(), schemaVersion: 2 });
  test.each<[string, string | Buffer, string]>([
    ['an empty file', ' \n', 'it is empty'],
    ['a report that is cut off', PASSES.slice(0, -40), 'it is cut off or damaged'],
    ['one that is cut off at once', '{\n  "sch', 'it is cut off or damaged'],
    ['a newer format', newer, 'it is of a newer format (2) than this command knows (1); update imds-guard'],
    ['a template', '{"Resources":{}}', 'it is no report of `imds-guard check --format json`'],
    ['a text report', 'web  web.yaml', 'it is no JSON'],
    ['bytes', Buffer.from([0, 1, 2, 3, 0]), 'not text; name a report in JSON'],
    ['a report in which a part is missing', JSON.stringify({ ...passing(), findings: undefined }), 'it is no whole report'],
    ['a report of null parts', JSON.stringify({ ...passing(), findings: [null] }), 'it is no whole report'],
    ['an edited report', JSON.stringify({ ...failing(), exitCode: 0 }), 'it contradicts itself: exitCode is 0, but its lists say 1'],
    ['a report whose findings were taken out', JSON.stringify({ ...failing(), findings: [], exitCode: 0 }), 'it contradicts itself: newErrors is 1, but its lists have 0'],
  ])('%s', async (_, content, message) => {
    const { exitCode, stdout } = await summary({ 'bad.json': content, 'good.json': FAILS }, 'bad.json', 'good.json');

    expect(exitCode).toBe(2);
    expect(stdout.split('\n').filter(line => line.includes('error  bad.json: '))).toEqual([expect.stringContaining(`error  bad.json: ${message}`)]);
    expect(stdout).toMatch(/^bad +not readable +–/m);
    expect(stdout).toMatch(/^good +failed +1 +1/m);
  });

  test.each([['nowhere.json', 'there is no such file'], ['*.none', 'matches no file'], ['empty', 'no report of `imds-guard check --format json` in it']])(
    'the argument %s', async (argument, message) => {
      const { exitCode, stdout } = await summary({ 'good.json': FAILS, 'empty/readme.md': '' }, argument, 'good.json');

      expect(exitCode).toBe(2);
      expect(stdout).toContain(`error  ${argument}: ${message}`);
      expect(stdout).toMatch(/^good +failed/m);
    },
  );

  test('one that is a summary already', async () => {
    await summary({ 'a.json': PASSES }, 'a.json', '--format', 'json=fleet.json');
    const { exitCode, stdout } = await imdsGuard(cwd, ['summary', 'fleet.json']);

    expect(exitCode).toBe(2);
    expect(stdout).toContain('it is a summary already; name the reports that it was made of');
  });
});

describe('folders and globs', () => {
  const files = {
    'apps/shop/imds.json': FAILS,
    'apps/billing/imds.json': PASSES,
    'apps/billing/package.json': '{"name": "imds-guard"}',
    'apps/billing/tsconfig.json': '{ // with a comment\n}',
    'apps/billing/cdk.out/manifest.json': '{"artifacts": {}}',
    'apps/billing/node_modules/x/imds.json': FAILS,
    'apps/readme.md': '',
    'apps/picture.png': Buffer.from([0x89, 0, 1, 2]),
  };

  test.each([['apps'], ['apps/**/*.json'], ['apps/*/imds.json'], ['apps/*']])('%s: reports are found, and nothing else counts', async argument => {
    const { apps, exitCode } = await fleetOf(files, argument);

    expect(apps.map(({ name, verdict }) => [name, verdict])).toEqual([['shop', 'failed'], ['billing', 'passed']]);
    expect(exitCode).toBe(1);
  });

  test('what is passed over is told', async () => {
    const { stdout } = await summary(files, 'apps');

    expect(stdout).toContain('passed over: 5 files that are no reports\n');
  });

  const zipped = Buffer.from([0x1f, 0x8b, 8, 0]);
  test.each<[string | Buffer]>([[''], ['{"schemaVersion": 1'], ['{"schemaVersion": 12, "tool": {'], [FAILS.slice(0, 300)], [zipped]])('a report that is cut off is not passed over: %j', async content => {
    const { apps, exitCode } = await fleetOf({ ...files, 'apps/late/imds.json': content }, 'apps');

    expect(exitCode).toBe(2);
    expect(apps[0]).toEqual({ name: 'late', file: 'apps/late/imds.json', verdict: 'not readable' });
  });

  test('a report that several arguments lead to counts once', async () => {
    const { totals } = await fleetOf(files, 'apps', 'apps/shop', 'apps/shop/imds.json', './apps/**/imds.json');

    expect(totals.reports).toBe(2);
  });
});

test('outputs go where they are wanted, and text to the log', async () => {
  const { stdout, exitCode } = await summary({ 'a.json': PASSES }, 'a.json', '--format', 'html=out/fleet.html', '--format', 'markdown=fleet.md', '-f', 'json=fleet.json');

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Report +Verdict/);
  expect(readFileSync(join(cwd, 'out/fleet.html'), 'utf8')).toMatch(/^<!doctype html>/);
  expect(readFileSync(join(cwd, 'fleet.md'), 'utf8')).toMatch(/^## ✅ imds-guard: passed/);
  expect(JSON.parse(readFileSync(join(cwd, 'fleet.json'), 'utf8'))).toMatchObject({ kind: 'summary', exitCode: 0 });
});

test('a report is never overwritten, and nothing is written then', async () => {
  const { exitCode, stderr } = await summary({ 'r/a.json': PASSES }, 'r', '--format', 'markdown=x.md', '--format', 'json=r/a.json');

  expect([exitCode, stderr]).toEqual([2, 'imds-guard: r/a.json: it is read here, so it cannot be written; give the output another file\n']);
  expect(existsSync(join(cwd, 'x.md'))).toBe(false);
  expect(readFileSync(join(cwd, 'r/a.json'), 'utf8')).toBe(PASSES);
});

test('a summary in the folder of its reports is written again and not counted', async () => {
  await summary({ 'r/a.json': PASSES }, 'r', '--format', 'json=r/fleet.json');
  const { exitCode, stdout } = await imdsGuard(cwd, ['summary', 'r', '--format', 'json=r/fleet.json', '--format', 'text']);

  expect(exitCode).toBe(0);
  expect(stdout).toContain('passed over: 1 file that is no report\n\n1 report: 1 passed');
});

test('those that need somebody come first', async () => {
  const { apps } = await fleetOf({
    'a.json': PASSES, 'b.json': textOf(undecided()), 'c.json': FAILS, 'd.json': textOf(failing(3)), 'e.json': textOf(sampleReportWithProblems()), 'f.json': '',
  }, 'a.json', 'b.json', 'c.json', 'd.json', 'e.json', 'f.json');

  expect(apps.map(({ name }) => name)).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
});

test('a report tells what it has: figures, next end, owners, rules, settings', async () => {
  const settings = {
    files: [{ file: 'o.yaml', by: 'organization' }, { file: '.imds-guard.yaml', by: 'repository' }],
    loosened: [{ option: 'cannotTell', value: 'ignore', by: 'command line' }],
  };
  const { apps: [app], rules, owners, totals } = await fleetOf({ 'a.json': textOf({ ...sampleReport(), settings, passedOver: { count: 3, endings: { '.md': 3 } } }) }, 'a.json');

  expect(app.figures).toEqual({
    date: '2026-03-14',
    guard: '1.2.3',
    templates: 4,
    resources: 12,
    compliant: 3,
    violation: 6,
    cannotTell: 2,
    notGoverned: 1,
    newErrors: 6,
    exempt: 1,
    nextEnd: '2026-03-20',
    baseline: 1,
    unreadable: 0,
    passedOver: 3,
    settings: { by: ['organization', 'repository'], loosened: 1 },
  });
  expect(rules[0]).toEqual({ rule: 'imdsv1-allowed', findings: 3, apps: 1 });
  expect(owners).toContainEqual({ owner: 'operations', exemptions: 1, apps: 1, void: 1 });
  expect(owners).toContainEqual({ exemptions: 1, apps: 1, void: 0 });
  expect(totals).toMatchObject({ reports: 1, resources: 12, violation: 6, exempt: 1 });
});

test('a new undecided finding about a template alone is no all-clear', async () => {
  const report = undecided();
  const templates = [{ ...report.templates[0], resources: [] }];
  const counts = { ...report.counts, resources: 0, cannotTell: 0 };

  expect((await fleetOf({ 'a.json': textOf({ ...report, templates, counts }) }, 'a.json')).apps[0].verdict).toBe('undecided');
});

describe('check --name', () => {
  const template = JSON.stringify({ Resources: { Web: { Type: 'AWS::EC2::Instance' } } });

  test.each([['the command line', {}, ['--name', 'Shop']], ['the settings file', { '.imds-guard.yaml': 'name: Shop' }, []]])(
    'from %s names the report, and the row', async (_, files, args) => {
      cwd = folderWith({ 't.json': template, ...files });
      await imdsGuard(cwd, ['check', 't.json', '--format', 'json=r.json', ...args]);
      expect(JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'))).toMatchObject({ name: 'Shop' });

      expect((await imdsGuard(cwd, ['summary', 'r.json'])).stdout).toMatch(/^Shop +failed +1 +1 /m);
    },
  );

  test('is left out of a report where nobody says it', async () => {
    cwd = folderWith({ 't.json': template });
    expect(JSON.parse((await imdsGuard(cwd, ['check', 't.json', '--format', 'json'])).stdout)).not.toHaveProperty('name');
  });
});

test('reads what Windows PowerShell writes: UTF-16 with a mark', async () => {
  const { exitCode } = await summary({ 'a.json': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(PASSES, 'utf16le')]) }, 'a.json');

  expect(exitCode).toBe(0);
});
