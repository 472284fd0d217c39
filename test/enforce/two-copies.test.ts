/* eslint-disable @typescript-eslint/no-require-imports, import/no-extraneous-dependencies */
// The app's copy comes first, as in an app: aws-cdk-lib 2.276 cannot run in a process whose profiling state 2.258 has set up.
const other = require('aws-cdk-lib-newest') as typeof import('aws-cdk-lib');
new other.App();
const { WAYS, quietly } = require('../support/support') as typeof import('../support/support');

import type { Json, Way } from '../support/support';

const REQUIRED = { HttpTokens: 'required' };

function build(stack: InstanceType<typeof other.Stack>): void {
  const vpc = other.aws_ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['s-1'], privateSubnetIds: ['s-2'] });
  new other.aws_ec2.Instance(stack, 'L2', {
    vpc, instanceType: new other.aws_ec2.InstanceType('t3.micro'), machineImage: other.aws_ec2.MachineImage.latestAmazonLinux2023(), requireImdsv2: true,
  });
  new other.aws_ec2.CfnLaunchTemplate(stack, 'Token', { launchTemplateData: other.Fn.conditionIf('C', { ImageId: 'a' }, { ImageId: 'b' }) as any });
  new other.CfnResource(stack, 'Generic', {
    type: 'AWS::EC2::Instance', properties: { MetadataOptions: other.Lazy.any({ produce: () => ({ HttpTokens: 'optional' }) }) },
  });
}

/** Type and metadata options of the resource whose logical id starts so. */
function found(resources: Json, id: string): unknown {
  const [, { Properties }] = Object.entries<Json>(resources).find(([key, { Type }]) => key.startsWith(id) && /EC2::(Instance|LaunchTemplate)$/.test(Type))!;
  return Properties.MetadataOptions ?? Properties.LaunchTemplateData;
}

test.each<Way>(['aspect', 'guard', 'mixin'])('an app on another copy of aws-cdk-lib than the library, enforced by %s', way => {
  const app = new other.App({ analyticsReporting: false });
  const stack = new other.Stack(app, 'Stack');
  build(stack);
  WAYS[way](app as any);

  const { Resources: resources } = quietly(() => app.synth()).getStackByName('Stack').template;
  expect(found(resources, 'Generic')).toEqual(REQUIRED);
  expect(found(resources, 'L2')).toEqual(REQUIRED);
  expect(found(resources, 'Token')).toEqual({
    'Fn::If': ['C', { ImageId: 'a', MetadataOptions: REQUIRED }, { ImageId: 'b', MetadataOptions: REQUIRED }],
  });
});

test('the guard reaches a Stage of another copy', () => {
  const app = new other.App({ analyticsReporting: false });
  WAYS.guard(app as any);
  build(new other.Stack(new other.Stage(app, 'Stage'), 'Stack'));
  const { Resources: resources } = quietly(() => app.synth()).getNestedAssembly('assembly-Stage').stacks[0].template;
  expect(found(resources, 'Generic')).toEqual(REQUIRED);
});
