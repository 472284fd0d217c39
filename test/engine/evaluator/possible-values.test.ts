import { Context, contextOf } from '../../../src/engine/evaluator/context';
import { PossibleValue } from '../../../src/engine/evaluator/possible-value';
import { possibleValuesAt, possibleValuesOf } from '../../../src/engine/evaluator/possible-values';
import { Scope } from '../../../src/engine/evaluator/scope';
import { EACH, JSON_TEXT, ListStep, Step } from '../../../src/engine/surfaces/surface';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const OPTION: ListStep = { where: { Name: 'wanted' }, add: true };

/** As the tests write them: a value as JSON, or its kind. */
const shown = (values: readonly PossibleValue[]): string[] => values.map(each => {
  if (each.kind !== 'value') { return each.kind; }
  return each.allowedBy === undefined ? JSON.stringify(each.value) : `${JSON.stringify(each.value)} allowed by ${each.allowedBy}`;
});
let conditions = 0;

/** Conditions that have nothing to do with each other. */
const either = (a: unknown, b: unknown): unknown => ({ 'Fn::If': [`C${++conditions}`, a, b] });

describe('an expression', () => {
  test.each<[unknown, string[]]>([
    ['required', ['"required"']],
    [false, ['false']],
    [{ HttpTokens: 'required' }, ['{"HttpTokens":"required"}']],
    [undefined, ['absent']],
    [null, ['absent']],
    [NO_VALUE, ['absent']],
    [either('a', 'b'), ['"a"', '"b"']],
    [either('a', either('b', either(NO_VALUE, { Ref: 'X' }))), ['"a"', '"b"', 'absent', 'attribute']],
    [{ 'Fn::If': ['C', 'a'] }, ['unknown']],
    [{ 'Fn::ImportValue': 'x' }, ['unknown']],
    [{ Ref: 'toString' }, ['attribute']],
    [{ 'Fn::Transform': {}, 'HttpTokens': 'required' }, ['unknown']],
    [{ 'Fn::If': ['C', {}, {}], 'HttpTokens': 'required' }, ['unknown']], // a deep merge leaves this behind
    [{ Condition: {}, Ref: 'x' }, ['{"Condition":{},"Ref":"x"}']],
    ['{{resolve:ssm:/imds/tokens}}', ['unknown']],
  ])('%j can be %j', (value, expected) => expect(shown(possibleValuesOf(value))).toEqual(expected));
});

describe('a parameter', () => {
  test.each<[string, unknown, string[]]>([
    ['with a default', { Default: 'a' }, ['"a"', 'unknown']],
    ['without one', { Type: 'String' }, ['unknown']],
    ['with an empty one', { Default: null }, ['unknown']],
    ['with one allowed value', { AllowedValues: ['a'] }, ['"a"']],
    ['whose default is the only allowed value', { Default: 2, AllowedValues: ['2'] }, ['"2"']],
    ['with several allowed values', { Default: 'a', AllowedValues: ['a', 'b'] }, ['"a"', '"b" allowed by P']],
    ['with several allowed values and no default', { AllowedValues: ['a', 'b'] }, ['"a" allowed by P', '"b" allowed by P']],
    ['with no allowed value', { Default: 'a', AllowedValues: [] }, ['"a"', 'unknown']],
    ['with a name in the Parameter Store as its default', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' }, ['unknown']],
    ['that is no object', 'a', ['unknown']],
  ])('%s: %j can be %j', (_, parameter, expected) => expect(shown(possibleValuesOf({ Ref: 'P' }, withParameter(parameter)))).toEqual(expected));

  test('is named in the reason', () => {
    expect(possibleValuesOf({ Ref: 'P' }, withParameter({}))).toMatchObject([{ kind: 'unknown', reason: 'the parameter P decides when the stack is deployed' }]);
  });
});

describe('what stands at a path', () => {
  test.each<[string, unknown, readonly Step[], string[]]>([
    ['through a key', { A: { B: 1 } }, ['A', 'B'], ['1']],
    ['through a key that is not there', { A: {} }, ['A', 'B'], ['absent']],
    ['through a parent that is not there', {}, ['A', 'B'], ['absent']],
    ['through both branches', { A: either({ B: 1 }, { B: either(2, NO_VALUE) }) }, ['A', 'B'], ['1', '2', 'absent']],
    ['through a reference', { A: { Ref: 'X' } }, ['A', 'B'], ['attribute']],
    ['through a string', { A: 'x' }, ['A', 'B'], ['unknown']],
    ['through a list that should be an object', { A: [{ B: 1 }] }, ['A', 'B'], ['unknown']],
    ['beside Fn::Transform', { 'A': { B: 1 }, 'Fn::Transform': {} }, ['A', 'B'], ['unknown']],
    ['through every element', { A: [{ B: 1 }, { B: 2 }, {}, 'x', NO_VALUE] }, ['A', EACH, 'B'], ['1', '2', 'absent']],
    ['through an empty list', { A: [] }, ['A', EACH, 'B'], []],
    ['through an element in place of the list', { A: { B: 1 } }, ['A', EACH, 'B'], ['1']],
    ['through an element that is not known', { A: [{ Ref: 'X' }, { B: 1 }] }, ['A', EACH, 'B'], ['attribute', '1']],
    ['through Fn::If inside a list', { A: [either({ B: 1 }, { B: 2 })] }, ['A', EACH, 'B'], ['1', '2']],
    ['through the element that is meant', { A: [{ Name: 'other', V: 1 }, { Name: 'wanted', V: 2 }] }, ['A', OPTION, 'V'], ['2']],
    ['through an element that is missing', { A: [{ Name: 'other', V: 1 }] }, ['A', OPTION, 'V'], ['absent']],
    ['through an element that one branch lacks', { A: [either({ Name: 'wanted', V: 1 }, NO_VALUE)] }, ['A', OPTION, 'V'], ['1', 'absent']],
    ['through an element that is another in one branch', { A: [either({ Name: 'wanted', V: 1 }, { Name: 'other' })] }, ['A', OPTION, 'V'], ['1', 'absent']],
    ['through an element of both branches', { A: [either({ Name: 'wanted', V: 1 }, { Name: 'wanted', V: 2 })] }, ['A', OPTION, 'V'], ['1', '2']],
    ['through an element that may be the one', { A: [{ Ref: 'X' }] }, ['A', OPTION, 'V'], ['attribute']],
    ['through an optional element that is missing', { A: [] }, ['A', { where: { Name: 'wanted' } }, 'V'], []],
    ['in JSON text', { A: '{"B":1}' }, ['A', JSON_TEXT, 'B'], ['1']],
    ['in JSON that is an object', { A: { B: 1 } }, ['A', JSON_TEXT, 'B'], ['1']],
    ['in JSON that is a list', { A: [{ B: 1 }] }, ['A', JSON_TEXT, EACH, 'B'], ['1']],
    ['in JSON text in both branches', { A: either('{"B":1}', { B: 2 }) }, ['A', JSON_TEXT, 'B'], ['1', '2']],
    ['in JSON text with a reference elsewhere, in one branch', { A: either({ 'Fn::Sub': '{"B":"${X}","C":1}' }, '{"C":2}') }, ['A', JSON_TEXT, 'C'], ['1', '2']],
    ['in JSON text that is encoded, but not there', { A: { 'Fn::Base64': NO_VALUE } }, ['A', JSON_TEXT, 'B'], ['absent']],
    ['in JSON text that is not there', { A: either(NO_VALUE, null) }, ['A', JSON_TEXT, 'B'], ['absent', 'absent']],
    ['in JSON text with a reference in its place', { A: { 'Fn::Join': ['', ['{"B":"', { Ref: 'X' }, '"}']] } }, ['A', JSON_TEXT, 'B'], ['attribute']],
    ['in JSON text with a variable in its place', { A: { 'Fn::Sub': '{"B":"${X}","C":1}' } }, ['A', JSON_TEXT, 'B'], ['attribute']],
    ['in text that is no JSON', { A: 'x' }, ['A', JSON_TEXT, 'B'], ['unknown']],
    ['in text that is imported', { A: { 'Fn::ImportValue': 'x' } }, ['A', JSON_TEXT, 'B'], ['unknown']],
  ])('%s', (_, value, path, expected) => expect(shown(possibleValuesAt(value, path))).toEqual(expected));

  test('follows a parameter inside JSON text', () => {
    const text = { 'Fn::Join': ['', ['{"B":"', { Ref: 'P' }, '"}']] };

    expect(shown(possibleValuesAt(text, [JSON_TEXT, 'B'], withParameter({ AllowedValues: ['2'] })))).toEqual(['"2"']);
  });

  test('looks into one branch of JSON text where a condition is known to hold', () => {
    const template = { Parameters: { P: { AllowedValues: ['a'] } }, Conditions: { IsA: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] }, IsB: { 'Fn::Equals': [{ Ref: 'P' }, 'b'] } } };
    const at = (condition: string): string[] => (
      shown(possibleValuesAt({ 'Fn::If': [condition, '{"B":1}', { B: 2 }] }, [JSON_TEXT, 'B'], contextOf(new Scope({ id: '', template }))))
    );

    expect([at('IsA'), at('IsB'), at('Other')]).toEqual([['1'], ['2'], ['1', '2']]);
  });

  test.each<[string, unknown, readonly Step[], string]>([
    ['in text that is no JSON', 'x', [JSON_TEXT, 'B'], 'the text is not JSON that can be read before deployment'],
    ['in text that is imported', { 'Fn::ImportValue': 'x' }, [JSON_TEXT, 'B'], 'the text is not JSON that can be read before deployment'],
    ['in a text where an object should be', 'x', ['B'], 'an object with B was expected here'],
    ['beside another key', { 'Fn::If': ['C', {}, {}], 'B': 1 }, ['B'], 'Fn::If stands beside other keys, which CloudFormation does not take'],
    ['below too many functions', Array.from({ length: 150 }).reduce<unknown>(inner => ({ 'Fn::Base64': inner }), 'x'), ['B'], 'it is nested too deeply to be followed'],
  ])('is not known %s, which is told', (_, value, path, reason) => expect(possibleValuesAt(value, path)).toMatchObject([{ kind: 'unknown', reason }]));

  test('is not looked for among what JavaScript objects inherit', () => {
    expect(shown(possibleValuesAt(JSON.parse('{"__proto__":{"A":1}}'), ['A']))).toEqual(['absent']);
  });
});

function withParameter(declared: unknown): Context {
  return contextOf(new Scope({ id: '', template: { Parameters: { P: declared } } }));
}
