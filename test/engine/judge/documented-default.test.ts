import { judge } from '../../../src/engine/judge/judge';
import { judged, NO_VALUE } from '../../support/verdicts';

const parameters = {
  Parameters: {
    Any: {},
    Strong: { AllowedValues: ['AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD'] },
    Either: { AllowedValues: ['AL2023_x86_64_STANDARD', 'AL2_x86_64'] },
    Preset: { Default: 'AL2023_x86_64_STANDARD' },
    Old: { AllowedValues: ['emr-6.15.0'] },
    EmptyOrNot: { AllowedValues: ['', 'mine'] },
    OldOrNew: { AllowedValues: ['emr-6.15.0', 'emr-7.5.0'] },
  },
};
const C = (a: unknown, b: unknown): unknown => ({ 'Fn::If': ['C', a, b] });
const D = (a: unknown, b: unknown): unknown => ({ 'Fn::If': ['D', a, b] });

function verdict(Type: string, Properties: object, others: object = {}): string {
  return judged({ ...others, R: { Type, Properties } }, {}, parameters).verdicts.R;
}

describe('an EKS node group without a launch template', () => {
  const of = (AmiType: unknown): string => verdict('AWS::EKS::Nodegroup', { AmiType });

  test.each([
    ['AL2023_x86_64_STANDARD'], ['AL2023_ARM_64_NVIDIA'], [{ Ref: 'Strong' }], [C('AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD')],
  ])('requires version 2 on Amazon Linux 2023: %j', type => expect(of(type)).toBe('compliant'));

  // https://docs.aws.amazon.com/eks/latest/userguide/al2023.html says nothing about what the others have
  test.each([
    ['AL2_x86_64'], ['BOTTLEROCKET_x86_64'], ['WINDOWS_CORE_2022_x86_64'], ['CUSTOM'], ['XAL2023_x86_64'], [undefined], [2023], [['AL2023_x86_64_STANDARD']],
    [{ Ref: 'Any' }], [{ Ref: 'Either' }], [{ Ref: 'Preset' }], [C('AL2023_x86_64_STANDARD', 'AL2_x86_64')], [C('AL2023_x86_64_STANDARD', NO_VALUE)],
  ])('is left to a default that cannot be decided: %j', type => expect(of(type)).toBe('cannot tell'));

  test('needs a template only where its image is another', () => {
    const properties = {
      AmiType: C('AL2023_x86_64_STANDARD', 'AL2_x86_64'),
      LaunchTemplate: C(NO_VALUE, { Id: { Ref: 'T' }, Version: { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] } }),
    };
    const template = { T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } } } };
    expect(verdict('AWS::EKS::Nodegroup', properties, template)).toBe('compliant');
    expect(verdict('AWS::EKS::Nodegroup', { ...properties, AmiType: C('AL2_x86_64', 'AL2023_x86_64_STANDARD') }, template)).toBe('cannot tell');
  });
});

describe('an EMR cluster without a security configuration', () => {
  const of = (ReleaseLabel: unknown, SecurityConfiguration?: unknown): string => (
    verdict('AWS::EMR::Cluster', { ReleaseLabel, SecurityConfiguration }, {
      S: {
        Type: 'AWS::EMR::SecurityConfiguration',
        Properties: {
          SecurityConfiguration: { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 } },
        },
      },
    })
  );

  test.each([
    ['emr-5.36.2'], ['emr-6.15.0'], ['emr-5.0.0'], [{ Ref: 'Old' }], [{ Ref: 'OldOrNew' }], [C('emr-6.15.0', 'emr-7.5.0')], [C('emr-6.15.0', { Ref: 'Any' })],
  ])('answers version 1 in release %j', label => expect(of(label)).toBe('violation'));

  test.each([['emr-7.5.0'], ['emr-4.9.1'], ['emr-50.0.0'], [undefined], [{ Ref: 'Any' }], [C('emr-7.5.0', { Ref: 'Any' })]])(
    'is left to a default that cannot be decided in release %j', label => expect(of(label)).toBe('cannot tell'));

  test('is no matter where it has one that sets version 2', () => {
    expect(of('emr-6.15.0', { Ref: 'S' })).toBe('compliant');
    expect(of(C('emr-6.15.0', 'emr-5.36.2'), { Ref: 'S' })).toBe('compliant');
  });

  test('is what an empty name comes to', () => {
    expect(of('emr-6.15.0', '')).toBe('violation');
    expect(of('emr-6.15.0', { 'Fn::Sub': '' })).toBe('violation');
    expect(of('emr-6.15.0', C('', { Ref: 'S' }))).toBe('violation');
    expect(of('emr-7.5.0', '')).toBe('cannot tell');
    expect(of('emr-6.15.0', { Ref: 'EmptyOrNot' })).toBe('cannot tell');
  });

  test('counts in the branches that have none', () => {
    expect(of('emr-6.15.0', C(NO_VALUE, { Ref: 'S' }))).toBe('violation');
    expect(of(C('emr-7.5.0', 'emr-6.15.0'), C(NO_VALUE, { Ref: 'S' }))).toBe('cannot tell');
    expect(of(C('emr-6.15.0', 'emr-7.5.0'), C(NO_VALUE, { Ref: 'S' }))).toBe('violation');
    expect(of(D('emr-6.15.0', 'emr-7.5.0'), C(NO_VALUE, { Ref: 'S' }))).toBe('cannot tell'); // whether C and D ever meet is not told
  });

  test('decides about its groups and fleets', () => {
    const groups = { G: { Type: 'AWS::EMR::InstanceGroupConfig', Properties: { JobFlowId: { Ref: 'R' } } } };
    expect(judged({ R: { Type: 'AWS::EMR::Cluster', Properties: { ReleaseLabel: 'emr-6.15.0' } }, ...groups }).verdicts.G).toBe('violation');
  });

  test('says where, why and what to do', () => {
    const { findings } = judge({ Resources: { R: { Type: 'AWS::EMR::Cluster', Properties: { ReleaseLabel: 'emr-6.15.0' } } } });
    expect(findings).toMatchObject([{
      rule: 'imdsv2-not-required',
      verdict: 'violation',
      path: 'Properties',
      values: ['emr-6.15.0'],
      reason: 'it names no SecurityConfiguration, and with ReleaseLabel "emr-6.15.0" the default lets IMDSv1 answer',
      fix: 'refer to an AWS::EMR::SecurityConfiguration that requires IMDSv2',
      page: expect.stringContaining('emr-security-configuration-imdsv2'),
    }]);
  });
});

describe.each(['AWS::ElasticBeanstalk::Environment', 'AWS::ElasticBeanstalk::ConfigurationTemplate'])('%s that says nothing', type => {
  const of = (properties: object): string => verdict(type, properties);
  const option = (Value: unknown): object => ({ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value });
  const AL2023 = '64bit Amazon Linux 2023 v4.0.1 running Python 3.11';
  const AL2 = '64bit Amazon Linux 2 v3.5.9 running Python 3.8';
  const AL2023_ARN = 'arn:aws:elasticbeanstalk:eu-west-1::platform/Python 3.11 running on 64bit Amazon Linux 2023/4.0.1';
  const AL2_ARN = 'arn:aws:elasticbeanstalk:eu-west-1::platform/Python 3.8 running on 64bit Amazon Linux 2/3.5.9';

  test.each<[object]>([
    [{ SolutionStackName: AL2023 }],
    [{ PlatformArn: AL2023_ARN }],
    [{ PlatformArn: { 'Fn::Sub': 'arn:${AWS::Partition}:elasticbeanstalk:eu-west-1::platform/Python 3.11 running on 64bit Amazon Linux 2023/4.0.1' } }],
    [{ SolutionStackName: C(AL2023, '64bit Amazon Linux 2023 v6.1.0 running Node.js 20') }],
    [{ SolutionStackName: C(AL2023, AL2), OptionSettings: C([], [option('true')]) }],
    [{ SolutionStackName: AL2023, PlatformArn: AL2023_ARN }], [{ SolutionStackName: AL2023, PlatformArn: C(NO_VALUE, AL2023_ARN) }],
    [{ SolutionStackName: C(AL2023, NO_VALUE), PlatformArn: C(NO_VALUE, AL2023_ARN) }],
  ])('requires version 2 on Amazon Linux 2023: %j', properties => expect(of(properties)).toBe('compliant'));

  test.each<[object]>([
    [{}], [{ SolutionStackName: AL2 }], [{ SolutionStackName: C(AL2023, AL2) }], [{ SolutionStackName: C(AL2023, NO_VALUE) }],
    [{ SolutionStackName: '64bit Windows Server 2022 v2.15.3 running IIS 10.0' }],
    [{ PlatformArn: 'arn:aws:elasticbeanstalk:eu-west-1:111122223333:platform/64bit Amazon Linux 2023/1.0.0' }], // a custom platform of that name
    [{ SolutionStackName: AL2023, OptionSettings: [option('false')] }],
    [{ SolutionStackName: C(AL2023, AL2), OptionSettings: C([option('true')], []) }],
    [{ SolutionStackName: AL2023, PlatformArn: AL2_ARN }], [{ SolutionStackName: AL2, PlatformArn: AL2023_ARN }], // AWS asks for one of them; the weaker counts
    [{ SolutionStackName: { Ref: 'Any' }, PlatformArn: AL2_ARN }], [{ SolutionStackName: AL2, PlatformArn: { Ref: 'Any' } }],
    [{ SolutionStackName: AL2023, PlatformArn: C(NO_VALUE, AL2_ARN) }], [{ SolutionStackName: '', PlatformArn: AL2023_ARN }],
  ])('does not otherwise: %j', properties => expect(of(properties)).toBe('violation'));

  test.each<[object]>([
    [{ SolutionStackName: { Ref: 'Any' } }],
    [{ SolutionStackName: C(AL2023, { Ref: 'Any' }) }],
    [{ SolutionStackName: D(AL2023, AL2), OptionSettings: C([option('true')], []) }],
    [{ SolutionStackName: AL2023, PlatformArn: { Ref: 'Any' } }], [{ SolutionStackName: { Ref: 'Any' }, PlatformArn: AL2023_ARN }],
  ])('cannot be decided: %j', properties => expect(of(properties)).toBe('cannot tell'));

  test.each<[object, string]>([
    [{ SolutionStackName: { Ref: 'Any' } }, 'it is not set, so a default of the service holds, which cannot be decided: the parameter Any decides when the stack is deployed'],
    [{ SolutionStackName: D(AL2023, AL2), OptionSettings: C([option('true')], []) }, 'one branch lacks it, another what it refers to or a safe default'],
  ])('is told why, where it cannot be decided: %j', (properties, reason) => {
    expect(judged({ R: { Type: type, Properties: properties } }, {}, parameters).reasons).toEqual([reason]);
  });
});

test('a configuration template made from an environment takes over what that says', () => {
  const properties = { SolutionStackName: '64bit Amazon Linux 2023 v4.0.1 running Python 3.11', EnvironmentId: 'e-1' };
  expect(verdict('AWS::ElasticBeanstalk::ConfigurationTemplate', properties)).toBe('violation');
});

describe('an AppStream fleet that says nothing', () => {
  test.each([['ELASTIC', 'compliant'], ['ON_DEMAND', 'violation'], [undefined, 'violation'], [{ Ref: 'Any' }, 'cannot tell'], [C('ELASTIC', 'ALWAYS_ON'), 'violation']])(
    'of type %j: %s', (FleetType, expected) => expect(verdict('AWS::AppStream::Fleet', { FleetType })).toBe(expected));

  test('is not safe with version 1 written', () => {
    expect(verdict('AWS::AppStream::Fleet', { FleetType: 'ELASTIC', DisableIMDSV1: false })).toBe('violation');
  });
});
