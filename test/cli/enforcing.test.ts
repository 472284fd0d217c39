import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack, aws_ec2, aws_autoscaling } from 'aws-cdk-lib';
import { ImdsGuard } from '../../src';
import { Report } from '../../src/engine/findings/report';
import { imdsGuard } from '../support/terminal';

const IMAGE = 'ami-0123456789abcdef0';

/** An app with what enforcing fixes, and what it leaves alone. */
function synthesize(enforce: (app: App) => void, add: (stack: Stack) => void = everything): string {
  const cwd = mkdtempSync(join(tmpdir(), 'enforcing-'));
  const app = new App({ outdir: join(cwd, 'cdk.out'), context: { '@aws-cdk/core:stackRelativeExports': true } });
  enforce(app);
  add(new Stack(app, 'Web'));
  try { app.synth(); } catch (error) { if ((error as Error).name !== 'ValidationFailed') { throw error; } }
  process.exitCode = undefined;
  return cwd;
}

function everything(stack: Stack): void {
  new aws_ec2.CfnInstance(stack, 'Weak', { imageId: IMAGE, metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 1 } });
  new aws_ec2.CfnInstance(stack, 'Silent', { imageId: IMAGE });
  new aws_autoscaling.CfnLaunchConfiguration(stack, 'Named', { imageId: IMAGE, instanceType: 't3.micro', launchConfigurationName: 'named' });
  new CfnResource(stack, 'Images', { type: 'AWS::AppStream::ImageBuilder', properties: { InstanceType: 'stream.standard.small', Name: 'images' } });
  const template = new aws_ec2.CfnLaunchTemplate(stack, 'Pinned', { launchTemplateData: { imageId: IMAGE } });
  new CfnResource(stack, 'Fleet', {
    type: 'AWS::EC2::EC2Fleet',
    properties: {
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateId: template.ref, Version: template.attrLatestVersionNumber } }],
      TargetCapacitySpecification: { TotalTargetCapacity: 1 },
    },
  });
  new CfnResource(stack, 'Nodes', { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'c', NodeRole: 'r', Subnets: ['s'] } });
}

async function reportOn(cwd: string, ...args: readonly string[]): Promise<Report> {
  return JSON.parse((await imdsGuard(cwd, ['check', '--format', 'json', ...args])).stdout) as Report;
}

beforeAll(() => { jest.spyOn(console, 'error').mockImplementation(() => {}); }); // CDK's own report

test('the report counts the findings that enforcing fixes, and no other', async () => {
  const before = await reportOn(synthesize(() => {}));
  const after = await reportOn(synthesize(app => ImdsGuard.enforce(app)));
  const left = new Set(after.findings.map(({ fingerprint }) => fingerprint));
  const fixed = before.findings.filter(({ fingerprint }) => !left.has(fingerprint));
  expect(fixed.map(({ logicalId }) => logicalId).sort()).toEqual(['Silent', 'Weak']);
  expect(before.enforcing).toEqual({ call: 'ImdsGuard.enforce(app)', findings: fixed.length });
  expect(after.enforcing).toBeUndefined(); // the record says that the guard is on
});

test.each(['text', 'markdown', 'github', 'html'])('%s says it once, at its end or in its summary', async format => {
  const cwd = synthesize(() => {});
  const { stdout } = await imdsGuard(cwd, ['check', '--format', format]);
  expect(stdout.match(/enforce\(app\) fixes 2 of these \d findings/g)).toHaveLength(1);
  const { stdout: quiet } = await imdsGuard(cwd, ['check', '--quiet', '--format', format]);
  expect(quiet.includes('fixes 2')).toBe(format === 'html');
});

test('all of them are "these"', async () => {
  const cwd = synthesize(() => {}, stack => { new aws_ec2.CfnInstance(stack, 'Silent', { imageId: IMAGE }); });
  expect((await imdsGuard(cwd, ['check'])).stdout).toContain('ImdsGuard.enforce(app) fixes this finding: a line right after the app is made, which imds-guard init adds\n');
});

test('nothing is said of what is in the baseline, of observed apps, and of templates without an app', async () => {
  const cwd = synthesize(() => {});
  expect((await reportOn(cwd, '--baseline', 'b.json', '--update-baseline')).enforcing).toBeUndefined();
  expect((await reportOn(synthesize(app => ImdsGuard.observe(app)))).enforcing).toBeUndefined();
  expect((await reportOn(cwd, 'cdk.out/Web.template.json')).enforcing).toBeUndefined();
});

test.each([
  ['npx ts-node bin/app.ts', 'ImdsGuard.enforce(app)'],
  ['python3 app.py', 'ImdsGuard.enforce(app)'],
  ['mvn -e -q compile exec:java', 'ImdsGuard.enforce(app)'],
  ['dotnet run --project src/Web', 'ImdsGuard.Enforce(app)'],
  ['go mod download && go run web.go', 'guard.ImdsGuard_Enforce(app, nil)'],
])('an app that is run by %s reads %s', async (app, call) => {
  const cwd = synthesize(() => {});
  writeFileSync(join(cwd, 'cdk.json'), JSON.stringify({ app }));
  expect((await reportOn(cwd)).enforcing?.call).toBe(call);
});

test('a cdk.json that cannot be read is no matter of the check', async () => {
  const cwd = synthesize(() => {});
  writeFileSync(join(cwd, 'cdk.json'), '{ "app": ');
  expect((await reportOn(cwd)).enforcing?.call).toBe('ImdsGuard.enforce(app)');
});
