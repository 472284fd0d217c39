import { Context, contextOf } from '../../../src/engine/evaluator/context';
import { Scope } from '../../../src/engine/evaluator/scope';
import { launchesOf } from '../../../src/engine/judge/launch-modes';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { INSTANCE, judged, NO_VALUE, REQUIRED } from '../../support/verdicts';

const BATCH = 'AWS::Batch::ComputeEnvironment';
let conditions = 0;
const either = (a: unknown, b: unknown): unknown => ({ 'Fn::If': [`C${++conditions}`, a, b] });
const launchesNothing = (properties: unknown, context?: Context): boolean => launchesOf(surfaceOf(BATCH)!, properties, context).governed.length === 0;

describe('what launches nothing', () => {
  const parameters = { P: { AllowedValues: ['FARGATE'] }, Q: { AllowedValues: ['FARGATE', 'EC2'] }, R: { Default: 'FARGATE' } };
  const of = (type: unknown): boolean => (
    launchesNothing({ ComputeResources: { Type: type } }, contextOf(new Scope({ id: '', template: { Parameters: parameters } })))
  );

  test.each([['FARGATE'], [either('FARGATE', 'FARGATE_SPOT')], [{ Ref: 'P' }]])('is Fargate: %j', type => expect(of(type)).toBe(true));
  test.each([['EC2'], [either('FARGATE', 'SPOT')], [{ Ref: 'Q' }], [{ Ref: 'R' }], [undefined], [['FARGATE']]])('is not %j', type => expect(of(type)).toBe(false));

  test.each([['UNMANAGED', true], ['unmanaged', true], ['MANAGED', false], [{ Ref: 'P' }, false]])('is an environment of type %j: %s', (Type, expected) => {
    expect(launchesNothing({ Type })).toBe(expected);
  });

  test('is never a type that always launches', () => expect(launchesOf(surfaceOf(INSTANCE)!, {}).governed).toHaveLength(1));

  test('is compliant', () => {
    expect(judged({ B: { Type: BATCH, Properties: { ComputeResources: { Type: 'FARGATE' } } } })).toMatchObject({ verdicts: { B: 'compliant' }, findings: [] });
  });

  test.each([['IsFargate', 'compliant'], ['IsSomethingElse', 'cannot tell']])('needs no launch template in the branch that is Fargate: %s is %s', (condition, expected) => {
    const resources = {
      B: {
        Type: BATCH,
        Properties: {
          ComputeResources: {
            Type: { 'Fn::If': ['IsFargate', 'FARGATE', 'EC2'] },
            LaunchTemplate: { 'Fn::If': [condition, NO_VALUE, { LaunchTemplateId: { Ref: 'T' }, Version: '$Latest' }] },
          },
        },
      },
      T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: REQUIRED } } },
    };

    expect(judged(resources).verdicts.B).toBe(expected);
  });
});

describe('what a service launches by itself', () => {
  const environment = (ComputeResources: unknown): object => ({ B: { Type: BATCH, Properties: { Type: 'MANAGED', ComputeResources } } });
  const provider = (Properties: unknown): object => ({ P: { Type: 'AWS::ECS::CapacityProvider', Properties } });
  const parameters = { Parameters: { Type: { AllowedValues: ['ECS_MANAGED_INSTANCES', 'EC2'] }, Any: {} } };

  test.each<[string, object]>([
    ['a Batch environment on ECS Managed Instances', environment({ Type: 'ECS_MANAGED_INSTANCES' })],
    ['a capacity provider of ECS Managed Instances', provider({ ManagedInstancesProvider: { InfrastructureRoleArn: 'r' } })],
    ['one that is so in a branch, and Fargate in the other', environment({ Type: either('ECS_MANAGED_INSTANCES', 'FARGATE') })],
  ])('is not governed: %s', (_, resources) => {
    const { verdicts, findings } = judged(resources, {}, parameters);
    expect([Object.values(verdicts), findings]).toEqual([['not governed'], []]);
  });

  test.each<[string, object, string]>([
    ['EC2 in the other branch', environment({ Type: either('ECS_MANAGED_INSTANCES', 'EC2') }), 'cannot tell'],
    ['EC2 among what a parameter allows', environment({ Type: { Ref: 'Type' } }), 'cannot tell'],
    ['a type that is not known', environment({ Type: { Ref: 'Any' } }), 'cannot tell'],
    ['a provider that may not be there', provider({ ManagedInstancesProvider: either({}, NO_VALUE) }), 'cannot tell'],
    ['no provider', provider({}), 'cannot tell'],
    ['Fargate', environment({ Type: 'FARGATE' }), 'compliant'],
  ])('is judged with %s', (_, resources, expected) => {
    expect(Object.values(judged(resources, {}, parameters).verdicts)).toEqual([expected]);
  });

  test('is not governed in one branch, and in the other as good as its launch template', () => {
    const of = (options: unknown): object => judged({
      ...environment({
        Type: { 'Fn::If': ['C', 'ECS_MANAGED_INSTANCES', 'EC2'] },
        LaunchTemplate: { 'Fn::If': ['C', NO_VALUE, { LaunchTemplateId: { Ref: 'T' }, Version: '$Latest' }] },
      }),
      T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: options } } },
    }).verdicts;
    expect(of(REQUIRED)).toEqual({ B: 'not governed', T: 'compliant' });
    expect(of({})).toEqual({ B: 'violation', T: 'violation' });
  });
});
