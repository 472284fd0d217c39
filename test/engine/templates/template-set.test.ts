import { TemplateSource } from '../../../src/engine/evaluator/source';
import { JsonObject } from '../../../src/engine/json/json';
import { judge, judgeAll } from '../../../src/engine/judge/judge';
import { by, group, instance, linesOf, NO_VALUE, REQUIRED, template, verdictsIn, withOptions } from '../../support/verdicts';

const HERE = 'aws://111111111111/eu-central-1';
const THERE = 'aws://222222222222/eu-central-1';
const STRONG = template(REQUIRED);
const WEAK = template({});

const source = (id: string, resources: object, more: Partial<TemplateSource> & { readonly sections?: object } = {}): TemplateSource => {
  const { sections, ...others } = more;
  return { id, template: { Resources: resources, ...sections }, ...others };
};
const exporting = (Name: unknown, Value: unknown = { Ref: 'T' }, others: object = {}): { sections: JsonObject } => (
  { sections: { Outputs: { Out: { Value, Export: { Name }, ...others } } } }
);
const importing = (name: unknown, more: Partial<TemplateSource> & { readonly sections?: object } = {}): TemplateSource => (
  source('consumer', { I: instance({ LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': name }, Version: '$Latest' } }) }, more)
);
const verdictOn = (...sources: TemplateSource[]): string => verdictsIn(judgeAll(sources).get('consumer')!).I;
const reasonsOf = (...sources: TemplateSource[]): string[] => judgeAll(sources).get('consumer')!.findings.filter(each => each.verdict !== 'advice').map(each => each.reason);

describe('an imported launch template', () => {
  test('is the one that another template exports', () => {
    expect(verdictOn(source('a', { T: STRONG }, exporting('x')), importing('x'))).toBe('compliant');
    expect(verdictOn(source('a', { T: WEAK }, exporting('x')), importing('x'))).toBe('violation');
  });

  test('is found whatever the order is', () => expect(verdictOn(importing('x'), source('a', { T: STRONG }, exporting('x')))).toBe('compliant'));

  test('is not known where nobody exports it', () => {
    expect(verdictOn(source('a', { T: STRONG }, exporting('y')), importing('x'))).toBe('cannot tell');
    expect(reasonsOf(importing('x'))).toEqual(['which LaunchTemplate it uses cannot be decided: the export x is not among the templates']);
    expect(reasonsOf(importing({ 'Fn::Sub': '${Network}-id' }, { sections: { Parameters: { Network: {} } } }))).toEqual([
      'which LaunchTemplate it uses cannot be decided: the export\'s name is not known: the parameter Network decides when the stack is deployed',
    ]);
  });

  test('is exported in the same account and Region', () => {
    const exporter = (environment?: string): TemplateSource => source('a', { T: STRONG }, { environment, ...exporting('x') });

    expect(verdictOn(exporter(HERE), importing('x', { environment: HERE }))).toBe('compliant');
    expect(verdictOn(exporter(THERE), importing('x', { environment: HERE }))).toBe('cannot tell');
    expect(verdictOn(exporter(), importing('x', { environment: HERE }))).toBe('compliant');
    expect(verdictOn(exporter('aws://unknown-account/unknown-region'), importing('x', { environment: HERE }))).toBe('compliant');
    expect(verdictOn(exporter('aws://unknown-account/us-east-1'), importing('x', { environment: HERE }))).toBe('cannot tell');
  });

  test('is each of those that are exported under the name', () => {
    const strong = source('a', { T: STRONG }, exporting('x'));

    expect(verdictOn(strong, source('b', { T: STRONG }, exporting('x')), importing('x'))).toBe('compliant');
    expect(verdictOn(strong, source('b', { T: WEAK }, exporting('x')), importing('x'))).toBe('violation');
    expect(verdictOn(strong, source('b', {}, exporting('x', { Ref: 'T' })), importing('x'))).toBe('cannot tell');
  });

  test('may have a name that is put together', () => {
    const name = { 'Fn::Sub': '${AWS::StackName}-x' };

    expect(verdictOn(source('a', { T: STRONG }, { ...exporting(name), stackName: 'net' }), importing('net-x'))).toBe('compliant');
    expect(verdictOn(source('a', { T: STRONG }, { ...exporting(name), stackName: 'other' }), importing('net-x'))).toBe('cannot tell');
    expect(verdictOn(source('a', { T: STRONG }, exporting(name)), importing('net-x'))).toBe('cannot tell');
    expect(verdictOn(source('a', { T: STRONG }, exporting('net-x')), importing({ 'Fn::Join': ['-', [{ Ref: 'Net' }, 'x']] }, { sections: { Parameters: { Net: { AllowedValues: ['net'] } } } }))).toBe('compliant');
  });

  test('is exported under a condition', () => {
    const exporter = (Condition: string): TemplateSource => {
      const { sections } = exporting('x', { 'Fn::If': ['IsProd', { Ref: 'T' }, { Ref: 'W' }] }, { Condition });
      return source('a', { T: STRONG, W: WEAK }, { sections: { ...sections, Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } } });
    };

    expect(verdictOn(exporter('IsProd'), importing('x'))).toBe('compliant');
    expect(verdictOn(exporter('IsDev'), importing('x'))).toBe('violation');
    expect(verdictOn(exporter('Never'), importing('x'))).toBe('cannot tell');
  });

  test('is exported under a name that says which', () => {
    const either = (yes: unknown, no: unknown): object => ({ 'Fn::If': ['IsProd', yes, no] });
    const exporter = source('a', { T: STRONG, W: WEAK }, exporting(either('x', 'y'), either({ Ref: 'T' }, { Ref: 'W' })));

    expect(verdictOn(exporter, importing('x'))).toBe('compliant');
    expect(verdictOn(exporter, importing('y'))).toBe('violation');
  });

  test('may be imported from one and exported again', () => {
    const relay = source('b', {}, exporting('y', { 'Fn::ImportValue': 'x' }));

    expect(verdictOn(source('a', { T: STRONG }, exporting('x')), relay, importing('y'))).toBe('compliant');
    expect(verdictOn(relay, importing('y'))).toBe('cannot tell');
  });

  test('that is exported in a circle is not known', () => {
    const one = source('a', {}, exporting('x', { 'Fn::ImportValue': 'y' }));
    const other = source('b', {}, exporting('y', { 'Fn::ImportValue': 'x' }));

    expect(verdictOn(one, other, importing('x'))).toBe('cannot tell');
  });

  test('has a version that is imported, too', () => {
    const consumer = (version: unknown): TemplateSource => source('consumer', {
      I: instance({ LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'x' }, Version: version } }),
    });
    const exporter = source('a', { T: STRONG }, {
      sections: { Outputs: { Id: { Value: { Ref: 'T' }, Export: { Name: 'x' } }, Version: { Value: { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] }, Export: { Name: 'v' } } } },
    });
    const found = (version: unknown): string[] => linesOf(judgeAll([exporter, consumer(version)]).get('consumer')!);

    expect(found({ 'Fn::ImportValue': 'v' })).toEqual([]);
    expect(found({ 'Fn::ImportValue': 'w' })).toEqual(['I old-template-version LaunchTemplate.Version']);
    expect(found('1')).toEqual(['I old-template-version LaunchTemplate.Version']);
  });

  test('is safe without tokens where every consumer has them, in another template too', () => {
    const consumer = (options: unknown): TemplateSource => source('consumer', {
      I: instance({ LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'x' }, Version: '$Latest' }, MetadataOptions: options }),
    });
    const exporter = source('a', { T: WEAK }, exporting('x'));

    expect(verdictsIn(judgeAll([exporter, consumer(REQUIRED)]).get('a')!).T).toBe('compliant');
    expect(verdictsIn(judgeAll([exporter, consumer({})]).get('a')!).T).toBe('violation');
  });
});

describe('exports that are malformed', () => {
  test.each([[null], ['x'], [{}], [{ Export: 'x' }], [{ Export: { Name: {} } }], [{ Export: { Name: { 'Fn::ImportValue': 'x' } } }]])('%j export nothing', output => {
    expect(verdictOn({ id: 'a', template: { Outputs: { Out: output } } }, importing('x'))).toBe('cannot tell');
  });
});

describe('a nested stack', () => {
  const child = (id: string, T: object): TemplateSource => source(id, { T }, { sections: { Outputs: { TemplateId: { Value: { Ref: 'T' } }, Hidden: { Value: 'x', Condition: 'Never' } }, Conditions: { Never: { 'Fn::Equals': [1, 2] } } } });
  const parent = (reference: unknown, children: readonly string[] = ['child']): TemplateSource => source('consumer', {
    Nested: { Type: 'AWS::CloudFormation::Stack' }, I: instance({ LaunchTemplate: { LaunchTemplateId: reference, Version: '$Latest' } }),
  }, { children: new Map([['Nested', children]]) });
  const OUTPUT = { 'Fn::GetAtt': ['Nested', 'Outputs.TemplateId'] };

  test.each([[OUTPUT], [{ 'Fn::GetAtt': 'Nested.Outputs.TemplateId' }], [{ 'Fn::Sub': '${Nested.Outputs.TemplateId}' }]])('gives out its launch template: %j', reference => {
    expect(verdictOn(child('child', STRONG), parent(reference))).toBe('compliant');
    expect(verdictOn(child('child', WEAK), parent(reference))).toBe('violation');
  });

  test.each([[{ 'Fn::GetAtt': ['Nested', 'Outputs.Other'] }], [{ 'Fn::GetAtt': ['Nested', 'Outputs.toString'] }], [{ 'Fn::GetAtt': ['Nested', 'Outputs.Hidden'] }]])('does not give out %j', reference => {
    expect(verdictOn(child('child', STRONG), parent(reference))).toBe('cannot tell');
  });

  test('may be of one template or another', () => {
    expect(verdictOn(child('child', STRONG), child('other', STRONG), parent(OUTPUT, ['child', 'other']))).toBe('compliant');
    expect(verdictOn(child('child', STRONG), child('other', WEAK), parent(OUTPUT, ['child', 'other']))).toBe('violation');
  });

  test('is told where its template is not among those that are read', () => {
    const lines = (...sources: TemplateSource[]): string[] => linesOf(judgeAll(sources).get('consumer')!).filter(each => each.startsWith('Nested'));

    expect(lines(child('child', STRONG), parent('lt-1'))).toEqual([]);
    expect(lines(parent('lt-1'))).toEqual(['Nested undecided-template Properties']);
    expect(lines(child('child', STRONG), parent('lt-1', ['child', 'other']))).toEqual(['Nested undecided-template Properties']);
    expect(lines(child('child', STRONG), parent('lt-1', []))).toEqual(['Nested undecided-template Properties']);
  });

  test('takes a launch template from its parent', () => {
    const inner = source('child', { G: group({ LaunchTemplate: { LaunchTemplateId: { Ref: 'TemplateId' }, Version: '$Latest' } }) }, { sections: { Parameters: { TemplateId: { Type: 'String' } } } });
    const outer = (T: object): TemplateSource => source('parent', { T, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { TemplateId: { Ref: 'T' } } } } }, { children: new Map([['Nested', ['child']]]) });
    const verdict = (T: object): string => verdictsIn(judgeAll([inner, outer(T)]).get('child')!).G;

    expect(verdict(STRONG)).toBe('compliant');
    expect(verdict(WEAK)).toBe('violation');
  });

  test('that gives out what it was given is followed back', () => {
    const relay = source('child', {}, { sections: { Parameters: { Id: {} }, Outputs: { TemplateId: { Value: { Ref: 'Id' } } } } });
    const outer = (T: object, given: unknown): TemplateSource => source('consumer', {
      T, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Id: given } } }, I: instance({ LaunchTemplate: { LaunchTemplateId: OUTPUT, Version: '$Latest' } }),
    }, { children: new Map([['Nested', ['child']]]) });

    expect(verdictOn(relay, outer(STRONG, { Ref: 'T' }))).toBe('compliant');
    expect(verdictOn(relay, outer(WEAK, { Ref: 'T' }))).toBe('violation');
    expect(verdictOn(relay, outer(WEAK, OUTPUT))).toBe('cannot tell'); // a circle
  });
});

describe('a name of a launch template', () => {
  const called = (name: unknown, options: unknown = REQUIRED): object => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: name, LaunchTemplateData: { MetadataOptions: options } } });
  const consumer = (name: unknown): object => instance({ LaunchTemplate: { LaunchTemplateName: name, Version: '$Latest' } });
  const NAME = { 'Fn::Sub': '${AWS::StackName}-web' };

  test.each<[string, unknown, unknown, string]>([
    ['a text', 'web', 'web', 'compliant'],
    ['another text', 'web', 'shop', 'cannot tell'],
    ['the same text with what is not known', NAME, NAME, 'compliant'],
    ['the same text put together otherwise', NAME, { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, 'web']] }, 'compliant'],
    ['the same text in more parts', { 'Fn::Join': ['', ['a', 'b', { Ref: 'P' }]] }, { 'Fn::Sub': 'ab${P}' }, 'compliant'],
    ['the same text with one in another', { 'Fn::Sub': ['${Begin}-web', { Begin: { 'Fn::Sub': 'a-${P}' } }] }, { 'Fn::Sub': 'a-${P}-web' }, 'compliant'],
    ['another text with what is not known', NAME, { 'Fn::Sub': '${AWS::StackName}-shop' }, 'cannot tell'],
    ['the same text with another parameter', { 'Fn::Sub': '${P}-web' }, { 'Fn::Sub': '${Q}-web' }, 'cannot tell'],
    ['the same parameter', { Ref: 'P' }, { Ref: 'P' }, 'compliant'],
    ['the same dynamic reference', '{{resolve:ssm:/x}}', '{{resolve:ssm:/x}}', 'compliant'],
    ['another dynamic reference', '{{resolve:ssm:/x}}', '{{resolve:ssm:/y}}', 'cannot tell'],
    ['the same import', { 'Fn::ImportValue': 'x' }, { 'Fn::ImportValue': 'x' }, 'compliant'],
    ['one of two, which another template has otherwise', { 'Fn::If': ['C', 'web', 'shop'] }, 'shop', 'cannot tell'],
    ['one of two under the same condition', { 'Fn::If': ['C', 'web', 'shop'] }, { 'Fn::If': ['C', 'web', 'shop'] }, 'compliant'],
    ['none', NO_VALUE, 'web', 'cannot tell'],
  ])('is %s', (_, name, reference, expected) => {
    expect(verdictsIn(judge({ Parameters: { P: {}, Q: {} }, Resources: { T: called(name), I: consumer(reference) } })).I).toBe(expected);
  });

  test('is found in branches of all properties', () => {
    const named = (branch: string): object => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { 'Fn::If': ['C', { LaunchTemplateName: 'web', LaunchTemplateData: { MetadataOptions: REQUIRED } }, { LaunchTemplateName: branch, LaunchTemplateData: { MetadataOptions: REQUIRED } }] } });

    expect(verdictsIn(judge({ Resources: { T: named('web'), I: consumer('web') } })).I).toBe('compliant');
    expect(verdictsIn(judge({ Resources: { T: named('shop'), I: consumer({ 'Fn::If': ['C', 'web', 'shop'] }) } })).I).toBe('compliant');
    expect(verdictsIn(judge({ Resources: { T: named('shop'), I: consumer('other') } })).I).toBe('cannot tell');
  });

  test('is found in another template of the same environment', () => {
    const verdict = (environment: string): string => verdictOn(source('a', { T: called('web') }, { environment }), source('consumer', { I: consumer('web') }, { environment: HERE }));

    expect(verdict(HERE)).toBe('compliant');
    expect(verdict(THERE)).toBe('cannot tell');
  });

  test('is looked for in the own template first', () => {
    const own = source('consumer', { T: called('web'), I: consumer('web') });

    expect(verdictOn(source('a', { T: called('web', {}) }), own)).toBe('compliant');
    expect(verdictOn(source('a', { T: called('web', {}) }), source('consumer', { I: consumer('web') }))).toBe('violation');
  });

  test('is there only where its template is made', () => {
    const conditions = { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] }, IsNotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] } };
    const verdict = (resources: object): string => verdictsIn(judge({ Conditions: conditions, Resources: resources })).I;
    const under = (Condition: string, options?: unknown): object => ({ ...called('web', options), Condition });

    expect(verdict({ T: under('IsProd'), I: consumer('web') })).toBe('cannot tell');
    expect(verdict({ T: under('IsProd'), I: { ...consumer('web'), Condition: 'IsProd' } })).toBe('compliant');
    expect(verdict({ T: under('IsProd'), U: under('IsNotProd'), I: consumer('web') })).toBe('compliant');
    expect(verdict({ T: under('IsProd'), U: under('IsNotProd', {}), I: consumer('web') })).toBe('violation');
    expect(verdict({ T: under('IsProd'), U: called('web'), I: consumer('web') })).toBe('compliant');
    expect(verdict({ T: under('IsProd'), I: instance({ LaunchTemplate: by('T') }) })).toBe('compliant'); // not deployed without it
  });

  test('that is there under a condition is told so', () => {
    const { findings } = judge({ Resources: { T: { ...called('web'), Condition: 'C' }, I: consumer('web') } });

    expect(findings.filter(each => each.verdict === 'cannot tell').map(({ reason }) => reason)).toEqual(['the LaunchTemplate web is made under a condition only']);
  });

  test('with the stack in it differs from stack to stack', () => {
    expect(verdictOn(source('a', { T: called(NAME) }), source('consumer', { I: consumer(NAME) }))).toBe('cannot tell');
    expect(verdictOn(source('a', { T: called(NAME) }, { stackName: 'net' }), source('consumer', { I: consumer('net-web') }))).toBe('compliant');
  });
});

test('templates with the same logical ids are told apart', () => {
  const judgements = judgeAll([source('a', { T: STRONG, I: instance({ LaunchTemplate: by('T') }) }), source('b', { T: WEAK, I: instance({ LaunchTemplate: by('T') }) })]);

  expect(verdictsIn(judgements.get('a')!)).toEqual({ T: 'compliant', I: 'compliant' });
  expect(verdictsIn(judgements.get('b')!)).toEqual({ T: 'violation', I: 'violation' });
});

test('settings are asked for by logical id and template', () => {
  const hops = withOptions({ ...REQUIRED, HttpPutResponseHopLimit: 3 });
  const judgements = judgeAll([source('a', { I: hops }), source('b', { I: hops })], (logicalId, id) => logicalId === 'I' && id === 'b' ? { maxHttpPutResponseHopLimit: 2 } : {});

  expect(verdictsIn(judgements.get('a')!)).toEqual({ I: 'compliant' });
  expect(verdictsIn(judgements.get('b')!)).toEqual({ I: 'violation' });
});
