import { contextOf } from '../../../src/engine/evaluator/context';
import { possibleValuesOf } from '../../../src/engine/evaluator/possible-values';
import { Scope } from '../../../src/engine/evaluator/scope';
import { TemplateSource } from '../../../src/engine/evaluator/source';
import { judgeAll } from '../../../src/engine/judge/judge';
import { INSTANCE, judged, NO_VALUE, verdictsIn, withOptions } from '../../support/verdicts';

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
    const template = { Parameters: { P: { Type: type, Default: 'a, b' } } };
    return possibleValuesOf({ 'Fn::Select': [1, { Ref: 'P' }] }, contextOf(new Scope({ id: '', template }))).map(each => each.kind === 'value' && each.value);
  };

  test.each([['CommaDelimitedList'], ['List<Number>'], ['List<AWS::EC2::Subnet::Id>']])('of type %s is told apart by commas', type => expect(values(type)).toEqual(['b', false]));
  test('is none of type String', () => expect(values('String')).toEqual([false, false]));

  // of a list, each element must be allowed, so that two of them may be there together
  test.each<[string, unknown, string]>([
    ['CommaDelimitedList', { Ref: 'P' }, 'violation'], ['String', [{ Ref: 'P' }], 'compliant'],
  ])('of type %s may have several of what is allowed', (Type, list, verdict) => {
    const resources = { I: withOptions({ 'Fn::If': ['HasBoth', { HttpTokens: 'optional' }, { HttpTokens: 'required' }] }) };
    const Conditions = { HasBoth: { 'Fn::Equals': [{ 'Fn::Join': [',', list] }, 'a,b'] } };

    expect(judged(resources, {}, { Conditions, Parameters: { P: { Type, Default: 'a', AllowedValues: ['a', 'b'] } } }).verdicts.I).toBe(verdict);
  });
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

  test('does not lead its otherTemplates into the parent', () => {
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

describe('a parameter of a template that several resources bring', () => {
  const child = (Default: string, AllowedValues?: string[]): TemplateSource => ({ id: 'child', template: { Parameters: { Tokens: { Type: 'String', Default, AllowedValues } }, Resources: tokens } });
  const STACK = { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Tokens: 'required' } } };
  const LEFT: [string, object][] = [
    ['a product', { Type: 'AWS::ServiceCatalog::CloudFormationProduct', Properties: {} }],
    ['a published application', { Type: 'AWS::ServerlessRepo::Application', Properties: {} }],
    ['a stack set without stacks', { Type: 'AWS::CloudFormation::StackSet', Properties: {} }],
    ['a stack set without stacks that gives something else', { Type: 'AWS::CloudFormation::StackSet', Properties: { Parameters: [{ ParameterKey: 'Other', ParameterValue: 'required' }] } }],
  ];
  const DEFAULT: [string, object][] = [
    ['a nested stack', { Type: 'AWS::CloudFormation::Stack', Properties: {} }],
    ['a change set', { Type: 'AWS::CloudFormation::ChangeSet', Properties: {} }],
    ['a serverless application', { Type: 'AWS::Serverless::Application', Properties: {} }],
    ['a stack set with stacks', { Type: 'AWS::CloudFormation::StackSet', Properties: { StackInstancesGroup: [{ Regions: ['us-east-1'] }] } }],
    ['a project', { Type: 'AWS::SageMaker::Project', Properties: { TemplateProviderDetails: [{ CfnTemplateProviderDetail: {} }] } }],
  ];
  const verdict = (source: TemplateSource, holders: { [logicalId: string]: object }): string => verdictsIn(judgeAll([
    source, { id: 'parent', template: { Resources: holders }, children: new Map(Object.keys(holders).map(id => [id, ['child']])) },
  ]).get('child')!).I;

  test.each([...LEFT, ...DEFAULT])('has its default, too, where one of them is %s that gives nothing', (_, holder) => {
    expect(verdict(child('optional'), { A: STACK, B: holder })).toBe('violation');
    expect(verdict(child('optional'), { A: holder, B: STACK })).toBe('violation');
    expect(verdict(child('optional'), { A: holder })).toBe('violation');
  });

  test.each(DEFAULT)('is safe where each of them is, and %s leaves the safe default', (_, holder) => {
    expect(verdict(child('required'), { A: STACK, B: holder })).toBe('compliant');
    expect(verdict(child('required'), { A: holder })).toBe('compliant');
  });

  test.each(LEFT)('is not known where %s leaves it to somebody else', (_, holder) => {
    expect(verdict(child('required'), { A: STACK, B: holder })).toBe('cannot tell');
    expect(verdict(child('required'), { A: holder })).toBe('cannot tell');
    expect(verdict(child('required', ['required', 'optional']), { A: STACK, B: holder })).toBe('cannot tell');
    expect(verdict(child('required', ['required']), { A: STACK, B: holder })).toBe('compliant');
  });

  test('is what each of them gives', () => {
    const given = (value: string): object => ({ ...STACK, Properties: { Parameters: { Tokens: value } } });

    expect(verdict(child('optional'), { A: STACK, B: given('required') })).toBe('compliant');
    expect(verdict(child('required'), { A: STACK, B: given('optional') })).toBe('violation');
  });
});

test.each([['required', 'compliant'], ['optional', 'violation']])('a parameter that a project gives, %s, decides', (value, expected) => {
  const child: TemplateSource = { id: 'child', template: { Parameters: { Tokens: { Default: value === 'required' ? 'optional' : 'required' } }, Resources: tokens } };
  const project = { Type: 'AWS::SageMaker::Project', Properties: { TemplateProviderDetails: [{ CfnTemplateProviderDetail: { Parameters: [{ Key: 'Tokens', Value: value }] } }] } };
  const parent = { id: 'parent', template: { Resources: { P: project } }, children: new Map([['P', ['child']]]) };

  expect(verdictsIn(judgeAll([child, parent]).get('child')!).I).toBe(expected);
});

describe('a parameter of a stack set', () => {
  const child: TemplateSource = { id: 'child', template: { Parameters: { Tokens: { Default: 'optional' } }, Resources: { I: { Type: INSTANCE, Properties: { MetadataOptions: { HttpTokens: { Ref: 'Tokens' } } } } } } };
  const given = (value: string): object => ({ ParameterKey: 'Tokens', ParameterValue: value });
  const verdict = (properties: object): string => verdictsIn(judgeAll([child, {
    id: 'parent',
    template: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } }, Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: properties } } },
    children: new Map([['Set', ['child']]]),
  }]).get('child')!).I;
  const other = { ParameterKey: 'Other', ParameterValue: 'optional' };
  const either = (a: unknown, b: unknown): object => ({ 'Fn::If': ['Legacy', a, b] });

  test.each<[string, object, string]>([
    ['is what the set gives', { Parameters: [given('required')] }, 'compliant'],
    ['has its default where the set gives another', { Parameters: [{ ParameterKey: 'Other', ParameterValue: 'required' }] }, 'violation'],
    ['is what an account overrides', { Parameters: [given('required')], StackInstancesGroup: [{ ParameterOverrides: [given('optional')] }] }, 'violation'],
    ['is as safe as every override', { Parameters: [given('required')], StackInstancesGroup: [{ ParameterOverrides: [given('required')] }, {}] }, 'compliant'],
    ['is what the set gives where an account overrides another', { Parameters: [given('required')], StackInstancesGroup: [{ ParameterOverrides: [{ ParameterKey: 'Other', ParameterValue: 'optional' }] }] }, 'compliant'],
    ['may be given in a branch', { Parameters: [either(given('optional'), NO_VALUE), other] }, 'violation'],
    ['may be given in one branch, and in the other its weak default holds', { Parameters: [other, either(given('required'), NO_VALUE)] }, 'violation'],
    ['is given in both branches', { Parameters: [either(given('required'), given('required'))] }, 'compliant'],
    ['is given behind a branch about something else', { Parameters: [either(other, NO_VALUE), given('required')] }, 'compliant'],
    ['is given in each list', { Parameters: either([given('required')], [other, given('required')]) }, 'compliant'],
    ['is given in a list of one branch', { Parameters: either([given('required')], [given('optional')]) }, 'violation'],
    ['is given in branches of branches', { Parameters: [either(either(given('required'), given('required')), either(NO_VALUE, given('optional')))] }, 'violation'],
    ['is given beside what is left away', { Parameters: [NO_VALUE, null, given('required')] }, 'compliant'],
    ['is not known where an element is included', { Parameters: [{ 'Fn::Transform': { Name: 'AWS::Include' } }, given('required')] }, 'cannot tell'],
    ['is not known where a key is not', { Parameters: [{ ParameterKey: { Ref: 'AWS::Region' }, ParameterValue: 'optional' }, given('required')] }, 'cannot tell'],
    ['is not known where the list is not', { Parameters: { Ref: 'List' } }, 'cannot tell'],
    ['is overridden in a branch', { Parameters: [given('required')], StackInstancesGroup: [either({ ParameterOverrides: [given('optional')] }, NO_VALUE)] }, 'violation'],
    ['is overridden in a branch of the groups', { Parameters: [given('required')], StackInstancesGroup: either([{ ParameterOverrides: [given('optional')] }], []) }, 'violation'],
    ['is overridden in a branch of the overrides', { Parameters: [given('required')], StackInstancesGroup: [{ ParameterOverrides: either([given('optional')], NO_VALUE) }] }, 'violation'],
    ['is overridden in a branch of one of the overrides', { Parameters: [given('required')], StackInstancesGroup: [{ ParameterOverrides: [either(given('optional'), NO_VALUE)] }] }, 'violation'],
    ['is overridden with the same in every branch', { Parameters: [given('required')], StackInstancesGroup: either([{ ParameterOverrides: either([given('required')], NO_VALUE) }], [either({ ParameterOverrides: [either(given('required'), other)] }, NO_VALUE)]) }, 'compliant'],
    ['is not known where the groups are not', { Parameters: [given('required')], StackInstancesGroup: { 'Fn::Transform': { Name: 'AWS::Include' } } }, 'cannot tell'],
    ['is not known where a group is not', { Parameters: [given('required')], StackInstancesGroup: [{ 'Fn::Transform': { Name: 'AWS::Include' } }] }, 'cannot tell'],
    ['is given under a condition that never holds', { Parameters: [{ 'Fn::If': ['Never', given('optional'), given('required')] }] }, 'compliant'],
    ['is overridden under a condition that never holds', { Parameters: [given('required')], StackInstancesGroup: [{ 'Fn::If': ['Never', { ParameterOverrides: [given('optional')] }, NO_VALUE] }] }, 'compliant'],
    ['is what the set gives, too, whatever is overridden', { Parameters: [either(given('optional'), given('required'))], StackInstancesGroup: [{ ParameterOverrides: [either(given('required'), NO_VALUE)] }] }, 'violation'],
  ])('%s', (_, properties, expected) => expect(verdict(properties)).toBe(expected));
});
