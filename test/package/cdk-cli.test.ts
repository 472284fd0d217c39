import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imdsGuard } from '../support/terminal';

/** The real CDK CLI, in a directory of its own. */
let cwd: string;
beforeEach(() => { cwd = mkdtempSync(join(tmpdir(), 'imds-cdk-')); });
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const ROOT = join(__dirname, '../..');

function synth(body: string): { readonly exitCode: number | null; readonly output: string } {
  writeFileSync(join(cwd, 'app.ts'), `
    import { App, Stack, Stage, Validations, aws_ec2 } from ${JSON.stringify(require.resolve('aws-cdk-lib'))};
    import { ImdsGuard, ImdsValidator } from ${JSON.stringify(join(ROOT, 'src'))};
    const app = new App();
    ${body}
    app.synth();
  `);
  const app = `${JSON.stringify(process.execPath)} -r ${JSON.stringify(require.resolve('ts-node/register/transpile-only'))} app.ts`;
  const args = [require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--no-notices', '--no-version-reporting', '--app', app];
  const env = {
    ...process.env,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    TS_NODE_PROJECT: join(ROOT, 'tsconfig.dev.json'),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  return { exitCode: status, output: stdout + stderr };
}

const instance = (scope: string, httpTokens: string): string => `new aws_ec2.CfnInstance(${scope}, 'Web', { metadataOptions: { httpTokens: '${httpTokens}', httpPutResponseHopLimit: 1 } });`;

test('a violating app fails `cdk synth`, the fixed app passes', () => {
  const body = (tokens: string): string => `Validations.of(app).addPlugins(new ImdsValidator()); const stack = new Stack(app, 'Web'); ${instance('stack', tokens)}`;

  const failed = synth(body('optional'));
  expect(failed.output).toContain('imdsv1-allowed');
  expect(failed.exitCode).toBe(1);
  expect(synth(body('required'))).toMatchObject({ exitCode: 0 });
});

test('a violating stack under a plain Stage passes `cdk synth`, but not the recipe for CI', async () => {
  const body = (tokens: string): string => `const stage = new Stage(app, 'Prod'); const stack = new Stack(stage, 'Web'); ${instance('stack', tokens)}`;

  expect(synth(body('optional')).exitCode).toBe(0);
  const { exitCode, stdout } = await imdsGuard(cwd, ['check', 'cdk.out']);
  expect(stdout).toContain('Prod/Web');
  expect(exitCode).toBe(1);

  rmSync(join(cwd, 'cdk.out'), { recursive: true });
  expect(synth(body('required')).exitCode).toBe(0);
  expect((await imdsGuard(cwd, ['check', 'cdk.out'])).exitCode).toBe(0);
});

test('an enforced app passes both', async () => {
  expect(synth(`ImdsGuard.enforce(app); const stage = new Stage(app, 'Prod'); const stack = new Stack(stage, 'Web'); ${instance('stack', 'optional')}`).exitCode).toBe(0);
  expect((await imdsGuard(cwd, ['check'])).exitCode).toBe(0);
});

test('the CDK CLI goes on with an assembly that has the record of the guard', async () => {
  expect(synth(`ImdsGuard.enforce(app); const stack = new Stack(app, 'Web'); ${instance('stack', 'optional')}`).exitCode).toBe(0);
  expect(existsSync(join(cwd, 'cdk.out', 'imds-guard.json'))).toBe(true);
  for (const args of [['list'], ['synth', '--quiet', 'Web'], ['diff', 'Web', '--template', join('cdk.out', 'Web.template.json')]]) {
    const { status, stderr } = spawnSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args, '--no-notices', '--no-version-reporting', '--app', 'cdk.out'], {
      cwd, env: { ...process.env, AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' }, encoding: 'utf8',
    });
    expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: expect.any(String) });
  }
  expect((await imdsGuard(cwd, ['check', '--require-guard'])).exitCode).toBe(0);
});
