import { truthOf } from '../../../src/engine/evaluator/conditions';
import { contextOf } from '../../../src/engine/evaluator/context';
import { possibleValuesOf } from '../../../src/engine/evaluator/possible-values';
import { Scope } from '../../../src/engine/evaluator/scope';
import { Verdict } from '../../../src/engine/findings/finding';
import { by, instance, INSTANCE, judged, NO_VALUE, REQUIRED, template, withOptions } from '../../support/verdicts';

const EQUALS = (a: unknown, b: unknown): object => ({ 'Fn::Equals': [a, b] });
const IF = (condition: string, a: unknown, b: unknown): object => ({ 'Fn::If': [condition, a, b] });
const ENV = { Ref: 'Env' };
const UNKNOWN = { Condition: 'OnlyDeploymentTells' };

/** A list in a list, and so on. */
const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>(inner => [inner], []);

describe('a condition', () => {
  const parameters = {
    One: { AllowedValues: ['prod'] },
    Same: { AllowedValues: ['prod', 'prod'] },
    Two: { AllowedValues: ['prod', 'dev'], Default: 'prod' },
    Preset: { Default: 'prod' },
    Env: { Type: 'String' },
    Number: { AllowedValues: [2] },
    Other: { Type: 'String' },
    Third: { Type: 'String' },
  };
  const truth = (condition: unknown, environment?: string): boolean | undefined => {
    const scope = new Scope({ id: '', template: { Parameters: parameters, Conditions: { Yes: EQUALS('a', 'a'), No: EQUALS('a', 'b'), Itself: { Condition: 'Itself' }, InProd: EQUALS(ENV, 'prod') } }, environment });
    return truthOf(condition, contextOf(scope), possibleValuesOf);
  };

  test.each<[string, unknown, boolean | undefined]>([
    ['of equal texts', EQUALS('a', 'a'), true],
    ['of other texts', EQUALS('a', 'b'), false],
    ['of texts in another case', EQUALS('a', 'A'), false],
    ['of a number and its text', EQUALS(2, '2'), true],
    ['of truth and its text', EQUALS('true', true), true],
    ['of a parameter with one allowed value', EQUALS({ Ref: 'One' }, 'prod'), true],
    ['of a parameter with another allowed value', EQUALS({ Ref: 'One' }, 'dev'), false],
    ['of a parameter with the same allowed value twice', EQUALS({ Ref: 'Same' }, 'prod'), true],
    ['of a number as the allowed value', EQUALS('2', { Ref: 'Number' }), true],
    ['of a parameter with several allowed values', EQUALS({ Ref: 'Two' }, 'prod'), undefined],
    ['of a parameter that does not allow it', EQUALS({ Ref: 'Two' }, 'test'), false],
    ['of a parameter with a default', EQUALS({ Ref: 'Preset' }, 'prod'), undefined],
    ['of a parameter', EQUALS({ Ref: 'Env' }, 'prod'), undefined],
    ['of a parameter and itself', EQUALS({ Ref: 'Env' }, { 'Fn::Sub': '${Env}' }), true],
    ['of a list', EQUALS(['a'], ['a']), undefined],
    ['of the Region', EQUALS({ Ref: 'AWS::Region' }, 'eu-central-1'), undefined],
    ['that is defined elsewhere', { Condition: 'Yes' }, true],
    ['that is defined elsewhere and does not hold', { Condition: 'No' }, false],
    ['that nobody defined', UNKNOWN, undefined],
    ['that is defined as itself', { Condition: 'Itself' }, undefined],
    ['that is the opposite', { 'Fn::Not': [{ Condition: 'No' }] }, true],
    ['that is the opposite of what is not known', { 'Fn::Not': [UNKNOWN] }, undefined],
    ['that is the opposite of two', { 'Fn::Not': [{ Condition: 'No' }, { Condition: 'No' }] }, undefined],
    ['of which all must hold', { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'Yes' }] }, true],
    ['of which all must hold, and one does not', { 'Fn::And': [UNKNOWN, { Condition: 'No' }] }, false],
    ['of which all must hold, and one is not known', { 'Fn::And': [UNKNOWN, { Condition: 'Yes' }] }, undefined],
    ['of which one must hold', { 'Fn::Or': [UNKNOWN, { Condition: 'Yes' }] }, true],
    ['of which one must hold, and none does', { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'No' }] }, false],
    ['of which one must hold, and one is not known', { 'Fn::Or': [UNKNOWN, { Condition: 'No' }] }, undefined],
    ['of which all must hold, and two exclude each other', { 'Fn::And': [EQUALS(ENV, 'prod'), EQUALS(ENV, 'dev')] }, false],
    ['of which all must hold, and one comes twice', { 'Fn::And': [EQUALS(ENV, 'prod'), EQUALS(ENV, 'prod')] }, undefined],
    ['of which one must hold, and one is the opposite of another', { 'Fn::Or': [EQUALS(ENV, 'prod'), { 'Fn::Not': [EQUALS(ENV, 'prod')] }] }, true],
    ['of which one must hold, and two exclude each other', { 'Fn::Or': [EQUALS(ENV, 'prod'), EQUALS(ENV, 'dev')] }, undefined],
    ['of which all must hold, and one is excluded by a name that is no text', { 'Fn::And': [{ Condition: ['InProd'] }, EQUALS(ENV, 'dev')] }, undefined],
    ['of which all must hold, and some are no lists', { 'Fn::And': [{ 'Fn::And': 'x' }, { 'Fn::Equals': {} }] }, undefined],
    ['of which all must hold, of a parameter and two others', { 'Fn::And': [EQUALS(ENV, { Ref: 'Other' }), { 'Fn::Not': [EQUALS(ENV, { Ref: 'Third' })] }] }, undefined],
    ['of which all must hold, of two others and a parameter', { 'Fn::And': [EQUALS({ Ref: 'Other' }, ENV), { 'Fn::Not': [EQUALS({ Ref: 'Third' }, ENV)] }] }, undefined],
    ['of what nests too deeply', EQUALS(nested(100_000), 'a'), undefined],
    ['of a text and what nests too deeply', EQUALS('a', nested(100_000)), undefined],
    ['of nothing', { 'Fn::And': [] }, undefined],
    ['with a list in place of its name', { Condition: ['Yes'] }, undefined],
    ['of one side', { 'Fn::Equals': ['a'] }, undefined],
    ['that is a text', 'Yes', undefined],
    ['that is another function', { 'Fn::Sub': 'x' }, undefined],
  ])('%s', (_, condition, expected) => expect(truth(condition)).toBe(expected));

  test.each<[string, boolean | undefined]>([
    ['aws://111111111111/eu-central-1', true], ['aws://111111111111/us-east-1', false], ['aws://unknown-account/unknown-region', undefined], ['aws://111111111111/unknown-region', undefined],
    ['somewhere', undefined],
  ])('of the Region, in %s, is %s', (environment, expected) => expect(truth(EQUALS({ Ref: 'AWS::Region' }, 'eu-central-1'), environment)).toBe(expected));

  test('of the account is known where the environment is', () => {
    expect(truth(EQUALS({ Ref: 'AWS::AccountId' }, '111111111111'), 'aws://111111111111/eu-central-1')).toBe(true);
    expect(truth(EQUALS({ Ref: 'AWS::AccountId' }, '111111111111'), 'aws://unknown-account/eu-central-1')).toBe(undefined);
  });
});

const CONDITIONS = {
  IsProd: EQUALS(ENV, 'prod'),
  IsDev: EQUALS('dev', ENV),
  IsNotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] },
  IsProdInEurope: { 'Fn::And': [{ Condition: 'IsProd' }, EQUALS({ Ref: 'AWS::Region' }, 'eu-central-1')] },
  IsProdOrDev: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
  Always: EQUALS('a', 'a'),
  Never: EQUALS('a', 'b'),
};
const verdictOn = (resource: object, environments: object = {}): Verdict => (
  judged({ I: resource }, {}, { Conditions: CONDITIONS, Parameters: { Env: { Type: 'String', ...environments } } }).verdicts.I
);
const STRONG = REQUIRED;
const WEAK = { HttpTokens: 'optional' };

describe('a branch', () => {
  test.each<[string, unknown, Verdict]>([
    ['is taken where its condition always holds', IF('Always', STRONG, WEAK), 'compliant'],
    ['is left out where its condition never holds', IF('Never', WEAK, STRONG), 'compliant'],
    ['is taken where its condition never holds', IF('Never', STRONG, WEAK), 'violation'],
    ['is possible where its condition is not known', IF('IsProd', STRONG, WEAK), 'violation'],
    ['of a branch agrees with it', IF('IsProd', IF('IsProd', STRONG, WEAK), STRONG), 'compliant'],
    ['of a branch may contradict it', IF('IsProd', STRONG, IF('IsProd', STRONG, WEAK)), 'violation'],
    ['of the opposite never holds', IF('IsProd', IF('IsNotProd', WEAK, STRONG), STRONG), 'compliant'],
    ['of the opposite holds in the other one', IF('IsProd', STRONG, IF('IsNotProd', WEAK, STRONG)), 'violation'],
    ['of another value of the same parameter never holds', IF('IsProd', IF('IsDev', WEAK, STRONG), STRONG), 'compliant'],
    ['of another value may hold in the other one', IF('IsProd', STRONG, IF('IsDev', WEAK, STRONG)), 'violation'],
    ['follows from two that hold', IF('IsProdInEurope', IF('IsProd', STRONG, WEAK), STRONG), 'compliant'],
    ['does not follow from two that do not', IF('IsProdInEurope', STRONG, IF('IsProd', WEAK, STRONG)), 'violation'],
    ['is excluded by one of which neither holds', IF('IsProdOrDev', STRONG, IF('IsDev', WEAK, STRONG)), 'compliant'],
    ['does not follow from one of which either holds', IF('IsProdOrDev', IF('IsDev', STRONG, WEAK), STRONG), 'violation'],
    ['is not excluded by one of which either holds', IF('IsProdOrDev', IF('IsDev', WEAK, STRONG), STRONG), 'violation'],
    ['with a condition that is no name is possible', { 'Fn::If': [{ 'Fn::Equals': ['a', 'a'] }, STRONG, WEAK] }, 'violation'],
  ])('%s', (_, options, expected) => expect(verdictOn(withOptions(options))).toBe(expected));

  test.each<[string, object, Verdict]>([
    ['in the same one', { HttpTokens: IF('IsProd', 'required', 'optional'), HttpEndpoint: IF('IsProd', 'enabled', 'disabled') }, 'compliant'],
    ['in the opposite one', { HttpTokens: IF('IsProd', 'required', 'optional'), HttpEndpoint: IF('IsNotProd', 'disabled', 'enabled') }, 'compliant'],
    ['in another one', { HttpTokens: IF('IsProd', 'required', 'optional'), HttpEndpoint: IF('IsDev', 'disabled', 'enabled') }, 'violation'],
    ['in the same one, whatever the text is made of', { HttpTokens: { 'Fn::Join': ['', [IF('IsProd', 'optional', 'optional')]] }, HttpEndpoint: IF('IsProd', 'enabled', 'disabled') }, 'violation'],
    ['the other way round', { HttpTokens: IF('IsProd', 'required', 'optional'), HttpEndpoint: IF('IsProd', 'disabled', 'enabled') }, 'violation'],
  ])('of a property agrees with that beside it: %s', (_, options, expected) => expect(verdictOn(withOptions(options))).toBe(expected));

  test.each<[object, Verdict]>([
    [{ AllowedValues: ['prod', 'dev'] }, 'compliant'],
    [{ AllowedValues: ['prod', 'dev', 'staging'] }, 'violation'],
    [{ Default: 'prod' }, 'violation'],
  ])('that no allowed value leads to does not matter: %j', (environments, expected) => {
    expect(verdictOn(withOptions(IF('IsProd', STRONG, IF('IsDev', STRONG, WEAK))), environments)).toBe(expected);
  });

  test('knows the value that a parameter was compared with', () => {
    const conditions = { Conditions: { IsRequired: EQUALS({ Ref: 'Tokens' }, 'required') }, Parameters: { Tokens: { Type: 'String' } } };
    const tokens = { Ref: 'Tokens' };

    expect(judged({ I: withOptions({ HttpTokens: IF('IsRequired', tokens, 'required') }) }, {}, conditions).verdicts.I).toBe('compliant');
    expect(judged({ I: withOptions({ HttpTokens: IF('IsRequired', 'required', tokens) }) }, {}, conditions).verdicts.I).toBe('cannot tell');
  });

  test('knows the value that a parameter was told apart from', () => {
    const tokens = (...AllowedValues: string[]): object => (
      { Conditions: { IsOptional: EQUALS({ Ref: 'Tokens' }, 'optional') }, Parameters: { Tokens: { AllowedValues } } }
    );
    const resources = { I: withOptions({ HttpTokens: IF('IsOptional', 'required', { Ref: 'Tokens' }) }) };

    expect(judged(resources, {}, tokens('required', 'optional')).verdicts.I).toBe('compliant');
    expect(judged(resources, {}, tokens('required', 'optional', 'whatever')).verdicts.I).toBe('cannot tell');
  });
});

describe('a condition that looks into a map', () => {
  const MAPPINGS = { M: { 'us-east-1': { on: 'no' }, 'eu-west-1': { off: 'no' } } };
  const verdictWith = (found: unknown, Mappings: object = MAPPINGS): Verdict => judged(
    { I: withOptions(WEAK, { Condition: 'Make' }) }, {}, { Mappings, Conditions: { Make: EQUALS({ 'Fn::FindInMap': found }, 'yes') }, Transform: 'AWS::LanguageExtensions' },
  ).verdicts.I;
  const REGION = { Ref: 'AWS::Region' };

  test.each<[string, unknown[], Verdict]>([
    ['may hold by the default, where the key is not known', ['M', REGION, 'on', { DefaultValue: 'yes' }], 'violation'],
    ['never holds where neither a value nor the default does', ['M', REGION, 'on', { DefaultValue: 'no' }], 'compliant'],
    ['never holds where no value does, since without one there is no stack', ['M', REGION, 'on'], 'compliant'],
    ['never holds where the key is known', ['M', 'us-east-1', 'on', { DefaultValue: 'yes' }], 'compliant'],
    ['holds by the default, where the key is not there', ['M', 'eu-west-1', 'on', { DefaultValue: 'yes' }], 'violation'],
    ['may hold where the second key is not known', ['M', 'us-east-1', REGION, { DefaultValue: 'yes' }], 'violation'],
    ['may hold by a default that is looked up', ['M', REGION, 'on', { DefaultValue: { 'Fn::FindInMap': ['M', REGION, 'off', { DefaultValue: 'yes' }] } }], 'violation'],
  ])('%s', (_, found, expected) => expect(verdictWith(found)).toBe(expected));

  test('may hold where the map is included', () => {
    expect(verdictWith(['M', REGION, 'on'], { M: { 'us-east-1': { on: 'no' }, 'Fn::Transform': { Name: 'AWS::Include' } } })).toBe('violation');
  });
});

describe('what a condition says about the Region', () => {
  const REGION = { Ref: 'AWS::Region' };
  const TOKENS = { 'Fn::FindInMap': ['M', REGION, 't'] };
  const sections = {
    Mappings: { M: { 'us-east-1': { t: 'required' }, 'eu-west-1': { t: 'optional' } } },
    Conditions: { E: EQUALS(REGION, 'us-east-1'), W: EQUALS('eu-west-1', REGION), NotW: { 'Fn::Not': [{ Condition: 'W' }] } },
  };
  const verdictIn = (resource: object, more: object = {}): Verdict => judged({ I: resource }, {}, { ...sections, ...more }).verdicts.I;

  test.each<[string, string, Verdict]>([
    ['is the key, where it is this one', 'E', 'compliant'],
    ['is the key, where it is that one', 'W', 'violation'],
    ['leaves a key out, where it is not that one', 'NotW', 'compliant'],
    ['is nothing, where it is about something else', 'Other', 'violation'],
  ])('%s', (_, Condition, expected) => expect(verdictIn(withOptions({ HttpTokens: TOKENS }, { Condition }))).toBe(expected));

  test.each<[string, unknown, Verdict]>([
    ['in its branch', IF('E', TOKENS, 'required'), 'compliant'],
    ['in the other branch', IF('E', 'required', TOKENS), 'violation'],
    ['in the branch that leaves the weak key out', IF('W', 'required', TOKENS), 'compliant'],
    ['in a text', IF('E', { 'Fn::FindInMap': ['M', { 'Fn::Sub': '${AWS::Region}' }, 't'] }, 'required'), 'compliant'],
    ['with a default that cannot be needed', IF('E', { 'Fn::FindInMap': ['M', REGION, 't', { DefaultValue: 'optional' }] }, 'required'), 'compliant'],
    ['with a default that may be needed', IF('W', 'required', { 'Fn::FindInMap': ['M', REGION, 't', { DefaultValue: 'optional' }] }), 'violation'],
  ])('holds %s', (_, tokens, expected) => expect(verdictIn(withOptions({ HttpTokens: tokens }))).toBe(expected));

  test('is of no use where the environment knows better', () => {
    const scope = new Scope({ id: '', template: sections, environment: 'aws://111111111111/eu-west-1' });
    const values = possibleValuesOf(IF('E', 'never', REGION), contextOf(scope)).map(each => each.kind === 'value' && each.value);

    expect(values).toEqual(['eu-west-1']);
  });

  test('leaves keys out for a parameter, too', () => {
    const Conditions = { IsWest: EQUALS({ Ref: 'Place' }, 'eu-west-1') };
    const tokens = { 'Fn::FindInMap': ['M', { Ref: 'Place' }, 't'] };

    expect(verdictIn(withOptions({ HttpTokens: IF('IsWest', 'required', tokens) }), { Conditions, Parameters: { Place: { Type: 'String' } } })).toBe('compliant');
    expect(verdictIn(withOptions({ HttpTokens: IF('IsWest', tokens, 'required') }), { Conditions, Parameters: { Place: { Type: 'String' } } })).toBe('violation');
  });
});

describe('the condition of a resource', () => {
  test.each<[string, string, unknown, Verdict]>([
    ['holds in its properties', 'IsProd', IF('IsProd', STRONG, WEAK), 'compliant'],
    ['excludes others in its properties', 'IsProd', IF('IsDev', WEAK, STRONG), 'compliant'],
    ['says nothing about others', 'IsProd', IF('Elsewhere', WEAK, STRONG), 'violation'],
    ['that never holds keeps it from being made', 'Never', WEAK, 'compliant'],
    ['that always holds changes nothing', 'Always', WEAK, 'violation'],
    ['that is not known changes nothing', 'IsProd', WEAK, 'violation'],
  ])('%s', (_, Condition, options, expected) => expect(verdictOn(withOptions(options, { Condition }))).toBe(expected));

  test.each<[string, Verdict]>([['IsProd', 'compliant'], ['IsNotProd', 'violation']])('%s decides which launch template it uses', (Condition, expected) => {
    const LaunchTemplate = IF('IsProd', { LaunchTemplateId: { Ref: 'S' }, Version: '$Latest' }, { LaunchTemplateId: { Ref: 'W' }, Version: '$Latest' });
    const resources = { I: { Type: INSTANCE, Condition, Properties: { LaunchTemplate } }, S: template(STRONG), W: template(WEAK) };

    expect(judged(resources, {}, { Conditions: CONDITIONS }).verdicts.I).toBe(expected);
  });

  test('of a launch template holds beside what is asked in the resource that uses it', () => {
    const sections = { Parameters: { Env: { Type: 'String' } }, Conditions: { ...CONDITIONS, IsEurope: EQUALS({ Ref: 'AWS::Region' }, 'eu-central-1') } };
    const verdict = (there: string, elsewhere: string): Verdict => judged({
      I: instance({ LaunchTemplate: by('T'), MetadataOptions: { HttpTokens: IF('IsEurope', 'optional', 'required') } }, { Condition: 'IsProd' }),
      T: template({ ...STRONG, HttpEndpoint: IF('IsEurope', there, elsewhere) }, { Condition: 'IsProd' }),
    }, {}, sections).verdicts.I;

    expect(verdict('disabled', 'enabled')).toBe('compliant');
    expect(verdict('enabled', 'disabled')).toBe('violation');
  });

  test('is told by no finding where it never holds', () => {
    expect(judged({ I: withOptions(NO_VALUE, { Condition: 'Never' }) }, {}, { Conditions: CONDITIONS })).toMatchObject({ findings: [], advice: [] });
  });
});
