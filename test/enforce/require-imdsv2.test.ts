import {
  aws_appstream as appstream, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_elasticbeanstalk as beanstalk, aws_emr as emr,
  aws_imagebuilder as imagebuilder, aws_sagemaker as sagemaker, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks,
  aws_workspacesinstances as workspacesinstances, custom_resources as customResources,
  AspectPriority, Aspects, CfnCondition, CustomResource, Fn, Lazy, Stack, Token,
} from 'aws-cdk-lib';
import { RequireImdsv2 } from '../../src';
import { enforced, generic, Json, messages, newApp, only, templateOf, told, Way, WAYS } from '../support/support';

const DISABLED_V1 = { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' };
const REQUIRED = { HttpTokens: 'required' };

describe.each(Object.keys(WAYS) as Way[])('enforced by %s', way => {
  test.each<[string, string, (stack: Stack) => unknown, Json]>([
    ['instance', 'AWS::EC2::Instance', stack => new ec2.CfnInstance(stack, 'R'), { MetadataOptions: REQUIRED }],
    ['launch template', 'AWS::EC2::LaunchTemplate', stack => new ec2.CfnLaunchTemplate(stack, 'R', { launchTemplateData: { imageId: 'ami' } }),
      { LaunchTemplateData: { ImageId: 'ami', MetadataOptions: REQUIRED } }],
    ['launch configuration', 'AWS::AutoScaling::LaunchConfiguration',
      stack => new autoscaling.CfnLaunchConfiguration(stack, 'R', { imageId: 'ami', instanceType: 't3.micro' }),
      { ImageId: 'ami', InstanceType: 't3.micro', MetadataOptions: REQUIRED }],
    ['Image Builder infrastructure', 'AWS::ImageBuilder::InfrastructureConfiguration',
      stack => new imagebuilder.CfnInfrastructureConfiguration(stack, 'R', { name: 'n', instanceProfileName: 'p' }),
      { Name: 'n', InstanceProfileName: 'p', InstanceMetadataOptions: REQUIRED }],
    ['SageMaker notebook', 'AWS::SageMaker::NotebookInstance',
      stack => new sagemaker.CfnNotebookInstance(stack, 'R', { instanceType: 'ml.t3.medium', roleArn: 'arn' }),
      { InstanceType: 'ml.t3.medium', RoleArn: 'arn', InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' } }],
    ['Beanstalk environment', 'AWS::ElasticBeanstalk::Environment',
      stack => new beanstalk.CfnEnvironment(stack, 'R', { applicationName: 'a', optionSettings: [{ namespace: 'n', optionName: 'o', value: 'v' }] }),
      { ApplicationName: 'a', OptionSettings: [{ Namespace: 'n', OptionName: 'o', Value: 'v' }, DISABLED_V1] }],
    ['Beanstalk configuration template that allows version 1', 'AWS::ElasticBeanstalk::ConfigurationTemplate',
      stack => new beanstalk.CfnConfigurationTemplate(stack, 'R', {
        applicationName: 'a', optionSettings: [{ namespace: DISABLED_V1.Namespace, optionName: DISABLED_V1.OptionName, value: 'false' }],
      }),
      { ApplicationName: 'a', OptionSettings: [DISABLED_V1] }],
  ])('requires IMDSv2 on a typed %s', (_, type, build, expected) => {
    expect(only(enforced(build, {}, way), type)).toEqual(expected);
  });

  test.each<[string, Json, Json]>([
    ['AWS::EC2::Instance', { ImageId: 'ami' }, { ImageId: 'ami', MetadataOptions: REQUIRED }],
    ['AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'optional', HttpProtocolIpv6: 'enabled' } },
      { MetadataOptions: { ...REQUIRED, HttpProtocolIpv6: 'enabled' } }],
    ['AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'ami' } }, { LaunchTemplateData: { ImageId: 'ami', MetadataOptions: REQUIRED } }],
    ['AWS::EC2::LaunchTemplate', { LaunchTemplateData: { 'Fn::If': ['C', { ImageId: 'a' }, { ImageId: 'b', MetadataOptions: { HttpTokens: 'optional' } }] } },
      { LaunchTemplateData: { 'Fn::If': ['C', { ImageId: 'a', MetadataOptions: REQUIRED }, { ImageId: 'b', MetadataOptions: REQUIRED }] } }],
    ['AWS::SageMaker::NotebookInstance', { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '1' } },
      { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' } }],
    ['AWS::ElasticBeanstalk::Environment', { ApplicationName: 'a' }, { ApplicationName: 'a', OptionSettings: [DISABLED_V1] }],
    ['Custom::AWSCDK-EKS-KubernetesResource',
      { Manifest: JSON.stringify([{ kind: 'Other' }, { kind: 'EC2NodeClass', spec: { metadataOptions: { httpTokens: 'optional' } } }]) },
      {
        Manifest: JSON.stringify([{ kind: 'Other' },
          { kind: 'EC2NodeClass', spec: { metadataOptions: { httpTokens: 'required' } } }]),
      }],
  ])('requires IMDSv2 on a generic %s %j', (type, properties, expected) => {
    expect(only(enforced(stack => {
      new CfnCondition(stack, 'C', { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), 'x') });
      generic(stack, 'R', type, properties);
    }, {}, way), type)).toEqual(expected);
  });

  test('is the same twice as once', () => {
    const build = (stack: Stack): unknown => new ec2.CfnInstance(stack, 'R', { metadataOptions: { httpTokens: 'optional' } });
    const twice = enforced(stack => { build(stack); WAYS[way](stack); }, {}, way);
    expect(twice).toEqual(enforced(build, {}, way));
  });
});

function sdkCall(stack: Stack, action: string): customResources.AwsCustomResource {
  return new customResources.AwsCustomResource(stack, 'C', {
    onCreate: { service: 'EC2', action, physicalResourceId: customResources.PhysicalResourceId.of('id') },
    policy: customResources.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
  });
}

function machine(stack: Stack, state: sfn.IChainable): sfn.StateMachine {
  return new sfn.StateMachine(stack, 'M', { definitionBody: sfn.DefinitionBody.fromChainable(state) });
}

describe('types that are written on request', () => {
  test.each<[string, (stack: Stack) => unknown, Json, Json]>([
    ['AWS::WorkspacesInstances::WorkspaceInstance',
      stack => new workspacesinstances.CfnWorkspaceInstance(stack, 'R', { managedInstance: { imageId: 'ami', instanceType: 't3.micro' } }),
      { allowReplacement: ['AWS::WorkspacesInstances::WorkspaceInstance'] },
      { ManagedInstance: { ImageId: 'ami', InstanceType: 't3.micro', MetadataOptions: REQUIRED } }],
    ['AWS::EMR::SecurityConfiguration',
      stack => new emr.CfnSecurityConfiguration(stack, 'R', { securityConfiguration: { EncryptionConfiguration: {} } }),
      { allowReplacement: ['AWS::EMR::SecurityConfiguration'] },
      {
        SecurityConfiguration: {
          EncryptionConfiguration: {},
          InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 },
        },
      }],
    ['AWS::EMR::SecurityConfiguration',
      stack => generic(stack, 'R', 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: '{"A":{"B":1}}' }),
      { allowReplacement: ['AWS::EMR::SecurityConfiguration'] },
      { SecurityConfiguration: '{"A":{"B":1},"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":2,"HttpPutResponseHopLimit":1}}' }],
    ['AWS::AppStream::Fleet',
      stack => new appstream.CfnFleet(stack, 'R', { name: 'n', instanceType: 'stream.standard.small' }),
      { includeResourceTypes: ['AWS::AppStream::Fleet'] },
      { Name: 'n', InstanceType: 'stream.standard.small', DisableIMDSV1: true }],
    ['AWS::AppStream::ImageBuilder',
      stack => generic(stack, 'R', 'AWS::AppStream::ImageBuilder', { Name: 'n', DisableIMDSV1: false }),
      { includeResourceTypes: ['AWS::AppStream::ImageBuilder'] },
      { Name: 'n', DisableIMDSV1: true }],
    ['AWS::AutoScaling::LaunchConfiguration',
      stack => new autoscaling.CfnLaunchConfiguration(stack, 'R', { imageId: 'a', instanceType: 'b', launchConfigurationName: 'named' }),
      { allowReplacement: ['AWS::AutoScaling::LaunchConfiguration'] },
      { ImageId: 'a', InstanceType: 'b', LaunchConfigurationName: 'named', MetadataOptions: REQUIRED }],
    ['AWS::EC2::EC2Fleet',
      stack => new ec2.CfnEC2Fleet(stack, 'R', {
        targetCapacitySpecification: { totalTargetCapacity: 1 },
        launchTemplateConfigs: [{ overrides: [{ metadataOptions: { httpTokens: 'optional' } } as any, { instanceType: 't3.micro' }] }],
      }),
      { allowReplacement: ['AWS::EC2::EC2Fleet'] },
      {
        TargetCapacitySpecification: { TotalTargetCapacity: 1 },
        LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: REQUIRED }, { InstanceType: 't3.micro' }] }],
      }],
  ])('%s: left alone and told by default, written when asked for', (type, build, props, expected) => {
    // GIVEN
    const untouched = new Stack(newApp(), 'Untouched');
    build(untouched);
    const before = untouched.resolve((untouched as any)._toCloudFormation()).Resources.R.Properties;

    // WHEN
    const stack = new Stack(newApp(), 'Stack');
    build(stack);
    new RequireImdsv2().applyTo(stack.node.findChild('R'));
    const after = stack.resolve((stack as any)._toCloudFormation()).Resources.R.Properties;

    // THEN
    expect(after).toEqual(before);
    expect(told(stack).join()).toMatch(/Stack\/R warning (replacement-needed|opt-in-needed)/);
    expect(only(enforced(build, props), type)).toEqual(expected);
  });

  test('a resource that is compliant already is not told', () => {
    const stack = new Stack(newApp(), 'Stack');
    generic(stack, 'R', 'AWS::AppStream::Fleet', { DisableIMDSV1: true });
    new RequireImdsv2().applyTo(stack.node.findChild('R'));
    expect(told(stack)).toEqual([]);
  });

  test('types to leave out are left and told', () => {
    const stack = new Stack(newApp(), 'Stack');
    new ec2.CfnInstance(stack, 'R');
    new RequireImdsv2({ excludeResourceTypes: ['AWS::EC2::Instance'] }).applyTo(stack.node.findChild('R'));
    expect(told(stack)).toEqual(['Stack/R warning left-out']);
    expect((stack.node.findChild('R') as ec2.CfnInstance).metadataOptions).toBeUndefined();
  });
});

describe('values that cannot be read yet', () => {
  const condition = (stack: Stack): unknown => new CfnCondition(stack, 'C', { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), 'x') });

  test('a lazy value is hardened when it is resolved, and keeps its last word on everything else', () => {
    let imageId = 'early';
    const template = enforced(stack => {
      new ec2.CfnLaunchTemplate(stack, 'R', { launchTemplateData: Lazy.any({ produce: () => ({ imageId }) }) as any });
      Aspects.of(stack).add({ visit: () => { imageId = 'late'; } }, { priority: AspectPriority.READONLY });
    });
    expect(only(template, 'AWS::EC2::LaunchTemplate')).toEqual({ LaunchTemplateData: { ImageId: 'late', MetadataOptions: REQUIRED } });
  });

  test('both branches of a condition are hardened and its structure stays', () => {
    const template = enforced(stack => {
      condition(stack);
      new ec2.CfnInstance(stack, 'R', {
        metadataOptions: Fn.conditionIf('C', { HttpTokens: 'optional', HttpPutResponseHopLimit: 3 }, { Ref: 'AWS::NoValue' }) as any,
      });
    });
    expect(only(template, 'AWS::EC2::Instance')).toEqual({
      MetadataOptions: { 'Fn::If': ['C', { HttpTokens: 'required', HttpPutResponseHopLimit: 3 }, REQUIRED] },
    });
  });

  test('a token as hop limit is the author\'s', () => {
    const hops = Token.asNumber(Fn.ref('Hops'));
    const template = enforced(stack => new ec2.CfnInstance(stack, 'R', { metadataOptions: { httpTokens: Fn.ref('Tokens'), httpPutResponseHopLimit: hops } }));
    expect(only(template, 'AWS::EC2::Instance')).toEqual({ MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: { Ref: 'Hops' } } });
  });

  test('the JSON text of a Kubernetes manifest with references in it is rewritten', () => {
    const manifest = (tokens: string): Json => ({
      'Fn::Join': ['', [
        '[{"kind":"EC2NodeClass","spec":{"role":"', { Ref: 'Role' }, `","metadataOptions":{"httpTokens":"${tokens}","httpPutResponseHopLimit":2}}}]`,
      ]],
    });
    const template = enforced(stack => generic(stack, 'R', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: manifest('optional') }));
    expect(only(template, 'Custom::AWSCDK-EKS-KubernetesResource')).toEqual({ Manifest: manifest('required') });
  });

  test('a manifest as the EKS module writes it, with a token inside', () => {
    const template = enforced(stack => {
      const manifest = [{ kind: 'EC2NodeClass', spec: { role: Fn.ref('Role'), metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 2 } } }];
      new CustomResource(stack, 'R', {
        serviceToken: 'arn', resourceType: 'Custom::AWSCDK-EKS-KubernetesResource', properties: { Manifest: stack.toJsonString(manifest) },
      });
    });
    const { Manifest: { 'Fn::Join': [, pieces] } } = only(template, 'Custom::AWSCDK-EKS-KubernetesResource');
    expect(pieces).toContainEqual({ Ref: 'Role' });
    expect(pieces.join()).toContain('"httpTokens":"required","httpPutResponseHopLimit":2');
  });

  test('a manifest with a number that is a token', () => {
    const stack = new Stack(newApp(), 'Stack');
    const manifest = [{ kind: 'EC2NodeClass', spec: { metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: Token.asNumber(Fn.ref('Hops')) } } }];
    generic(stack, 'R', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: stack.toJsonString(manifest) });
    WAYS.aspect(stack);
    const { Manifest: { 'Fn::Join': [, pieces] } } = only(templateOf(stack), 'Custom::AWSCDK-EKS-KubernetesResource');
    expect(pieces).toEqual(['[{"kind":"EC2NodeClass","spec":{"metadataOptions":{"httpTokens":"required","httpPutResponseHopLimit":', { Ref: 'Hops' }, '}}}]']);
  });

  test('a list of node classes, and a patch of one', () => {
    const text = (tokens: string): string => JSON.stringify([{ kind: 'List', items: [{ kind: 'EC2NodeClass', spec: { metadataOptions: { httpTokens: tokens } } }] }]);
    const patch = (tokens: string): string => JSON.stringify({ spec: { metadataOptions: { httpTokens: tokens, httpPutResponseHopLimit: 1 } } });
    const template = enforced(stack => {
      generic(stack, 'R', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: text('optional') });
      generic(stack, 'P', 'Custom::AWSCDK-EKS-KubernetesPatch', { ResourceName: 'ec2nodeclass/default', ApplyPatchJson: patch('optional') });
    });
    expect(only(template, 'Custom::AWSCDK-EKS-KubernetesResource').Manifest).toContain('"metadataOptions":{"httpTokens":"required"');
    expect(only(template, 'Custom::AWSCDK-EKS-KubernetesPatch').ApplyPatchJson).toBe(patch('required'));
  });

  test('what Karpenter had before node classes', () => {
    const nodes = (options: object): Json[] => [
      { kind: 'EC2NodeClass', spec: { metadataOptions: options } },
      { kind: 'AWSNodeTemplate', spec: { metadataOptions: options } },
      { kind: 'Provisioner', spec: { provider: { metadataOptions: options } } },
    ];
    const patch = (tokens: string): string => JSON.stringify({ spec: { provider: { metadataOptions: { httpTokens: tokens } } } });
    const stack = new Stack(newApp(), 'Stack');
    generic(stack, 'R', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: JSON.stringify(nodes({ httpTokens: 'optional', httpPutResponseHopLimit: 2 })) });
    generic(stack, 'L', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: Lazy.string({ produce: () => JSON.stringify(nodes({ httpTokens: 'optional' })) }) });
    generic(stack, 'O', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: nodes({ httpTokens: Lazy.string({ produce: () => 'optional' }) }).map(each => Lazy.any({ produce: () => each })) });
    generic(stack, 'P', 'Custom::AWSCDK-EKS-KubernetesPatch', { ResourceName: 'provisioner/default', ApplyPatchJson: patch('optional') });
    WAYS.aspect(stack);
    WAYS.aspect(stack);
    const { R, L, O, P } = templateOf(stack).Resources;
    expect(JSON.parse(R.Properties.Manifest as string)).toEqual(nodes({ httpTokens: 'required', httpPutResponseHopLimit: 2 }));
    expect(JSON.parse(L.Properties.Manifest as string)).toEqual(nodes({ httpTokens: 'required' }));
    expect(O.Properties.Manifest).toEqual(nodes({ httpTokens: 'required' }));
    expect(P.Properties.ApplyPatchJson).toBe(patch('required'));
    expect(told(stack)).toEqual([]);
  });

  test('what AWS Controllers for Kubernetes make instances of', () => {
    const of = (kind: string, spec: object): Json => ({ apiVersion: 'ec2.services.k8s.aws/v1alpha1', kind, spec });
    const text = (options: object): string => JSON.stringify([
      of('Instance', { imageID: 'ami', metadataOptions: options }),
      of('LaunchTemplate', { name: 'n', data: { imageID: 'ami', metadataOptions: options } }),
      { apiVersion: 'ec2.aws.upbound.io/v1beta1', kind: 'Instance', spec: {} },
    ]);
    const stack = new Stack(newApp(), 'Stack');
    generic(stack, 'R', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: text({ httpTokens: 'optional', httpPutResponseHopLimit: 2 }) });
    generic(stack, 'S', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: JSON.stringify([of('Instance', { imageID: 'ami' })]) });
    generic(stack, 'F', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: ` ${text({ httpTokens: 'required' })}` });
    WAYS.aspect(stack);
    WAYS.aspect(stack);
    const { R, S, F } = templateOf(stack).Resources;
    expect(R.Properties.Manifest).toBe(text({ httpTokens: 'required', httpPutResponseHopLimit: 2 }));
    expect(JSON.parse(S.Properties.Manifest as string)).toEqual([of('Instance', { imageID: 'ami', metadataOptions: { httpTokens: 'required' } })]);
    expect(F.Properties.Manifest).toBe(` ${text({ httpTokens: 'required' })}`); // not written where it is compliant
  });

  test('what is known to be weak and no edit reaches is told', () => {
    const stack = new Stack(newApp(), 'Stack');
    const options = { 'Fn::If': ['C', '{"httpTokens":"optional"}', '{}'] };
    generic(stack, 'R', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: { 'Fn::Join': ['', ['[{"kind":"EC2NodeClass","spec":{"metadataOptions":', options, '}}]']] } });
    new RequireImdsv2().applyTo(stack.node.findChild('R'));
    expect(told(stack)).toEqual(['Stack/R warning cannot-enforce']);
    expect(messages(stack)).toContain('IMDSv2 cannot be required in Manifest: a function in it cannot be edited');
  });

  test.each<[string, Json, string[]]>([
    ['has nothing to do with Karpenter', { Chart: 'nginx', Values: '{"a":1}' }, []],
    ['makes node classes', { Chart: 'nodes', Values: '{"ec2NodeClass":{}}' }, ['Stack/R warning cannot-enforce']],
  ])('a chart that %s: told %j', (_, properties, expected) => {
    const stack = new Stack(newApp(), 'Stack');
    generic(stack, 'R', 'Custom::AWSCDK-EKS-HelmChart', properties);
    new RequireImdsv2().applyTo(stack.node.findChild('R'));
    expect(told(stack)).toEqual(expected);
  });

  test.each<[string, (stack: Stack) => unknown, boolean]>([
    ['AwsCustomResource', stack => sdkCall(stack, 'runInstances'), true],
    ['AwsCustomResource for something else', stack => sdkCall(stack, 'describeInstances'), false],
    ['a state machine that makes an EMR cluster', stack => machine(stack, new tasks.EmrCreateCluster(stack, 'T', { name: 'c', instances: {} })), true],
    ['a state machine that calls EC2', stack => machine(stack, new tasks.CallAwsService(stack, 'T', {
      service: 'ec2', action: 'runInstances', iamResources: ['*'], parameters: {},
    })), true],
    ['a state machine that requires tokens', stack => machine(stack, new tasks.CallAwsService(stack, 'T', {
      service: 'ec2', action: 'runInstances', iamResources: ['*'], parameters: { MetadataOptions: { HttpTokens: 'required' } },
    })), false],
    ['a state machine that waits', stack => machine(stack, new sfn.Pass(stack, 'T')), false],
  ])('%s is told as what cannot be enforced, if it launches', (_, build, isTold) => {
    const stack = new Stack(newApp(), 'Stack');
    build(stack);
    WAYS.aspect(stack);
    const template = templateOf(stack);
    expect(told(stack).filter(each => each.endsWith(' cannot-enforce'))).toHaveLength(isTold ? 1 : 0);
    expect(JSON.stringify(template)).not.toMatch(/HttpTokens(?!\\":\\"required)/);
  });

  test('an option whose name is only known later is corrected, and no other is added', () => {
    const option = { namespace: DISABLED_V1.Namespace, optionName: Lazy.string({ produce: () => DISABLED_V1.OptionName }), value: 'false' };
    const template = enforced(stack => new beanstalk.CfnEnvironment(stack, 'R', { applicationName: 'a', optionSettings: [option] }));
    expect(only(template, 'AWS::ElasticBeanstalk::Environment').OptionSettings).toEqual([DISABLED_V1]);
  });

  test('an option that an override puts in a place of the list is corrected, and no other is added', () => {
    const template = enforced(stack => {
      const other = { namespace: 'n', optionName: 'o', value: 'v' };
      const environment = new beanstalk.CfnEnvironment(stack, 'R', { applicationName: 'a', optionSettings: [other, other] });
      environment.addPropertyOverride('OptionSettings.0', { ...DISABLED_V1, Value: 'false' });
    });
    expect(only(template, 'AWS::ElasticBeanstalk::Environment').OptionSettings).toEqual([DISABLED_V1, { Namespace: 'n', OptionName: 'o', Value: 'v' }]);
  });

  test('an option whose namespace a parameter decides is left and told, and no other is added', () => {
    const stack = new Stack(newApp(), 'Stack');
    const options = [{ ...DISABLED_V1, Namespace: { Ref: 'P' }, Value: 'false' }];
    const environment = generic(stack, 'R', 'AWS::ElasticBeanstalk::Environment', { OptionSettings: options });
    new RequireImdsv2().applyTo(environment);
    expect(stack.resolve((stack as any)._toCloudFormation()).Resources.R.Properties.OptionSettings).toEqual(options);
    expect(messages(stack)).toContain('IMDSv2 cannot be required in OptionSettings: whether Namespace is aws:autoscaling:launchconfiguration cannot be decided');
  });

  test('what cannot be read is left and told', () => {
    const stack = new Stack(newApp(), 'Stack');
    const properties = { LaunchTemplateData: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://x' } } } };
    generic(stack, 'R', 'AWS::EC2::LaunchTemplate', properties);
    new RequireImdsv2().applyTo(stack.node.findChild('R'));
    expect(stack.resolve((stack as any)._toCloudFormation()).Resources.R.Properties).toEqual(properties);
    expect(told(stack)).toEqual(['Stack/R warning cannot-enforce']);
    expect(messages(stack)).toContain('Fn::Transform is expanded when the stack is deployed');
  });
});

test.each<[Json, string]>([
  [{ httpPutResponseHopLimit: 0 }, "'httpPutResponseHopLimit' must be a whole number from 1 to 64, got 0"],
  [{ httpPutResponseHopLimit: 65 }, 'got 65'],
  [{ httpPutResponseHopLimit: 1.5 }, 'got 1.5'],
  [{ httpPutResponseHopLimit: Token.asNumber(Fn.ref('X')) }, 'got a token, whose value is not known at synthesis'],
  [{ maxHttpPutResponseHopLimit: -1 }, "'maxHttpPutResponseHopLimit' must be a whole number"],
  [{ httpPutResponseHopLimit: 3, maxHttpPutResponseHopLimit: 2 }, "'httpPutResponseHopLimit' 3 is above 'maxHttpPutResponseHopLimit' 2"],
  [{ allowReplacement: ['AWS::S3::Bucket'] }, 'got "AWS::S3::Bucket"'],
  [{ attachLaunchTemplate: ['AWS::EC2::Instance'] }, 'AWS::EKS::Nodegroup'],
  [{ excludeResourceTypes: ['ec2'] }, "'excludeResourceTypes' takes these CloudFormation types"],
  [{ includeResourceTypes: ['AWS::EC2::Instance'] }, 'AWS::AppStream::Fleet'],
])('a bad prop throws at construction: %j', (props, text) => {
  expect(() => new RequireImdsv2(props)).toThrow(text);
});

test.each([1, 64])('the hop limit %d is accepted', hops => {
  expect(() => new RequireImdsv2({ httpPutResponseHopLimit: hops, maxHttpPutResponseHopLimit: 64 })).not.toThrow();
});

test('supports launch resources and nothing else', () => {
  const stack = new Stack(newApp(), 'Stack');
  expect(new RequireImdsv2().supports(new ec2.CfnInstance(stack, 'I'))).toBe(true);
  expect(new RequireImdsv2().supports(new ec2.CfnVPC(stack, 'V', { cidrBlock: '10.0.0.0/16' }))).toBe(false);
  expect(new RequireImdsv2().supports(stack)).toBe(false);
});
