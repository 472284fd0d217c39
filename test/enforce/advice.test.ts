import {
  aws_autoscaling as autoscaling, aws_batch as batch, aws_cloud9 as cloud9, aws_ec2 as ec2, aws_ecs as ecs, aws_eks as eks, aws_emr as emr,
  aws_gamelift as gamelift, aws_imagebuilder as imagebuilder, aws_lightsail as lightsail, aws_pcs as pcs, CfnMapping, Fn, Stack, Validations,
} from 'aws-cdk-lib';
import { RequireImdsv2Props } from '../../src';
import { generic, Json, messages, newApp, templateOf, told, Way, WAYS } from '../support/support';

/** What is told of one stack, without the path of the stack. */
function advice(build: (stack: Stack) => unknown, props?: RequireImdsv2Props, way: Way = 'guard'): { told: string[]; text: string; template: Json } {
  const stack = new Stack(newApp({ '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true }), 'Stack');
  build(stack);
  WAYS[way](stack, props);
  const template = templateOf(stack);
  return { told: told(stack).map(each => each.replace(/^Stack\//, '')), text: messages(stack), template };
}

const data = (options: Json = {}): ec2.CfnLaunchTemplateProps => ({ launchTemplateData: { imageId: 'ami', ...options } });
const latest = (template: ec2.CfnLaunchTemplate): { launchTemplateId: string; version: string } => ({
  launchTemplateId: template.ref, version: template.attrLatestVersionNumber,
});
const userData = (text: string): string => Fn.base64(text);

describe('hop limits', () => {
  test('a given limit that replaces the author\'s is told, one that is the same is not', () => {
    const build = (stack: Stack): unknown => new ec2.CfnInstance(stack, 'I', { metadataOptions: { httpPutResponseHopLimit: 3 } });
    expect(advice(build, { httpPutResponseHopLimit: 2 })).toMatchObject({
      told: ['I warning hop-limit-changed'], text: expect.stringContaining('the hop limit 3 that was written here is now 2'),
    });
    expect(advice(build, { httpPutResponseHopLimit: 3 }).told).toEqual([]);
  });

  test('the maximum lowers higher literals and leaves the others', () => {
    const build = (hops: number) => (stack: Stack): unknown => new ec2.CfnInstance(stack, 'I', { metadataOptions: { httpPutResponseHopLimit: hops } });
    expect(advice(build(5), { maxHttpPutResponseHopLimit: 2 }).told).toEqual(['I warning hop-limit-changed']);
    expect(advice(build(2), { maxHttpPutResponseHopLimit: 2 }).told).toEqual([]);
  });

  test('one hop on a host of containers is told: by capacity provider, by Batch, by docker in user data', () => {
    const one = { httpPutResponseHopLimit: 1 };
    const provider = (stack: Stack): void => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', data());
      const group = new autoscaling.CfnAutoScalingGroup(stack, 'G', { minSize: '0', maxSize: '1', launchTemplate: latest(template) });
      new ecs.CfnCapacityProvider(stack, 'P', { autoScalingGroupProvider: { autoScalingGroupArn: group.ref } });
    };
    expect(advice(provider, one).told).toContain('T warning hop-limit-too-low');
    expect(advice(provider).told).not.toContain('T warning hop-limit-too-low');
    const docker = (text: string) => (stack: Stack): unknown => new ec2.CfnInstance(stack, 'I', { userData: userData(text) });
    expect(advice(docker('#!/bin/bash\ndocker run web'), one).told).toEqual(['I warning hop-limit-too-low']);
    expect(advice(docker('#!/bin/bash\ndocker run web'), { httpPutResponseHopLimit: 2 }).told).toEqual([]);
    expect(advice(docker('#!/bin/bash\nyum install httpd')).told).toEqual([]);
  });

  test('user data in plain base64 is read', () => {
    const text = Buffer.from('#!/bin/bash\ndocker run --detach --publish 80:80 nginx').toString('base64');
    expect(advice(stack => new ec2.CfnInstance(stack, 'I', { userData: text }), { httpPutResponseHopLimit: 1 }).told).toEqual(['I warning hop-limit-too-low']);
  });

  test('user data in a mapping is read where it decides it', () => {
    const build = (key: string) => (stack: Stack): unknown => {
      new CfnMapping(stack, 'M', { mapping: { a: { run: '#!/bin/bash\ndocker run nginx', other: '#!/bin/bash\ndnf remove docker' } } });
      return new ec2.CfnInstance(stack, 'I', { userData: userData(Fn.findInMap('M', 'a', key)) });
    };
    const onInstance = (key: string): string[] => advice(build(key), { httpPutResponseHopLimit: 1 }).told.filter(each => each.startsWith('I '));
    expect(onInstance('run')).toEqual(['I warning hop-limit-too-low']);
    expect(onInstance('other')).toEqual([]);
  });

  test.each<[string, string, number | undefined]>([
    ['that starts a container', '#!/bin/bash\nsystemctl start docker\ndocker run -d my/agent\n', 2],
    ['that joins an ECS cluster', '#!/bin/bash\necho ECS_CLUSTER=c >> /etc/ecs/ecs.config', 2],
    ['that starts none', '#!/bin/bash\nyum install httpd', undefined],
  ])('user data %s: hop limit %s', (_, text, expected) => {
    const hops = (options?: Json, props?: RequireImdsv2Props): unknown => (
      advice(stack => new ec2.CfnInstance(stack, 'I', { userData: userData(text), metadataOptions: options }), props).template.Resources.I.Properties.MetadataOptions
    );
    expect(hops()).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: expected });
    expect(hops({ httpTokens: 'required' })).toEqual({ HttpTokens: 'required' });
    expect(hops({ httpPutResponseHopLimit: 1 })).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
    expect(hops(undefined, { maxHttpPutResponseHopLimit: 1 })).toEqual({ HttpTokens: 'required' });
  });

  test('EKS nodes at one hop are told as information what that means, others nothing, and none are given one', () => {
    const build = (stack: Stack): unknown => new eks.CfnNodegroup(stack, 'N', {
      clusterName: 'c',
      nodeRole: 'r',
      subnets: ['s'],
      launchTemplate: (template => ({ id: template.ref, version: template.attrLatestVersionNumber }))(new ec2.CfnLaunchTemplate(stack, 'T', data())),
    });
    expect(advice(build, { httpPutResponseHopLimit: 1 }).told).toEqual(['N info renewed-by-service', 'N info hop-limit-on-pods']);
    expect(advice(build).told).toEqual(['N info renewed-by-service']);
    expect(advice(build).template.Resources.T.Properties.LaunchTemplateData.MetadataOptions).toEqual({ HttpTokens: 'required' });
  });

  test('EKS nodes whose template has two hops, given or chosen by the author, are not told what one hop would mean', () => {
    const build = (options: Json) => (stack: Stack): unknown => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', data(options));
      return new eks.CfnNodegroup(stack, 'N', {
        clusterName: 'c', nodeRole: 'r', subnets: ['s'], launchTemplate: { id: template.ref, version: template.attrLatestVersionNumber },
      });
    };
    expect(advice(build({}), { httpPutResponseHopLimit: 2 }).told).toEqual(['N info renewed-by-service']);
    expect(advice(build({ metadataOptions: { httpPutResponseHopLimit: 2 } })).told).toEqual(['N info renewed-by-service']);
  });

  test('EKS nodes that are not managed by a node group are told by their user data, once', () => {
    const one = { httpPutResponseHopLimit: 1 };
    const bootstrap = { userData: userData('#!/bin/bash\n/etc/eks/bootstrap.sh main') };
    const instance = (options: Json = {}) => (stack: Stack): unknown => new ec2.CfnInstance(stack, 'I', { ...bootstrap, ...options });
    expect(advice(instance()).told).toEqual([]);
    expect(advice(instance(), one).told).toEqual(['I info hop-limit-on-pods']);
    expect(advice(instance({ metadataOptions: { httpPutResponseHopLimit: 1 } })).told).toEqual(['I info hop-limit-on-pods']);
    expect(advice(instance(), { httpPutResponseHopLimit: 2 }).told).toEqual([]);
    const group = (stack: Stack): unknown => new autoscaling.CfnAutoScalingGroup(stack, 'G', {
      minSize: '0', maxSize: '1', launchTemplate: latest(new ec2.CfnLaunchTemplate(stack, 'T', data(bootstrap))),
    });
    expect(advice(group, one).told).toEqual(['T info hop-limit-on-pods', 'G info running-instances-kept']);
    const managed = (stack: Stack): unknown => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', data(bootstrap));
      return new eks.CfnNodegroup(stack, 'N', { clusterName: 'c', nodeRole: 'r', subnets: ['s'], launchTemplate: { id: template.ref, version: template.attrLatestVersionNumber } });
    };
    expect(advice(managed, one).told).toEqual(['N info renewed-by-service', 'N info hop-limit-on-pods']);
  });

  test('a template that hosts of several kinds share gets the highest need', () => {
    const { template } = advice(stack => {
      const shared = new ec2.CfnLaunchTemplate(stack, 'T', data());
      new eks.CfnNodegroup(stack, 'N', { clusterName: 'c', nodeRole: 'r', subnets: ['s'], launchTemplate: { id: shared.ref, version: shared.attrLatestVersionNumber } });
      generic(stack, 'B', 'AWS::Batch::ComputeEnvironment', { ComputeResources: { Type: 'EC2', LaunchTemplate: { LaunchTemplateId: shared.ref, Version: '$Latest' } } });
    });
    expect(template.Resources.T.Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit).toBe(2);
  });
});

describe('a disabled endpoint', () => {
  const off = { httpEndpoint: false };

  test.each<[string, (stack: Stack) => unknown, string]>([
    ['user data', stack => new ec2.CfnInstance(stack, 'I', { userData: userData('x') }), 'its user data'],
    ['an instance profile', stack => new ec2.CfnInstance(stack, 'I', { iamInstanceProfile: 'p' }), 'its instance profile'],
    ['CloudFormation::Init', stack => new ec2.CfnInstance(stack, 'I').addMetadata('AWS::CloudFormation::Init', { config: {} }), 'CloudFormation::Init'],
    ['a creation policy', stack => { new ec2.CfnInstance(stack, 'I').cfnOptions.creationPolicy = { resourceSignal: { count: 1 } }; }, 'its creation policy'],
    ['the creation policy of the group that uses the template', stack => {
      const template = new ec2.CfnLaunchTemplate(stack, 'I', data());
      new autoscaling.CfnAutoScalingGroup(stack, 'G', { minSize: '0', maxSize: '1', launchTemplate: latest(template) })
        .cfnOptions.creationPolicy = { resourceSignal: { count: 1 } };
    }, 'its creation policy'],
  ])('is told beside %s', (_, build, need) => {
    const found = advice(build, off);
    expect(found.told).toContain('I warning endpoint-needed');
    expect(found.text).toContain(`the metadata endpoint is switched off, but ${need}`);
    expect(found.template.Resources.I.Properties).toMatchObject(expect.anything());
  });

  test('is written beside the tokens, and told of nobody who does not need it', () => {
    const found = advice(stack => new ec2.CfnInstance(stack, 'I', { imageId: 'ami' }), off);
    expect(found.template.Resources.I.Properties.MetadataOptions).toEqual({ HttpTokens: 'required', HttpEndpoint: 'disabled' });
    expect(found.told).toEqual([]);
  });

  test('that the author chose is told too', () => {
    expect(advice(stack => new ec2.CfnInstance(stack, 'I', { userData: userData('x'), metadataOptions: { httpEndpoint: 'disabled' } })).told)
      .toEqual(['I warning endpoint-needed']);
  });

  test('is told where the type has no such setting', () => {
    expect(advice(stack => new imagebuilder.CfnInfrastructureConfiguration(stack, 'I', { name: 'n', instanceProfileName: 'p' }), off).told)
      .toEqual(['I warning endpoint-not-available']);
  });
});

describe('what cannot be enforced', () => {
  test.each<[string, (stack: Stack) => unknown, string]>([
    ['a group made from an instance', stack => new autoscaling.CfnAutoScalingGroup(stack, 'R', { minSize: '0', maxSize: '1', instanceId: 'i-1' }),
      'a group made from an instance does not copy its metadata options'],
    ['a spot fleet with inline specifications', stack => new ec2.CfnSpotFleet(stack, 'R', {
      spotFleetRequestConfigData: { iamFleetRole: 'r', targetCapacity: 1, launchSpecifications: [{ imageId: 'ami' }] },
    }), 'inline launch specifications have no metadata options'],
    ['a node group without a template', stack => new eks.CfnNodegroup(stack, 'R', { clusterName: 'c', nodeRole: 'r', subnets: ['s'] }),
      'EKS makes a launch template of its own'],
    ['a Batch environment without a template', stack => new batch.CfnComputeEnvironment(stack, 'R', {
      type: 'MANAGED', computeResources: { type: 'EC2', maxvCpus: 1, subnets: ['s'] },
    }), 'AWS Batch picks the settings'],
    ['an EMR cluster without a security configuration', stack => new emr.CfnCluster(stack, 'R', { name: 'n', jobFlowRole: 'j', serviceRole: 's', instances: {} }),
      'the EMR release decides'],
    ['an image without an infrastructure configuration', stack => new imagebuilder.CfnImage(stack, 'R', { imageRecipeArn: 'a' }), 'the service picks the settings'],
    ['a capacity provider without a group', stack => generic(stack, 'R', 'AWS::ECS::CapacityProvider', {}), 'the capacity provider names no Auto Scaling group'],
    ['a group with a template outside the app', stack => new autoscaling.CfnAutoScalingGroup(stack, 'R', {
      minSize: '0', maxSize: '1', launchTemplate: { launchTemplateId: 'lt-1', version: '2' },
    }), 'the LaunchTemplate lt-1 that it uses is outside this app'],
    ['a PCS group with a template outside the app', stack => new pcs.CfnComputeNodeGroup(stack, 'R', {
      clusterId: 'c', customLaunchTemplate: { templateId: 'lt-2', version: '1' }, iamInstanceProfileArn: 'a', instanceConfigs: [], scalingConfiguration: { minInstanceCount: 0, maxInstanceCount: 1 }, subnetIds: [],
    }), 'the LaunchTemplate lt-2 that it uses is outside this app'],
    ['a GameLift group with a template outside the app', stack => new gamelift.CfnGameServerGroup(stack, 'R', {
      gameServerGroupName: 'n', instanceDefinitions: [], launchTemplate: { launchTemplateName: 'mine' }, roleArn: 'r',
    }), 'the LaunchTemplate mine that it uses is outside this app'],
  ])('%s is told', (_, build, why) => {
    const found = advice(build);
    expect(found.told).toContain('R warning cannot-enforce');
    expect(found.text).toContain(why);
  });

  test.each<[string, (stack: Stack) => unknown]>([
    ['Cloud9', stack => new cloud9.CfnEnvironmentEC2(stack, 'R', { imageId: 'i', instanceType: 't3.micro' })],
    ['Lightsail', stack => new lightsail.CfnInstance(stack, 'R', { blueprintId: 'b', bundleId: 'b', instanceName: 'n' })],
    ['CodeBuild fleet', stack => generic(stack, 'R', 'AWS::CodeBuild::Fleet', {})],
  ])('%s, which CloudFormation cannot control, is told as information', (_, build) => {
    expect(advice(build).told).toEqual(['R info not-governed']);
  });

  test('what requires IMDSv2 by default is not told: an EKS node group on Amazon Linux 2023, an elastic AppStream fleet', () => {
    const nodes = (amiType: string) => (stack: Stack): unknown => (
      new eks.CfnNodegroup(stack, 'R', { clusterName: 'c', nodeRole: 'r', subnets: ['s'], amiType })
    );
    expect(advice(nodes('AL2023_x86_64_STANDARD')).told).toEqual([]);
    expect(advice(nodes('AL2_x86_64')).told).toEqual(['R warning cannot-enforce']);
    const fleet = (FleetType: string, DisableIMDSV1?: boolean) => (stack: Stack): unknown => generic(stack, 'R', 'AWS::AppStream::Fleet', { FleetType, DisableIMDSV1 });
    expect(advice(fleet('ELASTIC')).told).toEqual([]);
    expect(advice(fleet('ELASTIC', false)).told).toEqual(['R warning opt-in-needed']);
    expect(advice(fleet('ON_DEMAND')).told).toEqual(['R warning opt-in-needed']);
  });

  const onManagedInstances = (stack: Stack): unknown => generic(stack, 'R', 'AWS::Batch::ComputeEnvironment', {
    Type: 'MANAGED', ComputeResources: { Type: 'ECS_MANAGED_INSTANCES', ManagedInstancesProvider: { InfrastructureRoleArn: 'r' } },
  });
  test.each<[string, (stack: Stack) => unknown, string]>([
    ['a Batch environment on ECS Managed Instances', onManagedInstances, 'choose EC2 or SPOT with a launch template'],
    ['a capacity provider of ECS Managed Instances', stack => generic(stack, 'R', 'AWS::ECS::CapacityProvider', { ManagedInstancesProvider: {} }),
      'choose a capacity provider with an Auto Scaling group'],
  ])('%s is told as information, with what is possible, and gets no launch template', (_, build, possible) => {
    const found = advice(build, { attachLaunchTemplate: ['AWS::Batch::ComputeEnvironment'] });
    expect(found.told).toEqual(['R info not-governed']);
    expect(found.text).toContain(possible);
    expect(found.text).not.toContain('refer to');
    expect(Object.keys(found.template.Resources)).toEqual(['R']);
  });

  test.each(['aspect', 'guard'] as Way[])('an unmanaged Batch environment launches no instances, so nothing is told nor attached, by %s', way => {
    const attach = { attachLaunchTemplate: ['AWS::Batch::ComputeEnvironment'] };
    expect(advice(stack => new batch.UnmanagedComputeEnvironment(stack, 'R'), attach, way).told).toEqual([]);
    expect(advice(stack => new batch.CfnComputeEnvironment(stack, 'R', { type: 'UNMANAGED' }), attach, way).told).toEqual([]);
  });

  test('Batch on Fargate launches no instances, so nothing is told', () => {
    expect(advice(stack => new batch.CfnComputeEnvironment(stack, 'R', {
      type: 'MANAGED', computeResources: { type: 'FARGATE', maxvCpus: 1, subnets: ['s'] },
    })).told).toEqual([]);
  });
});

describe('versions and running instances', () => {
  test.each([['$Default', true], [undefined, true], ['3', true], ['$Latest', false]])('a Batch environment that launches version %s: told %s', (version, isTold) => {
    const found = advice(stack => generic(stack, 'R', 'AWS::Batch::ComputeEnvironment', {
      ComputeResources: { Type: 'EC2', LaunchTemplate: { LaunchTemplateId: new ec2.CfnLaunchTemplate(stack, 'T', data()).ref, Version: version } },
    }));
    expect(found.told.includes('R warning old-template-version')).toBe(isTold);
  });

  test.each<[string, Json]>([
    ['its author hardened', { httpTokens: 'required', httpPutResponseHopLimit: 1 }], ['the guard edits', {}],
  ])('an old version is told in words that are true of a template that %s', (_, metadataOptions) => {
    const found = advice(stack => generic(stack, 'R', 'AWS::Batch::ComputeEnvironment', {
      ComputeResources: { Type: 'EC2', LaunchTemplate: { LaunchTemplateId: new ec2.CfnLaunchTemplate(stack, 'T', data({ metadataOptions })).ref } },
    }));
    expect(found.text).toContain('it launches the default version of its launch template, which may be older than what the template says now; refer to');
  });

  test('a group whose instances no UpdatePolicy replaces is told, one with a rolling update is not', () => {
    const group = (stack: Stack): autoscaling.CfnAutoScalingGroup => new autoscaling.CfnAutoScalingGroup(stack, 'R', {
      minSize: '0', maxSize: '1', launchTemplate: latest(new ec2.CfnLaunchTemplate(stack, 'T', data())),
    });
    expect(advice(group).told).toEqual(['R info running-instances-kept']);
    expect(advice(stack => { group(stack).cfnOptions.updatePolicy = { autoScalingRollingUpdate: { minInstancesInService: 1 } }; }).told).toEqual(['R info group-rolled']);
  });
});

describe('attaching a launch template', () => {
  const nodes = (stack: Stack, options: Json = {}): unknown => new eks.CfnNodegroup(stack, 'N', { clusterName: 'c', nodeRole: 'r', subnets: ['s'], ...options });

  test.each(['aspect', 'guard'] as Way[])('to a node group, on request, by %s', way => {
    const found = advice(stack => nodes(stack), { attachLaunchTemplate: ['AWS::EKS::Nodegroup'] }, way);
    const [id, template] = Object.entries<Json>(found.template.Resources).find(([, { Type }]) => Type === 'AWS::EC2::LaunchTemplate')!;
    expect(template.Properties).toEqual({ LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } });
    expect(found.template.Resources.N.Properties.LaunchTemplate).toEqual({ Id: { Ref: id }, Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] } });
    expect(found.told).toContain('N info attached-launch-template');
    expect(found.told).not.toContain('N warning cannot-enforce');
  });

  test('to a Batch environment, with two hops', () => {
    const found = advice(stack => new batch.ManagedEc2EcsComputeEnvironment(stack, 'B', {
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'V', { vpcId: 'v', availabilityZones: ['a'], privateSubnetIds: ['s'] }),
    }), { attachLaunchTemplate: ['AWS::Batch::ComputeEnvironment'] });
    expect(JSON.stringify(found.template)).toContain('"MetadataOptions":{"HttpTokens":"required","HttpPutResponseHopLimit":2}');
    expect(found.told.join()).not.toContain('cannot-enforce');
  });

  test.each([[undefined, true], [true, true], [false, false]])('to a Batch environment whose ReplaceComputeEnvironment is %s: a replacement is told %s', (replaceComputeEnvironment, isTold) => {
    const found = advice(stack => new batch.CfnComputeEnvironment(stack, 'R', {
      type: 'MANAGED', computeResources: { type: 'EC2', maxvCpus: 1, subnets: ['s'] }, replaceComputeEnvironment,
    }), { attachLaunchTemplate: ['AWS::Batch::ComputeEnvironment'] });
    expect(found.text.includes('and replaces the resource if it is deployed already')).toBe(isTold);
  });

  test.each(['diskSize', 'remoteAccess'])('not to a node group with %s, which is told', conflict => {
    const value = conflict === 'diskSize' ? 20 : { ec2SshKey: 'k' };
    const found = advice(stack => nodes(stack, { [conflict]: value }), { attachLaunchTemplate: ['AWS::EKS::Nodegroup'] });
    expect(found.told).toEqual(['N warning cannot-attach', 'N warning cannot-enforce']);
    expect(Object.keys(found.template.Resources)).toEqual(['N']);
  });

  test('not to a resource that has one, nor to Fargate', () => {
    const attach = { attachLaunchTemplate: ['AWS::EKS::Nodegroup', 'AWS::Batch::ComputeEnvironment'] };
    expect(advice(stack => nodes(stack, { launchTemplate: { id: 'lt-1', version: '1' } }), attach).told).toEqual(['N warning cannot-enforce']);
    expect(advice(stack => new batch.CfnComputeEnvironment(stack, 'R', {
      type: 'MANAGED', computeResources: { type: 'FARGATE', maxvCpus: 1, subnets: ['s'] },
    }), attach).told).toEqual([]);
  });
});

test('a warning can be acknowledged by its id', () => {
  const stack = new Stack(newApp(), 'Stack');
  const fleet = new ec2.CfnInstance(stack, 'I', { userData: userData('docker run x') });
  Validations.of(fleet).acknowledge({ id: 'cdk-imds-guard:hop-limit-too-low', reason: 'the containers use the host network' });
  WAYS.guard(stack);
  templateOf(stack);
  expect(told(stack)).toEqual([]);
});
