import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  aws_autoscaling as autoscaling, aws_batch as batch, aws_ec2 as ec2, aws_ecs as ecs, aws_eks as eks, aws_imagebuilder as imagebuilder, Aspects,
  cloudformation_include as include, Stack,
} from 'aws-cdk-lib';
import { Imdsv2Instance, Imdsv2LaunchTemplate, RequireImdsv2 } from '../../src';
import { enforced, Json, newApp, only, templateOf, told, Way } from '../support/support';

const REQUIRED = { HttpTokens: 'required' };
const REQUIRED_FOR_CONTAINERS = { HttpTokens: 'required', HttpPutResponseHopLimit: 2 };
const TEMPLATES = { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true };
const instanceType = new ec2.InstanceType('t3.micro');
const machineImage = ec2.MachineImage.latestAmazonLinux2023();

function vpcIn(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['s-1'], privateSubnetIds: ['s-2'] });
}

/** The metadata options of every instance, launch template and launch configuration. */
function optionsIn(template: Json): unknown[] {
  return Object.values<Json>(template.Resources)
    .filter(({ Type }) => /EC2::Instance$|LaunchTemplate|LaunchConfiguration/.test(Type))
    .map(({ Properties }) => Properties?.MetadataOptions ?? Properties?.LaunchTemplateData?.MetadataOptions);
}

describe.each(['aspect', 'guard'] as Way[])('L2 classes, enforced by %s', way => {
  test.each<[string, (stack: Stack) => unknown, unknown[], Json?]>([
    ['Instance', stack => new ec2.Instance(stack, 'R', { vpc: vpcIn(stack), instanceType, machineImage }), [REQUIRED]],
    ['Instance with its own hop limit', stack => new ec2.Instance(stack, 'R', { vpc: vpcIn(stack), instanceType, machineImage, httpPutResponseHopLimit: 2 }),
      [REQUIRED_FOR_CONTAINERS]],
    ['Instance that joins an ECS cluster', stack => {
      const userData = ec2.UserData.forLinux();
      userData.addCommands('echo ECS_CLUSTER=x >> /etc/ecs/ecs.config');
      new ec2.Instance(stack, 'R', { vpc: vpcIn(stack), instanceType, machineImage, userData });
    }, [REQUIRED_FOR_CONTAINERS]],
    ['BastionHostLinux', stack => new ec2.BastionHostLinux(stack, 'R', { vpc: vpcIn(stack) }), [REQUIRED]],
    ['LaunchTemplate', stack => new ec2.LaunchTemplate(stack, 'R'), [REQUIRED]],
    ['LaunchTemplate with requireImdsv2', stack => new ec2.LaunchTemplate(stack, 'R', { requireImdsv2: true }), [REQUIRED]],
    ['AutoScalingGroup with a launch configuration', stack => new autoscaling.AutoScalingGroup(stack, 'R', { vpc: vpcIn(stack), instanceType, machineImage }), [REQUIRED]],
    ['AutoScalingGroup with a generated template', stack => new autoscaling.AutoScalingGroup(stack, 'R', { vpc: vpcIn(stack), instanceType, machineImage }),
      [REQUIRED], TEMPLATES],
    ['AutoScalingGroup with a given template', stack => new autoscaling.AutoScalingGroup(stack, 'R', {
      vpc: vpcIn(stack), launchTemplate: new ec2.LaunchTemplate(stack, 'T', { instanceType, machineImage }),
    }), [REQUIRED], TEMPLATES],
    ['AutoScalingGroup with a mixed instances policy', stack => new autoscaling.AutoScalingGroup(stack, 'R', {
      vpc: vpcIn(stack),
      mixedInstancesPolicy: {
        launchTemplate: new ec2.LaunchTemplate(stack, 'T', { instanceType, machineImage }),
        launchTemplateOverrides: [{ instanceType, launchTemplate: new ec2.LaunchTemplate(stack, 'O', { instanceType, machineImage }) }, { instanceType }],
      },
    }), [REQUIRED, REQUIRED], TEMPLATES],
    ['ECS capacity added to a cluster', stack => new ecs.Cluster(stack, 'R', { vpc: vpcIn(stack) }).addCapacity('D', { instanceType }),
      [REQUIRED_FOR_CONTAINERS], TEMPLATES],
    ['ECS capacity with Bottlerocket', stack => new ecs.Cluster(stack, 'R', { vpc: vpcIn(stack) }).addCapacity('D', {
      instanceType, machineImage: new ecs.BottleRocketImage(),
    }), [REQUIRED_FOR_CONTAINERS]],
    ['ECS capacity with Windows', stack => new ecs.Cluster(stack, 'R', { vpc: vpcIn(stack) }).addCapacity('D', {
      instanceType, machineImage: ecs.EcsOptimizedImage.windows(ecs.WindowsOptimizedVersion.SERVER_2022),
    }), [REQUIRED_FOR_CONTAINERS], TEMPLATES],
    ['ECS capacity provider', stack => {
      const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'G', { vpc: vpcIn(stack), instanceType, machineImage });
      new ecs.AsgCapacityProvider(stack, 'R', { autoScalingGroup });
    }, [REQUIRED_FOR_CONTAINERS], TEMPLATES],
    ['Batch environment with a template', stack => new batch.ManagedEc2EcsComputeEnvironment(stack, 'R', {
      vpc: vpcIn(stack), launchTemplate: new ec2.LaunchTemplate(stack, 'T'),
    }), [REQUIRED_FOR_CONTAINERS]],
    ['EKS node group with a template', stack => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} });
      new eks.CfnNodegroup(stack, 'R', { clusterName: 'c', nodeRole: 'r', subnets: ['s'], launchTemplate: { id: template.ref, version: template.attrLatestVersionNumber } });
    }, [REQUIRED]],
    ['Imdsv2Instance with requireImdsv2', stack => new Imdsv2Instance(stack, 'R', { vpc: vpcIn(stack), instanceType, machineImage, requireImdsv2: true }), [REQUIRED]],
    ['Imdsv2LaunchTemplate with a hop limit', stack => new Imdsv2LaunchTemplate(stack, 'R', { requireImdsv2: true, httpPutResponseHopLimit: 2 }), [REQUIRED_FOR_CONTAINERS]],
  ])('%s', (_, build, expected, context = {}) => {
    expect(optionsIn(enforced(build, {}, way, context))).toEqual(expected);
  });
});

test('Image Builder that builds containers is given two hops, one that builds images one', () => {
  const pipeline = (recipe: Json) => enforced(stack => {
    const infrastructure = new imagebuilder.CfnInfrastructureConfiguration(stack, 'R', { name: 'n', instanceProfileName: 'p' });
    new imagebuilder.CfnImagePipeline(stack, 'P', { name: 'n', infrastructureConfigurationArn: infrastructure.attrArn, ...recipe });
  });
  const options = (template: Json): unknown => only(template, 'AWS::ImageBuilder::InfrastructureConfiguration').InstanceMetadataOptions;
  expect(options(pipeline({ containerRecipeArn: 'arn' }))).toEqual(REQUIRED_FOR_CONTAINERS);
  expect(options(pipeline({ imageRecipeArn: 'arn' }))).toEqual(REQUIRED);
});

describe('CfnInclude', () => {
  const TEMPLATE = {
    Parameters: { Tokens: { Type: 'String', Default: 'optional' }, Hops: { Type: 'Number', Default: 2 } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } },
    Resources: {
      Plain: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami' } },
      Choice: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: { Ref: 'Tokens' }, HttpPutResponseHopLimit: { Ref: 'Hops' } } } },
      Branch: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { 'Fn::If': ['C', { HttpTokens: 'optional' }, { Ref: 'AWS::NoValue' }] } } },
      Data: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { 'Fn::If': ['C', { ImageId: 'a' }, { ImageId: 'b' }] } } },
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: { Ref: 'Data' }, Version: { 'Fn::GetAtt': ['Data', 'LatestVersionNumber'] } },
        },
      },
      Pinned: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami' } } },
      Pin: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          LaunchTemplate: { LaunchTemplateId: { Ref: 'Pinned' }, Version: { 'Fn::GetAtt': ['Pinned', 'LatestVersionNumber'] } },
        },
      },
    },
  };

  test.each(['aspect', 'guard', 'mixin'] as Way[])('a template from a file, enforced by %s', way => {
    const templateFile = join(mkdtempSync(join(tmpdir(), 'include-')), 'template.json');
    writeFileSync(templateFile, JSON.stringify(TEMPLATE));
    const { Resources: found } = enforced(stack => new include.CfnInclude(stack, 'Include', { templateFile }), {}, way);
    expect(found.Plain.Properties).toEqual({ ImageId: 'ami', MetadataOptions: REQUIRED });
    expect(found.Choice.Properties.MetadataOptions).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: { Ref: 'Hops' } });
    expect(found.Branch.Properties.MetadataOptions).toEqual({ 'Fn::If': ['C', REQUIRED, REQUIRED] });
    expect(found.Data.Properties.LaunchTemplateData).toEqual({
      'Fn::If': ['C', { ImageId: 'a', MetadataOptions: REQUIRED }, { ImageId: 'b', MetadataOptions: REQUIRED }],
    });
    expect(found.Pinned).toEqual(TEMPLATE.Resources.Pinned);
    expect(found.Pin.Properties.MetadataOptions).toEqual(REQUIRED);
  });
});

describe.each([true, false])('beside CDK\'s own aspects, ours first: %s', oursFirst => {
  test.each([
    ['all flags off', {}],
    ['uniqueImdsv2TemplateName', { '@aws-cdk/aws-ec2:uniqueImdsv2TemplateName': true }],
    ['generated templates', TEMPLATES],
    ['no stabilization', { '@aws-cdk/core:aspectStabilization': false, ...TEMPLATES }],
  ])('%s', (_, context) => {
    const stack = new Stack(newApp(context), 'Stack');
    const vpc = vpcIn(stack);
    new ec2.Instance(stack, 'I', { vpc, instanceType, machineImage });
    new ec2.LaunchTemplate(stack, 'T');
    new autoscaling.AutoScalingGroup(stack, 'G', { vpc, instanceType, machineImage });
    const theirs = (): void => [
      new ec2.InstanceRequireImdsv2Aspect(), new ec2.LaunchTemplateRequireImdsv2Aspect(), new autoscaling.AutoScalingGroupRequireImdsv2Aspect(),
    ].forEach(aspect => Aspects.of(stack).add(aspect));
    const ours = (): void => Aspects.of(stack).add(new RequireImdsv2());
    (oursFirst ? [ours, theirs] : [theirs, ours]).forEach(add => add());

    const options = optionsIn(templateOf(stack));
    expect(options).toHaveLength(4); // with the launch template that CDK's aspect attaches to the instance
    options.forEach(each => expect(each).toMatchObject({ HttpTokens: 'required' }));
    expect(options).toContainEqual(REQUIRED);
    expect(told(stack).filter(each => each.includes('warning replacement-needed'))).toEqual([]);
  });
});
