import { TemplateSource } from '../../../src/engine/evaluator/source';
import { judgeAll } from '../../../src/engine/judge/judge';
import { instance, verdictsIn, withOptions } from '../../support/verdicts';

const IS_PROD = { Parameters: { Env: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };
const either = (yes: unknown, no: unknown): object => ({ Value: { 'Fn::If': ['IsProd', yes, no] } });
const of = (holder: string, output: string): object => ({ 'Fn::GetAtt': [holder, `Outputs.${output}`] });

/** A stack with nested stacks of one template, by what each is given. */
function parent(given: { readonly [holder: string]: object }, resources: object = {}, more: Partial<TemplateSource> = {}): TemplateSource {
  const holders = Object.entries(given).map(([holder, Parameters]) => [holder, { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters } }]);
  return {
    id: 'parent', isStack: true, template: { Resources: { ...Object.fromEntries(holders), ...resources } }, children: new Map(Object.keys(given).map(each => [each, ['child']])), ...more,
  };
}

function verdictOn(id: string, child: object, ...others: TemplateSource[]): string {
  return verdictsIn(judgeAll([{ id: 'child', template: child }, ...others]).get(id)!).I;
}

describe('two stacks of one template', () => {
  const child = { ...IS_PROD, Resources: {}, Outputs: { Endpoint: either('disabled', 'enabled'), Tokens: either('optional', 'required'), Name: { Value: { Ref: 'AWS::StackName' } } } };
  const two = { A: { Env: { Ref: 'Env' } }, B: { Env: { Ref: 'Other' } } };
  const options = (endpoint: string, tokens: string): object => ({ I: withOptions({ HttpEndpoint: of(endpoint, 'Endpoint'), HttpTokens: of(tokens, 'Tokens') }) });

  test('have conditions of their own', () => {
    expect(verdictOn('parent', child, parent(two, options('A', 'A')))).toBe('compliant');
    expect(verdictOn('parent', child, parent(two, options('A', 'B')))).toBe('violation');
  });

  test('have their own parameters', () => {
    const given = { A: { Env: 'prod' }, B: { Env: 'dev' } };

    expect(verdictOn('parent', child, parent(given, options('A', 'B')))).toBe('compliant');
    expect(verdictOn('parent', child, parent(given, { I: withOptions({ HttpTokens: of('B', 'Tokens') }) }))).toBe('compliant');
    expect(verdictOn('parent', child, parent(given, { I: withOptions({ HttpTokens: of('A', 'Tokens') }) }))).toBe('violation');
  });

  test.each([['Name'], ['Template']])('do not give out the same %s', output => {
    const comparing = { Parameters: { X: {}, Y: {} }, Conditions: { Same: { 'Fn::Equals': [{ Ref: 'X' }, { Ref: 'Y' }] } }, Resources: { I: withOptions({ HttpTokens: { 'Fn::If': ['Same', 'required', 'optional'] } }) } };
    const verdict = (x: string, y: string): string => {
      const { template, children } = parent({ A: {}, B: {} }, { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { X: of(x, output), Y: of(y, output) } } } });
      const giving = { Resources: { T: { Type: 'AWS::EC2::LaunchTemplate' } }, Outputs: { ...child.Outputs, Template: { Value: { Ref: 'T' } } } };
      return verdictOn('inner', giving, { id: 'parent', isStack: true, template, children: new Map([...children!, ['N', ['inner']]]) }, { id: 'inner', template: comparing });
    };

    expect(verdict('A', 'A')).toBe('compliant');
    expect(verdict('A', 'B')).toBe('violation');
  });

  test('are told apart through one more that holds them', () => {
    const relay: TemplateSource = {
      id: 'middle',
      children: new Map([['C', ['child']]]),
      template: {
        Parameters: { Env: {} },
        Resources: { C: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Env: { Ref: 'Env' } } } } },
        Outputs: { Endpoint: { Value: of('C', 'Endpoint') }, Tokens: { Value: of('C', 'Tokens') } },
      },
    };
    const children = new Map(['A', 'B'].map(each => [each, ['middle']]));

    expect(verdictOn('parent', child, relay, parent(two, options('A', 'A'), { children }))).toBe('compliant');
    expect(verdictOn('parent', child, relay, parent(two, options('A', 'B'), { children }))).toBe('violation');
  });

  test('may export the same under names of their own', () => {
    const exporting = { ...child, Outputs: Object.fromEntries(['Endpoint', 'Tokens'].map(name => [name, { ...child.Outputs[name as 'Tokens'], Export: { Name: { 'Fn::Sub': `\${Env}-${name}` } } }])) };
    const importer = (endpoint: string, tokens: string): TemplateSource => (
      { id: 'importer', template: { Resources: { I: withOptions({ HttpEndpoint: { 'Fn::ImportValue': `${endpoint}-Endpoint` }, HttpTokens: { 'Fn::ImportValue': `${tokens}-Tokens` } }) } } }
    );

    expect(verdictOn('importer', exporting, parent({ A: { Env: 'prod' }, B: { Env: 'dev' } }), importer('prod', 'dev'))).toBe('compliant');
    expect(verdictOn('importer', exporting, parent({ A: { Env: 'prod' }, B: { Env: 'dev' } }), importer('dev', 'prod'))).toBe('violation');
  });
});

describe('what several hand to a template', () => {
  const child = { Parameters: { End: {}, Tok: {} }, Resources: { I: withOptions({ HttpEndpoint: { Ref: 'End' }, HttpTokens: { Ref: 'Tok' } }) } };
  const given = (End: string, Tok: string): object => ({ End, Tok });

  test('belongs together', () => {
    expect(verdictOn('child', child, parent({ A: given('disabled', 'optional'), B: given('enabled', 'required') }))).toBe('compliant');
    expect(verdictOn('child', child, parent({ A: given('disabled', 'required'), B: given('enabled', 'optional') }))).toBe('violation');
  });

  test('is not told apart where too many do', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`N${i}`, i % 2 ? given('disabled', 'optional') : given('enabled', 'required')]));
    const same = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`N${i}`, given(i % 2 ? 'disabled' : 'enabled', 'required')]));

    expect(verdictOn('child', child, parent(many))).toBe('violation');
    expect(verdictOn('child', child, parent(same))).toBe('compliant');
  });
});

test('a template that names launch templates by what it is given has them in every stack', () => {
  const child = { Parameters: { Name: {} }, Resources: { T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: { Ref: 'Name' }, LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } } } } };
  const byName = { I: instance({ LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } }) };

  expect(verdictOn('parent', child, parent({ A: { Name: 'web' }, B: { Name: 'shop' } }, byName))).toBe('compliant');
  expect(verdictOn('parent', child, parent({ A: { Name: 'site' }, B: { Name: 'shop' } }, byName))).toBe('cannot tell');
});
