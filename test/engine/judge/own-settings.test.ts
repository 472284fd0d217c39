import { limitsHops, requiresTokens } from '../../../src/engine/judge/own-settings';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { GROUP, INSTANCE, REQUIRED } from '../../support/verdicts';

let conditions = 0;
const either = (a: unknown, b: unknown): unknown => ({ 'Fn::If': [`C${++conditions}`, a, b] });

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
