import { createRequire } from 'node:module';
import { App, Aspects, CfnResource, IAspect, Stack, aws_autoscaling, aws_ec2 } from 'aws-cdk-lib';

const load = createRequire(`${process.cwd()}/package.json`);
const { ImdsGuard, RequireImdsv2 } = load('./lib') as typeof import('../src');

const [variant, size] = [process.argv[1], Number(process.argv[2])];
const app = companyApp(size);
apply(variant);
const before = countResources();

// The aspect phase is what `synth` does before it prepares the App, but for one walk that looks for nested Stages. It begins with the
// call, since the guard looks at the tree before CDK does. What is loaded on the way counts, as it does in an app.
class AspectPhaseOver extends Error {}
let milliseconds = 0;
const internals = `${process.cwd()}/node_modules/aws-cdk-lib/core/lib/private/`;
load(`${internals}synthesis.js`); // CDK's own part of the way, the same for all
load(`${internals}prepare-app.js`).prepareApp = () => {
  milliseconds = performance.now() - start;
  throw new AspectPhaseOver();
};

global.gc!();
const start = performance.now();
try {
  app.synth();
} catch (error) {
  if (!(error instanceof AspectPhaseOver)) throw error;
}
console.log(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024, added: countResources() - before }));

/** Instances and launch templates as people write them, among ten times as many other resources. */
function companyApp(instances: number): App {
  const root = new App({ treeMetadata: false, analyticsReporting: false });
  const shared = new Stack(root, 'Shared', { env: { account: '111111111111', region: 'eu-west-1' } });
  const vpc = aws_ec2.Vpc.fromVpcAttributes(shared, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a'],
    privateSubnetIds: ['subnet-1'],
  });
  const securityGroup = aws_ec2.SecurityGroup.fromSecurityGroupId(shared, 'SecurityGroup', 'sg-1');
  const machineImage = aws_ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
  const instanceType = new aws_ec2.InstanceType('t3.micro');
  let role;
  for (let i = 0, stack = shared; i < instances; i++) {
    if (i % 20 === 0) stack = new Stack(root, `Stack${i}`, { env: shared });
    const instance: aws_ec2.Instance = new aws_ec2.Instance(stack, `Instance${i}`, { vpc, securityGroup, machineImage, instanceType, role });
    role = instance.role;
    new aws_ec2.LaunchTemplate(stack, `LaunchTemplate${i}`, { machineImage, instanceType });
    for (let n = 0; n < 10; n++) new CfnResource(stack, `Topic${i}-${n}`, { type: 'AWS::SNS::Topic', properties: { TopicName: `topic-${i}-${n}` } });
  }
  return root;
}

function apply(name: string): void {
  const aspects: Record<string, () => IAspect[]> = {
    none: () => [],
    empty: () => [{ visit() {} }],
    cdk: () => [
      new aws_ec2.InstanceRequireImdsv2Aspect(),
      new aws_ec2.LaunchTemplateRequireImdsv2Aspect(),
      new aws_autoscaling.AutoScalingGroupRequireImdsv2Aspect(),
    ],
    aspect: () => [new RequireImdsv2()],
    guard: () => {
      ImdsGuard.enforce(app);
      return [];
    },
  };
  aspects[name]().forEach(aspect => Aspects.of(app).add(aspect));
}

function countResources(): number {
  return app.node.findAll().filter(construct => CfnResource.isCfnResource(construct)).length;
}
