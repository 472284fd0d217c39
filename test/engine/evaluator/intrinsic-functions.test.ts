import { contextOf } from '../../../src/engine/evaluator/context';
import { whyUnknown } from '../../../src/engine/evaluator/outcomes';
import { possibleValuesOf } from '../../../src/engine/evaluator/possible-values';
import { Scope } from '../../../src/engine/evaluator/scope';
import { judged, withOptions } from '../../support/verdicts';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const TEMPLATE = {
  Parameters: {
    One: { AllowedValues: ['a'] },
    Two: { AllowedValues: ['a', 'b'], Default: 'a' },
    Any: { Type: 'String' },
    List: { Type: 'CommaDelimitedList', Default: 'x,y' },
    Preset: { Default: 'a' },
    Anything: { Type: 'CommaDelimitedList' },
  },
  Mappings: {
    M: { a: { V: 'A', W: 'AA' }, b: { V: 'B' } },
    N: { a: { V: ['l1', 'l2'] } },
    Secret: { a: { V: '{{resolve:ssm:/x}}' } },
    constructor: { a: { V: 'C' } },
    Empty: {},
    Included: { 'Fn::Transform': { Name: 'AWS::Include' }, 'a': { V: 'I' } },
    Half: { a: { 'Fn::Transform': { Name: 'AWS::Include' } }, b: { V: 'B' } },
  },
  Resources: { T: {} },
};

/** What an expression can be: texts as they are, what else is a value as JSON, what is not known by its reason. */
const of = (value: unknown, stackName?: string): string[] => (
  possibleValuesOf(value, contextOf(new Scope({ id: '', template: TEMPLATE, environment: 'aws://111111111111/eu-central-1', stackName }))).map(each => {
    if (each.kind === 'absent') { return '(absent)'; }
    if (each.kind !== 'value') { return `? ${whyUnknown(each)}`; }
    const text = typeof each.value === 'string' ? each.value : JSON.stringify(each.value);
    return each.allowedBy === undefined ? text : `${text} (allowed by ${each.allowedBy})`;
  })
);
const find = (...argument: unknown[]): string[] => of({ 'Fn::FindInMap': argument });
const either = (a: unknown, b: unknown): object => ({ 'Fn::If': ['C', a, b] });
const INCLUDED = '? Fn::Transform is expanded when the stack is deployed';
const ANY = '? the parameter Any decides when the stack is deployed';

describe('Fn::FindInMap', () => {
  test.each<[string, unknown[], string[]]>([
    ['with keys', ['M', 'a', 'V'], ['A']],
    ['with a key that a parameter has', ['M', { Ref: 'One' }, 'V'], ['A']],
    ['with keys that a parameter allows', ['M', { Ref: 'Two' }, 'V'], ['A', 'B']],
    ['with a key that is not known', ['M', { Ref: 'Any' }, 'V'], ['A', 'B']],
    ['with a key that is not known and has not everything', ['M', { Ref: 'Any' }, 'W'], ['AA']],
    ['with a second key that is not known', ['M', 'a', { Ref: 'Any' }], ['A', 'AA']],
    ['with a map that is not known', [{ Ref: 'Any' }, 'a', 'V'], ['A', '["l1","l2"]', '? a dynamic reference is resolved when the stack is deployed', 'C', INCLUDED, INCLUDED]],
    ['with either key', ['M', either('a', 'b'), 'V'], ['A', 'B']],
    ['with the same condition twice', ['M', either('a', 'b'), either('W', 'V')], ['AA', 'B']],
    ['with a list', ['N', 'a', 'V'], ['["l1","l2"]']],
    ['with a dynamic reference', ['Secret', 'a', 'V'], ['? a dynamic reference is resolved when the stack is deployed']],
    ['without such a map', ['X', 'a', 'V'], ['? Fn::FindInMap has no such key']],
    ['without such a key', ['M', 'x', 'V'], ['? Fn::FindInMap has no such key']],
    ['without such a second key', ['M', 'b', 'W'], ['? Fn::FindInMap has no such key']],
    ['without such a second key anywhere', ['M', { Ref: 'Any' }, 'X'], ['? Fn::FindInMap has no such key']],
    ['with a default that is not needed', ['M', 'a', 'V', { DefaultValue: 'D' }], ['A']],
    ['with a default that is', ['M', 'x', 'V', { DefaultValue: { Ref: 'One' } }], ['a']],
    ['with a default that may be needed', ['M', { Ref: 'Any' }, 'W', { DefaultValue: 'D' }], ['AA', 'D']],
    ['with a default, and a key that is not known', ['M', { Ref: 'Any' }, 'V', { DefaultValue: 'D' }], ['A', 'B', 'D']],
    ['with a default, and a key that has a default', ['M', { Ref: 'Preset' }, 'V', { DefaultValue: 'D' }], ['A', 'B', 'D']],
    ['with a default, and keys that a parameter allows', ['M', { Ref: 'Two' }, 'V', { DefaultValue: 'D' }], ['A', 'B']],
    ['with a default, and a key that the environment knows', ['M', { Ref: 'AWS::Region' }, 'V', { DefaultValue: 'D' }], ['D']],
    ['with a default, and a second key that is not known', ['M', 'a', { Ref: 'Any' }, { DefaultValue: 'D' }], ['A', 'AA', 'D']],
    ['with a default, and two keys that are not known', ['M', { Ref: 'Any' }, { Ref: 'Any' }, { DefaultValue: 'D' }], ['A', 'AA', 'D', 'B']],
    ['with a default, and a map that is not known', [{ Ref: 'Any' }, 'b', 'V', { DefaultValue: 'D' }], ['B', 'D', INCLUDED]],
    ['with a default, and an attribute as its key', ['M', { Ref: 'T' }, 'V', { DefaultValue: 'D' }], ['A', 'B', 'D']],
    ['with a default that is looked up', ['M', { Ref: 'Any' }, 'W', { DefaultValue: { 'Fn::FindInMap': ['M', { Ref: 'Any' }, 'V', { DefaultValue: 'D' }] } }], ['AA', 'A', 'B', 'D']],
    ['with a default that is looked up and not needed', ['M', 'a', 'W', { DefaultValue: { 'Fn::FindInMap': ['M', { Ref: 'Any' }, 'V'] } }], ['AA']],
    ['with a default that is absent', ['M', 'x', 'V', { DefaultValue: NO_VALUE }], ['(absent)']],
    ['with a map that is empty', ['Empty', { Ref: 'Any' }, 'V'], ['? Fn::FindInMap has no such key']],
    ['with a default, and a map that is empty', ['Empty', { Ref: 'Any' }, 'V', { DefaultValue: 'D' }], ['D']],
    ['with a map that is included', ['Included', 'a', 'V', { DefaultValue: 'D' }], [INCLUDED]],
    ['with a map that is included in part', ['Included', { Ref: 'Any' }, 'V'], [INCLUDED]],
    ['with keys that are included', ['Half', 'a', 'V', { DefaultValue: 'D' }], [INCLUDED]],
    ['with keys of which some are included', ['Half', { Ref: 'Any' }, 'V'], [INCLUDED, 'B']],
    ['with options that are none', ['M', 'a', 'V', { Ref: 'Any' }], ['? Fn::FindInMap is only known when the stack is deployed']],
    ['with a key that objects inherit', ['M', 'toString', 'V'], ['? Fn::FindInMap has no such key']],
    ['with a map that is called like one', ['constructor', 'a', 'V'], ['C']],
    ['with a key that is no text', ['M', { toString: 1 }, 'V'], ['? Fn::FindInMap has no such key']],
    ['with too few keys', ['M', 'a'], ['? Fn::FindInMap is only known when the stack is deployed']],
  ])('%s', (_, argument, expected) => expect(find(...argument)).toEqual(expected));

  test.each([['a', 'compliant'], ['b', 'violation'], [{ Ref: 'Region' }, 'violation']])('decides about tokens by its keys: %j', (key, expected) => {
    const mappings = { Mappings: { Tokens: { a: { V: 'required' }, b: { V: 'optional' } } } };

    expect(judged({ I: withOptions({ HttpTokens: { 'Fn::FindInMap': ['Tokens', key, 'V'] } }) }, {}, mappings).verdicts.I).toBe(expected);
  });

  test.each<[unknown, unknown, string]>([
    [{ Ref: 'AWS::Region' }, 'optional', 'violation'],
    [{ Ref: 'P' }, 'optional', 'violation'],
    [{ Ref: 'Listed' }, 'optional', 'compliant'],
    ['us-east-1', 'optional', 'compliant'],
    [{ Ref: 'AWS::Region' }, 'required', 'compliant'],
    [{ Ref: 'AWS::Region' }, { Ref: 'P' }, 'cannot tell'],
    [{ Ref: 'AWS::Region' }, { 'Fn::FindInMap': ['Tokens', { Ref: 'P' }, 'V', { DefaultValue: 'optional' }] }, 'violation'],
  ])('decides about tokens by its key %j and the default %j', (key, DefaultValue, expected) => {
    const sections = {
      Transform: 'AWS::LanguageExtensions',
      Mappings: { Tokens: { 'us-east-1': { V: 'required' } } },
      Parameters: { P: { Type: 'String' }, Listed: { AllowedValues: ['us-east-1'] } },
    };

    expect(judged({ I: withOptions({ HttpTokens: { 'Fn::FindInMap': ['Tokens', key, 'V', { DefaultValue }] } }) }, {}, sections).verdicts.I).toBe(expected);
  });

  test.each([['included beside others', { 'Tokens': { a: { V: 'required' } }, 'Fn::Transform': { Name: 'AWS::Include' } }], ['included', { 'Fn::Transform': { Name: 'AWS::Include' } }]])('does not take its default for sure where mappings are %s', (_, Mappings) => {
    const HttpTokens = { 'Fn::FindInMap': ['Other', 'a', 'V', { DefaultValue: 'required' }] };

    expect(judged({ I: withOptions({ HttpTokens }) }, {}, { Mappings }).verdicts.I).toBe('cannot tell');
  });
});

describe('Fn::Sub', () => {
  test.each<[string, unknown, string[]]>([
    ['without a variable', 'x', ['x']],
    ['with a parameter', 'x-${One}', ['x-a']],
    ['with nothing else', '${One}', ['a']],
    ['with allowed values', 'x-${Two}', ['x-a', 'x-b (allowed by Two)']],
    ['with the same parameter twice', '${Two}${Two}', ['aa', 'ab (allowed by Two)', 'ba (allowed by Two)', 'bb (allowed by Two)']],
    ['with a parameter that is not known', 'x-${Any}', [ANY]],
    ['with a literal', '${!One}', ['${One}']],
    ['with variables of its own', ['${V}-${One}', { V: { Ref: 'One' } }], ['a-a']],
    ['with a variable of its own that hides a parameter', ['${Any}', { Any: 'mine' }], ['mine']],
    ['with a variable that objects inherit', ['${toString}', {}], ['? Ref toString names nothing in this template']],
    ['with a resource', '${T}', ['? Ref T is only known when the stack is deployed']],
    ['with an attribute', '${T.Id}', ['? Fn::GetAtt T.Id is only known when the stack is deployed']],
    ['with an attribute of nothing', '${X.Id}', ['? Fn::GetAtt X.Id names nothing in this template']],
    ['with the Region', '${AWS::Region}', ['eu-central-1']],
    ['with the account', 'x-${AWS::AccountId}', ['x-111111111111']],
    ['with the partition', '${AWS::Partition}', ['? AWS::Partition is only known when the stack is deployed']],
    ['with the same condition twice', ['${V}${W}', { V: either('a', 'b'), W: either('c', 'd') }], ['ac', 'bd']],
    ['with what may be absent', ['x${V}', { V: either('a', NO_VALUE) }], ['xa', 'x']],
    ['with a list', ['x${V}', { V: ['a'] }], ['? it is made of something else than text']],
    ['without a text', [{ Ref: 'One' }], ['? Fn::Sub is only known when the stack is deployed']],
  ])('%s', (_, argument, expected) => expect(of({ 'Fn::Sub': argument })).toEqual(expected));

  test('knows the name of the stack, if it is known', () => {
    expect(of({ 'Fn::Sub': '${AWS::StackName}-web' }, 'shop')).toEqual(['shop-web']);
    expect(of({ 'Fn::Sub': '${AWS::StackName}-web' })).toEqual(['? AWS::StackName is only known when the stack is deployed']);
  });
});

describe('Fn::Join', () => {
  test.each<[string, unknown, string[]]>([
    ['of texts', ['-', ['a', 2, true]], ['a-2-true']],
    ['of one text', ['-', ['a']], ['a']],
    ['of nothing', ['-', []], ['']],
    ['of a list parameter', ['-', { Ref: 'List' }], ['x-y', '? the parameter List decides when the stack is deployed']],
    ['of a list parameter that is not known', ['-', { Ref: 'Anything' }], ['? the parameter Anything decides when the stack is deployed']],
    ['without what is absent', ['-', ['a', NO_VALUE, 'b']], ['a-b']],
    ['of either list', ['-', either(['a'], ['b', 'c'])], ['a', 'b-c']],
    ['of allowed values', ['-', ['x', { Ref: 'Two' }]], ['x-a', 'x-b (allowed by Two)']],
    ['of what is not known', ['-', ['x', { Ref: 'Any' }]], [ANY]],
    ['of a text', ['-', 'a'], ['? Fn::Join needs a list']],
    ['with a delimiter that is not known', [{ Ref: 'One' }, ['a', 'b']], ['? Fn::Join is only known when the stack is deployed']],
  ])('%s', (_, argument, expected) => expect(of({ 'Fn::Join': argument })).toEqual(expected));
});

describe('Fn::Select', () => {
  test.each<[string, unknown, string[]]>([
    ['by number', [1, ['a', 'b']], ['b']],
    ['by text', ['0', ['a', 'b']], ['a']],
    ['from a list parameter', [0, { Ref: 'List' }], ['x', '? the parameter List decides when the stack is deployed']],
    ['from Fn::Split', [1, { 'Fn::Split': ['-', 'a-b'] }], ['b']],
    ['from Fn::Split of a parameter', [0, { 'Fn::Split': ['-', { 'Fn::Sub': '${Two}-x' }] }], ['a', 'b (allowed by Two)']],
    ['from a map', [0, { 'Fn::FindInMap': ['N', 'a', 'V'] }], ['l1']],
    ['from what is not known', [0, { Ref: 'Anything' }], ['? the parameter Anything decides when the stack is deployed']],
    ['from Fn::Split of what is not known', [0, { 'Fn::Split': ['-', { Ref: 'Any' }] }], [ANY]],
    ['from Fn::Split of a list', [0, { 'Fn::Split': ['-', ['a']] }], ['? Fn::Split needs a text']],
    ['by what is not known', [{ Ref: 'Any' }, ['a']], [ANY]],
    ['by either number', [either(0, 1), ['a', 'b']], ['a', 'b']],
    ['by the same condition as in the list', [either(0, 1), either(['a', 'b'], ['c', 'd'])], ['a', 'd']],
    ['behind one that is absent', [0, [NO_VALUE, 'a', 'b']], ['a']],
    ['the first that a condition has', [0, [{ 'Fn::If': ['C', 'a', NO_VALUE] }, { 'Fn::If': ['D', 'b', NO_VALUE] }, 'c']], ['a', 'b', 'c']],
    ['behind one that may be absent', [1, [{ 'Fn::If': ['C', 'a', NO_VALUE] }, 'b', 'c']], ['b', 'c']],
    ['behind some under the same condition', [1, [{ 'Fn::If': ['C', 'a', NO_VALUE] }, { 'Fn::If': ['C', NO_VALUE, 'b'] }, 'c']], ['c', 'c']],
    ['beyond the end of what is there', [1, [NO_VALUE, 'a']], ['? Fn::Select has no such position']],
    ['behind very many that may be absent', [9, [...Array(12).fill(0).map((_, i) => ({ 'Fn::If': [`C${i}`, 'a', NO_VALUE] })), 'b']], ['? it can take too many values to follow them all']],
    ['beyond the end', [2, ['a', 'b']], ['? Fn::Select has no such position']],
    ['before the beginning', [-1, ['a', 'b']], ['? Fn::Select has no such position']],
    ['by a word', ['length', ['a', 'b']], ['? Fn::Select has no such position']],
    ['by no number', [{ valueOf: 1 }, ['a', 'b']], ['? Fn::Select has no such position']],
    ['from a text', [0, 'a'], ['? Fn::Select has no such position']],
    ['without a list', [0], ['? Fn::Select is only known when the stack is deployed']],
  ])('%s', (_, argument, expected) => expect(of({ 'Fn::Select': argument })).toEqual(expected));

  test('needs a delimiter to split by', () => expect(of({ 'Fn::Split': [1, 'a'] })).toEqual(['? Fn::Split is only known when the stack is deployed']));
});

describe('Fn::GetAtt', () => {
  test.each<[unknown, string[]]>([
    [['T', 'Id'], ['? Fn::GetAtt T.Id is only known when the stack is deployed']],
    ['T.Id', ['? Fn::GetAtt T.Id is only known when the stack is deployed']],
    [['X', 'Id'], ['? Fn::GetAtt X.Id names nothing in this template']],
    ['T', ['? Fn::GetAtt is only known when the stack is deployed']],
    [['T', { Ref: 'One' }], ['? Fn::GetAtt is only known when the stack is deployed']],
  ])('%j', (argument, expected) => expect(of({ 'Fn::GetAtt': argument })).toEqual(expected));
});

test('Fn::Base64 is what it is made of', () => expect(of({ 'Fn::Base64': { 'Fn::Sub': '${One}' } })).toEqual(['a']));

test.each<[unknown, string]>([
  [{ Ref: 5 }, '? Ref is only known when the stack is deployed'],
  [{ 'Fn::Cidr': [] }, '? Fn::Cidr is only known when the stack is deployed'],
  [{ 'Fn::ForEach::X': [], 'V': 1 }, '? Fn::ForEach::X is expanded when the stack is deployed'],
  [{ 'Fn::Transform': {}, 'V': 1 }, '? Fn::Transform is expanded when the stack is deployed'],
  [{ Condition: 'C' }, '? Condition is only known when the stack is deployed'],
])('%j is not known', (value, reason) => expect(of(value)).toEqual([reason]));
