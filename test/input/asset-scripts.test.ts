/* eslint-disable @stylistic/max-len */ // a case a line
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { App, AppProps, aws_autoscaling as autoscaling, aws_codedeploy as codedeploy, aws_ec2 as ec2, aws_elasticbeanstalk as beanstalk, aws_emr as emr, aws_imagebuilder as imagebuilder, aws_s3_assets as assets, Stack, Stage } from 'aws-cdk-lib';
import { judgeAll } from '../../src/engine/judge/judge';
import { readAssembly } from '../../src/input/assembly';
import { Files, folderWith } from '../support/files';

const WEAK = '#!/bin/bash\nIID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)\n';
const STRONG = [
  '#!/bin/bash',
  'TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")',
  'curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id',
].join('\n');

interface Told {
  readonly calls: readonly string[];
  readonly passedOver: readonly string[];
}

/** What is told of an app; `afterwards` may change its assembly. */
function told(build: (stack: Stack) => void, { afterwards = () => {}, props = {} }: { afterwards?: (outdir: string) => void; props?: AppProps } = {}): Told {
  const outdir = join(folderWith(), 'cdk.out');
  const app = new App({ outdir, analyticsReporting: false, ...props });
  build(new Stack(app, 'S'));
  app.synth();
  afterwards(outdir);
  const { templates, passedOver } = readAssembly(outdir, 'cdk.out');
  const calls = [...judgeAll(templates).values()].flatMap(({ findings }) => findings).filter(({ rule }) => rule === 'imdsv1-call');
  return {
    calls: calls.map(({ path, reason }) => `${path}: ${reason.replace(/: curl asks.*/, '').replace(/[0-9a-f]{64}/, 'HASH')}`),
    passedOver: passedOver().map(({ file, message }) => `${file}: ${message}`.replace(/[0-9a-f]{64}/g, 'HASH')),
  };
}

function fileAsset(scope: Stack, text: string | Buffer, name = 'setup.sh'): assets.Asset {
  return new assets.Asset(scope, 'Script', { path: join(folderWith({ [name]: text }), name) });
}

function folderAsset(scope: Stack, files: Files): assets.Asset {
  return new assets.Asset(scope, 'Folder', { path: folderWith(files) });
}

/** A host that fetches an asset and runs it. */
function fetches(scope: Stack, asset: assets.Asset): void {
  new ec2.CfnInstance(scope, 'Host', { userData: `#!/bin/bash\naws s3 cp ${asset.s3ObjectUrl} /tmp/x\nbash /tmp/x` });
}

function deploys(scope: Stack, files: Files): unknown {
  const asset = folderAsset(scope, files);
  const s3Location = { bucket: asset.s3BucketName, key: asset.s3ObjectKey, bundleType: 'zip' };
  return new codedeploy.CfnDeploymentGroup(scope, 'D', { applicationName: 'a', serviceRoleArn: 'r', deployment: { revision: { revisionType: 'S3', s3Location } } });
}

const FILE = 'Properties.UserData: cdk.out/asset.HASH.sh:2';

test.each([
  ['as CDK 2 does', {}],
  ['as CDK 1 did', { context: { '@aws-cdk/core:newStyleStackSynthesis': false } }],
])('a script that user data fetches from an asset is read, %s', (_, props) => {
  expect(told(stack => fetches(stack, fileAsset(stack, WEAK)), { props })).toEqual({ calls: [FILE], passedOver: [] });
  expect(told(stack => fetches(stack, fileAsset(stack, STRONG)), { props })).toEqual({ calls: [], passedOver: [] });
});

test('an asset that nobody fetches is not read', () => {
  expect(told(stack => fileAsset(stack, WEAK))).toEqual({ calls: [], passedOver: [] });
});

test('a Stage has its assets in the folder around it', () => {
  const build = (stack: Stack): void => {
    const inner = new Stack(new Stage(stack.node.root, 'Prod'), 'Inner');
    fetches(inner, fileAsset(inner, WEAK));
  };

  expect(told(build).calls).toEqual([FILE]);
});

test('files and archives that cfn-init fetches are read, on a group too', () => {
  const path = join(folderWith({ 'b.sh': WEAK }), 'b.sh');
  const build = (stack: Stack): void => {
    new autoscaling.AutoScalingGroup(stack, 'Group', {
      vpc: new ec2.Vpc(stack, 'Vpc'),
      instanceType: new ec2.InstanceType('t3.micro'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      signals: autoscaling.Signals.waitForAll(),
      init: ec2.CloudFormationInit.fromElements(ec2.InitFile.fromAsset('/opt/b.sh', path), ec2.InitSource.fromAsset('/opt/all', folderWith({ 'run.sh': WEAK }))),
    });
  };

  expect(told(build).calls).toEqual([
    'Metadata.AWS::CloudFormation::Init.config.files./opt/b.sh.source: cdk.out/asset.HASH.sh:2',
    'Metadata.AWS::CloudFormation::Init.config.sources./opt/all: cdk.out/asset.HASH/run.sh:2',
  ]);
});

test('components of Image Builder, bootstrap actions of EMR and revisions of CodeDeploy lie in assets too', () => {
  const document = `phases:\n- name: build\n  steps:\n  - action: ExecuteBash\n    inputs:\n      commands:\n      - ${WEAK.split('\n')[1]}\n`;
  const component = (stack: Stack): unknown => new imagebuilder.CfnComponent(stack, 'C', {
    name: 'c', platform: 'Linux', version: '1.0.0', uri: fileAsset(stack, document, 'c.yml').s3ObjectUrl,
  });
  const cluster = (stack: Stack): unknown => new emr.CfnCluster(stack, 'C', {
    name: 'c', instances: {}, jobFlowRole: 'a', serviceRole: 'b', bootstrapActions: [{ name: 'x', scriptBootstrapAction: { path: fileAsset(stack, WEAK).s3ObjectUrl } }],
  });
  const deployment = (stack: Stack): unknown => {
    const hooks = 'hooks:\n  ApplicationStop:\n    - location: scripts/stop.sh\n  AfterInstall:\n    - timeout: 300\n      location: "/scripts/start.sh" # as root\n';
    return deploys(stack, { 'appspec.yml': `version: 0.0\nos: linux\nfiles:\n  - source: /\n    destination: /srv\n${hooks}`, 'scripts/start.sh': WEAK, 'scripts/stop.sh': STRONG });
  };

  expect(told(component).calls).toEqual(['Properties.Uri: cdk.out/asset.HASH.yml:7']);
  expect(told(cluster).calls).toEqual(['Properties.BootstrapActions.0.ScriptBootstrapAction.Path: cdk.out/asset.HASH.sh:2']);
  expect(told(deployment).calls).toEqual(['Properties.Deployment.Revision.S3Location.Key: cdk.out/asset.HASH/scripts/start.sh:2']);
});

test.each<[string, Files]>([
  ['its hooks do not name', { 'appspec.yml': 'hooks:\n  AfterInstall:\n    - location: scripts/stop.sh\n#   - location: app/main.py\n', 'app/main.py': WEAK, 'scripts/start.sh': WEAK }],
  ['it copies only', { 'appspec.yml': 'os: linux\nfiles:\n  - source: app/run.sh\n    destination: /srv\n', 'app/run.sh': WEAK }],
  ['it has without an appspec.yml', { 'scripts/start.sh': WEAK, 'docs/appspec.yml': 'hooks:\n  AfterInstall:\n    - location: scripts/start.sh\n' }],
])('of a revision for CodeDeploy nothing is told of what %s', (_, files) => {
  expect(told(stack => deploys(stack, files))).toEqual({ calls: [], passedOver: [] });
});

test('of an application of Elastic Beanstalk the platform hooks are read, not the application', () => {
  const files = {
    '.platform/hooks/prebuild/10-id.sh': WEAK,
    '.platform/confighooks/postdeploy/id': WEAK,
    '.platform/hooks/predeploy/x.sh': STRONG,
    '.platform/nginx/x.sh': WEAK,
    'application.py': WEAK,
    'bin/id.sh': WEAK,
    'app/.platform/hooks/prebuild/x.sh': WEAK,
  };
  const build = (stack: Stack): void => {
    const asset = folderAsset(stack, files);
    new beanstalk.CfnApplicationVersion(stack, 'V', { applicationName: 'a', sourceBundle: { s3Bucket: asset.s3BucketName, s3Key: asset.s3ObjectKey } });
  };

  expect(told(build).calls).toEqual([
    'Properties.SourceBundle.S3Key: cdk.out/asset.HASH/.platform/confighooks/postdeploy/id:2',
    'Properties.SourceBundle.S3Key: cdk.out/asset.HASH/.platform/hooks/prebuild/10-id.sh:2',
  ]);
});

test('of a folder only scripts are read, and no libraries', () => {
  const files = { 'README.md': WEAK, 'app.txt': WEAK, 'run': WEAK, 'data': WEAK.slice(12), 'node_modules/x/x.sh': WEAK, 'test/x.sh': WEAK, 'bin/up.py': '#' };

  expect(told(stack => fetches(stack, folderAsset(stack, files))).calls).toEqual(['Properties.UserData: cdk.out/asset.HASH/run:2']);
});

test('what is passed over is told once for each reason', () => {
  const large = (stack: Stack): void => fetches(stack, folderAsset(stack, { 'a.sh': WEAK + ' '.repeat(1024 * 1024), 'b.sh': WEAK + ' '.repeat(1024 * 1024), 'c.sh': WEAK }));
  const archive = (stack: Stack): void => fetches(stack, fileAsset(stack, Buffer.from([0, 1, 2]), 'x.tar.gz'));

  expect(told(large)).toEqual({
    calls: ['Properties.UserData: cdk.out/asset.HASH/c.sh:2'],
    passedOver: ['cdk.out/asset.HASH/a.sh: not read for calls of IMDS: it is larger than 1 MB; so are 1 more'],
  });
  expect(told(archive).passedOver).toEqual(['cdk.out/asset.HASH.tar.gz: not read for calls of IMDS: an archive or a program']);
  expect(told(stack => fetches(stack, fileAsset(stack, Buffer.from([0, 1, 2]), 'program')))).toEqual({ calls: [], passedOver: [] });
});

test('a link out of the assembly is not followed', () => {
  const secret = folderWith({ 'secret.sh': WEAK });
  const build = (stack: Stack): void => fetches(stack, folderAsset(stack, { 'a.sh': STRONG }));
  const afterwards = (outdir: string): void => {
    const [folder] = readdirSync(outdir).filter(name => /^asset\.\w+$/.test(name)).map(name => join(outdir, name));
    symlinkSync(join(secret, 'secret.sh'), join(folder, 'b.sh'));
    symlinkSync(join(folder, 'a.sh'), join(folder, 'c.sh'));
    symlinkSync(secret, join(folder, 'd'));
  };

  expect(told(build, { afterwards })).toEqual({ calls: [], passedOver: ['cdk.out/asset.HASH/b.sh: not read for calls of IMDS: it is outside the cloud assembly; so are 1 more'] });
});

test('an asset that is not in the assembly is told, and fails nothing', () => {
  const missing = told(stack => fetches(stack, fileAsset(stack, WEAK)), { props: { context: { 'aws:cdk:disable-asset-staging': true } } });

  expect(missing.calls).toEqual([]);
  expect(missing.passedOver).toEqual([expect.stringMatching(/not read for calls of IMDS: /)]);
});
