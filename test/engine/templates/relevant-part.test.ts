import { NESTED_TEMPLATE_TYPES } from '../../../src/engine/evaluator/nested-template-types';
import { JsonObject } from '../../../src/engine/json/json';
import { judge } from '../../../src/engine/judge/judge';
import { LAUNCH_SURFACES } from '../../../src/engine/surfaces/surfaces';
import { relevantPart } from '../../../src/engine/templates/relevant-part';

const HOST = { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', UserData: { 'Fn::Sub': 'echo ${Bucket.Arn}' } }, DependsOn: 'Role' };
const BUCKET = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' }, Metadata: { 'aws:cdk:path': 'App/Bucket' } };

function resourcesOf(resources: JsonObject, others: JsonObject = {}): unknown {
  return relevantPart({ ...others, Resources: resources }).template.Resources;
}

test('keeps resources that launch instances, and tells which they are', () => {
  const { template, resources } = relevantPart({ Resources: { Host: HOST, Bucket: BUCKET } });

  expect(template.Resources).toHaveProperty('Host', HOST);
  expect([...resources]).toEqual([['Host', HOST]]);
});

test.each([...LAUNCH_SURFACES, ...NESTED_TEMPLATE_TYPES].map(({ type }) => type))('keeps %s', type => {
  const resource = { Type: type, Properties: { A: 1 } };

  expect(resourcesOf({ One: resource })).toEqual({ One: resource });
});

test.each(['My::EC2::Bastion::MODULE', 'Example::Web::Hosts::MODULE'])('keeps the module %s, which may make anything', type => {
  const resource = { Type: type, Properties: { A: 1 } };

  expect(resourcesOf({ One: resource })).toEqual({ One: resource });
  expect(judge(relevantPart({ Resources: { One: resource } }).template)).toEqual(judge({ Resources: { One: resource } }));
});

test.each(['My::EC2::Bastion', 'My::MODULE::Bastion', 'MODULE'])('drops %s, which is no module', type => {
  expect(resourcesOf({ One: { Type: type } })).toEqual({});
});

test('drops what nothing refers to', () => {
  expect(resourcesOf({ Host: { Type: 'AWS::EC2::Instance' }, Bucket: BUCKET })).toEqual({ Host: { Type: 'AWS::EC2::Instance' } });
});

test.each<[string, unknown]>([
  ['Ref', { Ref: 'Bucket' }],
  ['GetAtt', { 'Fn::GetAtt': ['Bucket', 'Arn'] }],
  ['GetAtt with a dot', { 'Fn::GetAtt': 'Bucket.Arn' }],
  ['Sub', { 'Fn::Sub': 'x-${Bucket}' }],
  ['Sub with an attribute', { 'Fn::Sub': ['x-${y}${Bucket.Arn}', { y: 1 }] }],
  ['GetAtt of a version', { 'Fn::GetAtt': 'Bucket.LatestVersionNumber' }],
  ['Sub with a version', { 'Fn::Sub': '${Bucket.LatestVersionNumber}' }],
  ['a branch', { 'Fn::If': ['Yes', { Ref: 'Bucket' }, 1] }],
])('keeps the type of a resource that is named in %s', (_, expression) => {
  const host = { Type: 'AWS::EC2::Instance', Properties: { ImageId: expression } };

  expect(resourcesOf({ Bucket: BUCKET, Host: host })).toEqual({ Host: host, Bucket: { Type: 'AWS::S3::Bucket' } });
  expect(resourcesOf({ Bucket: BUCKET }, { Outputs: { Out: { Value: expression } } })).toEqual({ Bucket: { Type: 'AWS::S3::Bucket' } });
});

test.each<[string, unknown]>([
  ['a text', 'Bucket'],
  ['a text that looks like a function\'s', '${Bucket}'],
  ['a variable of its own', { 'Fn::Sub': ['${Bucket}', { Bucket: 'b' }] }],
])('drops a resource that only %s seems to name', (_, value) => {
  const host = { Type: 'AWS::EC2::Instance', Properties: { KeyName: value } };

  expect(resourcesOf({ Bucket: BUCKET, Host: host })).toEqual({ Host: host });
  expect(judge({ Resources: { Host: host } })).toEqual(judge({ Resources: { Bucket: BUCKET, Host: host } }));
});

describe('what names a launch template that matters only if others use it', () => {
  const template = { Type: 'AWS::EC2::LaunchTemplate', Properties: {} };
  const instance = { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'T' }, Version: '1' } } };
  const user = (value: unknown): JsonObject => ({ Type: 'AWS::SSM::Parameter', Properties: { Value: value } });
  const stack = { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Id: { Ref: 'T' } } } };

  test.each<[string, JsonObject, JsonObject]>([
    ['beside an instance', { I: instance, T: template }, {}],
    ['that another stack imports', { T: template }, { Outputs: { Out: { Value: { Ref: 'T' }, Export: { Name: 'x' } } } }],
    ['that a nested stack is given', { T: template, N: stack }, {}],
    ['that this stack is given', { I: instance }, { Parameters: { T: { Type: 'String' } } }],
    ['that this stack is given and hands on', { N: stack }, { Parameters: { T: { Type: 'String' } } }],
  ])('is kept, %s', (_, resources, sections) => {
    const P = user({ 'Fn::Sub': 'id=${T}' });

    expect(resourcesOf({ ...resources, P, Q: user('T'), R: user({ Ref: 'Other' }) }, sections)).toEqual({ ...resources, P });
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['an instance', { I: { ...instance, Properties: { LaunchTemplate: { LaunchTemplateId: { 'Fn::GetAtt': ['N', 'Outputs.Id'] }, Version: '1' } } } }, {}],
    ['another stack', {}, { Outputs: { Out: { Value: { 'Fn::GetAtt': 'N.Outputs.Id' }, Export: { Name: 'x' } } } }],
    ['a nested stack', { M: { ...stack, Properties: { Parameters: { Id: { 'Fn::GetAtt': ['N', 'Outputs.Id'] } } } } }, {}],
  ])('is kept where a nested stack has it and gives it to %s', (_, resources, sections) => {
    const [N, P] = [{ Type: 'AWS::CloudFormation::Stack' }, user({ 'Fn::GetAtt': ['N', 'Outputs.Id'] })];

    expect(resourcesOf({ N, ...resources, P, Q: user('N'), R: user({ Ref: 'Other' }) }, sections)).toEqual({ N, ...resources, P });
  });

  test('is not where nothing can stand in for it', () => {
    const group = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'T' }, Version: '1' } } };

    expect(resourcesOf({ N: stack, P: user({ Ref: 'Q' }) }, { Parameters: { T: { Type: 'String' }, Q: { Type: 'String' } } })).toEqual({ N: stack });
    expect(resourcesOf({ T: template, G: group, P: user({ Ref: 'T' }) })).toEqual({ T: template, G: group });
  });

  test('is not among the resources that are told of', () => {
    expect([...relevantPart({ Resources: { T: template, I: instance, P: user({ Ref: 'T' }) } }).resources.keys()]).toEqual(['T', 'I']);
  });

  test('so the part is judged like the whole', () => {
    const strong = { ...instance, Properties: { ...instance.Properties, MetadataOptions: { HttpTokens: 'required' } } };
    const whole = { Resources: { T: template, I: strong, P: user({ Ref: 'T' }) } };

    expect(judge(relevantPart(whole).template).findings).toEqual(judge(whole).findings);
    expect(judge(whole).findings.map(({ rule }) => rule)).toContain('imdsv2-not-required');
  });
});

test.each([
  [{ 'Fn::ImportValue': 'x' }], [{ 'Fn::GetStackOutput': { StackName: 'A', OutputName: 'x' } }],
])('keeps what has %j, for it may be a launch template, and drops the rest', Value => {
  const [importer, other] = [{ Type: 'AWS::SSM::Parameter', Properties: { Value } }, { Type: 'AWS::SSM::Parameter', Properties: { Value: 'x' } }];

  expect(relevantPart({ Resources: { P: importer, Q: other } }, true).template.Resources).toEqual({ P: importer });
});

test('keeps loops and includes among the resources', () => {
  const loop = { 'Fn::ForEach::Hosts': ['X', ['a'], { 'Host${X}': HOST }], 'Fn::Transform': { Name: 'AWS::Include' } };

  expect(resourcesOf({ ...loop })).toEqual(loop);
});

test.each<[string, JsonObject]>([
  ['an exemption', { 'cdk-imds-guard:exemption': { reason: 'r' } }],
  ['acknowledgements', { 'aws:cdk:acknowledged-rules': { 'cdk-imds-guard::imdsv1-allowed': 'r' } }],
  ['a suppression of cdk-nag that is about IMDS', { cdk_nag: { rules_to_suppress: [{ id: 'ImdsChecks::imdsv1-allowed', reason: 'r' }] } }],
])('keeps a resource that carries %s, though it launches nothing', (_, metadata) => {
  expect(resourcesOf({ Bucket: { ...BUCKET, Metadata: metadata } })).toEqual({ Bucket: { ...BUCKET, Metadata: metadata } });
});

test('drops a resource with other suppressions of cdk-nag', () => {
  expect(resourcesOf({ Bucket: { ...BUCKET, Metadata: { cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-S1', reason: 'r' }] } } } })).toEqual({});
});

test('keeps the sections that expressions need, and of the metadata what is about exemptions', () => {
  const sections = { Parameters: { P: {} }, Mappings: { M: {} }, Conditions: { C: {} }, Outputs: { O: {} }, Transform: 'T', Rules: { R: {} } };
  const { template } = relevantPart({
    ...sections, 'Description': 'd', 'Globals': {}, 'Hooks': {}, 'Fn::Transform': [], 'Metadata': { 'AWS::CloudFormation::Interface': {}, 'cdk-imds-guard:proof': 1 },
  });

  expect(template).toEqual({ ...sections, 'Fn::Transform': [], 'Metadata': { 'cdk-imds-guard:proof': 1 } });
});

test('keeps logical ids that every object seems to have as its own', () => {
  const template = JSON.parse('{"Resources": {"__proto__": {"Type": "AWS::EC2::Instance"}, "constructor": {"Type": "AWS::EC2::Instance"}}}') as JsonObject;
  const { template: part } = relevantPart(template);

  expect(JSON.stringify(part)).toBe(JSON.stringify(template));
});

test('neither changes the template nor the verdicts on it', () => {
  const template = {
    Parameters: { Tokens: { Type: 'String', Default: 'optional' } },
    Resources: {
      Bucket: BUCKET,
      Weak: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: { Ref: 'Tokens' } } } },
      Odd: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } } },
      Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/x.yaml' } },
    },
  };
  const before = structuredClone(template);

  expect(judge(relevantPart(template).template)).toEqual(judge(template));
  expect(template).toEqual(before);
});

test('takes what is no resource and no section as it is', () => {
  expect(relevantPart({ Resources: [1], Outputs: 'x' }).template).toEqual({ Resources: [1], Outputs: 'x' });
  expect(resourcesOf({ Odd: 'text', Typeless: { Properties: {} } })).toEqual({ Odd: 'text', Typeless: { Properties: {} } });
});
