import { excludesOf } from '../../src/cli/exclude';
import { isLooser } from '../../src/settings/looser';
import { Files, folderWith } from '../support/files';
import { imdsGuard } from '../support/terminal';

const TEMPLATE = { Resources: { Host: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'required' } } } } };

test.each<[string, readonly string[], string, boolean]>([
  ['a path', ['a/b.yaml'], 'a/b.yaml', true],
  ['a path of another folder', ['a/b.yaml'], 'x/a/b.yaml', false],
  ['a folder', ['a/b'], 'a/b/c/d.yaml', true],
  ['a folder with a slash behind it', ['a/b/'], 'a/b/c.yaml', true],
  ['a name', ['b.yaml'], 'a/b.yaml', true],
  ['a name of a folder', ['test'], 'a/test/b.yaml', true],
  ['a name from here', ['./test'], 'a/test/b.yaml', false],
  ['a folder from here', ['./test'], 'test/b.yaml', true],
  ['a glob of names', ['*.test.yaml'], 'a/b.test.yaml', true],
  ['a glob of names that ends otherwise', ['*.test.yaml'], 'a/b.yaml', false],
  ['a glob of folders', ['**/test/**'], 'a/test/b/c.yaml', true],
  ['what begins with a dot', ['**/*.yaml'], '.github/a.yaml', true],
  ['several', ['a', 'b'], 'b/c.yaml', true],
  ['what is taken back', ['test/**', '!test/prod/**'], 'test/prod/a.yaml', false],
  ['beside what is taken back', ['test/**', '!test/prod/**'], 'test/dev/a.yaml', true],
  ['what is taken back before', ['!test/prod', 'test'], 'test/prod/a.yaml', false],
  ['only what is taken back', ['!test'], 'a.yaml', false],
  ['above the working directory', ['../a/**'], '../a/b.yaml', true],
  ['above the working directory, another folder', ['../a/**'], '../b/b.yaml', false],
])('%s: %j of %s', (_, patterns, path, isOut) => {
  expect(excludesOf(patterns)(path)).toBe(isOut);
});

interface Checked {
  readonly read: string[];
  readonly excluded?: string[];
  readonly count?: number;
  readonly problems: string[];
  readonly exitCode: number;
}

async function check(files: Files, args: readonly string[]): Promise<Checked> {
  const { stdout, exitCode } = await imdsGuard(folderWith(files), ['check', '--format', 'json', ...args]);
  const { templates, passedOver, problems } = JSON.parse(stdout) as {
    templates: { file: string }[]; passedOver?: { count: number; excluded?: string[] }; problems: { file: string; message: string }[];
  };
  return { read: templates.map(({ file }) => file), ...passedOver, problems: problems.map(({ file, message }) => `${file}: ${message}`), exitCode };
}

const TREE: Files = { 'in/a.json': TEMPLATE, 'in/test/b.json': TEMPLATE, 'in/test/prod/c.json': TEMPLATE, 'in/test/README.md': 'x' };

describe('in a folder', () => {
  test('a folder that is left out is named, and not looked into', async () => {
    expect(await check({ ...TREE, 'in/test/broken.template.json': '{' }, ['in', '--exclude', 'test']))
      .toEqual({ read: ['in/a.json'], excluded: ['in/test'], count: 0, endings: {}, problems: [], exitCode: 0 });
  });

  test('what is taken back is read, and the rest is named', async () => {
    expect(await check(TREE, ['in', '--exclude', 'in/test/**', '--exclude', '!prod']))
      .toMatchObject({ read: ['in/a.json', 'in/test/prod/c.json'], excluded: ['in/test/b.json'], count: 1, exitCode: 0 });
  });

  test('that is named itself, all is read but what matches further below', async () => {
    expect(await check(TREE, ['in/test', '--exclude', 'prod'])).toMatchObject({ read: ['in/test/b.json'], excluded: ['in/test/prod'] });
  });

  test('in which nothing is left, that is told', async () => {
    expect(await check(TREE, ['in', '--exclude', '*.json'])).toMatchObject({
      read: [], exitCode: 2, problems: ['in: all that may be a template in it is excluded; name a template, or the directory that `cdk synth` wrote'],
    });
  });

  test('an assembly is left out as a whole', async () => {
    const manifest = { version: '36.0.0', artifacts: { App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' } } } };
    const files = { 'in/a.json': TEMPLATE, 'in/cdk.out/manifest.json': manifest, 'in/cdk.out/App.template.json': TEMPLATE };

    expect(await check(files, ['in', '--exclude', 'cdk.out'])).toMatchObject({ read: ['in/a.json'], excluded: ['in/cdk.out'] });
    expect(await check(files, ['in', '--exclude', 'in/cdk.out/**', '--exclude', '!x'])).toMatchObject({ read: ['in/a.json'] });
    expect(await check(files, ['in/cdk.out', '--exclude', 'cdk.out'])).toMatchObject({ read: ['in/cdk.out/App.template.json'] });
  });
});

test('a glob leaves out, too', async () => {
  expect(await check(TREE, ['in/**/*.json', '--exclude', 'test'])).toMatchObject({ read: ['in/a.json'], excluded: ['in/test/b.json', 'in/test/prod/c.json'] });
});

test('a file that is named is read, and not told as left out', async () => {
  const { excluded, read } = await check(TREE, ['in', 'in/test/b.json', '--exclude', '*.json', '--exclude', '!a.json']);

  expect([read, excluded]).toEqual([['in/a.json', 'in/test/b.json'], ['in/test/prod/c.json']]);
});

test('without the option nothing is left out', async () => {
  expect(await check({ 'in/a.json': TEMPLATE }, ['in'])).toEqual({ read: ['in/a.json'], problems: [], exitCode: 0 });
});

test('text names what was left out', async () => {
  const { stdout } = await imdsGuard(folderWith(TREE), ['check', 'in', '--exclude', 'test']);

  expect(stdout).toContain('passed over: 1 excluded path (in/test)\n');
});

test.each(['!', '/', './', '.', '/etc/**', '!/etc'])('%s is no pattern', async pattern => {
  const { exitCode, stderr } = await imdsGuard(folderWith(TREE), ['check', 'in', '--exclude', pattern]);

  expect([exitCode, stderr]).toEqual([2, `imds-guard: --exclude must be a path or a glob from the working directory, such as test/** or *.test.yaml, got "${pattern}"\n`]);
});

describe('in settings files', () => {
  test('it is told that the file leaves something out', async () => {
    const { stdout, stderr } = await imdsGuard(folderWith({ ...TREE, '.imds-guard.json': { exclude: ['test'] } }), ['check', 'in']);

    expect(stdout).toContain('passed over: 1 excluded path (in/test)');
    expect(stderr).toContain('.imds-guard.json loosens the check: exclude: test\n');
  });

  test.each<[string, readonly string[], readonly string[] | undefined, boolean]>([
    ['more patterns', ['a', 'b'], ['a'], true],
    ['any pattern where there is none', ['a'], undefined, true],
    ['one that takes back less', ['a'], ['a', '!b'], true],
    ['fewer patterns', ['a'], ['a', 'b'], false],
    ['one that takes back more', ['a', '!b'], ['a'], false],
    ['nothing', [], ['a', '!b'], false],
  ])('%s: %j instead of %j', (_, value, than, isMore) => {
    expect(isLooser('excludes less', value, than)).toBe(isMore);
  });

  test('a repository cannot leave out what the organization does not', async () => {
    const cwd = folderWith({ ...TREE, '.imds-guard.json': { exclude: ['test'] }, 'org.json': {} });

    const { exitCode, stderr } = await imdsGuard(cwd, ['check', 'in'], { env: { IMDS_GUARD_CONFIG: 'org.json' } });

    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('.imds-guard.json: exclude: test lets more pass than the organization\'s file org.json does')]);
  });
});
