/* eslint-disable @typescript-eslint/no-require-imports, import/no-extraneous-dependencies, import/order */
// CDK's validation of templates against CloudFormation's schema is younger than the oldest aws-cdk-lib that is supported.
type Cdk = typeof import('aws-cdk-lib');
// By version, before either is loaded: the newer cannot run in a process that the older has set up. `projen test:newest` swaps the two.
const minorOf = (name: string): number => Number(require(`${name}/package.json`).version.split('.')[1]);
const cdk: Cdk = minorOf('aws-cdk-lib-newest') > minorOf('aws-cdk-lib') ? require('aws-cdk-lib-newest') : require('aws-cdk-lib');
new cdk.App();
const { outcomeOf } = require('../support/support') as typeof import('../support/support');
const { ImdsGuard } = require('../../src') as typeof import('../../src');

import { readFileSync } from 'fs';
import { join } from 'path';
import type { Json } from '../support/support';

beforeAll(() => delete process.env.CDK_VALIDATION);
afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

/** What CloudFormation's schema has against a template with these resources, enforced: `<logical id> <path>: <text>`. */
function schemaErrors(resources: Record<string, (stack: InstanceType<typeof cdk.Stack>) => unknown>, guarded = true): string[] {
  const app = new cdk.App({ analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  if (guarded) {
    ImdsGuard.enforce(app as any, {
      httpEndpoint: true,
      allowReplacement: ['AWS::EC2::EC2Fleet', 'AWS::EMR::SecurityConfiguration', 'AWS::WorkspacesInstances::WorkspaceInstance'],
      includeResourceTypes: ['AWS::AppStream::Fleet', 'AWS::AppStream::ImageBuilder'],
      attachLaunchTemplate: ['AWS::EKS::Nodegroup', 'AWS::Batch::ComputeEnvironment'],
    });
  }
  const stack = new cdk.Stack(app, 'Stack');
  new cdk.CfnCondition(stack, 'C', { expression: cdk.Fn.conditionEquals(cdk.Fn.ref('AWS::Region'), 'x') });
  Object.values(resources).forEach(build => build(stack));
  outcomeOf(app as any);
  const { pluginReports }: Json = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  return pluginReports.filter(({ pluginName }: Json) => pluginName === 'CloudFormation Validate')
    .flatMap(({ violations }: Json) => violations.filter(({ severity }: Json) => severity === 'error'))
    .flatMap(({ description, violatingConstructs }: Json) => violatingConstructs.map(({ constructPath }: Json) => `${constructPath}: ${description}`));
}

const generic = (id: string, type: string, properties: Json) => (stack: any): unknown => new cdk.CfnResource(stack, id, { type, properties });
const override = (id: string, properties: Json) => (stack: any): unknown => (
  new cdk.aws_ec2.CfnInstance(stack, id, { imageId: 'ami-12345678' }).addPropertyOverride('MetadataOptions', properties)
);
const WEAK = { HttpTokens: 'optional', HttpPutResponseHopLimit: '3' };
const IF = (whenTrue: Json): Json => ({ 'Fn::If': ['C', whenTrue, { Ref: 'AWS::NoValue' }] });

const RESOURCES: Record<string, (stack: any) => unknown> = {
  typed: stack => new cdk.aws_ec2.CfnInstance(stack, 'Typed', { imageId: 'ami-12345678' }),
  instance: generic('Instance', 'AWS::EC2::Instance', { MetadataOptions: IF(WEAK) }),
  overridden: override('Overridden', IF(WEAK)),
  template: generic('Template', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { MetadataOptions: WEAK } }),
  branches: generic('Branches', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { 'Fn::If': ['C', { ImageId: 'ami-12345678' }, { MetadataOptions: WEAK }] } }),
  configuration: generic('Configuration', 'AWS::AutoScaling::LaunchConfiguration', { ImageId: 'ami-12345678', InstanceType: 't3.micro' }),
  infrastructure: generic('Infrastructure', 'AWS::ImageBuilder::InfrastructureConfiguration', { Name: 'n', InstanceProfileName: 'p' }),
  notebook: generic('Notebook', 'AWS::SageMaker::NotebookInstance', { InstanceType: 'ml.t3.medium', RoleArn: 'arn:aws:iam::111111111111:role/r' }),
  environment: generic('Environment', 'AWS::ElasticBeanstalk::Environment', { ApplicationName: 'a' }),
  security: generic('Security', 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: { A: 1 } }),
  securityText: generic('SecurityText', 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: '{"A":1}' }),
  fleet: generic('Fleet', 'AWS::AppStream::Fleet', { Name: 'n', InstanceType: 'stream.standard.small' }),
  builder: generic('Builder', 'AWS::AppStream::ImageBuilder', { Name: 'n', InstanceType: 'stream.standard.small' }),
  desktop: generic('Desktop', 'AWS::WorkspacesInstances::WorkspaceInstance', { ManagedInstance: { ImageId: 'ami-12345678', InstanceType: 't3.micro' } }),
  ec2Fleet: generic('Ec2Fleet', 'AWS::EC2::EC2Fleet', {
    TargetCapacitySpecification: { TotalTargetCapacity: 1 },
    LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateName: 'n', Version: '1' }, Overrides: [{ MetadataOptions: { HttpTokens: 'optional' } }] }],
  }),
  nodes: generic('Nodes', 'AWS::EKS::Nodegroup', { ClusterName: 'c', NodeRole: 'arn:aws:iam::111111111111:role/r', Subnets: ['subnet-12345678'] }),
};

test.each(Object.entries(RESOURCES))('%s: what is written validates against CloudFormation\'s schema', (name, build) => {
  const before = schemaErrors({ [name]: build }, false);
  expect(schemaErrors({ [name]: build })).toEqual(before);
});

test('the schema has something against what a deep merge into a Fn::If makes', () => {
  expect(schemaErrors({ bad: override('Bad', { ...IF(WEAK), HttpTokens: 'required' }) }, false)).not.toEqual([]);
});
