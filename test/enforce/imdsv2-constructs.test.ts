import { aws_ec2 as ec2, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ImdsGuard, Imdsv2Instance, Imdsv2LaunchTemplate } from '../../src';
import { messages, newApp, quietly } from '../support/support';

const instanceType = new ec2.InstanceType('t3.micro');
const machineImage = ec2.MachineImage.latestAmazonLinux2023();

function stackWithVpc(): { stack: Stack; vpc: ec2.IVpc } {
  const stack = new Stack(newApp(), 'Stack');
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['s-1'], privateSubnetIds: ['s-2'] });
  return { stack, vpc };
}

describe('Imdsv2Instance', () => {
  test('requires tokens by itself, with nothing else in the stack', () => {
    const { stack, vpc } = stackWithVpc();
    new Imdsv2Instance(stack, 'I', { vpc, instanceType, machineImage });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required' } });
  });

  test('takes every prop of the L2: requireImdsv2 adds no launch template, the others are kept', () => {
    const { stack, vpc } = stackWithVpc();
    new Imdsv2Instance(stack, 'I', {
      vpc,
      instanceType,
      machineImage,
      requireImdsv2: true,
      httpPutResponseHopLimit: 3,
      httpEndpoint: true,
      httpProtocolIpv6: true,
      instanceMetadataTags: false,
      detailedMonitoring: true,
    });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::LaunchTemplate', 0);
    template.hasResourceProperties('AWS::EC2::Instance', {
      Monitoring: true,
      MetadataOptions: {
        HttpTokens: 'required', HttpPutResponseHopLimit: 3, HttpEndpoint: 'enabled', HttpProtocolIpv6: 'enabled', InstanceMetadataTags: 'disabled',
      },
    });
  });

  test('is an ec2.Instance, with its logical id', () => {
    const { stack, vpc } = stackWithVpc();
    const { stack: plainStack, vpc: plainVpc } = stackWithVpc();
    const instance = new Imdsv2Instance(stack, 'I', { vpc, instanceType, machineImage });
    const plain = new ec2.Instance(plainStack, 'I', { vpc: plainVpc, instanceType, machineImage });
    expect(instance).toBeInstanceOf(ec2.Instance);
    expect(stack.resolve(instance.instanceId)).toEqual(plainStack.resolve(plain.instanceId));
  });

  test('takes what it does not say itself from the guard around it', () => {
    const { stack, vpc } = stackWithVpc();
    ImdsGuard.enforce(stack, { httpPutResponseHopLimit: 2 });
    new Imdsv2Instance(stack, 'Guarded', { vpc, instanceType, machineImage });
    quietly(() => Template.fromStack(stack)).hasResourceProperties('AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 } });
  });
});

describe('Imdsv2LaunchTemplate', () => {
  test('requires tokens by itself', () => {
    const { stack } = stackWithVpc();
    new Imdsv2LaunchTemplate(stack, 'T');
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } },
    });
  });

  test('takes every prop of the L2', () => {
    const { stack } = stackWithVpc();
    const template = new Imdsv2LaunchTemplate(stack, 'T', {
      requireImdsv2: true, httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED, httpPutResponseHopLimit: 2, httpEndpoint: false, instanceType,
    });
    expect(template).toBeInstanceOf(ec2.LaunchTemplate);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        InstanceType: 't3.micro', MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpEndpoint: 'disabled' },
      },
    });
  });
});

test.each<[string, Partial<ec2.InstanceProps>, string]>([
  ['optional tokens', { httpTokens: ec2.HttpTokens.OPTIONAL }, "'httpTokens' must be REQUIRED, got OPTIONAL"],
  ['requireImdsv2: false', { requireImdsv2: false }, "'requireImdsv2' must be true or left out, got false"],
  ['a hop limit of 65', { httpPutResponseHopLimit: 65 }, "'httpPutResponseHopLimit' must be a whole number from 1 to 64, got 65"],
])('a weakening or wrong prop is refused: %s', (_, props, text) => {
  const { stack, vpc } = stackWithVpc();
  expect(() => new Imdsv2Instance(stack, 'I', { vpc, instanceType, machineImage, ...props })).toThrow(text);
  expect(() => new Imdsv2LaunchTemplate(stack, 'T', props as ec2.LaunchTemplateProps)).toThrow(text);
  expect(stack.node.tryFindChild('I')).toBeUndefined();
});

describe('a hop limit that is only known when the stack is deployed', () => {
  const props = (stack: Stack): Pick<ec2.InstanceProps, 'httpPutResponseHopLimit'> => ({
    httpPutResponseHopLimit: new CfnParameter(stack, 'Hops', { type: 'Number' }).valueAsNumber,
  });

  test('is refused by the classes of aws-ec2', () => {
    const { stack, vpc } = stackWithVpc();
    const given = props(stack);
    expect(() => new ec2.Instance(stack, 'I', { vpc, instanceType, machineImage, ...given })).toThrow('between 1 and 64');
    new ec2.LaunchTemplate(stack, 'T', given);
    expect(messages(stack)).toContain('HttpPutResponseHopLimit must between 1 and 64'); // an error, which fails `cdk synth`
  });

  test('is refused here, in words', () => {
    const { stack, vpc } = stackWithVpc();
    const given = props(stack);
    const text = "'httpPutResponseHopLimit' must be a whole number from 1 to 64, got a token, whose value is not known at synthesis; give a number, or override the property of the resource; see https";
    expect(() => new Imdsv2Instance(stack, 'I', { vpc, instanceType, machineImage, ...given })).toThrow(text);
    expect(() => new Imdsv2LaunchTemplate(stack, 'T', given)).toThrow(text);
  });

  test('can be written over the property, and stays, with a guard around it too', () => {
    const { stack } = stackWithVpc();
    ImdsGuard.enforce(stack);
    const template = new Imdsv2LaunchTemplate(stack, 'T').node.defaultChild as ec2.CfnLaunchTemplate;
    template.addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit', props(stack).httpPutResponseHopLimit);
    quietly(() => Template.fromStack(stack)).hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: { Ref: 'Hops' } } },
    });
  });
});
