import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommand, Command, writeApp } from '../support/command';
import { addFiles, folderWith } from '../support/files';

let guard: Command;
beforeAll(async () => { guard = await buildCommand(); }, 120_000);

interface Synthesized {
  readonly exitCode: number | null;
  readonly output: string;
  readonly tokens?: string;
}

/** The real command line of CDK, on an app that knows nothing of the guard. */
function synth(settings: object, env: NodeJS.ProcessEnv = {}, home: object = {}): Synthesized {
  const cwd = folderWith({ 'cdk.json': { app: `${JSON.stringify(process.execPath)} app.js`, ...settings }, 'home/.cdk.json': home });
  writeApp(cwd);
  const { NODE_OPTIONS: _, ...own } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--no-notices', '--no-version-reporting'], {
    cwd, encoding: 'utf8', env: { ...own, HOME: join(cwd, 'home'), USERPROFILE: join(cwd, 'home'), AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true', ...env },
  });
  const { Resources } = JSON.parse(readFileSync(join(cwd, 'cdk.out/Web.template.json'), 'utf8')) as { Resources: { Host: { Properties?: { MetadataOptions: { HttpTokens: string } } } } };
  return { exitCode: status, output: stdout + stderr, tokens: Resources.Host.Properties?.MetadataOptions.HttpTokens };
}

const plugin = (): string => join(guard.preload, '..', 'cdk-plugin.js');

test('an app is guarded through the plugin list of cdk.json, and not without', () => {
  expect(synth({ plugin: [plugin()] })).toMatchObject({ exitCode: 0, tokens: 'required' });
  expect(synth({})).toMatchObject({ exitCode: 0, tokens: undefined });
});

test('every app of a user is guarded through the list of ~/.cdk.json', () => {
  expect(synth({}, {}, { plugin: [plugin()] })).toMatchObject({ exitCode: 0, tokens: 'required' });
});

test('NODE_OPTIONS that are there stay', () => {
  const cwd = folderWith({ 'mine.js': 'process.stderr.write("mine\\n");' });
  const { output, tokens } = synth({ plugin: [plugin()] }, { NODE_OPTIONS: `--require=${join(cwd, 'mine.js')}` });
  expect({ tokens, mine: output.match(/^mine$/gm)?.length }).toEqual({ tokens: 'required', mine: 2 }); // CDK and the app
});

test('a list of cdk.json stands in the place of that of ~/.cdk.json', () => {
  const other = folderWith({ 'other.js': 'exports.version = "1";' });
  expect(synth({ plugin: [join(other, 'other.js')] }, {}, { plugin: [plugin()] }).tokens).toBeUndefined();
});

test('what is no plugin is refused by CDK, so the shape counts', () => {
  const cwd = folderWith();
  addFiles(cwd, { 'cdk.json': { app: 'true', plugin: [guard.preload] } });
  const { status, stderr } = spawnSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'ls', '--no-notices'], { cwd, encoding: 'utf8' });
  expect({ status, isRefused: stderr.includes('Unable to load plug-in') }).toEqual({ status: 1, isRefused: true });
});
