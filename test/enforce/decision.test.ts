import {
  aws_autoscaling as autoscaling, aws_batch as batch, aws_ec2 as ec2, aws_eks as eks, aws_elasticbeanstalk as elasticbeanstalk, Aspects,
  CfnParameter, Lazy, Stack,
} from 'aws-cdk-lib';
import { ImdsExemption, ImdsGuard, RequireImdsv2Props } from '../../src';
import { decisionsOf } from '../../src/enforce/decision';
import { Decision } from '../../src/engine/record/decision';
import { newApp, templateOf } from '../support/support';

/** What JSON makes of the decisions, by the id of the construct. */
function decisions(build: (stack: Stack) => void, props: RequireImdsv2Props = {}): { [id: string]: Decision } {
  const app = newApp();
  ImdsGuard.enforce(app, props);
  const stack = new Stack(app, 'S');
  build(stack);
  templateOf(stack);
  const plain = JSON.parse(JSON.stringify(decisionsOf(app))) as Decision[];
  return Object.fromEntries(plain.map(each => [each.path.replace(/^S\//, ''), each]));
}

const TOKENS = { setting: 'MetadataOptions.HttpTokens', after: 'required' };

test('an instance that says nothing is written in place', () => {
  expect(decisions(stack => void new ec2.CfnInstance(stack, 'I'))).toEqual({
    I: { path: 'S/I', stack: 'S', logicalId: 'I', type: 'AWS::EC2::Instance', action: 'write', changes: [TOKENS], reach: 'in-place', rolls: [], notices: [] },
  });
});

test('each setting is as the first look found it and as the last one left it', () => {
  const { I } = decisions(stack => {
    new ec2.CfnInstance(stack, 'I', { metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 5, httpEndpoint: 'enabled' } });
  }, { maxHttpPutResponseHopLimit: 2, httpEndpoint: false });
  expect(I.changes).toEqual([
    { ...TOKENS, before: 'optional' },
    { setting: 'MetadataOptions.HttpPutResponseHopLimit', before: 5, after: 2 },
    { setting: 'MetadataOptions.HttpEndpoint', before: 'enabled', after: 'disabled' },
  ]);
  expect(I.notices.map(({ id }) => id)).toEqual(['hop-limit-changed']);
});

test('what an aspect weakens in between is no change of the author\'s settings in the end', () => {
  const { I } = decisions(stack => {
    const instance = new ec2.CfnInstance(stack, 'I', { metadataOptions: { httpTokens: 'required' } });
    Aspects.of(stack).add({ visit: node => { if (node === instance) { instance.metadataOptions = { httpTokens: 'optional' }; } } });
  });
  expect(I).toMatchObject({ action: 'write', changes: [{ ...TOKENS, before: 'optional' }] });
});

test('what CDK\'s own aspect requires after the first look is the author\'s, and nothing rolls for it', () => {
  const vpcIn = (stack: Stack): ec2.IVpc => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['s-1'] });
  const found = (requireImdsv2: boolean): Decision => decisions(stack => {
    new autoscaling.AutoScalingGroup(stack, 'A', {
      vpc: vpcIn(stack),
      instanceType: new ec2.InstanceType('t3.micro'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      requireImdsv2,
      updatePolicy: autoscaling.UpdatePolicy.rollingUpdate(),
    });
  })['A/LaunchConfig'];
  expect(found(true)).toMatchObject({ action: 'leave', reason: 'compliant', changes: [], reach: 'none', rolls: [], notices: [] });
  expect(found(false)).toMatchObject({ action: 'write', reach: 'replacement', rolls: ['S/A/ASG'] });
});

test('several possible values are told apart, and what cannot be decided says why', () => {
  const { T } = decisions(stack => {
    new CfnParameter(stack, 'Tokens');
    new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: { metadataOptions: { httpTokens: { 'Fn::If': ['C', 'optional', { Ref: 'Tokens' }] } as any } } });
  });
  expect(T).toMatchObject({
    action: 'write',
    reach: 'new-version',
    changes: [{ setting: 'LaunchTemplateData.MetadataOptions.HttpTokens', before: { anyOf: ['optional', { cannotTell: expect.stringContaining('Tokens') }] }, after: 'required' }],
  });
});

test.each<[string, (stack: Stack) => unknown, RequireImdsv2Props, Partial<Decision>]>([
  ['requires tokens already', stack => new ec2.CfnInstance(stack, 'R', { metadataOptions: { httpTokens: 'required' } }), {}, { reason: 'compliant' }],
  ['is of a type that is left out', stack => new ec2.CfnInstance(stack, 'R'), { excludeResourceTypes: ['AWS::EC2::Instance'] }, { reason: 'left-out' }],
  ['is exempt', stack => ImdsExemption.add(new ec2.CfnInstance(stack, 'R'), { reason: 'old agent', owner: 'team', until: '2999-01-01' }), {}, { reason: 'exempted' }],
  ['would be replaced', stack => new autoscaling.CfnLaunchConfiguration(stack, 'R', { imageId: 'a', instanceType: 't', launchConfigurationName: 'n' }), {},
    { reason: 'replacement-needed' }],
])('a resource that %s is left, with the reason', (_, build, props, expected) => {
  const { R } = decisions(stack => void build(stack), props);
  expect(R).toMatchObject({ action: 'leave', changes: [], reach: 'none', rolls: [], ...expected });
});

test('an unnamed launch configuration is replaced', () => {
  const { R } = decisions(stack => void new autoscaling.CfnLaunchConfiguration(stack, 'R', { imageId: 'a', instanceType: 't' }));
  expect(R).toMatchObject({ action: 'write', reach: 'replacement' });
});

test('a launch template that is attached has a decision of its own', () => {
  const found = decisions(stack => void new eks.CfnNodegroup(stack, 'N', { clusterName: 'c', nodeRole: 'r', subnets: ['s'] }), { attachLaunchTemplate: ['AWS::EKS::Nodegroup'] });
  expect(found.N).toMatchObject({ action: 'attach', reach: 'in-place', notices: [{ id: 'attached-launch-template' }] });
  expect(found['N/ImdsLaunchTemplate']).toMatchObject({ action: 'leave', reason: 'compliant' });
});

test.each<[object | undefined, string, string[]]>([
  [undefined, 'its group stays', []],
  [{ autoScalingRollingUpdate: {} }, 'said there', ['group-rolled']],
  [{ autoScalingReplacingUpdate: { willReplace: true } }, 'said there', ['group-replaced']],
])('a launch configuration is replaced; of a group with the update policy %j it is said: %s', (updatePolicy, text, ids) => {
  const { L } = decisions(stack => {
    const configuration = new autoscaling.CfnLaunchConfiguration(stack, 'L', { imageId: 'a', instanceType: 't' });
    const group = new autoscaling.CfnAutoScalingGroup(stack, 'G', { minSize: '0', maxSize: '1', launchConfigurationName: configuration.ref });
    Object.assign(group.cfnOptions, { updatePolicy });
  });
  expect(L.notices.map(({ id }) => id)).toEqual(['replaced', ...ids]);
  expect(L.notices[0].message).toContain(text);
});

describe('the groups that a change rolls', () => {
  const rolls = (version: 'latest' | '$Latest', updatePolicy?: object): Decision => decisions(stack => {
    const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} });
    const group = new autoscaling.CfnAutoScalingGroup(stack, 'G', {
      minSize: '0', maxSize: '1', launchTemplate: { launchTemplateId: template.ref, version: version === 'latest' ? template.attrLatestVersionNumber : version },
    });
    Object.assign(group.cfnOptions, { updatePolicy });
  }).T;

  test.each<[string, (group: autoscaling.CfnAutoScalingGroup) => void, string[]]>([
    ['an override of the switch', group => group.addOverride('UpdatePolicy.AutoScalingReplacingUpdate.WillReplace', true), ['group-replaced']],
    ['an override with text', group => group.addOverride('UpdatePolicy.AutoScalingReplacingUpdate.WillReplace', 'true'), ['group-replaced']],
    ['a switch that is known later', group => group.addOverride('UpdatePolicy.AutoScalingReplacingUpdate.WillReplace', { Ref: 'W' }), ['group-replaced']],
    ['an override of the policy', group => group.addOverride('UpdatePolicy', { AutoScalingRollingUpdate: { MinInstancesInService: 1 } }), ['group-rolled']],
    ['a lazy policy', group => { group.cfnOptions.updatePolicy = Lazy.any({ produce: () => ({ autoScalingRollingUpdate: {} }) }) as any; }, ['group-rolled']],
    ['a deleted policy', group => {
      group.cfnOptions.updatePolicy = { autoScalingRollingUpdate: {} };
      group.addDeletionOverride('UpdatePolicy');
    }, ['running-instances-kept']],
    ['a switch that is off', group => group.addOverride('UpdatePolicy.AutoScalingReplacingUpdate.WillReplace', false), ['running-instances-kept']],
  ])('%s counts as it is in the template', (_, change, ids) => {
    const { T, G } = decisions(stack => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} });
      change(new autoscaling.CfnAutoScalingGroup(stack, 'G', {
        minSize: '0', maxSize: '1', launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      }));
    });
    expect([...T.notices, ...G.notices].map(({ id }) => id)).toEqual(ids);
  });

  test('a group that says $Latest keeps its instances, whatever its policy', () => {
    expect(decisions(stack => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} });
      new autoscaling.CfnAutoScalingGroup(stack, 'G', { minSize: '0', maxSize: '1', launchTemplate: { launchTemplateId: template.ref, version: '$Latest' } })
        .cfnOptions.updatePolicy = { autoScalingRollingUpdate: {} };
    }).G.notices).toEqual([{ id: 'running-instances-kept', path: 'S/G', message: expect.stringContaining('since $Latest is no change of the group') }]);
  });

  test.each<['latest' | '$Latest', object | undefined, string[]]>([
    ['latest', { autoScalingRollingUpdate: {} }, ['S/G']],
    ['latest', { autoScalingReplacingUpdate: { willReplace: true } }, ['S/G']],
    ['latest', { autoScalingReplacingUpdate: { willReplace: false } }, []],
    ['latest', { autoScalingScheduledAction: {} }, []],
    ['latest', undefined, []],
    ['$Latest', { autoScalingRollingUpdate: {} }, []],
  ])('version %s, update policy %j: %j', (version, policy, expected) => {
    const { notices, ...decision } = rolls(version, policy);
    const isReplaced = JSON.stringify(policy)?.includes('true');
    expect(decision).toMatchObject({ reach: 'new-version', rolls: expected });
    expect(notices.map(({ id, path }) => `${id} ${path}`)).toEqual(expected.map(path => `${isReplaced ? 'group-replaced' : 'group-rolled'} ${path}`));
  });
});

describe('what a service renews by itself', () => {
  const template = (stack: Stack, tokens?: string): ec2.CfnLaunchTemplate => new ec2.CfnLaunchTemplate(stack, 'T', {
    launchTemplateData: tokens === undefined ? {} : { metadataOptions: { httpTokens: tokens } },
  });
  const nodes = (stack: Stack, launchTemplate: ec2.CfnLaunchTemplate, version: string): void => void new eks.CfnNodegroup(stack, 'N', {
    clusterName: 'c', nodeRole: 'r', subnets: ['s'], launchTemplate: { id: launchTemplate.ref, version },
  });
  const environment = (stack: Stack, value?: string): void => void new elasticbeanstalk.CfnEnvironment(stack, 'E', {
    applicationName: 'a',
    optionSettings: value === undefined ? [] : [{ namespace: 'aws:autoscaling:launchconfiguration', optionName: 'DisableIMDSv1', value }],
  });
  const batchEnvironment = (stack: Stack, replaceComputeEnvironment?: boolean): void => {
    const launchTemplate = template(stack);
    new batch.CfnComputeEnvironment(stack, 'B', {
      type: 'MANAGED',
      replaceComputeEnvironment,
      computeResources: {
        type: 'EC2',
        maxvCpus: 1,
        subnets: ['s'],
        instanceTypes: ['optimal'],
        instanceRole: 'r',
        launchTemplate: { launchTemplateId: launchTemplate.ref, version: launchTemplate.attrLatestVersionNumber },
      },
    });
  };

  test.each<[string, (stack: Stack) => void, string, string[]]>([
    ['the nodes of an EKS group', stack => {
      const launchTemplate = template(stack);
      nodes(stack, launchTemplate, launchTemplate.attrLatestVersionNumber);
    }, 'T', ['S/N']],
    ['an environment of Batch', stack => batchEnvironment(stack, false), 'T', ['S/B']],
    ['an environment of Elastic Beanstalk', environment, 'E', ['S/E']],
  ])('%s: it is told there, and the decision has it', (_, build, edited, rolls) => {
    const found = decisions(build);
    expect(found[edited]).toMatchObject({ action: 'write', rolls });
    expect(found[edited].notices.filter(({ id }) => id === 'renewed-by-service')).toEqual(
      rolls.map(path => ({ id: 'renewed-by-service', path, message: expect.stringMatching(/ replaces the instances of this resource at its next deployment, since /) })),
    );
  });

  test.each<[string, (stack: Stack) => void]>([
    ['nodes whose template requires tokens already', stack => {
      const launchTemplate = template(stack, 'required');
      nodes(stack, launchTemplate, launchTemplate.attrLatestVersionNumber);
    }],
    ['nodes that say $Latest, which is no change for CloudFormation', stack => nodes(stack, template(stack), '$Latest')],
    ['an environment that has the option', stack => environment(stack, 'true')],
    ['an environment of Batch that an edit would replace', stack => batchEnvironment(stack)],
  ])('not %s', (_, build) => {
    const found = Object.values(decisions(build));
    expect(found.flatMap(({ rolls }) => rolls)).toEqual([]);
    expect(found.flatMap(({ notices }) => notices).map(({ id }) => id)).not.toContain('renewed-by-service');
  });
});

test('an instance of an older CDK, whose class lacks the property, is written in place as well', () => {
  class Older extends ec2.CfnInstance {
    public constructor(stack: Stack, id: string) {
      super(stack, id);
      Object.defineProperty(this, 'cfnPropertyNames', { value: {} });
    }
  }
  expect(decisions(stack => void new Older(stack, 'I')).I).toMatchObject({ action: 'write', changes: [TOKENS], reach: 'in-place' });
});
