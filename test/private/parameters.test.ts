import { INSTANCE, judged, verdictsIn, withOptions } from './verdicts';
import { alternativesOf } from '../../src/private/alternatives';
import { contextOf } from '../../src/private/context';
import { judgeAll } from '../../src/private/judge';
import { Scope } from '../../src/private/scope';
import { TemplateSource } from '../../src/private/source';

const tokens = { I: withOptions({ HttpTokens: { Ref: 'Tokens' } }) };
const withParameter = (declared: unknown): ReturnType<typeof judged> => judged(tokens, {}, { Parameters: { Tokens: declared } });

const WEAK = '"optional" lets IMDSv1 answer; an account or a policy that enforces IMDSv2 refuses the launch';

describe('a parameter with tokens', () => {
  test.each<[string, unknown, string, string[]]>([
    ['has one safe value', { AllowedValues: ['required'] }, 'compliant', []],
    ['has one weak value', { AllowedValues: ['optional'] }, 'violation', [WEAK]],
    ['allows a weak value beside the safe default', { Default: 'required', AllowedValues: ['required', 'optional'] }, 'cannot tell', ['the parameter Tokens allows "optional"']],
    ['allows a safe value beside the weak default', { Default: 'optional', AllowedValues: ['required', 'optional'] }, 'violation', [WEAK]],
    ['allows both and has no default', { AllowedValues: ['required', 'optional'] }, 'cannot tell', ['the parameter Tokens allows "optional"']],
    ['allows a value that EC2 does not', { Default: 'required', AllowedValues: ['required', 'on'] }, 'cannot tell', ['the parameter Tokens allows "on"']],
    ['has a safe default', { Default: 'required' }, 'cannot tell', ['the parameter Tokens decides when the stack is deployed']],
    ['has a weak default', { Default: 'optional' }, 'violation', [WEAK]],
    ['comes from the Parameter Store', { Type: 'AWS::SSM::Parameter::Value<String>', Default: 'required' }, 'cannot tell', ['the parameter Tokens decides when the stack is deployed']],
    ['is declared as a text', 'required', 'cannot tell', ['the parameter Tokens decides when the stack is deployed']],
  ])('%s', (_, declared, verdict, reasons) => expect(withParameter(declared)).toMatchObject({ verdicts: { I: verdict }, reasons }));

  test('allows too many values to follow them, so that the default and whoever deploys decide', () => {
    const AllowedValues = Array.from({ length: 1_000 }, (_, i) => `value${i}`);

    expect(withParameter({ AllowedValues: ['required', ...AllowedValues], Default: 'required' }).reasons).toEqual(['the parameter Tokens decides when the stack is deployed']);
    expect(withParameter({ AllowedValues: ['optional', ...AllowedValues], Default: 'optional' }).verdicts.I).toBe('violation');
  });
});

describe('a list as a parameter', () => {
  const values = (type: string): unknown[] => {
    const template = { Parameters: { P: { Type: type, AllowedValues: ['a, b'] } } };
    return alternativesOf({ 'Fn::Select': [1, { Ref: 'P' }] }, contextOf(new Scope({ id: '', template }))).map(each => each.kind === 'value' && each.value);
  };

  test.each([['CommaDelimitedList'], ['List<Number>'], ['List<AWS::EC2::Subnet::Id>']])('of type %s is told apart by commas', type => expect(values(type)).toEqual(['b']));
  test('is none of type String', () => expect(values('String')).toEqual([false]));
});

describe('a parameter of a nested stack', () => {
  const child: TemplateSource = { id: 'child', template: { Parameters: { Tokens: { Default: 'required' } }, Resources: tokens } };
  const parent = (Parameters: unknown, id = 'parent', others: object = {}, sections: object = {}): TemplateSource => ({
    id, template: { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters }, ...others } }, ...sections }, children: new Map([['Nested', ['child']]]),
  });
  const verdict = (...sources: TemplateSource[]): string => verdictsIn(judgeAll([child, ...sources]).get('child')!).I;

  test.each<[string, unknown, string]>([
    ['is what the parent gives', { Tokens: 'required' }, 'compliant'],
    ['is what the parent gives, and not the default', { Tokens: 'optional' }, 'violation'],
    ['has its default where the parent gives nothing', {}, 'compliant'],
    ['has its default where the parent has no parameters', undefined, 'compliant'],
    ['has its default where the parent leaves it away', { Tokens: { Ref: 'AWS::NoValue' } }, 'compliant'],
    ['is not known where a parameter of the parent is given', { Tokens: { Ref: 'ParentTokens' } }, 'cannot tell'],
    ['may be each branch', { Tokens: { 'Fn::If': ['C', 'required', 'optional'] } }, 'violation'],
    ['may be in each branch', { 'Fn::If': ['C', { Tokens: 'required' }, { Tokens: 'optional' }] }, 'violation'],
    ['has its default in the branch that lacks it', { 'Fn::If': ['C', { Tokens: 'required' }, {}] }, 'compliant'],
    ['is not known where all parameters are included', { 'Fn::Transform': { Name: 'AWS::Include' } }, 'cannot tell'],
    ['is not known where parameters are included beside it', { 'Tokens': 'required', 'Fn::Transform': { Name: 'AWS::Include' } }, 'cannot tell'],
  ])('%s', (_, given, expected) => {
    expect(verdict(parent(given, 'parent', {}, { Parameters: { ParentTokens: { Type: 'String' } } }))).toBe(expected);
  });

  test('has its default for sure only in a nested stack', () => {
    expect(verdict()).toBe('cannot tell');
    expect(verdict(parent({}))).toBe('compliant');
    expect(verdict(parent({}, 'parent', { Type: 'AWS::ServiceCatalog::CloudFormationProduct', Properties: {} }))).toBe('cannot tell');
    expect(verdict(parent({}, 'parent', { Type: 'AWS::CloudFormation::Stack', Properties: 'x' }))).toBe('compliant');
    expect(verdict(parent({}, 'parent', { Type: 'AWS::CloudFormation::Stack', Properties: { 'Fn::If': ['C', {}, {}] } }))).toBe('cannot tell');
    expect(verdict(parent({}, 'parent', { Type: ['AWS::CloudFormation::Stack'] }))).toBe('cannot tell');
  });

  test('has neither a value nor a default', () => {
    const bare = { ...child, template: { Parameters: { Tokens: { Type: 'String' } }, Resources: tokens } };

    expect(verdictsIn(judgeAll([bare, parent({})]).get('child')!).I).toBe('cannot tell');
  });

  test('is what any of the parents gives', () => {
    expect(verdict(parent({ Tokens: 'required' }), parent({ Tokens: 'required' }, 'other'))).toBe('compliant');
    expect(verdict(parent({ Tokens: 'required' }), parent({ Tokens: 'optional' }, 'other'))).toBe('violation');
  });

  test('is given under the condition of the nested stack', () => {
    const Tokens = { 'Fn::If': ['IsProd', 'required', 'optional'] };

    expect(verdict(parent({ Tokens }, 'parent', { Condition: 'IsProd' }))).toBe('compliant');
    expect(verdict(parent({ Tokens }, 'parent', { Condition: 'IsDev' }))).toBe('violation');
  });

  test('decides its conditions', () => {
    const conditional = (id: string): TemplateSource => ({
      id,
      template: {
        Parameters: { Env: { Type: 'String' } },
        Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } },
        Resources: { I: withOptions({ HttpTokens: { 'Fn::If': ['IsProd', 'required', 'optional'] } }) },
      },
    });
    const with_ = (Env: string): string => verdictsIn(judgeAll([conditional('child'), parent({ Env })]).get('child')!).I;

    expect(with_('prod')).toBe('compliant');
    expect(with_('dev')).toBe('violation');
  });

  test('does not lead its neighbours into the parent', () => {
    const inner = (endpoint: string): TemplateSource => ({
      id: 'child',
      template: {
        Parameters: { Tokens: { Type: 'String' }, Endpoint: { AllowedValues: [endpoint] } },
        Resources: { I: withOptions({ HttpTokens: { Ref: 'Tokens' }, HttpEndpoint: { Ref: 'Endpoint' } }) },
      },
    });
    const outer = (endpoint: string): TemplateSource => parent({ Tokens: 'optional' }, 'parent', {}, { Parameters: { Endpoint: { AllowedValues: [endpoint] } } });

    expect(verdictsIn(judgeAll([inner('enabled'), outer('disabled')]).get('child')!).I).toBe('violation');
    expect(verdictsIn(judgeAll([inner('disabled'), outer('enabled')]).get('child')!).I).toBe('compliant');
  });

  test('is a list where it says so', () => {
    const listed: TemplateSource = {
      id: 'child', template: { Parameters: { List: { Type: 'CommaDelimitedList' } }, Resources: { I: withOptions({ HttpTokens: { 'Fn::Select': [1, { Ref: 'List' }] } }) } },
    };
    const given = (List: string): string => verdictsIn(judgeAll([listed, parent({ List })]).get('child')!).I;

    expect(given('optional,required')).toBe('compliant');
    expect(given('required,optional')).toBe('violation');
  });
});

describe('a parameter of a stack set', () => {
  const child: TemplateSource = { id: 'child', template: { Parameters: { Tokens: { Default: 'optional' } }, Resources: { I: { Type: INSTANCE, Properties: { MetadataOptions: { HttpTokens: { Ref: 'Tokens' } } } } } } };
  const given = (value: string): object => ({ ParameterKey: 'Tokens', ParameterValue: value });
  const verdict = (properties: object): string => verdictsIn(judgeAll([child, {
    id: 'parent', template: { Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: properties } } }, children: new Map([['Set', ['child']]]),
  }]).get('child')!).I;

  test.each<[string, object, string]>([
    ['is what the set gives', { Parameters: [given('required')] }, 'compliant'],
    ['has its default where the set gives another', { Parameters: [{ ParameterKey: 'Other', ParameterValue: 'required' }] }, 'violation'],
    ['is what an account overrides', { Parameters: [given('required')], StackInstancesGroup: [{ ParameterOverrides: [given('optional')] }] }, 'violation'],
    ['is as safe as every override', { Parameters: [given('required')], StackInstancesGroup: [{ ParameterOverrides: [given('required')] }, {}] }, 'compliant'],
  ])('%s', (_, properties, expected) => expect(verdict(properties)).toBe(expected));
});
