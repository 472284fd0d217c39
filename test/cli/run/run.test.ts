import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommand, Command, writeApp } from '../../support/command';
import { addFiles, folderWith } from '../../support/files';

let guard: Command;
beforeAll(async () => { guard = await buildCommand(); }, 120_000);

let cwd: string;
beforeEach(() => { cwd = folderWith(); });

const { execPath: node } = process;
const run = (args: readonly string[], env?: NodeJS.ProcessEnv): ReturnType<Command['run']> => guard.run(cwd, ['run', ...args], env);
const tokens = (folder = 'out'): unknown => (JSON.parse(readFileSync(join(cwd, folder, 'Web.template.json'), 'utf8')) as {
  Resources: { Host: { Properties?: { MetadataOptions?: { HttpTokens?: string } } } };
}).Resources.Host.Properties?.MetadataOptions?.HttpTokens;

const WEAK = 'Object.defineProperty(stack, "_toCloudFormation", { value: () => ({ Resources: { Host: { Type: "AWS::EC2::Instance", Properties: {} } } }) });';

describe('a command', () => {
  test('has its app guarded and what it wrote checked', async () => {
    writeApp(cwd);
    const { exitCode, stdout, stderr } = await run(['--', node, 'app.js', 'out']);
    expect(stderr).toContain('1 template, 1 resource that launches instances: 1 compliant');
    expect({ exitCode, stdout, tokens: tokens() }).toEqual({ exitCode: 0, stdout: '', tokens: 'required' });
  });

  test('fails where a violation is left, which the report shows, with the options of check', async () => {
    writeApp(cwd, { more: WEAK });
    const { exitCode, stderr } = await run(['--format', 'json=report.json', '-f', 'text', '--', node, 'app.js', 'out']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('imdsv2-not-required');
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({ exitCode: 1, counts: { violation: 1 } });
  });

  test('fails where only the check does, and what the app says is well', async () => {
    writeApp(cwd, { more: `${WEAK}\nprocess.on('exit', () => { process.exitCode = 0; });` });
    expect((await run(['--', node, 'app.js', 'out'])).exitCode).toBe(1);
  });

  test('has the settings files of check', async () => {
    writeApp(cwd, { host: '{ MetadataOptions: { HttpPutResponseHopLimit: 5 } }' });
    writeFileSync(join(cwd, '.imds-guard.yaml'), 'maxHopLimit: 3');
    expect(await run(['--', node, 'app.js', 'out'])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('hop-limit-too-high') });
    expect((await run(['--no-config', '--', node, 'app.js', 'out'])).exitCode).toBe(0);
  });

  test('that wrote several apps has one report for all', async () => {
    writeApp(cwd);
    const script = 'const { execFileSync } = require(\'child_process\'); for (const out of [\'a\', \'b\', \'a\']) execFileSync(process.execPath, [\'app.js\', out], { stdio: \'inherit\' });';
    const { exitCode, stderr } = await run(['--', node, '-e', script]);
    expect(stderr).toContain('2 templates, 2 resources');
    expect(exitCode).toBe(0);
  });

  test('that synthesized nothing ends with 2, whatever lies in cdk.out', async () => {
    addFiles(cwd, { 'cdk.out/manifest.json': { version: '36.0.0', artifacts: {} } });
    expect(await run(['--', node, '-e', ''])).toEqual({
      exitCode: 2, stdout: '', stderr: 'imds-guard: no CDK app was synthesized that the guard reached, so nothing is checked; --no-check is for commands that synthesize nothing\n',
    });
    expect(await run(['--no-check', '--', node, '-e', ''])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('that drops NODE_OPTIONS is missed, and that is an error', async () => {
    writeApp(cwd);
    const script = 'delete process.env.NODE_OPTIONS; require("child_process").execFileSync(process.execPath, ["app.js", "out"])';
    expect((await run(['--', node, '-e', script])).exitCode).toBe(2);
    expect(tokens()).toBeUndefined();
  });

  test('that removes what it wrote ends with 2', async () => {
    writeApp(cwd, { more: 'process.on("exit", () => require("fs").rmSync("out", { recursive: true }));' });
    expect(await run(['--', node, 'app.js', 'out'])).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/(^|\n)imds-guard: .*out: an app was synthesized there, and the folder is gone[^\n]*\n$/) });
  });

  test('with the guard switched off is not taken for guarded, were it compliant', async () => {
    writeApp(cwd);
    expect(await run(['--', node, 'app.js', 'out'], { IMDS_GUARD: 'off' })).toMatchObject({
      exitCode: 1, stderr: expect.stringMatching(/\nimds-guard: [^\n]*out: the guard was switched off \(IMDS_GUARD=off\), so this app was only checked\n/),
    });
    expect(tokens()).toBeUndefined();
    writeApp(cwd, { host: '{ MetadataOptions: { HttpTokens: "required" } }' });
    expect(await run(['--', node, 'app.js', 'out'], { IMDS_GUARD: 'off' })).toMatchObject({
      exitCode: 0, stderr: expect.stringContaining('the guard was switched off'),
    });
  });

  test('whose apps are only observed, as settings ask, fails nothing, and says so', async () => {
    writeApp(cwd);
    writeFileSync(join(cwd, 'org.yaml'), 'enforce: { mode: observe }');
    const given = ['--', node, 'app.js', 'out'];
    expect(await run(given, { IMDS_GUARD_CONFIG: 'org.yaml' })).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('only observe these apps as yet') });
    expect(tokens()).toBeUndefined();
    expect((await run(['--require-guard', ...given], { IMDS_GUARD_CONFIG: 'org.yaml' })).exitCode).toBe(1);
    writeFileSync(join(cwd, 'org.yaml'), 'enforce: { mode: observe, overrides: [{ stacks: Web, mode: enforce }] }');
    expect(await run(given, { IMDS_GUARD_CONFIG: 'org.yaml' })).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('only observe these apps') });
    expect(tokens()).toBe('required');
  });

  test('keeps its streams, its exit code and NODE_OPTIONS', async () => {
    const script = 'console.log("out", process.execArgv.length, process.allowedNodeEnvironmentFlags.size > 0); console.error("err", process.env.NODE_OPTIONS); process.exitCode = 7;';
    const { exitCode, stdout, stderr } = await run(['--', node, '-e', script], { NODE_OPTIONS: '--no-warnings' });
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: 'out 2 true\n' });
    expect(stderr).toBe(`err --require=${guard.preload} --no-warnings\nimds-guard: no CDK app was synthesized, so nothing is checked\n`);
  });

  test('keeps its exit code where the check fails as well', async () => {
    writeApp(cwd, { more: `${WEAK}\nprocess.on('exit', () => { process.exitCode = 9; });` });
    expect(await run(['--', node, 'app.js', 'out'])).toMatchObject({ exitCode: 9, stderr: expect.stringContaining('imdsv2-not-required') });
  });

  (process.platform === 'win32' ? test.skip : test).each([['SIGTERM', 143], ['SIGINT', 130], ['SIGHUP', 129]] as const)('is given %s, and its end by it is %d', async (signal, exitCode) => {
    const temporary = folderWith();
    const ended = await guard.run(cwd, ['run', '--', node, '-e', 'console.log("ready"); setTimeout(() => {}, 20000)'], { TMPDIR: temporary }, kill => kill(signal));
    expect(ended).toEqual({ exitCode, stdout: 'ready\n', stderr: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });

  (process.platform === 'win32' ? test.skip : test)('may do with a signal what it likes', async () => {
    const script = 'process.on("SIGTERM", () => { console.log("later"); process.exit(3); }); console.log("ready"); setTimeout(() => {}, 20000)';
    expect(await guard.run(cwd, ['run', '--', node, '-e', script], {}, kill => kill('SIGTERM'))).toMatchObject({ exitCode: 3, stdout: 'ready\nlater\n' });
  });

  test('inside of another is known to both', async () => {
    writeApp(cwd);
    const inner = `process.exitCode = require('child_process').spawnSync(process.execPath, [${JSON.stringify(join(guard.preload, '../../cli/bundle.js'))}, 'run', '-q', '--', process.execPath, 'app.js', 'out']).status`;
    expect(await run(['--', node, '-e', inner])).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('1 compliant') });
  });

  test('is guarded by a preload whose folder has a space in its name', async () => {
    const folder = join(cwd, 'with space');
    mkdirSync(folder);
    writeApp(folder);
    expect((await guard.run(folder, ['run', '--', node, 'app.js', 'out'])).exitCode).toBe(0);
  });
});

describe('a mistake', () => {
  test.each([
    [['run', 'npx', 'cdk', 'synth'], 'the command comes after --, such as imds-guard run -- npx cdk synth'],
    [['run', '--quiet', 'npx', '--', 'cdk', 'synth'], 'the command comes after --, such as imds-guard run -- npx cdk synth'],
    [['run', '--'], 'missing required argument \'command\''],
    [['run', '--max-hop-limit', '99', '--', 'node', '-e', 'console.log(1)'], '--max-hop-limit must be a whole number from 1 to 64, got 99'],
    [['run', '--', 'no-such-command-here'], 'no-such-command-here: there is no such command; name one as you would without imds-guard'],
  ])('%j ends with 2 and one line, before anything is run', async (args, line) => {
    expect(await guard.run(cwd, args)).toEqual({ exitCode: 2, stdout: '', stderr: `imds-guard: ${line}\n` });
  });

  test('settings for the guard in a file that it does not read end with 2', async () => {
    addFiles(cwd, { 'ours.yaml': 'enforce: { httpPutResponseHopLimit: 1 }', '.imds-guard.yaml': 'enforce: { httpPutResponseHopLimit: 1 }', 'plain.yaml': 'quiet: true' });
    const command = ['--no-check', '--', 'node', '-e', '0'];
    expect(await guard.run(cwd, ['run', '--config', 'ours.yaml', ...command])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'imds-guard: ours.yaml: '
      + 'the section enforce is read from .imds-guard.yaml in the folder of the app, or from the file that IMDS_GUARD_CONFIG names; put it there\n',
    });
    for (const file of ['plain.yaml', './.imds-guard.yaml']) {
      expect(await guard.run(cwd, ['run', '--config', file, ...command])).toMatchObject({ exitCode: 0 });
    }
  });
});

/** The real one, but for what reaches AWS: what it would deploy is printed. */
describe('cdk deploy', () => {
  const cdk = require.resolve('aws-cdk/bin/cdk');
  const env = { AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true', CI: 'true' };

  /** Takes the words for `deploy` and leaves the others to CDK. */
  beforeEach(() => {
    addFiles(cwd, {
      'node_modules/.bin/cdk': `#!${node}
        const [verb, ...words] = process.argv.slice(2);
        require('fs').appendFileSync('calls', JSON.stringify([verb, ...words]) + '\\n');
        if (verb === 'deploy') {
          const folder = words[words.indexOf('--app') + 1];
          require('fs').cpSync(folder, 'deployed', { recursive: true });
        } else { require(${JSON.stringify(cdk)}); }`,
    });
    chmodSync(join(cwd, 'node_modules/.bin/cdk'), 0o755);
  });

  const deploy = (...words: readonly string[]): ReturnType<Command['run']> => run(['--', 'node_modules/.bin/cdk', 'deploy', ...words], env);
  const calls = (): string[][] => readFileSync(join(cwd, 'calls'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as string[]);
  const app = ['--app', `${JSON.stringify(node)} app.js`, '--no-notices', '--no-version-reporting'];

  test('deploys the folder that was synthesized and checked', async () => {
    writeApp(cwd, { more: 'require("fs").appendFileSync("made", String(app.node.tryGetContext("stage")) + "\\n");' });
    const { exitCode, stderr } = await deploy(...app, '-c', 'stage=prod', '--require-approval', 'never', 'Web');
    expect(stderr).toContain('1 compliant');
    expect(exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'made'), 'utf8')).toBe('prod\n');
    expect(tokens('deployed')).toBe('required');
    const folder = calls()[0].at(-1);
    expect(calls()).toEqual([
      ['synth', ...app, '-c', 'stage=prod', 'Web', '--quiet', '--output', folder],
      ['deploy', '--no-notices', '--no-version-reporting', '-c', 'stage=prod', '--require-approval', 'never', 'Web', '--app', folder],
    ]);
    expect(existsSync(folder!)).toBe(false);
    expect(existsSync(join(cwd, 'cdk.out'))).toBe(false);
  });

  test('deploys nothing where the check fails, though synthesis went well', async () => {
    writeApp(cwd, { more: `${WEAK}\nprocess.on('exit', () => { process.exitCode = 0; });` });
    expect(await deploy(...app)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/imdsv2-not-required[^]*imds-guard: nothing is deployed\n$/) });
    expect(calls().map(([verb]) => verb)).toEqual(['synth']);
  });

  test('deploys nothing that was not guarded', async () => {
    writeApp(cwd);
    expect(await deploy('--app', `NODE_OPTIONS= ${app[1]}`)).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/nothing is checked[^]*nothing is deployed\n$/) });
    expect(calls().map(([verb]) => verb)).toEqual(['synth']);
  });

  test('deploys no folder that was synthesized before', async () => {
    writeApp(cwd);
    expect((await run(['--', node, 'app.js', 'cdk.out'])).exitCode).toBe(0);
    expect((await deploy('--app', 'cdk.out')).exitCode).toBe(2);
    expect(calls().map(([verb]) => verb)).toEqual(['synth']);
  });

  test('keeps the folder that --output names', async () => {
    writeApp(cwd);
    expect((await deploy(...app, '--output', 'mine')).exitCode).toBe(0);
    expect(calls()[1].slice(-2)).toEqual(['--app', join(cwd, 'mine')]);
    expect(tokens('mine')).toBe('required');
  });

  test('is run as it is where its words do not tell it, which is said', async () => {
    writeApp(cwd);
    addFiles(cwd, { 'package.json': { scripts: { deploy: `node_modules/.bin/cdk deploy ${app.map(word => JSON.stringify(word)).join(' ')}` } } });
    expect(await run(['--', 'npm', 'run', 'deploy'], env)).toMatchObject({ stderr: expect.stringContaining('so it is run as it is') });
    expect(calls().map(([verb]) => verb)).toEqual(['deploy']);
  });
});

/** The same for every version of CDK that sets the exit code of the process: CDK's command line goes by it. */
test('a violation in the app fails cdk synth itself, so that a deployment that is not recognized does not happen', async () => {
  writeApp(cwd, { more: WEAK });
  const { exitCode, stderr } = await run(['--no-check', '--', node, require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--no-notices', '--app', `${JSON.stringify(node)} app.js`]);
  expect(stderr).toContain('imdsv2-not-required');
  expect(exitCode).toBe(1);
});

