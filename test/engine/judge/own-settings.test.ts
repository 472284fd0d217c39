import { contextOf } from '../../../src/engine/evaluator/context';
import { Scope } from '../../../src/engine/evaluator/scope';
import { launchesNothing, limitsHops, requiresTokens } from '../../../src/engine/judge/own-settings';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { GROUP, INSTANCE, judged, NO_VALUE, REQUIRED } from '../../support/verdicts';

const BATCH = 'AWS::Batch::ComputeEnvironment';
let conditions = 0;
const either = (a: unknown, b: unknown): unknown => ({ 'Fn::If': [`C${++conditions}`, a, b] });

describe('what launches nothing', () => {
  const parameters = { P: { AllowedValues: ['FARGATE'] }, Q: { AllowedValues: ['FARGATE', 'EC2'] }, R: { Default: 'FARGATE' } };
  const of = (type: unknown): boolean => (
    launchesNothing(surfaceOf(BATCH)!, { ComputeResources: { Type: type } }, contextOf(new Scope({ id: '', template: { Parameters: parameters } })))
  );

  test.each([['FARGATE'], [either('FARGATE', 'FARGATE_SPOT')], [{ Ref: 'P' }]])('is Fargate: %j', type => expect(of(type)).toBe(true));
  test.each([['EC2'], [either('FARGATE', 'SPOT')], [{ Ref: 'Q' }], [{ Ref: 'R' }], [undefined], [['FARGATE']]])('is not %j', type => expect(of(type)).toBe(false));

  test.each([['UNMANAGED', true], ['unmanaged', true], ['MANAGED', false], [{ Ref: 'P' }, false]])('is an environment of type %j: %s', (Type, expected) => {
    expect(launchesNothing(surfaceOf(BATCH)!, { Type })).toBe(expected);
  });

  test('is never a type that always launches', () => expect(launchesNothing(surfaceOf(INSTANCE)!, {})).toBe(false));

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
            LaunchTemplate: { 'Fn::If': [condition, NO_VALUE, { LaunchTemplateId: { Ref: 'T' }, Version: '1' }] },
          },
        },
      },
      T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: REQUIRED } } },
    };

    expect(judged(resources).verdicts.B).toBe(expected);
  });
});

describe('whether a resource itself requires tokens', () => {
  test.each<[string, string, unknown, boolean]>([
    ['it does', INSTANCE, { MetadataOptions: REQUIRED }, true],
    ['its endpoint is disabled', INSTANCE, { MetadataOptions: { HttpEndpoint: 'disabled' } }, true],
    ['its endpoint is disabled wherever it does not', INSTANCE, {
      MetadataOptions: { HttpEndpoint: { 'Fn::If': ['C', 'disabled', 'enabled'] }, HttpTokens: { 'Fn::If': ['C', 'optional', 'required'] } },
    }, true],
    ['its endpoint is disabled where it does anyway', INSTANCE, {
      MetadataOptions: { HttpEndpoint: { 'Fn::If': ['C', 'disabled', 'enabled'] }, HttpTokens: { 'Fn::If': ['C', 'required', 'optional'] } },
    }, false],
    ['it says nothing', INSTANCE, {}, false],
    ['its options are a list', INSTANCE, { MetadataOptions: [] }, false],
    ['its options are hidden', INSTANCE, { MetadataOptions: { Ref: 'P' } }, false],
    ['one branch does not', INSTANCE, { MetadataOptions: either(REQUIRED, {}) }, false],
    ['it has no settings of its own', GROUP, { MetadataOptions: REQUIRED }, false],
    ['its settings do not speak for all it launches', 'AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: REQUIRED }] }] }, false],
  ])('%s', (_, type, properties, expected) => expect(requiresTokens({ surface: surfaceOf(type)!, properties })).toBe(expected));
});

describe('whether a resource itself limits hops', () => {
  test.each<[string, string, unknown, boolean]>([
    ['it does', INSTANCE, { MetadataOptions: { HttpPutResponseHopLimit: 1 } }, true],
    ['a parameter does', INSTANCE, { MetadataOptions: { HttpPutResponseHopLimit: { Ref: 'P' } } }, true],
    ['it says nothing', INSTANCE, { MetadataOptions: REQUIRED }, false],
    ['its options are hidden', INSTANCE, { MetadataOptions: { 'Fn::Transform': {} } }, false],
    ['there is no such setting', 'AWS::SageMaker::NotebookInstance', {}, false],
  ])('%s', (_, type, properties, expected) => expect(limitsHops({ surface: surfaceOf(type)!, properties })).toBe(expected));
});
