import { macrosOf, transformsOf } from '../../../src/engine/evaluator/transforms';
import { judge } from '../../../src/engine/judge/judge';
import { linesOf, REQUIRED, template, verdictsIn, withOptions } from '../../support/verdicts';

const STRONG = withOptions(REQUIRED);
const INCLUDE = { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/part.yaml' } };

test.each<[unknown, string[]]>([
  [{}, []], [{ Transform: null }, []], [[], []], ['x', []],
  [{ Transform: 'AWS::LanguageExtensions' }, ['AWS::LanguageExtensions']],
  [{ Transform: ['AWS::LanguageExtensions', 'Mine'] }, ['AWS::LanguageExtensions', 'Mine']],
  [{ Transform: INCLUDE }, ['AWS::Include']],
  [{ 'Fn::Transform': INCLUDE }, ['AWS::Include']],
  [{ 'Fn::Transform': [INCLUDE, { Name: 'Mine' }], 'Transform': 'Other' }, ['Other', 'AWS::Include', 'Mine']],
  [{ Transform: [5, {}] }, ['a macro whose name is not a text', 'a macro whose name is not a text']],
])('the transforms of %j are %j', (value, expected) => expect(transformsOf(value)).toEqual(expected));

test.each([
  ['AWS::LanguageExtensions'], ['AWS::Serverless-2016-10-31'], ['AWS::SecretsManager-2024-09-16'], ['AWS::CodeDeployBlueGreen'],
])('%s leaves resources that launch instances as they are', name => expect(macrosOf({ Transform: name })).toEqual([]));

test.each([['AWS::Include'], ['Mine'], ['AWS::Unheard-2030-01-01'], ['constructor']])('%s may change any resource, which is told', name => {
  const judgement = judge({ Transform: name, Resources: { I: STRONG } });

  expect(verdictsIn(judgement)).toEqual({ I: 'compliant', Transform: 'cannot tell' });
  expect(linesOf(judgement)).toEqual(['Transform undecided-transform Transform']);
  expect(judgement.findings.at(-1)).toMatchObject({ reason: `${name} may change any resource when the stack is deployed`, fix: expect.stringContaining('GetTemplate') });
});

describe('an include', () => {
  const lines = (resources: unknown): string[] => linesOf(judge({ Resources: resources }));

  test('among the resources may bring any', () => expect(lines({ 'I': STRONG, 'Fn::Transform': INCLUDE })).toEqual(['Fn::Transform undecided-transform Resources']));
  test('as a resource may bring one', () => expect(lines({ I: { 'Fn::Transform': INCLUDE } })).toEqual(['I undecided-transform Fn::Transform']));
  test('in a resource may change any part of it', () => expect(lines({ I: { ...STRONG, 'Fn::Transform': INCLUDE } })).toEqual(['I undecided-transform Fn::Transform']));
  test('in a resource that launches nothing does not matter', () => expect(lines({ B: { 'Type': 'AWS::S3::Bucket', 'Fn::Transform': INCLUDE } })).toEqual([]));
  test('in properties may bring the options', () => {
    expect(lines({ I: { Type: 'AWS::EC2::Instance', Properties: { 'Fn::Transform': INCLUDE } } })).toEqual(['I undecided-value MetadataOptions']);
  });
  test('in the options may bring tokens', () => expect(lines({ I: withOptions({ 'Fn::Transform': INCLUDE, ...REQUIRED }) })).toEqual(['I undecided-value MetadataOptions']));
  test('beside a violation does not hide it', () => {
    expect(lines({ T: { ...template({ HttpTokens: 'optional' }), 'Fn::Transform': INCLUDE } })).toEqual([
      'T undecided-transform Fn::Transform', 'T imdsv1-allowed LaunchTemplateData.MetadataOptions.HttpTokens',
    ]);
  });
});

test('a module may bring any resource, which is told', () => {
  const judgement = judge({ Resources: { M: { Type: 'Example::Web::Hosts::MODULE' }, B: { Type: 'Example::Web::Hosts' } } });

  expect(linesOf(judgement)).toEqual(['M undecided-transform Type']);
  expect(judgement.resources).toEqual([{ logicalId: 'M', type: 'Example::Web::Hosts::MODULE', verdict: 'cannot tell' }]);
});
