/* eslint-disable @stylistic/max-len */ // a case a line
import { TemplateSource } from '../../../src/engine/evaluator/source';
import { JsonObject } from '../../../src/engine/json/json';
import { judge, judgeAll } from '../../../src/engine/judge/judge';
import { LAUNCH_SURFACES } from '../../../src/engine/surfaces/surfaces';
import { relevantPart } from '../../../src/engine/templates/relevant-part';
import { by, GROUP, instance, judged, REQUIRED, TEMPLATE, template, verdictsIn, withOptions } from '../../support/verdicts';

const count = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** Applies a step again and again. */
function nested(times: number, inner: unknown, step: (value: unknown, level: number) => unknown): unknown {
  return count(times).reduce<unknown>((value, level) => step(value, level), inner);
}

const tokens = (value: unknown, sections: object = {}): string => judged({ I: withOptions({ HttpTokens: value }) }, {}, sections).verdicts.I;

describe('expressions that refer to themselves', () => {
  test.each<[string, unknown, object]>([
    ['a parameter with itself as its default', { Ref: 'P' }, { Parameters: { P: { Default: { Ref: 'P' } } } }],
    ['a resource with itself', { Ref: 'I' }, {}],
    ['a condition with itself', { 'Fn::If': ['A', { Ref: 'P' }, { Ref: 'P' }] }, { Conditions: { A: { Condition: 'A' } }, Parameters: { P: {} } }],
    ['conditions with each other', { 'Fn::If': ['A', { Ref: 'P' }, { Ref: 'P' }] }, {
      Conditions: { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::And': [{ Condition: 'A' }, { Condition: 'B' }] } }, Parameters: { P: {} },
    }],
    ['a map with itself', { 'Fn::FindInMap': [{ 'Fn::FindInMap': ['M', 'a', 'b'] }, 'a', 'b'] }, { Mappings: { M: { a: { b: { 'Fn::FindInMap': ['M', 'a', 'b'] } } } } }],
    ['a text with itself', { 'Fn::Sub': ['${V}', { V: { 'Fn::Sub': '${V}' } }] }, {}],
  ])('%s', (_, value, sections) => expect(tokens(value, sections)).toBe('cannot tell'));

  test('resources with each other', () => {
    const resources = { A: { Type: GROUP, Properties: { LaunchTemplate: by('B') } }, B: { Type: GROUP, Properties: { LaunchTemplate: by('A') } } };

    expect(judged(resources).verdicts).toEqual({ A: 'cannot tell', B: 'cannot tell' });
  });

  test('nested stacks with each other', () => {
    const stack = (id: string, other: string): TemplateSource => ({
      id,
      template: {
        Parameters: { Tokens: { Type: 'String' } },
        Resources: {
          Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Tokens: { Ref: 'Tokens' } } } },
          I: withOptions({ HttpTokens: { 'Fn::If': ['C', { Ref: 'Tokens' }, { 'Fn::GetAtt': ['Nested', 'Outputs.Tokens'] }] } }),
        },
        Outputs: { Tokens: { Value: { 'Fn::Sub': '${Tokens}${Nested.Outputs.Tokens}' } } },
      },
      children: new Map([['Nested', [other, id]]]),
    });

    expect(verdictsIn(judgeAll([stack('a', 'b'), stack('b', 'a')]).get('a')!).I).toBe('cannot tell');
  });
});

describe('expressions that are deep', () => {
  const deep = (times: number): unknown => nested(times, 'required', value => ({ 'Fn::If': ['C', value, 'required'] }));
  const different = (times: number): unknown => nested(times, 'required', (value, level) => ({ 'Fn::If': [`C${level}`, value, 'required'] }));

  test.each([[90, 'compliant'], [150, 'cannot tell'], [10_000, 'cannot tell']])('with one condition all the way: %s levels', (times, expected) => expect(tokens(deep(times))).toBe(expected));
  test.each([[90, 'compliant'], [150, 'cannot tell'], [10_000, 'cannot tell']])('with conditions of their own: %s levels', (times, expected) => expect(tokens(different(times))).toBe(expected));
  test.each<[string, (value: unknown) => unknown]>([
    ['Fn::Sub', value => ({ 'Fn::Sub': ['${V}', { V: value }] })],
    ['Fn::Join', value => ({ 'Fn::Join': ['', [value]] })],
    ['Fn::Select', value => ({ 'Fn::Select': [0, [value]] })],
    ['Fn::Split', value => ({ 'Fn::Select': [0, { 'Fn::Split': [',', value] }] })],
    ['Fn::ImportValue', value => ({ 'Fn::ImportValue': value })],
    ['Fn::GetStackOutput', value => ({ 'Fn::GetStackOutput': { StackName: value, OutputName: 'x' } })],
    ['Fn::FindInMap', value => ({ 'Fn::FindInMap': [value, 'a', 'b'] })],
    ['lists', value => [value]],
    ['maps', value => ({ HttpTokens: value })],
  ])('in %s', (_, step) => {
    expect(tokens(nested(10_000, 'required', step))).not.toBe('compliant');
    expect(judge({ Resources: { I: instance({ MetadataOptions: nested(10_000, {}, step) }), J: instance({ LaunchTemplate: nested(10_000, {}, step) }) } }).resources).toHaveLength(2);
  });
  test('in conditions', () => {
    const conditions = { Conditions: { A: nested(10_000, { 'Fn::Equals': [nested(10_000, 'a', value => [value]), 'a'] }, value => ({ 'Fn::Not': [value] })), B: { 'Fn::Equals': ['a', nested(10_000, 'a', value => [value])] } } };

    expect(tokens({ 'Fn::If': ['A', 'required', 'required'] }, conditions)).toBe('compliant');
    expect(tokens({ 'Fn::If': ['B', 'required', 'optional'] }, conditions)).toBe('violation');
  });
  test('in loops', () => {
    const loop = nested(10_000, withOptions(REQUIRED), (value, level) => ({ [`Fn::ForEach::L${level}`]: ['X', ['a'], { '${X}': value }] }));

    expect(Object.values(verdictsIn(judge({ Transform: 'AWS::LanguageExtensions', Resources: loop })))).not.toContain('violation');
    expect(judge({ Transform: 'AWS::LanguageExtensions', Resources: { I: withOptions(nested(10_000, {}, value => ({ a: value }))) } }).resources).toHaveLength(1);
  });
});

describe('expressions that grow without end', () => {
  test('a text of many branches', () => {
    const pieces = count(50).map(i => ({ 'Fn::If': [`C${i}`, 'a', 'b'] }));

    expect(tokens({ 'Fn::Join': ['', pieces] })).toBe('cannot tell');
    expect(judged({ I: withOptions({ HttpTokens: { 'Fn::Join': ['', pieces] } }) }).reasons).toEqual(['it can take too many values to follow them all']);
  });

  test('a text with many branches of one condition', () => {
    const pieces = count(50).map(i => ({ 'Fn::If': ['C', 'required'[i] ?? '', 'required'[i] ?? ''] }));

    expect(tokens({ 'Fn::Join': ['', pieces] })).toBe('compliant');
  });

  test('a tree of branches', () => {
    const tree = nested(16, 'required', (value, level) => ({ 'Fn::If': [`C${level}`, value, value] }));
    const higher = nested(40, 'required', (value, level) => ({ 'Fn::If': [`C${level}`, value, value] }));

    expect(tokens(tree)).toBeDefined();
    expect(tokens(higher)).toBeDefined();
  });

  test('conditions that double', () => {
    const conditions = Object.fromEntries(count(60).map(i => [`C${i + 1}`, { 'Fn::And': [{ Condition: `C${i}` }, { 'Fn::Or': [{ Condition: `C${i}` }, { Condition: `C${i}` }] }] }]));
    const resources = Object.fromEntries(count(20).map(i => [`I${i}`, withOptions({ HttpTokens: { 'Fn::If': ['C60', 'required', 'optional'] } }, { Condition: 'C59' })]));

    expect(judge({ Conditions: conditions, Resources: resources }).resources).toHaveLength(20);
  });

  test('conditions that need much, for all alike', () => {
    const doubling = (name: string): object => Object.fromEntries(count(60).map(i => [`${name}${i + 1}`, { 'Fn::Or': [{ Condition: `${name}${i}` }, { 'Fn::And': [{ Condition: `${name}${i}` }, { Condition: `${name}${i}` }] }] }]));
    const conditions = { ...doubling('C'), ...doubling('D'), A: { 'Fn::And': [{ Condition: 'C11' }, { 'Fn::Equals': ['a', 'b'] }] } };
    const options = { HttpTokens: { 'Fn::If': ['C60', 'optional', { Ref: 'Tokens' }] }, HttpPutResponseHopLimit: { 'Fn::If': ['D60', 1, { Ref: 'Hops' }] }, HttpEndpoint: { 'Fn::If': ['D59', 'enabled', 'enabled'] } };
    const alike = (times: number, Condition?: string): Set<string> => {
      const resources = Object.fromEntries(count(times).map(i => [`I${i}`, withOptions(options, { Condition })]));
      return new Set(judge({ Conditions: conditions, Parameters: { Tokens: { AllowedValues: ['optional'] }, Hops: {} }, Resources: resources }).resources.map(each => each.verdict));
    };

    for (const times of [1, 300]) {
      for (const condition of [undefined, 'C60', 'D30', 'A']) { expect([times, condition, alike(times, condition).size]).toEqual([times, condition, 1]); }
    }
  });

  test('conditions that need much, of which consumers of one template have none', () => {
    const off = { HttpTokens: 'optional', HttpEndpoint: { 'Fn::If': ['C', { 'Fn::If': ['D', 'disabled', 'disabled'] }, 'disabled'] } };
    const instances = Object.fromEntries(count(2_000).map(i => [`I${i}`, instance({ LaunchTemplate: by('T'), MetadataOptions: { HttpPutResponseHopLimit: 1 } })]));

    expect(new Set(Object.values(verdictsIn(judge({ Resources: { T: template(off), ...instances } }))))).toEqual(new Set(['compliant']));
  });

  test('conditions of a template that consumers by the thousand name', () => {
    const conditions = { Yes: { 'Fn::Not': [{ Condition: 'No' }] }, No: { 'Fn::Equals': ['a', 'b'] } };
    const named = { Type: TEMPLATE, Condition: 'Yes', Properties: { LaunchTemplateName: 'web', LaunchTemplateData: { MetadataOptions: REQUIRED } } };
    const instances = Object.fromEntries(count(6_000).map(i => [`I${i}`, instance({ LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } })]));

    expect(new Set(Object.values(verdictsIn(judge({ Conditions: conditions, Resources: { T: named, ...instances } }))))).toEqual(new Set(['compliant']));
  });

  test('parameters that double', () => {
    const parents = count(16).map((i): TemplateSource => ({
      id: `s${i}`,
      template: {
        Parameters: { P: {} },
        Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: { 'Fn::Sub': '${P}${P}' } } } }, I: withOptions({ HttpTokens: { Ref: 'P' } }) },
      },
      children: new Map([['N', [`s${i + 1}`]]]),
    }));

    expect(judgeAll(parents).get('s15')!.resources.filter(({ logicalId }) => logicalId === 'I')).toMatchObject([{ verdict: 'cannot tell' }]);
  });

  test('allowed values by the hundred thousand', () => {
    const many = count(100_000);

    expect(tokens({ Ref: 'P' }, { Parameters: { P: { AllowedValues: many } } })).toBe('cannot tell');
    expect(tokens({ Ref: 'P' }, { Parameters: { P: { AllowedValues: many.map(() => 'required') } } })).toBe('cannot tell');
    expect(tokens({ 'Fn::Sub': '${P}${P}${P}' }, { Parameters: { P: { AllowedValues: many.slice(0, 200) } } })).toBe('cannot tell');
  });

  test('pieces by the hundred thousand', () => {
    expect(tokens({ 'Fn::Join': ['', count(100_000).map(String)] })).toBe('violation');
    expect(tokens({ 'Fn::Sub': '${X}'.repeat(100_000) })).toBe('cannot tell');
  });

  // in texts as long as templates may be; where each looks for its end in all the rest, this takes minutes
  test.each([['${'], ['${ '], ['${!'], ['${a.'], ['.LatestVersionNumber}${']])('beginnings of variables that never end: %s', beginning => {
    const long = beginning.repeat(600_000 / beginning.length);
    const text = { 'Fn::Sub': long };
    const resources = {
      T: template({}),
      I: instance({ MetadataOptions: REQUIRED, LaunchTemplate: by('T', text) }),
      J: withOptions({ HttpTokens: text }),
      K: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { Manifest: { 'Fn::Sub': JSON.stringify({ long }) } } },
      X: { Type: 'Custom::X', Properties: { Text: text } },
    };
    const before = Date.now();
    judge(relevantPart({ Resources: resources }).template);

    expect(Date.now() - before).toBeLessThan(5_000);
  });

  test('maps by the ten thousand', () => {
    const mappings = { Mappings: { M: Object.fromEntries(count(10_000).map(i => [`k${i}`, { V: `${i}` }])) } };

    expect(tokens({ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'V'] }, mappings)).toBe('cannot tell');
  });

  test('references by the ten thousand', () => {
    const configs = count(10_000).map(() => ({ LaunchTemplateSpecification: { ...by('T'), Version: '$Latest' } }));
    const fleet = { Type: 'AWS::EC2::EC2Fleet', Properties: { LaunchTemplateConfigs: configs } };

    expect(judged({ F: fleet, T: template(REQUIRED) }).verdicts).toEqual({ F: 'compliant', T: 'compliant' });
    expect(judged({ F: fleet, T: template({}) }).verdicts).toEqual({ F: 'violation', T: 'violation' });
  });

  test('consumers by the thousand', () => {
    const instances = Object.fromEntries(count(5_000).map(i => [`I${i}`, instance({ LaunchTemplate: by('T') })]));

    expect(judge({ Resources: { T: template({}), ...instances } }).resources).toHaveLength(5_001);
  });
});

describe('names that JavaScript objects have anyway', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'length'];
  const json = (text: string): JsonObject => JSON.parse(text) as JsonObject;

  test.each(NAMES)('%s as a logical id, a parameter, a condition, a map, an output, an export', name => {
    const judgement = (own: string): string => verdictsIn(judge(json(`{
      "Parameters": { "${name}": { "AllowedValues": ["${own}"] } },
      "Conditions": { "${name}": { "Fn::Equals": [{ "Ref": "${name}" }, "required"] } },
      "Mappings": { "${name}": { "${name}": { "${name}": "${own}" } } },
      "Outputs": { "${name}": { "Value": { "Ref": "${name}" }, "Export": { "Name": "${name}" } } },
      "Resources": { "I": { "Type": "AWS::EC2::Instance", "Properties": { "MetadataOptions": { "HttpTokens": { "Fn::If": ["${name}", { "Fn::FindInMap": ["${name}", "${name}", "${name}"] }, { "Fn::ImportValue": "${name}" }] } } } } }
    }`))).I;

    expect(judgement('required')).toBe('compliant');
    expect(judgement('optional')).toBe('violation');
  });

  test.each(NAMES)('%s where nothing is called so', name => {
    for (const value of [{ Ref: name }, { 'Fn::GetAtt': [name, name] }, { 'Fn::FindInMap': [name, name, name] }, { 'Fn::ImportValue': name }, { 'Fn::Sub': `\${${name}}` }, { Condition: name }]) {
      expect(tokens(value)).toBe('cannot tell');
      expect(judged({ I: instance({ LaunchTemplate: { LaunchTemplateId: value, Version: value } }) }).verdicts.I).toBe('cannot tell');
    }
    expect(tokens({ 'Fn::If': [name, 'required', 'optional'] })).toBe('violation');
    expect(tokens(name)).toBe('violation');
    expect(judge({ Resources: { A: { Type: name }, B: { Type: 'AWS::EC2::Instance', Condition: name } }, Transform: name }).resources).toHaveLength(2);
  });

  test('as launch templates', () => {
    const template_ = json('{ "Resources": { "__proto__": { "Type": "AWS::EC2::LaunchTemplate", "Properties": { "LaunchTemplateData": { "MetadataOptions": { "HttpTokens": "required" } } } }, "constructor": { "Type": "AWS::EC2::Instance", "Properties": { "LaunchTemplate": { "LaunchTemplateId": { "Ref": "__proto__" }, "Version": "$Latest" } } } } }');

    expect(Object.entries(verdictsIn(judge(template_)))).toEqual([['__proto__', 'compliant'], ['constructor', 'compliant']]);
  });
});

describe('values of the wrong kind', () => {
  const WRONG: unknown[] = [null, 0, -1, 1e308, '', 'x', true, [], [[]], [null], {}, { a: null }, { toString: 1 }, { valueOf: 1, toString: 2 }, { 'Fn::If': null }, { 'Fn::If': [] }, { Ref: null }, { Ref: {} }, { 'Fn::Sub': null }, { 'Fn::Sub': [] }, { 'Fn::Join': [] },
    { 'Fn::Join': ['', null] }, { 'Fn::Select': [null, null] }, { 'Fn::Split': ['', ''] }, { 'Fn::FindInMap': [{}, {}, {}] }, { 'Fn::FindInMap': [{ toString: 1 }, { toString: 1 }, { toString: 1 }, 5] }, { 'Fn::GetAtt': null }, { 'Fn::GetAtt': ['', ''] }, { 'Fn::ImportValue': null },
    { 'Fn::GetStackOutput': null }, { 'Fn::GetStackOutput': { StackName: null, OutputName: [] } }, { 'Fn::Base64': null }, { Condition: null }, { 'Fn::Transform': null }, { 'Fn::ToJsonString': null }];

  test.each(WRONG.map(each => [each]))('%j in any place', wrong => {
    const sections = ['Parameters', 'Conditions', 'Mappings', 'Outputs', 'Resources', 'Transform'];
    for (const section of sections) {
      expect(judge({ Resources: { I: withOptions(REQUIRED) }, [section]: wrong })).toBeDefined();
      expect(judge({ Transform: 'AWS::LanguageExtensions', Resources: { I: withOptions({ HttpTokens: { Ref: 'X' } }, { Condition: 'X' }) }, [section]: { 'X': wrong, 'Fn::ForEach::X': wrong } })).toBeDefined();
    }
    for (const { type, container = [], follows = [], mentioning, meantWith, starts } of LAUNCH_SURFACES) {
      const paths = [container, ...follows.map(({ path }) => path)].map(path => path.filter(step => typeof step === 'string'));
      for (const path of paths) {
        const properties = path.reduceRight<unknown>((value, step) => ({ [step]: value }), wrong);
        const { resources } = judge({ Resources: { R: { Type: type, Properties: properties, Metadata: wrong, Condition: wrong, CreationPolicy: wrong } } });
        expect([type, meantWith ? 'either' : resources.length]).toEqual([type, meantWith ? 'either' : mentioning ?? starts ? 0 : 1]);
      }
    }
  });

  test('as children, environments and names of sources', () => {
    const source = { id: '', template: null, environment: '', stackName: '', children: new Map([['X', ['nobody']]]) };

    expect(judgeAll([source, source]).get('')).toEqual({ findings: [], resources: [] });
  });
});
