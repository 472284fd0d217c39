/* eslint-disable @stylistic/max-len */ // a case a line
import { Scope } from '../../../src/engine/evaluator/scope';
import { JsonObject } from '../../../src/engine/json/json';
import { judge, judgeAll } from '../../../src/engine/judge/judge';
import { expandLoops } from '../../../src/engine/templates/for-each-loops';
import { INSTANCE, linesOf, REQUIRED, template as launchTemplate, verdictsIn, withOptions } from '../../support/verdicts';

const LANGUAGE = 'AWS::LanguageExtensions';
const STRONG = withOptions(REQUIRED);
const WEAK = withOptions({});
const loop = (...argument: unknown[]): object => ({ 'Fn::ForEach::Hosts': argument });
const expanded = (resources: unknown, sections: object = {}): JsonObject => (
  expandLoops(new Scope({ id: '', template: { Transform: LANGUAGE, Resources: resources, ...sections } })).resources
);
const judged = (resources: unknown, sections: object = {}): Record<string, string> => verdictsIn(judge({ Transform: LANGUAGE, Resources: resources, ...sections }));

describe('a loop', () => {
  test.each<[string, unknown, string[]]>([
    ['over texts', ['A', 'B'], ['HostA', 'HostB']],
    ['over numbers', [1, 2], ['Host1', 'Host2']],
    ['over nothing', [], []],
    ['over a parameter that may have any number of what is allowed', { Ref: 'Names' }, ['Fn::ForEach::Hosts']],
    ['over parameters', [{ Ref: 'One' }, 'B'], ['HostO', 'HostB']],
    ['over Fn::Split', { 'Fn::Split': ['-', 'A-B'] }, ['HostA', 'HostB']],
    ['over Fn::FindInMap', { 'Fn::FindInMap': ['M', 'a', 'List'] }, ['HostL1', 'HostL2']],
    ['over a parameter that may have other values', { Ref: 'Preset' }, ['Fn::ForEach::Hosts']],
    ['over a parameter that is not known', { Ref: 'Any' }, ['Fn::ForEach::Hosts']],
    ['over what is partly not known', ['A', { Ref: 'Text' }], ['Fn::ForEach::Hosts']],
    ['over either list', { 'Fn::If': ['C', ['A'], ['B']] }, ['Fn::ForEach::Hosts']],
    ['over a text', 'A', ['Fn::ForEach::Hosts']],
    ['over lists', [['A']], ['Fn::ForEach::Hosts']],
  ])('%s', (_, list, ids) => {
    const sections = {
      Parameters: {
        Names: { Type: 'CommaDelimitedList', AllowedValues: ['X'] }, Preset: { Type: 'CommaDelimitedList', Default: 'X,Y' }, Any: { Type: 'CommaDelimitedList' }, Text: {}, One: { AllowedValues: ['O'] },
      },
      Mappings: { M: { a: { List: ['L1', 'L2'] } } },
    };
    expect(Object.keys(expanded(loop('Id', list, { 'Host${Id}': STRONG }), sections))).toEqual(ids);
  });

  test('makes resources that are judged', () => {
    expect(judged(loop('Id', ['A', 'B'], { 'Host${Id}': STRONG }))).toEqual({ HostA: 'compliant', HostB: 'compliant' });
    expect(judged(loop('Id', ['A', 'B'], { 'Host${Id}': WEAK }))).toEqual({ HostA: 'violation', HostB: 'violation' });
  });

  test('puts its items into keys, texts, attributes and references', () => {
    const body = { 'Host${Id}': { Type: INSTANCE, Properties: { 'Name': { Ref: 'Id' }, 'Text': { 'Fn::Sub': 'x-${Id}-${Other}' }, 'From': { 'Fn::GetAtt': ['T${Id}', 'Id'] }, 'K${Id}': [1, true, null], 'Other': { Ref: 'Other' } } } };

    expect(expanded(loop('Id', ['A'], body))).toEqual({
      HostA: { Type: INSTANCE, Properties: { Name: 'A', Text: { 'Fn::Sub': 'x-A-${Other}' }, From: { 'Fn::GetAtt': ['TA', 'Id'] }, KA: [1, true, null], Other: { Ref: 'Other' } } },
    });
  });

  test('makes logical ids of items that are none', () => {
    expect(Object.keys(expanded(loop('Ip', ['10.0.0.1', '10.0.0.2'], { 'Host&{Ip}': STRONG })))).toEqual(['Host10001', 'Host10002']);
    expect(Object.keys(expanded(loop('Ip', ['$&', '$1'], { 'Host${Ip}': STRONG })))).toEqual(['Host$&', 'Host$1']);
  });

  test('may be in a loop', () => {
    const inner = { 'Fn::ForEach::Zones': ['Zone', ['1', '2'], { 'Host${Id}${Zone}': STRONG }] };

    expect(Object.keys(expanded(loop('Id', ['A', 'B'], inner)))).toEqual(['HostA1', 'HostA2', 'HostB1', 'HostB2']);
  });

  test('may run over what the outer one says', () => {
    const inner = { 'Fn::ForEach::Zones': ['Zone', { 'Fn::FindInMap': ['M', { Ref: 'Id' }, 'Zones'] }, { 'Host${Id}${Zone}': STRONG }] };

    expect(Object.keys(expanded(loop('Id', ['A', 'B'], inner), { Mappings: { M: { A: { Zones: ['1'] }, B: { Zones: ['2', '3'] } } } }))).toEqual(['HostA1', 'HostB2', 'HostB3']);
  });

  test('may be in properties', () => {
    const options = (list: unknown): object => ({ I: withOptions({ 'Fn::ForEach::Options': ['Key', list, { '${Key}': 'required' }], 'HttpEndpoint': 'enabled' }) });

    expect(judged(options(['HttpTokens']))).toEqual({ I: 'compliant' });
    expect(judged(options(['InstanceMetadataTags']))).toEqual({ I: 'violation' });
    expect(judged(options({ Ref: 'Keys' }), { Parameters: { Keys: { Type: 'CommaDelimitedList' } } })).toEqual({ I: 'cannot tell' });
  });

  test('may make conditions', () => {
    const conditions = (value: string): object => ({ Conditions: { 'Fn::ForEach::Environments': ['Env', ['Prod'], { 'Is${Env}': { 'Fn::Equals': ['Prod', value] } }] } });
    const resources = { I: withOptions({ HttpTokens: { 'Fn::If': ['IsProd', 'required', 'optional'] } }) };

    expect(judged(resources, conditions('Prod'))).toEqual({ I: 'compliant' });
    expect(judged(resources, conditions('Dev'))).toEqual({ I: 'violation' });
  });

  test('may make outputs', () => {
    const exporter = (options: unknown): unknown => ({
      Transform: LANGUAGE, Resources: { T: launchTemplate(options) }, Outputs: { 'Fn::ForEach::Outputs': ['Name', ['x'], { 'Out${Name}': { Value: { Ref: 'T' }, Export: { Name: { Ref: 'Name' } } } }] },
    });
    const consumer = { Resources: { I: { Type: INSTANCE, Properties: { LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'x' }, Version: '$Latest' } } } } };
    const verdict = (options: unknown): string => verdictsIn(judgeAll([{ id: 'c', template: consumer }, { id: 'a', template: exporter(options) }]).get('c')!).I;

    expect(verdict(REQUIRED)).toBe('compliant');
    expect(verdict({})).toBe('violation');
  });

  test('may run over what the parent stack gives or another one exports', () => {
    const child = (list: unknown): unknown => ({ Transform: LANGUAGE, Parameters: { Names: { Type: 'CommaDelimitedList' } }, Resources: loop('Id', list, { 'Host${Id}': STRONG }) });
    const parent = {
      Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Names: 'A,B' } } } },
      Outputs: { Fn: 'x', Out: { Value: 'C', Export: { Name: 'x' } } },
    };
    const ids = (list: unknown): string[] => Object.keys(verdictsIn(judgeAll([
      { id: 'child', template: child(list) }, { id: 'parent', template: parent, children: new Map([['Nested', ['child']]]) },
    ]).get('child')!));

    expect(ids({ Ref: 'Names' })).toEqual(['HostA', 'HostB']);
    expect(ids([{ 'Fn::ImportValue': 'x' }])).toEqual(['HostC']);
    expect(ids([{ 'Fn::ImportValue': 'y' }])).toEqual(['Fn::ForEach::Hosts']);
  });

  test('that stays is told, not passed', () => {
    const judgement = judge({ Transform: LANGUAGE, Resources: loop('Id', { Ref: 'Names' }, { 'Host${Id}': STRONG }) });

    expect(linesOf(judgement)).toEqual(['Fn::ForEach::Hosts undecided-transform Resources']);
    expect(judgement.findings[0].reason).toBe('Fn::ForEach::Hosts makes resources when the stack is deployed');
    expect(judgement.resources).toEqual([{ logicalId: 'Fn::ForEach::Hosts', type: 'Fn::ForEach', verdict: 'cannot tell' }]);
  });

  const NAMES = { Parameters: { Names: { Type: 'CommaDelimitedList' } }, Mappings: { M: { A: { Good: 'required', Tokens: 'required' }, B: { Good: 'required', Tokens: 'optional' } } } };
  const stays = (body: unknown, others: object = {}): Record<string, string> => judged({ ...loop('Id', { Ref: 'Names' }, body), ...others }, NAMES);
  const LEFT = { 'Fn::ForEach::Hosts': 'cannot tell' };
  const from = (id: string, options: object = {}): object => ({ Type: INSTANCE, Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: id }, Version: '$Latest' }, ...options } });

  test.each<[string, unknown, Record<string, string>]>([
    ['never sets tokens', { 'Host${Id}': WEAK }, { 'Host${Id}': 'violation' }],
    ['writes its identifier the other way', { 'Host&{Id}': WEAK }, { 'Host${Id}': 'violation' }],
    ['allows version 1', { 'Host${Id}': withOptions({ HttpTokens: 'optional' }) }, { 'Host${Id}': 'violation' }],
    ['is made under a condition of each', { 'Host${Id}': { ...WEAK, Condition: 'Is${Id}' } }, { 'Host${Id}': 'violation' }],
    ['makes something else too', { 'Host${Id}': WEAK, 'Topic${Id}': { Type: 'AWS::SNS::Topic' } }, { 'Host${Id}': 'violation' }],
    ['makes a good one too', { 'Host${Id}': WEAK, 'Good${Id}': STRONG }, { ...LEFT, 'Host${Id}': 'violation' }],
    ['makes anything else too', { 'Host${Id}': WEAK, 'Any${Id}': { Type: 'AWS::EC2::${Id}' } }, { ...LEFT, 'Host${Id}': 'violation' }],
    ['has a loop', { 'Fn::ForEach::Zones': ['Zone', { Ref: 'Names' }, { 'Host${Id}${Zone}': WEAK }] }, { 'Host${Id}${Zone}': 'violation' }],
    ['launches from a weak template that it makes', { 'T${Id}': launchTemplate({}), 'I${Id}': from('T${Id}') }, { 'T${Id}': 'violation', 'I${Id}': 'violation' }],
    ['sets tokens', { 'Host${Id}': STRONG }, LEFT],
    ['has tokens by its item', { 'Host${Id}': withOptions({ HttpTokens: { Ref: 'Id' } }) }, LEFT],
    ['has tokens by a text with its item', { 'Host${Id}': withOptions({ HttpTokens: '${Id}' }) }, LEFT],
    ['has tokens by a function with its item', { 'Host${Id}': withOptions({ HttpTokens: { 'Fn::Sub': '${Id}' } }) }, LEFT],
    ['has tokens by a mapping for its item', { 'Host${Id}': withOptions({ HttpTokens: { 'Fn::FindInMap': ['M', { Ref: 'Id' }, 'Good'] } }) }, LEFT],
    ['has a mapping that allows version 1 for an item', { 'Host${Id}': withOptions({ HttpTokens: { 'Fn::FindInMap': ['M', { Ref: 'Id' }, 'Tokens'] } }) }, { 'Host${Id}': 'violation' }],
    ['may have any option', { 'Host${Id}': withOptions({ '${Id}': 'required' }) }, LEFT],
    ['has a loop among its options', { 'Host${Id}': withOptions({ 'Fn::ForEach::Options': ['Key', { Ref: 'Names' }, { '${Key}': 'required' }] }) }, LEFT],
    ['has a condition of each', { 'Host${Id}': withOptions({ 'Fn::If': ['Is${Id}', REQUIRED, REQUIRED] }) }, LEFT],
    ['launches from a good template that it makes', { 'T${Id}': launchTemplate(REQUIRED), 'I${Id}': from('T&{Id}') }, LEFT],
    ['has options of its own for its template', { 'T${Id}': launchTemplate({}), 'I${Id}': from('T${Id}', { MetadataOptions: REQUIRED }) }, LEFT],
    ['is malformed', { 'Fn::ForEach::Zones': ['Zone'], 'Host${Id}': WEAK }, LEFT],
    ['makes nothing', {}, LEFT],
  ])('over what is not known: %s', (_, body, verdicts) => expect(stays(body)).toEqual(verdicts));

  test('over what is not known is weak in any round, and says so', () => {
    const { findings } = judge({ Transform: LANGUAGE, Resources: loop('Id', { Ref: 'Names' }, { 'Host${Id}': WEAK }), ...NAMES });

    expect(findings.map(({ rule, reason }) => [rule, reason.slice(reason.indexOf(';', reason.indexOf(';') + 1))])).toEqual([
      ['imdsv2-not-required', '; Fn::ForEach::Hosts makes it for whatever its list holds, and nothing where that is empty'],
    ]);
  });

  test('over what is not known may be there by the thousand', () => {
    const all = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`Fn::ForEach::L${i}`, ['Id', { Ref: 'Names' }, { [`H${i}\${Id}`]: WEAK }]]));
    const before = Date.now();

    expect(new Set(Object.values(judged(all, NAMES)))).toEqual(new Set(['violation']));
    expect(Date.now() - before).toBeLessThan(5_000);
  });

  test('over what is not known changes no verdict on others', () => {
    const byName = { Type: INSTANCE, Properties: { LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } } };
    const named = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: 'web', LaunchTemplateData: { MetadataOptions: REQUIRED } } };

    expect(stays({ 'T${Id}': named }, { I: byName, J: STRONG })).toEqual({ ...LEFT, I: 'cannot tell', J: 'compliant' });
    expect(judged({ ...loop('Id', { Ref: 'Names' }, { J: WEAK }), J: STRONG }, NAMES)).toEqual({ ...LEFT, J: 'compliant' });
  });

  test.each<[string, unknown]>([
    ['is no list', 'Id'], ['is too short', ['Id', ['A']]], ['has no identifier', [{}, ['A'], {}]], ['has no body', ['Id', ['A'], 'x']], ['is nothing', null],
  ])('that is malformed is told: it %s', (_, argument) => {
    expect(judged({ 'Fn::ForEach::Hosts': argument })).toEqual({ 'Fn::ForEach::Hosts': 'cannot tell' });
  });

  test('is not expanded where the template does not ask for it', () => {
    expect(verdictsIn(judge({ Resources: loop('Id', ['A'], { 'Host${Id}': STRONG }) }))).toEqual({ 'Fn::ForEach::Hosts': 'cannot tell' });
    expect(verdictsIn(judge({ Transform: ['AWS::Serverless-2016-10-31', LANGUAGE], Resources: loop('Id', ['A'], { 'Host${Id}': STRONG }) }))).toEqual({ HostA: 'compliant' });
  });

  test('keeps ids that JavaScript objects have anyway', () => {
    expect(Object.entries(judged(loop('Id', ['__proto__', 'constructor'], { '${Id}': STRONG })))).toEqual([['__proto__', 'compliant'], ['constructor', 'compliant']]);
  });

  test('leaves a template without loops as it is', () => {
    const scope = new Scope({ id: '', template: { Transform: LANGUAGE, Resources: { I: STRONG } } });

    expect(expandLoops(scope)).toBe(scope);
  });
});

describe('a loop that makes more than CloudFormation takes', () => {
  const digits = Array.from({ length: 10 }, (_, i) => `${i}`);

  test('stays a loop, which is told', () => {
    const nested = digits.reduce<object>((body, digit) => ({ [`Fn::ForEach::L${digit}`]: [`D${digit}`, digits, body] }), { [digits.map(digit => `\${D${digit}}`).join('')]: STRONG });

    expect(Object.values(judged(nested))).toContain('cannot tell');
  });

  test('is stopped by the size of what it copies', () => {
    const large = { 'Host${Id}': { ...STRONG, Description: 'x'.repeat(1_000_000) } };

    expect(judged(loop('Id', digits, large))).toEqual({ 'Fn::ForEach::Hosts': 'cannot tell' });
    expect(Object.keys(judged(loop('Id', digits.slice(0, 2), large)))).toEqual(['Host0', 'Host1']);
  });

  test('is stopped by items that are long', () => {
    const texts = Array.from({ length: 1_000 }, () => '${Id}');

    expect(judged(loop('Id', ['x'.repeat(100_000)], { Host: { ...STRONG, Texts: texts } }))).toEqual({ 'Fn::ForEach::Hosts': 'cannot tell' });
  });
});
