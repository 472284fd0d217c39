import { contextOf } from '../../../src/engine/evaluator/context';
import { Scope } from '../../../src/engine/evaluator/scope';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { latestVersionsIn, referencesOf } from '../../../src/engine/templates/references';

const NO_VALUE = { Ref: 'AWS::NoValue' };
let conditions = 0;

/** Conditions that have nothing to do with each other. */
const either = (a: unknown, b: unknown): unknown => ({ 'Fn::If': [`C${++conditions}`, a, b] });

function of(type: string, properties: unknown, parameters?: object): string[] {
  const context = parameters && contextOf(new Scope({ id: '', template: { Parameters: parameters, Resources: { T: {} } } }));
  return referencesOf(surfaceOf(type)!, properties, context).map(({ address, literal, unknown, version }) => (
    `${address !== undefined ? `@${address}` : literal ?? `? ${unknown}`} ${version}`
  ));
}

const instance = (LaunchTemplate: unknown, parameters?: object): string[] => of('AWS::EC2::Instance', { LaunchTemplate }, parameters);

describe('a launch template', () => {
  test.each<[string, unknown, string[]]>([
    ['by Ref', { LaunchTemplateId: { Ref: 'T' }, Version: '1' }, ['@T pinned']],
    ['by GetAtt', { LaunchTemplateId: { 'Fn::GetAtt': ['T', 'LaunchTemplateId'] }, Version: '1' }, ['@T pinned']],
    ['by GetAtt with a dot', { LaunchTemplateId: { 'Fn::GetAtt': 'T.LaunchTemplateId' }, Version: '1' }, ['@T pinned']],
    ['by Sub', { LaunchTemplateId: { 'Fn::Sub': '${T}' }, Version: '1' }, ['@T pinned']],
    ['by id', { LaunchTemplateId: 'lt-1', Version: '1' }, ['lt-1 pinned']],
    ['by name', { LaunchTemplateName: 'web', Version: '1' }, ['web pinned']],
    ['by name where the id is absent', { LaunchTemplateId: NO_VALUE, LaunchTemplateName: 'web', Version: '1' }, ['web pinned']],
    ['by id or by name', { LaunchTemplateId: either({ Ref: 'T' }, NO_VALUE), LaunchTemplateName: either(NO_VALUE, 'web'), Version: '1' }, ['@T pinned', 'web pinned']],
    ['by either of two', either({ LaunchTemplateId: { Ref: 'T' }, Version: '1' }, { LaunchTemplateId: either({ Ref: 'U' }, { Ref: 'V' }) }), ['@T pinned', '@U default', '@V default']],
    ['that is imported', { LaunchTemplateId: { 'Fn::ImportValue': 'x' }, Version: '1' }, ['? the export x is not among the templates pinned']],
    ['by a text around a reference', { LaunchTemplateName: { 'Fn::Sub': 'x-${T}' }, Version: '1' }, ['? Ref T is only known when the stack is deployed pinned']],
    ['by a GetAtt that is malformed', { LaunchTemplateId: { 'Fn::GetAtt': { toString: 1 } } }, ['? Fn::GetAtt is only known when the stack is deployed default']],
    ['by a GetAtt of nothing', { LaunchTemplateId: { 'Fn::GetAtt': [] } }, ['? Fn::GetAtt is only known when the stack is deployed default']],
    ['by a number', { LaunchTemplateId: 5 }, ['? it is neither an id nor a reference default']],
    ['in a specification that is no object', 'lt-1', ['? a launch template specification was expected here unknown']],
    ['in a specification that is hidden', { Ref: 'P' }, ['? Ref P is only known when the stack is deployed unknown']],
    ['that is not there', NO_VALUE, []],
    ['that the specification does not name', { Version: '1' }, []],
  ])('%s', (_, specification, expected) => expect(instance(specification)).toEqual(expected));

  test.each<[unknown, string]>([
    [{ 'Fn::GetAtt': ['T', 'LatestVersionNumber'] }, 'latest'],
    [{ 'Fn::Sub': '${T.LatestVersionNumber}' }, 'latest'],
    ['$Latest', 'latest-alias'],
    ['$Default', 'default'],
    [undefined, 'default'],
    [{ 'Fn::GetAtt': 'T.DefaultVersionNumber' }, 'default'],
    ['3', 'pinned'],
    [3, 'pinned'],
    [{ Ref: 'One' }, 'pinned'],
    [{ Ref: 'Any' }, 'unknown'],
  ])('version %j is %s', (version, expected) => {
    expect(instance({ LaunchTemplateId: { Ref: 'T' }, Version: version }, { One: { AllowedValues: ['1'] }, Any: { Default: '1' } })).toEqual([`@T ${expected}`]);
  });

  test('is found in every form that an Auto Scaling group has', () => {
    const by = (id: string): unknown => ({ LaunchTemplateId: { Ref: id }, Version: '1' });

    expect(of('AWS::AutoScaling::AutoScalingGroup', {
      LaunchTemplate: by('A'),
      MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: by('B'), Overrides: [{ InstanceType: 'a' }, { LaunchTemplateSpecification: by('C') }] } },
      LaunchConfigurationName: { Ref: 'D' },
    })).toEqual(['@A pinned', '@B pinned', '@C pinned', '@D none']);
  });

  test('is unknown where the overrides are', () => {
    const overrides = { LaunchTemplate: { Overrides: { Ref: 'P' } } };

    expect(of('AWS::AutoScaling::AutoScalingGroup', { MixedInstancesPolicy: overrides })).toEqual(['? Ref P is only known when the stack is deployed unknown']);
  });

  test('has keys of its own where a service spells them so', () => {
    expect(of('AWS::EKS::Nodegroup', { LaunchTemplate: { Id: { Ref: 'T' } } })).toEqual(['@T default']);
    expect(of('AWS::EKS::Nodegroup', { LaunchTemplate: { Name: 'web' } })).toEqual(['web default']);
    expect(of('AWS::PCS::ComputeNodeGroup', { CustomLaunchTemplate: { TemplateId: 'lt-1', Version: 1, LaunchTemplateName: 'web' } })).toEqual(['lt-1 pinned']);
  });
});

describe('a direct reference', () => {
  const group = (name: unknown): string[] => of('AWS::AutoScaling::AutoScalingGroup', { LaunchConfigurationName: name });
  const provider = (value: unknown): string[] => of('AWS::ECS::CapacityProvider', { AutoScalingGroupProvider: value });

  test('is followed once a branch', () => expect(group(either({ Ref: 'A' }, either({ Ref: 'B' }, NO_VALUE)))).toEqual(['@A none', '@B none']));
  test('may be a name', () => expect(group('web')).toEqual(['web none']));
  test('may be absent', () => expect(group(undefined)).toEqual([]));
  test('is found below Fn::If', () => expect(provider(either({ AutoScalingGroupArn: { Ref: 'A' } }, NO_VALUE))).toEqual(['@A none']));
  test('is unknown below what is only known later', () => {
    expect(provider({ 'Fn::ImportValue': 'x' })).toEqual(['? the export x is not among the templates none']);
  });
});

test('a type that follows nothing has no references', () => expect(of('AWS::EC2::LaunchTemplate', { LaunchTemplate: {} })).toEqual([]));

test.each<[unknown, string[]]>([
  [{ 'Fn::GetAtt': ['T', 'LatestVersionNumber'] }, ['T']],
  [[{ A: { 'Fn::GetAtt': 'T.LatestVersionNumber' } }, { 'Fn::Sub': 'v${U.LatestVersionNumber}${V.LatestVersionNumber}' }], ['T', 'U', 'V']],
  [{ 'Fn::GetAtt': ['T', 'LaunchTemplateId'] }, []],
  [{ 'Fn::Sub': 'v${!T.LatestVersionNumber}' }, []],
  [3, []],
])('the latest version numbers in %j are those of %j', (value, expected) => expect(latestVersionsIn(value)).toEqual(expected));
