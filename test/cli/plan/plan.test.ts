import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appWith, planned } from './plan-app';
import { PlanReport } from '../../../src/cli/plan/plan-report';
import { builtPreload } from '../../support/built-preload';
import { folderWith } from '../../support/files';

let preload: string;
beforeAll(async () => { preload = await builtPreload(); });

async function planOf(folder: string, ...args: string[]): Promise<PlanReport> {
  const { stdout, stderr, exitCode } = await planned(folder, preload, ['--format', 'json', ...args]);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return JSON.parse(stdout) as PlanReport;
}

const TEMPLATE = 'new ec2.CfnLaunchTemplate(stack, \'Template\', { launchTemplateData: { imageId: \'ami-1\' } })';
const group = (updatePolicy: string, template = TEMPLATE): string => `
const template = ${template};
const group = new autoscaling.CfnAutoScalingGroup(stack, 'Group', {
  minSize: '1', maxSize: '1', availabilityZones: ['eu-west-1a'], launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
});
group.cfnOptions.updatePolicy = ${updatePolicy};`;

describe('how a change arrives', () => {
  test('in place, with what was written before', async () => {
    const { stacks, totals } = await planOf(appWith('new ec2.CfnInstance(stack, \'Host\', { imageId: \'ami-1\', metadataOptions: { httpTokens: \'optional\' } });'));
    expect(stacks).toMatchObject([{
      stack: 'Web',
      mode: 'enforce',
      changes: [{
        path: 'Web/Host',
        type: 'AWS::EC2::Instance',
        changes: [{ setting: 'MetadataOptions.HttpTokens', before: 'optional', after: 'required' }],
        reach: 'in-place',
        rolls: [],
        replaces: [],
      }],
    }]);
    expect(totals).toMatchObject({ stacks: 1, examined: 1, changed: 1, inPlace: 1, uncontrolled: 0, afterwards: { resources: 1, compliant: 1 } });
  });

  test('before is what the app would deploy, also where an aspect of its own writes it late', async () => {
    const { stacks: [{ changes }] } = await planOf(appWith(`
const host = new cdk.CfnResource(stack, 'Host', { type: 'AWS::EC2::Instance', properties: { ImageId: 'ami-1' } });
cdk.Aspects.of(host).add({ visit: () => host.addPropertyOverride('MetadataOptions.HttpTokens', 'optional') });`));
    expect(changes[0].changes).toEqual([{ setting: 'MetadataOptions.HttpTokens', before: 'optional', after: 'required' }]);
  });

  test('as a new version of a launch template, with the group that it rolls', async () => {
    const { stacks: [{ changes }], totals } = await planOf(appWith(group('{ autoScalingRollingUpdate: {} }')));
    expect(changes).toMatchObject([{ path: 'Web/Template', reach: 'new-version', rolls: ['Web/Group'], replaces: [] }]);
    expect(totals).toMatchObject({ newVersion: 1, rolled: 1, replacedAlong: 0 });
  });

  test('as a new version of a launch template that replaces its group', async () => {
    const { stacks: [{ changes }], totals } = await planOf(appWith(group('{ autoScalingReplacingUpdate: { willReplace: true } }')));
    expect(changes).toMatchObject([{ path: 'Web/Template', reach: 'new-version', rolls: [], replaces: ['Web/Group'] }]);
    expect(totals).toMatchObject({ newVersion: 1, rolled: 0, replacedAlong: 1 });
  });

  test('as a replacement', async () => {
    const { stacks: [{ changes, notes }], totals } = await planOf(appWith(
      'new autoscaling.CfnLaunchConfiguration(stack, \'Config\', { imageId: \'ami-1\', instanceType: \'t3.micro\' });'));
    expect(changes).toMatchObject([{ path: 'Web/Config', reach: 'replacement' }]);
    expect(notes).toMatchObject([{ path: 'Web/Config', id: 'replaced' }]);
    expect(totals).toMatchObject({ changed: 1, replacement: 1 });
  });

  test('not at all, where it is required already', async () => {
    const { stacks, totals } = await planOf(appWith('new ec2.CfnInstance(stack, \'Host\', { metadataOptions: { httpTokens: \'required\' } });'));
    expect(stacks).toEqual([]);
    expect(totals).toMatchObject({ examined: 1, changed: 0, afterwards: { compliant: 1 } });
  });
});

test('what stays uncontrolled is told with the reason', async () => {
  const { stacks: [{ changes, uncontrolled }], totals } = await planOf(appWith(`
new autoscaling.CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', launchTemplate: { launchTemplateId: 'lt-1', version: '1' } });`));
  expect(changes).toEqual([]);
  expect(uncontrolled).toMatchObject([{ path: 'Web/Group', id: 'cannot-enforce', message: expect.stringContaining('outside this app') }]);
  expect(totals).toMatchObject({ uncontrolled: 1, afterwards: { cannotTell: 1 } });
});

test('what the check finds beyond the constructs is told, and does not stop the plan', async () => {
  const body = JSON.stringify({ Resources: { Inner: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'optional' } } } } });
  const { stacks, totals } = await planOf(appWith(`
new cdk.CfnResource(stack, 'Set', { type: 'AWS::CloudFormation::StackSet', properties: { StackSetName: 's', PermissionModel: 'SELF_MANAGED', TemplateBody: ${JSON.stringify(body)} } });`));
  expect(stacks.flatMap(({ uncontrolled }) => uncontrolled)).toMatchObject([{ id: 'imdsv1-allowed' }]);
  expect(totals.afterwards).toMatchObject({ violation: 1 });
});

test('stacks of nested stacks, of Stages and of pipelines are all in it', async () => {
  const { stacks } = await planOf(appWith(`
const fill = scope => new ec2.CfnInstance(scope, 'Host', { imageId: 'ami-1' });
fill(stack); fill(new cdk.NestedStack(stack, 'Nested')); fill(new cdk.Stack(new cdk.Stage(app, 'Prod'), 'Web'));`));
  expect(stacks.map(({ stack }) => stack)).toEqual(['Web', 'Web/Nested', 'Prod/Web']);
});

describe('nothing is changed or left behind', () => {
  const HOST = 'new ec2.CfnInstance(stack, \'Host\', { imageId: \'ami-1\' });';

  test('where the app chooses a folder of its own', async () => {
    expect((await planOf(appWith(HOST, { props: '{ outdir: "build/out" }' }))).totals.changed).toBe(1);
  });

  test('where an empty folder, and one with an assembly of long ago, are there', async () => {
    const folder = appWith(HOST, { props: '{ outdir: "build" }', files: { 'cdk.out/manifest.json': '{"version":"36.0.0"}' } });
    mkdirSync(join(folder, 'build'));
    expect((await planOf(folder)).totals.changed).toBe(1);
  });

  test('where two apps of a process want the same folder, and both are told', async () => {
    const { stacks } = await planOf(appWith(`${HOST}
const other = new cdk.App({ outdir: 'out' });
new ec2.CfnInstance(new cdk.Stack(other, 'Other'), 'Host', { imageId: 'ami-1' });
other.synth();`, { props: '{ outdir: "out" }' }));
    expect(stacks.map(({ stack }) => stack)).toEqual(['Web', 'Other']);
  });

  test('in the folder for temporary files', async () => {
    const before = readdirSync(tmpdir()).filter(name => name.startsWith('imds-guard-plan-'));
    await planOf(appWith(HOST));
    expect(readdirSync(tmpdir()).filter(name => name.startsWith('imds-guard-plan-'))).toEqual(before);
  });

  test('by the CDK CLI, also where the command has an output of its own, and values are to be looked up', async () => {
    const cli = [process.execPath, require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--no-notices', '--output', 'cdk.out'];
    const folder = appWith(`${HOST} ec2.Vpc.fromLookup(new cdk.Stack(app, 'Net', { env: { account: '111111111111', region: 'eu-west-1' } }), 'Vpc', { isDefault: true });`, {
      files: { 'cdk.context.json': { known: 1 } },
    });
    const { totals, notes } = await planOf(folder, '--', ...cli);
    expect(totals.changed).toBe(1);
    expect(notes).toEqual([expect.stringMatching(/^1 value that CDK looks up .* vpc-provider:/)]);
  });
});

test('the app is given the context of its files, as the CDK CLI does', async () => {
  const folder = appWith(`
for (const key of ['both', 'file', 'user']) new ec2.CfnInstance(stack, \`\${key}-\${app.node.tryGetContext(key)}\`, { imageId: 'ami-1' });`, {
    files: {
      'cdk.json': { app: `${JSON.stringify(process.execPath)} app.cjs`, context: { both: 'project' } },
      'cdk.context.json': { both: 'lookup', file: 'lookup' },
      '.cdk.json': { context: { both: 'user', user: 'user' } },
    },
  });
  const { stacks: [{ changes }] } = await planOf(folder);
  expect(changes.map(({ path }) => path)).toEqual(['Web/both-project', 'Web/file-lookup', 'Web/user-user']);
});

test('the guard of this command works, not an older one that is in NODE_OPTIONS', async () => {
  const old = folderWith({ 'preload.js': 'globalThis[Symbol.for("cdk-imds-guard.preload")] ??= true;' });
  const { exitCode } = await planned(appWith(TEMPLATE), preload, ['--fail-on', 'any'], { NODE_OPTIONS: `--require=${join(old, 'preload.js')}` });
  expect(exitCode).toBe(1);
});

test('what ends the command by a signal leaves no plan', async () => {
  const { exitCode, stderr } = await planned(folderWith(), preload, ['--', process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: 'imds-guard: the command was ended by SIGKILL, so there is no plan\n' });
});

test('context that is longer than a variable may be arrives', async () => {
  const folder = appWith('new ec2.CfnInstance(stack, `Host${app.node.tryGetContext("long").length}`, { imageId: "ami-1" });', {
    files: { 'cdk.context.json': { long: 'x'.repeat(200_000) } },
  });
  expect((await planOf(folder)).stacks[0].changes[0].path).toBe('Web/Host200000');
});

test('the newest CDK plans the same as the oldest', async () => {
  const body = group('{ autoScalingRollingUpdate: {} }');
  expect(await planOf(appWith(body, { cdk: 'aws-cdk-lib-newest' }))).toEqual(await planOf(appWith(body)));
});

describe('the exit code', () => {
  test.each([
    ['replacement', 'new autoscaling.CfnLaunchConfiguration(stack, "C", { imageId: "a", instanceType: "b" });', group('{ autoScalingRollingUpdate: {} }')],
    ['roll', group('{ autoScalingRollingUpdate: {} }'), TEMPLATE],
    ['any', TEMPLATE, 'new ec2.CfnInstance(stack, "Host", { metadataOptions: { httpTokens: "required" } });'],
  ])('with --fail-on %s', async (what, failing, passing) => {
    expect((await planned(appWith(failing), preload, ['--fail-on', what])).exitCode).toBe(1);
    expect((await planned(appWith(passing), preload, ['--fail-on', what])).exitCode).toBe(0);
  });

  const cases: [string, () => string, readonly string[], RegExp][] = [
    ['an app that fails', () => appWith('throw new Error("no such thing");'), [], /no such thing[^]*ended with exit code 1 and synthesized nothing/],
    ['a command that synthesizes nothing', () => folderWith(), ['--', process.execPath, '-e', '0'], /synthesized nothing that the guard could see/],
    ['a command that is not there', () => folderWith(), ['--', 'no-such-command'], /no-such-command: there is no such command/],
    ['a folder without an app', () => folderWith(), [], /there is no cdk.json in this folder/],
    ['a cdk.json without an app', () => folderWith({ 'cdk.json': {} }), [], /there is no "app" in cdk.json/],
    ['a cdk.json that is none', () => folderWith({ 'cdk.json': '{' }), [], /cdk.json: it cannot be read as JSON/],
    ['an assembly for an app', () => folderWith({ 'cdk.json': { app: 'cdk.out' }, 'cdk.out/manifest.json': {} }), [], /made already/],
    ['what deploys', () => folderWith(), ['--', 'npx', 'cdk', 'deploy'], /may do more than to synthesize/],
    ['an unknown --fail-on', () => folderWith(), ['--fail-on', 'all'], /--fail-on must be one of replacement, roll, any, got "all"/],
    ['a command that takes the guard away', () => appWith(''), ['--', 'env', '-u', 'NODE_OPTIONS', process.execPath, 'app.cjs'], /made without the guard/],
    ['a command that switches the guard off', () => appWith(''), ['--', 'env', 'IMDS_GUARD=off', process.execPath, 'app.cjs'], /guard/],
  ];
  test.each(cases)('is 2 for %s', async (_, folder, args, message) => {
    const { exitCode, stdout, stderr } = await planned(folder(), preload, args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('is 2 where the guard is switched off', async () => {
    expect(await planned(appWith(''), preload, [], { IMDS_GUARD: 'off' })).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^imds-guard: IMDS_GUARD=off .*\n$/) });
  });

  test('is 2 for a mistake in the settings, which is told in one line before the app is run', async () => {
    const folder = appWith('throw new Error("it was run");', { files: { '.imds-guard.yaml': 'enforce:\n  mode: watch\n' } });
    expect(await planned(folder, preload)).toEqual(expect.objectContaining({
      exitCode: 2, stdout: '', stderr: 'imds-guard: .imds-guard.yaml: enforce.mode must be one of observe, enforce, got "watch"\n',
    }));
  });

  test('is 2 where the app fails after it has synthesized, and the plan says that there may be more', async () => {
    const { exitCode, stdout, stderr } = await planned(appWith('new ec2.CfnInstance(stack, "Host", {}); app.synth(); throw new Error("second app");'), preload);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('there may be more');
    expect(stderr).toContain('second app');
  });
});

test('formats go to files', async () => {
  const folder = appWith(group('{ autoScalingRollingUpdate: {} }'));
  const out = folderWith();
  const formats = ['json', 'markdown', 'html'].flatMap(format => ['--format', `${format}=${join(out, `plan.${format}`)}`]);
  const { exitCode, stdout } = await planned(folder, preload, formats);
  expect({ exitCode, files: readdirSync(out).sort() }).toEqual({ exitCode: 0, files: ['plan.html', 'plan.json', 'plan.markdown'] });
  expect(stdout).toContain('rolls Group');
  rmSync(out, { recursive: true });
});
