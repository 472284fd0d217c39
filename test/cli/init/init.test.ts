import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { Terminal } from '../../../src/cli/terminal';
import { page } from '../../docs/pages';
import { ACTION } from '../../support/action';
import { imdsGuard } from '../../support/terminal';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'imds-init-'));
  mkdirSync(join(cwd, '.git'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const TYPESCRIPT = {
  'cdk.json': JSON.stringify({ app: 'npx tsc && npx tsx bin/app.ts' }),
  'package.json': JSON.stringify({ dependencies: { 'aws-cdk-lib': '^2', 'cdk-imds-guard': '^1' } }),
  'package-lock.json': '{}',
  'bin/app.ts': "import * as cdk from 'aws-cdk-lib/core';\n\nconst app = new cdk.App();\n",
};
const PYTHON = {
  'cdk.json': JSON.stringify({ app: 'python3 app.py' }),
  'requirements.txt': 'aws-cdk-lib>=2.275.0,<3.0.0\ncdk-imds-guard\n',
  'app.py': 'import aws_cdk as cdk\n\napp = cdk.App()\napp.synth()\n',
};
const WORKFLOW = { '.github/workflows/build.yml': 'on: push\n' };

function given(files: { readonly [file: string]: string }): void {
  Object.entries(files).forEach(([file, text]) => {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  });
}

function read(file: string): string {
  return readFileSync(join(cwd, file), 'utf8');
}

function everything(): { [file: string]: string } {
  const files = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter(file => statSync(join(cwd, file)).isFile());
  return Object.fromEntries(files.map(file => [file, read(file)]));
}

async function init(args: readonly string[] = ['--yes'], with_: Partial<Terminal> = {}): ReturnType<typeof imdsGuard> {
  return imdsGuard(cwd, ['init', ...args], with_);
}

test('the line, the settings and the recipe come in, and a second run changes nothing', async () => {
  given({ ...TYPESCRIPT, ...WORKFLOW });
  const { exitCode, stdout, stderr } = await init();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'imds-guard: written: bin/app.ts, .imds-guard.yaml, .github/workflows/imds-guard.yml\n' });
  expect(stdout).toContain('\n--- bin/app.ts\n+++ bin/app.ts\n@@ -1,3 +1,5 @@\n');
  expect(stdout).toContain('\n--- /dev/null\n+++ .imds-guard.yaml\n');
  expect(read('bin/app.ts')).toBe(
    "import * as cdk from 'aws-cdk-lib/core';\nimport { ImdsGuard } from 'cdk-imds-guard';\n\nconst app = new cdk.App();\nImdsGuard.enforce(app);\n",
  );
  expect(read('.imds-guard.yaml')).toMatch(/^# yaml-language-server: \$schema=\.\/node_modules\/cdk-imds-guard\/imds-guard\.schema\.json\n/);
  expect(read('.github/workflows/imds-guard.yml')).toContain('command: node_modules/.bin/imds-guard\n');

  const before = everything();
  const again = await init();
  expect(again).toMatchObject({ exitCode: 0, stderr: 'imds-guard: nothing to write\n' });
  expect(again.stdout).not.toContain('+++');
  expect(everything()).toEqual(before);
});

test('the settings that it writes loosen nothing', async () => {
  given(TYPESCRIPT);
  await init();
  given({ 'web.json': JSON.stringify({ Resources: {} }) });
  const { exitCode, stderr } = await imdsGuard(cwd, ['check', 'web.json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringMatching(/lets more pass/) });
});

describe('nothing is written', () => {
  test.each<[string, readonly string[], Partial<Terminal>, string]>([
    ['without a terminal and without --yes', [], {}, 'imds-guard: nothing was written, since there is no terminal to ask on; give --yes to write this\n'],
    ['after no', [], { ask: async () => 'n' }, 'imds-guard: nothing was written\n'],
    ['where the input ends', [], { ask: async () => '' }, 'imds-guard: nothing was written\n'],
  ])('%s', async (_, args, with_, told) => {
    given({ ...TYPESCRIPT, ...WORKFLOW });
    const before = everything();
    const { exitCode, stdout, stderr } = await init(args, with_);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: told });
    expect(stdout).toContain('+ImdsGuard.enforce(app);\n');
    expect(everything()).toEqual(before);
  });

  test('where one of the files cannot be written', async () => {
    given({ ...TYPESCRIPT, ...WORKFLOW });
    mkdirSync(join(cwd, `.github/workflows/imds-guard.yml.${process.pid}.tmp`)); // in the way of the last file
    const before = everything();
    const { exitCode, stderr } = await init();
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2, stderr: 'imds-guard: .github/workflows/imds-guard.yml: it cannot be written (EEXIST), so nothing was; make it writable and run this again\n',
    });
    expect(everything()).toEqual(before);
  });

  test('where a source is no text', async () => {
    given(TYPESCRIPT);
    writeFileSync(join(cwd, 'bin/app.ts'), Buffer.concat([Buffer.from(TYPESCRIPT['bin/app.ts']), Buffer.from('// caf\xe9\n', 'latin1')]));
    const before = readFileSync(join(cwd, 'bin/app.ts'));
    const { exitCode, stderr } = await init();
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: 'imds-guard: bin/app.ts: it has changed meanwhile, or is no text in UTF-8; nothing was written\n' });
    expect(readFileSync(join(cwd, 'bin/app.ts')).equals(before)).toBe(true);
    expect(existsSync(join(cwd, '.imds-guard.yaml'))).toBe(false);
  });

  test('where there is no app', async () => {
    given({ 'package.json': '{}' });
    expect(await init()).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^imds-guard: cdk\.json: there is none here, .+ Templates need none of it: imds-guard check FOLDER, .+\n$/) });
    given({ 'cdk.json': '{' });
    expect(await init()).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^imds-guard: cdk\.json: it is not JSON .+\n$/) });
  });
});

describe('without a cdk.json', () => {
  const inApps = (...folders: readonly string[]): Record<string, string> => (
    Object.fromEntries(folders.flatMap(folder => Object.entries(TYPESCRIPT).map(([file, text]) => [`${folder}/${file}`, text])))
  );

  test('at the root of a repository with apps below, nothing is written and the apps are named', async () => {
    given({ ...WORKFLOW, 'package.json': '{}', ...inApps('apps/shop', 'infra'), ...inApps('node_modules/x') });
    const before = everything();
    expect(await init()).toEqual({
      exitCode: 2, stdout: '', stderr: 'imds-guard: cdk.json: there is none here; run imds-guard init in the folder of an app: apps/shop, infra\n',
    });
    expect(everything()).toEqual(before);
  });

  test('very many apps are not all named', async () => {
    given(inApps(...[...new Array<undefined>(25).keys()].map(i => `apps/a${i}`)));
    expect((await init()).stderr).toMatch(/apps\/a0, .+ and 5 more\n$/);
  });

  test('an app of its own is set up, whatever is below', async () => {
    given({ ...TYPESCRIPT, ...inApps('other') });
    rmSync(join(cwd, 'cdk.json'));
    expect(await init()).toMatchObject({ stdout: expect.stringContaining('several sources make an app: bin/app.ts, other/bin/app.ts') });
  });
});

describe('lines to add by hand are as the app loads modules', () => {
  const REQUIRED = "    const { ImdsGuard } = require('cdk-imds-guard');\n    ImdsGuard.enforce(app);\n";
  const IMPORTED = "    import { ImdsGuard } from 'cdk-imds-guard';\n    ImdsGuard.enforce(app);\n";
  test.each([
    ['require', "const { App } = require('aws-cdk-lib');\nmake(new App());\n", '{}', REQUIRED],
    ['import', "import { App } from 'aws-cdk-lib';\nmake(new App());\n", '{}', IMPORTED],
    ['no App, a package of modules', 'start();\n', '{ "type": "module" }', IMPORTED],
    ['no App, a package that says nothing', 'start();\n', '{}', REQUIRED],
  ])('%s', async (_, source, manifest, lines) => {
    given({ 'cdk.json': '{"app":"node app.js"}', 'app.js': source, 'package.json': manifest });
    expect((await init()).stdout).toContain(lines);
  });
});

test('yes at the keyboard writes, and a file keeps its mode', async () => {
  given(TYPESCRIPT);
  chmodSync(join(cwd, 'bin/app.ts'), 0o755);
  expect(await init([], { ask: async () => 'y' })).toMatchObject({ exitCode: 0 });
  expect(read('bin/app.ts')).toContain('ImdsGuard.enforce(app);');
  expect(statSync(join(cwd, 'bin/app.ts')).mode.toString(8)).toMatch(/755$/);
});

test('where the place is not sure, the lines are printed, the rest is written and the exit code tells it', async () => {
  const source = "import { App } from 'aws-cdk-lib';\nnew S(new App(), 'S');\n";
  given({ ...TYPESCRIPT, 'bin/app.ts': source });
  const { exitCode, stdout, stderr } = await init();
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'imds-guard: written: .imds-guard.yaml; left to do by hand, see above: 1\n' });
  expect(stdout).toContain('by hand: bin/app.ts: the app is not made in a statement of its own; add these lines right after the app is made\n\n'
    + "    import { ImdsGuard } from 'cdk-imds-guard';\n    ImdsGuard.enforce(app);\n");
  expect(read('bin/app.ts')).toBe(source);
});

test('the library that is not installed is said, also where the guard only observes', async () => {
  given({ ...TYPESCRIPT, 'package.json': '{}', 'bin/app.ts': `${TYPESCRIPT['bin/app.ts']}ImdsGuard.observe(app);\n` });
  const { exitCode, stdout } = await init();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('by hand: package.json does not list the library; install it\n\n    npm install cdk-imds-guard\n');
  expect(stdout).toContain('by hand: bin/app.ts observes only');
  expect(read('bin/app.ts')).toContain('observe(app);\n');
});

test('settings that are there stay', async () => {
  given({ ...TYPESCRIPT, '.imds-guard.json': '{"cannotTell":"fail"}' });
  expect(await init()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('.imds-guard.json is there already\n') });
  expect(existsSync(join(cwd, '.imds-guard.yaml'))).toBe(false);
});

test('the app is the source that cdk.json names, else the one that makes one, and not what is compiled from it', async () => {
  given({ ...TYPESCRIPT, 'bin/other.ts': TYPESCRIPT['bin/app.ts'], 'bin/app.js': "const cdk = require('aws-cdk-lib');\nconst app = new cdk.App();\n" });
  expect((await init()).stderr).toContain('written: bin/app.ts, ');
  given({ ...TYPESCRIPT, 'cdk.json': '{"app":"npm run app"}' });
  expect(await init()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('several sources make an app: bin/app.ts, bin/other.ts') });
});

describe('the recipe', () => {
  interface Step { readonly run?: string; readonly uses?: string; readonly with?: object }
  interface Job { readonly steps: readonly Step[] }

  test('for GitHub is the one of the documentation', async () => {
    given({ ...TYPESCRIPT, ...WORKFLOW });
    await init();
    const { jobs, permissions } = load(read('.github/workflows/imds-guard.yml')) as { jobs: Record<string, Job>; permissions: object };
    expect(permissions).toEqual({ 'contents': 'read', 'actions': 'read', 'security-events': 'write' });
    const { steps } = jobs['imds-guard'];
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands).toHaveLength(2);
    commands.forEach(command => expect(page('docs/ci.md')).toContain(`  - run: ${command}\n`));
    expect(steps.at(-1)).toEqual({
      uses: expect.stringMatching(/^cdk-imds-guard\/cdk-imds-guard@v\d+\.\d+\.\d+$/), with: { paths: 'cdk.out', command: 'node_modules/.bin/imds-guard' },
    });
    expect(Object.keys(ACTION.inputs)).toEqual(expect.arrayContaining(['paths', 'command', 'config']));
  });

  test('for GitHub comes also where the folder of workflows is empty', async () => {
    given(TYPESCRIPT);
    mkdirSync(join(cwd, '.github/workflows'), { recursive: true });
    expect(await init()).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('no CI was found') });
    expect(existsSync(join(cwd, '.github/workflows/imds-guard.yml'))).toBe(true);
  });

  const OURS = {
    remote: expect.stringMatching(/^https:\/\/raw\.githubusercontent\.com\/cdk-imds-guard\/cdk-imds-guard\/v\d+\.\d+\.\d+\/templates\/imds-guard\.yml$/),
    inputs: { before: ['npm ci', 'npx cdk synth --quiet'], paths: 'cdk.out', command: 'node_modules/.bin/imds-guard' },
  };

  test.each<[string, unknown[]]>([
    ['', []],
    ['include:\n  - local: a.yml\nstages: [build, test]\nx: !reference [a, b]\n', [{ local: 'a.yml' }]],
    ['include: # those of the team\n- local: a.yml\n  inputs: { a: 1 }\n- b.yml\nstages: [build, test]\n', [{ local: 'a.yml', inputs: { a: 1 } }, 'b.yml']],
    ['include:\r\n  - local: a.yml\r\nstages: [test]\r\n', [{ local: 'a.yml' }]],
  ])('for GitLab is an include more: %j', async (text, others) => {
    const build = text.includes('\r') ? 'build:\r\n  script: [make] # as ever\r\n' : '# ours\nbuild:\n  script: [make] # as ever\n';
    given({ ...TYPESCRIPT, '.gitlab-ci.yml': `${build}${text}` });
    expect(await init()).toMatchObject({ exitCode: 0 });
    const after = read('.gitlab-ci.yml');
    expect(after.startsWith(build)).toBe(true);
    expect(/(?<!\r)\n/.test(after)).toBe(!text.includes('\r'));
    expect(load(after.replace(/^x: .*\n/m, ''))).toMatchObject({ include: [OURS, ...others] });
    expect(await init()).toMatchObject({ exitCode: 0, stderr: 'imds-guard: nothing to write\n' });
  });

  test('for GitLab gives inputs that the template has', () => {
    const [head] = readFileSync('templates/imds-guard.yml', 'utf8').split(/^---$/m);
    const { inputs } = (load(head) as { spec: { inputs: object } }).spec;
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(['stage', 'args', ...Object.keys(OURS.inputs)]));
  });

  test('for GitLab stands in a stage that there is, and is printed where that is not known', async () => {
    given({ ...TYPESCRIPT, '.gitlab-ci.yml': 'stages: [check, deploy]\n' });
    await init();
    expect(load(read('.gitlab-ci.yml'))).toMatchObject({ include: [{ inputs: { stage: 'check' } }] });
    const unsure = [
      'include: a.yml\n', 'include:\n  - a.yml\n', 'include: [a.yml]\nstages: [test]\n', 'include: a.yml\nstages: [test]\n',
      '{ build: { script: [make] } }\n', 'a: b: c\n', '---\nspec: {}\n---\nb: {}\n', 'imds-guard: { script: [make] }\n',
    ];
    for (const text of unsure) {
      given({ '.gitlab-ci.yml': text });
      expect(await init()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('by hand: .gitlab-ci.yml: add this to what it includes') });
      expect(read('.gitlab-ci.yml')).toBe(text);
    }
  });

  test('for CodeBuild is a command after the one that synthesizes, with a report', async () => {
    given({ ...TYPESCRIPT, 'buildspec.yml': 'version: 0.2\nphases:\n  build:\n    commands:\n      - npm ci\n      - npx cdk synth # all\n      - echo done\n' });
    expect(await init()).toMatchObject({ exitCode: 0 });
    expect(load(read('buildspec.yml'))).toEqual({
      version: 0.2,
      phases: { build: { commands: ['npm ci', 'npx cdk synth', 'node_modules/.bin/imds-guard check cdk.out --format junit=reports/imds.xml', 'echo done'] } },
      reports: { imdsv2: { 'files': ['reports/imds.xml'], 'file-format': 'JUNITXML' } },
    });
    given({ 'buildspec.yml': 'version: 0.2\nphases:\n  build:\n    commands:\n      - cdk deploy\n' });
    expect(await init()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('by hand: buildspec.yml: ') });
  });

  test.each([['repos:\n', ''], ['repos:\n', '  ']])('for pre-commit is a hook more', async (head, indentation) => {
    const before = `${head}${indentation}- repo: https://example.com/hooks\n${indentation}  rev: v1\n${indentation}  hooks: [{ id: a }]\n`;
    given({ ...TYPESCRIPT, '.pre-commit-config.yaml': before });
    expect(await init()).toMatchObject({ exitCode: 0 });
    expect(read('.pre-commit-config.yaml').startsWith(before)).toBe(true);
    const { repos } = load(read('.pre-commit-config.yaml')) as { repos: { hooks: { entry?: string; files: string }[] }[] };
    expect(repos).toHaveLength(2);
    expect(repos[1].hooks[0].entry).toBe("bash -c 'npx cdk synth --quiet && node_modules/.bin/imds-guard check cdk.out --quiet'");
    const files = new RegExp(repos[1].hooks[0].files);
    expect(['lib/a.ts', 'cdk.json', 'README.md'].map(file => files.test(file))).toEqual([true, true, false]);
  });

  test('for pre-commit is printed where something follows the list', async () => {
    given({ ...TYPESCRIPT, '.pre-commit-config.yaml': 'repos:\n- repo: meta\n  hooks: []\nfail_fast: true\n' });
    expect(await init()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('by hand: .pre-commit-config.yaml: ') });
  });

  const PIPELINE = "import { CodePipeline, ShellStep } from 'aws-cdk-lib/pipelines';\nnew CodePipeline(s, 'P', { synth: new ShellStep('S', { input, commands: [";
  test.each([
    ["'npm ci', 'npx cdk synth']", "'npm ci', 'npx cdk synth', 'node_modules/.bin/imds-guard check cdk.out']"],
    ["\n  'npm ci',\n  'npx cdk synth',\n]", "\n  'npm ci',\n  'npx cdk synth',\n  'node_modules/.bin/imds-guard check cdk.out',\n]"],
  ])('for CodePipeline is a command of its step: %j', async (before, after) => {
    given({ ...TYPESCRIPT, 'lib/pipeline.ts': `${PIPELINE}${before} }) });\n` });
    expect(await init()).toMatchObject({ exitCode: 0 });
    expect(read('lib/pipeline.ts')).toBe(`${PIPELINE}${after} }) });\n`);
    expect(await init()).toMatchObject({ exitCode: 0, stderr: 'imds-guard: nothing to write\n' });
  });

  test('for CodePipeline meets the line in one file, and is printed where it is not sure', async () => {
    given({ ...TYPESCRIPT, 'bin/app.ts': `${TYPESCRIPT['bin/app.ts']}${PIPELINE}'npx cdk synth'] }) });\n` });
    expect(await init()).toMatchObject({ exitCode: 0 });
    expect(read('bin/app.ts')).toMatch(/ImdsGuard\.enforce\(app\);[^]+imds-guard check cdk\.out'\]/);
    given({ ...TYPESCRIPT, 'bin/app.ts': `${TYPESCRIPT['bin/app.ts']}${PIPELINE}'npm run synth'] }) });\n` });
    expect(await init()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('by hand: bin/app.ts: add this to the commands') });
  });
});

test('for an app in a folder, the recipe of the repository names it', async () => {
  given({ ...WORKFLOW, '.gitlab-ci.yml': 'a: { script: [b] }\n', ...Object.fromEntries(Object.entries(TYPESCRIPT).map(([file, text]) => [`infra/${file}`, text])) });
  expect(await imdsGuard(join(cwd, 'infra'), ['init', '--yes'])).toMatchObject({ exitCode: 0 });
  const inputs = { paths: 'infra/cdk.out', command: 'infra/node_modules/.bin/imds-guard' };
  const { jobs } = load(read('.github/workflows/imds-guard.yml')) as { jobs: Record<string, { steps: { run?: string; with?: object }[] }> };
  const [synth, check] = jobs['imds-guard'].steps.slice(-2);
  expect(synth).toEqual({ 'run': 'npx cdk synth --quiet', 'working-directory': 'infra' });
  expect(check.with).toEqual({ ...inputs, config: 'infra/.imds-guard.yaml' });
  expect(load(read('.gitlab-ci.yml'))).toMatchObject({
    include: [{ inputs: { ...inputs, before: ['(cd infra && npm ci && npx cdk synth --quiet)'], args: '--config=infra/.imds-guard.yaml' } }],
  });
});

test('in a repository with workspaces, the command is where it was installed', async () => {
  given({ ...WORKFLOW, 'node_modules/.bin/imds-guard': '', 'yarn.lock': '', ...Object.fromEntries(Object.entries(TYPESCRIPT).map(([file, text]) => [`infra/${file}`, text])) });
  rmSync(join(cwd, 'infra/package-lock.json'));
  await imdsGuard(join(cwd, 'infra'), ['init', '--yes']);
  expect(read('.github/workflows/imds-guard.yml')).toMatch(/run: yarn install\n[^]+paths: infra\/cdk\.out\n +command: node_modules\/\.bin\/imds-guard\n/);
});

test('a comment runs no check', async () => {
  given({ ...TYPESCRIPT, '.github/workflows/a.yml': 'on: push # imds-guard check\n', '.gitlab-ci.yml': 'a: { script: [b] }\n# imds-guard check\n' });
  expect((await init()).stderr).toContain('.github/workflows/imds-guard.yml, .gitlab-ci.yml');
  expect((await init()).stdout).toContain('.gitlab-ci.yml runs the check already\n');
});

test('Python: the recipe runs the command that the package brings', async () => {
  given({ ...PYTHON, ...WORKFLOW });
  expect(await init()).toMatchObject({ exitCode: 0 });
  expect(read('app.py')).toBe('import aws_cdk as cdk\nfrom cdk_imds_guard import ImdsGuard\n\napp = cdk.App()\nImdsGuard.enforce(app)\napp.synth()\n');
  expect(read('.github/workflows/imds-guard.yml')).toMatch(/setup-python@v5[^]+run: pip install -r requirements\.txt\n[^]+command: imds-guard\n/);
});

test('Java: the recipe installs the command alone, which needs no library of npm', async () => {
  given({
    ...WORKFLOW,
    'cdk.json': JSON.stringify({ app: 'mvn -e -q compile exec:java' }),
    'pom.xml': '<project><dependencies><dependency><artifactId>cdk-imds-guard</artifactId></dependency></dependencies></project>\n',
    'src/main/java/A.java': 'import software.amazon.awscdk.App;\n\nclass A {\n  public static void main(String[] args) {\n    App app = new App();\n    app.synth();\n  }\n}\n',
  });
  await init();
  expect(read('.github/workflows/imds-guard.yml')).toMatch(/run: npm install --global aws-cdk@2 imds-guard@\d+\.\d+\.\d+\n[^]+command: imds-guard\n/);
});
