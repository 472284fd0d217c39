import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { settled } from '../../src/cli/settings-layers';
import { Report } from '../../src/engine/findings/report';
import { Layer } from '../../src/settings/layer';
import { imdsGuard, Ran } from '../support/terminal';

let root: string;
let cwd: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'imds-settings-'));
  cwd = join(root, 'repository');
  write('t.json', { Resources: { Web: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'optional' } } } } });
  write('good.json', { Resources: {} });
  write('undecided.json', {
    Resources: { Web: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } } } },
  });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const REPOSITORY = '.imds-guard.yaml';
const write = (file: string, content: unknown): void => {
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), typeof content === 'string' ? content : JSON.stringify(content));
};
const organization = (content: object): string => {
  write('../organization.json', content);
  return join(root, 'organization.json');
};

/** Without an organization's file where none is given. */
const check = (args: string, org?: string): Promise<Ran> => imdsGuard(cwd, ['check', ...args.split(' ')], {
  env: { SOURCE_DATE_EPOCH: '1795392000', ...org !== undefined && { IMDS_GUARD_CONFIG: org } },
});
const settings = async (args: string, org?: string): Promise<Report['settings']> => (JSON.parse((await check(`${args} --format json`, org)).stdout) as Report).settings;

describe('the file of a repository', () => {
  test.each([['paths: good.json', '--PATH'], ['stdinName: x', '--stdin-name'], ['updateBaseline: true', '--update-baseline'], ['quiet: true', '--quiet']])(
    'never says %s, which is for the command line', async (text, flag) => {
      write(REPOSITORY, text);
      const { exitCode, stdout, stderr } = await check('t.json');
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/^imds-guard: \.imds-guard\.yaml: \w+ is for the command line alone, as [^\n]+; take it out of the file\n$/);
      expect(stderr).toContain(flag.replace('--PATH', 'PATH'));
      expect((await check('t.json --no-config')).exitCode).toBe(1);
    },
  );

  test('that was read is one line, also where asked for quiet', async () => {
    write(REPOSITORY, 'maxHopLimit: 2');
    for (const args of ['t.json', 't.json --quiet']) { expect((await check(args)).stderr).toBe('imds-guard: options are taken from .imds-guard.yaml\n'); }
    expect((await check('t.json --no-config')).stderr).toBe('');
    expect(await settings('t.json')).toEqual({ files: [{ file: REPOSITORY, by: 'repository' }], loosened: [] });
    expect(await settings('t.json --no-config')).toEqual({ files: [], loosened: [] });
  });

  test.each([
    ['cannotTell: ignore', 'cannotTell', 'ignore'],
    ['baseline: base.json', 'baseline', 'base.json'],
    ['exemptions: e.yaml', 'exemptions', 'e.yaml'],
    ['allowLaunchTemplate: {lt-1: golden, lt-2: gold}', 'allowLaunchTemplate', 'lt-1, lt-2'],
  ])('that says %s is told to loosen the check, in the reports too', async (text, option, value) => {
    write('base.json', { version: 1, tool: 'cdk-imds-guard', findings: [] });
    write('e.yaml', 'exemptions: []');
    write(REPOSITORY, text);
    const told = `.imds-guard.yaml loosens the check: ${option}: ${value}`;
    expect((await check('t.json --quiet')).stderr).toContain(`imds-guard: options are taken from .imds-guard.yaml\nimds-guard: ${told}\n`);
    expect(await settings('t.json')).toEqual({ files: [{ file: REPOSITORY, by: 'repository' }], loosened: [{ option, value, by: 'repository', file: REPOSITORY }] });
    for (const format of ['text', 'markdown', 'html', 'github', 'sarif']) { expect((await check(`t.json --format ${format}`)).stdout).toContain(told); }
  });

  test.each(['cannotTell: fail', 'cannotTell: warn', 'maxHopLimit: 2', 'maxExemptionDays: 3', 'forbidExemptions: true', 'forbidExemptions: false', 'color: false', 'format: json=r.json'])(
    'that says %s loosens nothing', async text => {
      write(REPOSITORY, text);
      expect((await check('t.json')).stderr).toBe('imds-guard: options are taken from .imds-guard.yaml\n');
    },
  );

  test('loosens nothing where the command line is tighter', async () => {
    write(REPOSITORY, 'cannotTell: ignore');
    expect((await check('undecided.json --cannot-tell fail')).stderr).not.toContain('loosens');
    expect((await check('undecided.json --cannot-tell ignore')).stderr).toContain('.imds-guard.yaml loosens');
  });

  test.each(['.imds-guard.yaml', '.imds-guard.yml', '.imds-guard.json'])('%s that is a link to nothing ends with 2', async file => {
    symlinkSync('gone.yaml', join(cwd, file));
    expect(await check('good.json')).toEqual({ exitCode: 2, stdout: '', stderr: `imds-guard: ${file}: it is a link to gone.yaml, and there is no such file; mend or remove the link\n` });
    expect((await check('good.json --no-config')).exitCode).toBe(0);
    write('gone.yaml', 'maxHopLimit: 2');
    expect(await check('good.json')).toMatchObject({ exitCode: 0, stderr: `imds-guard: options are taken from ${file}\n` });
  });

  test('that cannot be read ends with 2', async () => {
    symlinkSync(REPOSITORY, join(cwd, REPOSITORY));
    expect(await check('good.json')).toEqual({ exitCode: 2, stdout: '', stderr: `imds-guard: ${REPOSITORY}: it cannot be read (ELOOP)\n` });
    rmSync(join(cwd, REPOSITORY));
    mkdirSync(join(cwd, REPOSITORY));
    expect(await check('good.json')).toEqual({ exitCode: 2, stdout: '', stderr: `imds-guard: ${REPOSITORY}: it cannot be read (EISDIR)\n` });
  });

  test('stands alone: which of two should hold is for --config to say', async () => {
    write(REPOSITORY, 'cannotTell: warn');
    write('.imds-guard.json', { cannotTell: 'fail' });
    expect(await check('undecided.json')).toEqual({
      exitCode: 2, stdout: '', stderr: 'imds-guard: .imds-guard.yaml and .imds-guard.json are both there, and only one can hold; keep one, or name one with --config\n',
    });
    expect((await check('undecided.json --config .imds-guard.json')).exitCode).toBe(1);
    expect((await check('undecided.json --no-config')).exitCode).toBe(0);
    symlinkSync('gone', join(cwd, '.imds-guard.yml'));
    expect((await check('undecided.json')).stderr).toContain('.imds-guard.yaml, .imds-guard.yml and .imds-guard.json are all there, and only one can hold; ');
  });

  test('may have two names', async () => {
    write('.imds-guard.json', { cannotTell: 'fail' });
    symlinkSync('.imds-guard.json', join(cwd, REPOSITORY));
    expect((await check('undecided.json')).exitCode).toBe(1);
  });

  test('may name its schema', async () => {
    write('.imds-guard.json', { $schema: './node_modules/cdk-imds-guard/imds-guard.schema.json', cannotTell: 'fail' });
    expect((await check('undecided.json')).exitCode).toBe(1);
  });
});

describe('the file of the organization', () => {
  test('holds everywhere, whatever --config and --no-config say', async () => {
    const org = organization({ cannotTell: 'fail' });
    write('mine.yaml', 'maxHopLimit: 2');
    write(REPOSITORY, 'maxHopLimit: 3');
    for (const args of ['undecided.json', 'undecided.json --no-config', 'undecided.json --config mine.yaml', 'undecided.json --quiet']) {
      expect(await check(args, org)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`options are taken from ${org} (of the organization)`) });
    }
    expect((await check('undecided.json', org)).stderr).toBe(`imds-guard: options are taken from ${org} (of the organization) and .imds-guard.yaml\n`);
    expect((await check('undecided.json')).exitCode).toBe(0);
  });

  test.each<[object, string]>([
    [{}, 'cannotTell: ignore'],
    [{ cannotTell: 'fail' }, 'cannotTell: warn'],
    [{ maxHopLimit: 2 }, 'maxHopLimit: 3'],
    [{ maxExemptionDays: 30 }, 'maxExemptionDays: 31'],
    [{ forbidExemptions: true }, 'forbidExemptions: false'],
    [{ forbidAcknowledgements: true }, 'forbidAcknowledgements: false'],
    [{}, 'baseline: base.json'],
    [{}, 'exemptions: e.yaml'],
    [{ allowLaunchTemplate: { 'lt-1': 'golden' } }, 'allowLaunchTemplate: {lt-1: golden, lt-2: mine}'],
    [{ baseline: 'other.json' }, 'baseline: base.json'],
  ])('%j is not loosened by %s in a repository', async (content, text) => {
    const org = organization(content);
    write(REPOSITORY, text);
    const { exitCode, stdout, stderr } = await check('good.json', org);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^imds-guard: \.imds-guard\.yaml: \w+: [^\n]+ lets more pass than the organization's file [^\n]+; take it out, or have it set there\n$/);
    expect((await check('good.json --no-config', organization({}))).exitCode).toBe(0);
  });

  test.each<[object, string]>([
    [{ cannotTell: 'warn' }, 'cannotTell: fail'],
    [{ cannotTell: 'ignore' }, 'cannotTell: ignore'],
    [{ maxHopLimit: 2 }, 'maxHopLimit: 1'],
    [{}, 'maxHopLimit: 5'],
    [{ maxExemptionDays: 30 }, 'maxExemptionDays: 30'],
    [{}, 'forbidExemptions: true'],
    [{ allowLaunchTemplate: { 'lt-1': 'golden', 'lt-2': 'gold' } }, 'allowLaunchTemplate: lt-1=mine'],
    [{ color: true }, 'color: false'],
  ])('%j is tightened by %s in a repository', async (content, text) => {
    const org = organization(content);
    write(REPOSITORY, text);
    expect((await check('good.json', org)).exitCode).toBe(0);
  });

  test('has a default for how long exemptions last, which the command line changes and is told to', async () => {
    write('e.yaml', 'exemptions:\n  - { logicalId: Web, reason: r, owner: o, until: 2027-01-20 }\n');
    const org = organization({ maxExemptionDays: 30 });
    expect(await check('t.json --exemptions e.yaml', org)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('the command line loosens the check: exemptions: e.yaml\n') });
    expect(await check('t.json --exemptions e.yaml --max-exemption-days 90', org))
      .toMatchObject({ exitCode: 0, stderr: expect.stringContaining('the command line loosens the check: maxExemptionDays: 90\n') });
    expect(await settings('t.json --max-exemption-days 90', org)).toMatchObject({ loosened: [{ option: 'maxExemptionDays', value: '90', by: 'command line' }] });
    expect((await check('t.json --max-exemption-days 20', org)).stderr).not.toContain('loosens');
    expect((await check('t.json --exemptions e.yaml')).stderr).not.toContain('loosens'); // whoever runs it says so, and nobody else does
  });

  test('is what the command line is held against, whatever the repository tightens', async () => {
    const org = organization({ maxHopLimit: 3, maxExemptionDays: 30, allowLaunchTemplate: { 'lt-1': 'golden', 'lt-2': 'gold' } });
    write(REPOSITORY, { maxHopLimit: 1, maxExemptionDays: 10, cannotTell: 'fail', allowLaunchTemplate: { 'lt-1': 'golden' } });
    const byCommandLine = async (args: string): Promise<string[]> => (
      (await settings(`t.json ${args}`, org))!.loosened.filter(({ by }) => by === 'command line').map(({ option, value }) => `${option}: ${value}`)
    );
    for (const args of ['--max-hop-limit 2', '--max-hop-limit 3', '--max-exemption-days 30', '--cannot-tell warn', '--allow-launch-template lt-2=gold']) {
      expect(await byCommandLine(args)).toEqual([]);
    }
    expect(await byCommandLine('--max-hop-limit 4')).toEqual(['maxHopLimit: 4']);
    expect(await byCommandLine('--max-exemption-days 31')).toEqual(['maxExemptionDays: 31']);
    expect(await byCommandLine('--cannot-tell ignore')).toEqual(['cannotTell: ignore']);
    expect(await byCommandLine('--allow-launch-template lt-3=mine')).toEqual(['allowLaunchTemplate: lt-3']);
  });

  test('is told to loosen the check where a repository or the command line lets less pass, but something still', async () => {
    const org = organization({ allowLaunchTemplate: { 'lt-1': 'golden', 'lt-2': 'gold' } });
    const loosened = [{ option: 'allowLaunchTemplate', value: 'lt-1', by: 'organization', file: org }];
    expect(await settings('t.json --allow-launch-template lt-1=golden', org)).toMatchObject({ loosened });
    write(REPOSITORY, { allowLaunchTemplate: { 'lt-1': 'golden' } });
    expect(await settings('t.json', org)).toMatchObject({ loosened });
  });

  test('gives the reasons for what it allows, whatever a repository says', () => {
    const org = { by: 'organization', file: 'org.yaml', raw: { allowLaunchTemplate: { 'lt-1': 'golden', 'lt-2': 'gold' } } } as const;
    const repository = { by: 'repository', file: REPOSITORY, raw: { allowLaunchTemplate: ['lt-1=mine'] } } as const;
    const reasons = (...layers: Layer[]): unknown => settled(layers, cwd).values.get('allowLaunchTemplate');

    expect(reasons(org, repository)).toEqual(new Map([['lt-1', 'golden']]));
    expect(reasons(repository)).toEqual(new Map([['lt-1', 'mine']]));
    expect(reasons(org, repository, { by: 'command line', raw: { allowLaunchTemplate: ['lt-1=today'] } })).toEqual(new Map([['lt-1', 'today']]));
  });

  test('may stand where the one of a repository does, beside it', async () => {
    write(REPOSITORY, { cannotTell: 'warn' });
    write('.imds-guard.json', { cannotTell: 'fail' });
    expect(await check('undecided.json', REPOSITORY)).toMatchObject({
      exitCode: 1, stderr: 'imds-guard: options are taken from .imds-guard.yaml (of the organization) and .imds-guard.json\n',
    });
  });

  test('is told with what it loosens', async () => {
    expect((await check('t.json', organization({ cannotTell: 'ignore' }))).stderr).toMatch(/organization\.json loosens the check: cannotTell: ignore\n$/);
  });

  test('is written as well as the reports that a repository adds', async () => {
    const org = organization({ format: ['github', 'json=r/org.json'] });
    write(REPOSITORY, 'format: [json=r/mine.json, text]');
    expect((await check('t.json', org)).stdout).toContain('failed');
    expect([existsSync(join(cwd, 'r/org.json')), existsSync(join(cwd, 'r/mine.json'))]).toEqual([true, true]);
    write(REPOSITORY, 'format: json=r/org.json');
    expect(await check('t.json', org)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('::error') });
  });

  test.each(['../out.json', 'link/out.json', 'a/../../out.json', 'ABSOLUTE/out.json'])('lets no repository write to %s', async file => {
    symlinkSync(root, join(cwd, 'link'));
    const org = organization({});
    write(REPOSITORY, `format: json=${file.replace('ABSOLUTE', cwd)}`);
    expect(await check('t.json', org)).toMatchObject({
      exitCode: 2, stdout: '', stderr: expect.stringMatching(/^imds-guard: \.imds-guard\.yaml: format: [^\n]+ must be a relative path in the working directory; [^\n]+\n$/),
    });
    expect(existsSync(join(root, 'out.json'))).toBe(false);
  });

  test.each([['', 'is empty'], ['none.yaml', 'names none.yaml, and there is no such file']])('that is called %j is told', async (file, message) => {
    expect(await check('t.json --no-config', file)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(new RegExp(`^imds-guard: IMDS_GUARD_CONFIG ${message}[^\n]*\n$`)) });
  });

  test('never sets what is for the command line, nor what there is not', async () => {
    expect(await check('t.json', organization({ quiet: true }))).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('quiet is for the command line alone') });
    expect(await check('t.json', organization({ quite: 1 }))).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('there is no option "quite"; there are exclude, parameters, parameter, format, maxHopLimit') });
  });

  test('is never written over', async () => {
    const org = organization({});
    expect(await check(`t.json --format json=${org}`, org)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('it is read here, so it cannot be written') });
    expect(readFileSync(org, 'utf8')).toBe('{}');
  });

  test('may be the one of the repository', async () => {
    write(REPOSITORY, 'cannotTell: fail');
    expect(await check('undecided.json', REPOSITORY)).toMatchObject({ exitCode: 1, stderr: 'imds-guard: options are taken from .imds-guard.yaml (of the organization)\n' });
  });
});
