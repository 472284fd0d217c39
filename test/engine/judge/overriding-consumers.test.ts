import { TemplateSource } from '../../../src/engine/evaluator/source';
import { judge, judgeAll } from '../../../src/engine/judge/judge';
import { by, instance, INSTANCE, judged, linesOf, REQUIRED, template, withOptions } from '../../support/verdicts';

const LATEST = { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] };
const PINNED = instance({ LaunchTemplate: by('T', LATEST), MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 1 } });
const parameter = (value: unknown): object => ({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: value } });

type Sections = Record<string, unknown>;
const lines = (T: object, others: object = {}, sections: Sections = {}): string[] => judged({ I: PINNED, T, ...others }, {}, sections).findings;

describe.each([
  ['says nothing', {}, 'T imdsv2-not-required LaunchTemplateData.MetadataOptions.HttpTokens'],
  ['says optional', { HttpTokens: 'optional' }, 'T imdsv1-allowed LaunchTemplateData.MetadataOptions.HttpTokens'],
  ['says what is only known later', { HttpTokens: { Ref: 'Tokens' } }, 'T undecided-value LaunchTemplateData.MetadataOptions.HttpTokens'],
])('a launch template that %s, behind a pinned instance with options of its own', (_, options, finding) => {
  const sections = { Parameters: { Tokens: { Type: 'String' } } };
  const of = (others: object = {}, more: Sections = {}): string[] => lines(template(options), others, { ...sections, ...more });

  test('launches nothing without them', () => expect(of()).toEqual([]));

  test.each<[string, object]>([
    ['in a parameter of the account', { P: parameter({ Ref: 'T' }) }],
    ['by its attribute', { P: parameter({ 'Fn::GetAtt': ['T', 'LaunchTemplateId'] }) }],
    ['by its attribute, with a dot', { P: parameter({ 'Fn::GetAtt': 'T.LaunchTemplateId' }) }],
    ['in a text', { P: parameter({ 'Fn::Sub': 'id=${T}' }) }],
    ['in a text with a map', { P: parameter({ 'Fn::Sub': ['${x}', { x: { Ref: 'T' } }] }) }],
    ['in a branch', { P: parameter({ 'Fn::If': ['C', { Ref: 'T' }, 'x'] }) }],
    ['to a custom resource', { C: { Type: 'Custom::Launcher', Properties: { Ids: [{ Ref: 'T' }] } } }],
    ['to user data', { J: instance({ UserData: { 'Fn::Sub': 'run ${T}' }, MetadataOptions: REQUIRED }) }],
    ['to a nested stack that was not read', { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Id: { Ref: 'T' } } } } }],
  ])('matters where its id is given away %s', (__, others) => expect(of(others)).toContain(finding));

  test('matters where it has a name', () => {
    const named = template(options);
    Object.assign((named as { Properties: object }).Properties, { LaunchTemplateName: 'shared' });

    expect(lines(named, {}, sections)).toEqual([finding]);
  });

  test.each<[string, object]>([
    ['an output', { Value: { Ref: 'T' } }],
    ['an export that no template imports', { Value: { Ref: 'T' }, Export: { Name: 'x' } }],
  ])('matters where %s gives its id out', (__, Out) => expect(of({}, { Outputs: { Out } })).toEqual([finding]));

  test.each<[string, object, Sections]>([
    ['its version number is', { P: parameter(LATEST) }, { Outputs: { Out: { Value: { 'Fn::Sub': '${T.LatestVersionNumber}' } } } }],
    ['a name in a text means something else', { P: parameter({ 'Fn::Sub': ['${T}', { T: 'x' }] }), Q: parameter({ 'Fn::Sub': '${!T}' }) }, {}],
    ['another resource waits for it', { B: { Type: 'AWS::S3::Bucket', DependsOn: 'T' } }, {}],
    ['a literal text is spelled alike', { P: parameter('T') }, {}],
  ])('does not matter where %s', (__, others, more) => expect(of(others, more)).toEqual([]));

  test('matters where a consumer has none', () => expect(of({ J: instance({ LaunchTemplate: by('T', LATEST) }) })).toContain(finding));
});

test('a weak value matters where an edit would replace nothing', () => {
  const unpinned = { I: instance({ LaunchTemplate: by('T', '$Latest'), MetadataOptions: REQUIRED }), T: template({ HttpTokens: 'optional' }) };

  expect(judged(unpinned).findings).toEqual(['T imdsv1-allowed LaunchTemplateData.MetadataOptions.HttpTokens']);
});

test('an invalid value matters always', () => expect(lines(template({ HttpTokens: 'on' }))).toEqual(['T invalid-value LaunchTemplateData.MetadataOptions.HttpTokens']));

test('it is told who else may use it, and what an edit replaces', () => {
  const { findings } = judge({ Resources: { I: PINNED, T: template({}), P: parameter({ Ref: 'T' }) } });

  expect(findings).toMatchObject([{
    reason: expect.stringMatching(/; its consumers here have options of their own, but P is given it$/),
    fix: 'set LaunchTemplateData.MetadataOptions.HttpTokens to "required", which makes a new version and so replaces I',
    remedy: { replaces: true },
  }]);
  expect(judge({ Resources: { T: template({}) } }).findings.map(({ remedy }) => remedy)).toEqual([expect.not.objectContaining({ replaces: true })]);
});

describe('a hop limit above the maximum', () => {
  const MAX = { maxHttpPutResponseHopLimit: 2 };
  const high = template({ ...REQUIRED, HttpPutResponseHopLimit: 5 });

  test('launches nothing behind a pinned instance with one of its own', () => expect(judged({ I: PINNED, T: high }, MAX).findings).toEqual([]));
  test('matters where an edit would replace nothing', () => {
    const I = instance({ LaunchTemplate: by('T', '$Latest'), MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 1 } });
    expect(judged({ I, T: high }, MAX).findings).toEqual(['T hop-limit-too-high LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit']);
  });
  test('matters where it is not valid', () => {
    expect(judged({ I: PINNED, T: template({ ...REQUIRED, HttpPutResponseHopLimit: 65 }) }, MAX).findings).toEqual(['T invalid-value LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit']);
  });
  test('that is not known launches nothing either', () => {
    const sections = { Parameters: { Hops: { Type: 'Number' } } };
    const T = template({ ...REQUIRED, HttpPutResponseHopLimit: { Ref: 'Hops' } });
    expect(judged({ I: PINNED, T }, MAX, sections).findings).toEqual([]);
    expect(judged({ T }, MAX, sections).findings).toEqual(['T undecided-value LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit']);
  });
  test('matters where others may use it', () => {
    expect(judged({ I: PINNED, T: high, P: parameter({ Ref: 'T' }) }, MAX).findings).toEqual(['T hop-limit-too-high LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit']);
    expect(judged({ I: PINNED, T: template(REQUIRED), P: parameter({ Ref: 'T' }) }, MAX).findings).toEqual(['T hop-limit-not-set LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit']);
    expect(judged({ I: PINNED, T: template(REQUIRED), P: parameter({ Ref: 'T' }) })).toMatchObject({ findings: [], advice: [] });
  });
});

describe('among several templates', () => {
  const WEAK = 'T imdsv2-not-required LaunchTemplateData.MetadataOptions.HttpTokens';
  const source = (id: string, Resources: object, sections: Sections = {}, children?: TemplateSource['children']): TemplateSource => ({ id, template: { Resources, ...sections }, children });
  const on = (...sources: TemplateSource[]): string[] => linesOf(judgeAll(sources).get('a')!);
  const exporting = { Outputs: { Id: { Value: { Ref: 'T' }, Export: { Name: 'x' } } } };
  const imported = (options: object = REQUIRED): object => ({
    Type: INSTANCE, Properties: { LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'x' }, Version: '1' }, MetadataOptions: options },
  });

  test('an export is for the instances that import it', () => {
    expect(on(source('a', { T: template({}) }, exporting), source('b', { I: imported() }))).toEqual([]);
    expect(on(source('a', { T: template({}) }, exporting), source('b', { I: imported({}) }))).toEqual([WEAK]);
  });

  test('an export is for others too where a template gives it on', () => {
    const [a, b] = [source('a', { T: template({}) }, exporting), source('b', { I: imported() })];

    expect(on(a, b, source('c', { P: parameter({ 'Fn::ImportValue': 'x' }) }))).toEqual([WEAK]);
    expect(on(a, b, source('c', { P: parameter({ 'Fn::ImportValue': 'y' }) }))).toEqual([]);
  });

  test.each([
    ['in the same one', source('a', { I: PINNED, T: template({ HttpTokens: 'optional' }) }), source('b', {})],
    [
      'through an import',
      source('a', { T: template({ HttpTokens: 'optional' }) }, { Outputs: { ...exporting.Outputs, Version: { Value: LATEST, Export: { Name: 'v' } } } }),
      source('b', { I: instance({ LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'x' }, Version: { 'Fn::ImportValue': 'v' } }, MetadataOptions: REQUIRED }) }),
    ],
  ])('a weak value does not matter where an edit would replace an instance, %s', (_, ...sources) => expect(on(...sources)).toEqual([]));

  test('a parameter of a nested stack is followed into it', () => {
    const N = { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Id: { Ref: 'T' } } } };
    const a = source('a', { T: template({}), N }, {}, new Map([['N', ['b']]]));
    const I = instance({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Id' }, Version: '1' }, MetadataOptions: REQUIRED });
    const child = (others: object = {}): TemplateSource => source('b', { I, ...others }, { Parameters: { Id: { Type: 'String' } } });

    expect(on(a, child())).toEqual([]);
    expect(on(a, child({ P: parameter({ Ref: 'Id' }) }))).toEqual([WEAK]);
  });
});

describe('an output of a nested stack', () => {
  const WEAK = 'T imdsv2-not-required LaunchTemplateData.MetadataOptions.HttpTokens';
  const STACK = 'AWS::CloudFormation::Stack';
  const source = (id: string, Resources: object, more: Partial<TemplateSource> & { readonly sections?: object } = {}): TemplateSource => {
    const { sections, ...others } = more;
    return { id, template: { Resources, ...sections }, ...others };
  };
  const out = (name: string, nested = 'N'): object => ({ 'Fn::GetAtt': [nested, `Outputs.${name}`] });
  const launched = (id: unknown, version: unknown, options: object = REQUIRED): object => (
    instance({ LaunchTemplate: { LaunchTemplateId: id, Version: version }, MetadataOptions: options })
  );
  const I = launched(out('Id'), out('Version'));
  const child = (more: Partial<TemplateSource> = {}): TemplateSource => (
    source('a', { T: template({}) }, { sections: { Outputs: { Id: { Value: { Ref: 'T' } }, Version: { Value: LATEST } } }, ...more })
  );
  const parent = (Resources: object, Outputs: object = {}, id = 'p'): TemplateSource => (
    source(id, { N: { Type: STACK }, ...Resources }, { isStack: true, stackName: id.toUpperCase(), sections: { Outputs }, children: new Map([['N', ['a']]]) })
  );
  const on = (...sources: TemplateSource[]): string[] => linesOf(judgeAll(sources).get('a')!);

  test('is for the instances of the stack around it that read it', () => {
    expect(on(child(), parent({ I }))).toEqual([]);
    expect(on(child(), parent({ I: launched({ 'Fn::Sub': '${N.Outputs.Id}' }, { 'Fn::GetAtt': 'N.Outputs.Version' }) }))).toEqual([]);
    expect(on(child(), parent({ I: launched(out('Id'), out('Version'), {}) }))).toEqual([WEAK]);
    expect(on(child(), parent({}))).toEqual([WEAK]);
    expect(on(child())).toEqual([WEAK]);
  });

  test.each<[string, object, object]>([
    ['gives it on', { P: parameter(out('Id')) }, {}],
    ['gives it on in a text', { P: parameter({ 'Fn::Sub': 'id=${N.Outputs.Id}' }) }, {}],
    ['gives out all that the nested stack has', { P: parameter({ Ref: 'N' }) }, {}],
    ['reads an output that is not known', { P: parameter({ 'Fn::GetAtt': ['N', { Ref: 'Which' }] }) }, {}],
    ['gives it out', {}, { Id: { Value: out('Id') } }],
    ['exports it', {}, { Id: { Value: out('Id'), Export: { Name: 'x' } } }],
    ['gives it to a nested stack that was not read', { M: { Type: STACK, Properties: { Parameters: { Id: out('Id') } } } }, {}],
  ])('is for others too where the stack around it %s', (_, others, outputs) => expect(on(child(), parent({ I, ...others }, outputs))).toEqual([WEAK]));

  test.each<[string, object, object]>([
    ['gives the version number on', { P: parameter(out('Version')) }, { Version: { Value: out('Version') } }],
    ['gives another output on', { P: parameter(out('Other')) }, {}],
    ['gives on what another nested stack has', { M: { Type: STACK }, P: parameter(out('Id', 'M')) }, {}],
    ['waits for the nested stack', { P: { ...parameter('x'), DependsOn: 'N' } }, {}],
  ])('is for no others where the stack around it %s', (_, others, outputs) => expect(on(child(), parent({ I, ...others }, outputs))).toEqual([]));

  test('is told with the way that it takes', () => {
    const { findings } = judgeAll([child(), parent({ I, P: parameter(out('Id')) })]).get('a')!;

    expect(findings[0].reason).toMatch(/; its consumers here have options of their own, but through an output of N, P is given it$/);
  });

  test('is followed through an export and through an output of the stack around it', () => {
    const outputs = { Id: { Value: out('Id'), Export: { Name: 'x' } }, Version: { Value: out('Version'), Export: { Name: 'v' } }, Weak: { Value: out('Id') } };
    const exported = parent({}, { Id: outputs.Id, Version: outputs.Version });
    const importer = launched({ 'Fn::ImportValue': 'x' }, { 'Fn::ImportValue': 'v' });
    const read = { 'Fn::GetStackOutput': { StackName: 'P', OutputName: 'Weak' } };

    expect(on(child(), exported, source('b', { I: importer }))).toEqual([]);
    expect(on(child(), exported, source('b', { I: importer, P: parameter({ 'Fn::ImportValue': 'x' }) }))).toEqual([WEAK]);
    expect(on(child(), parent({}, { Weak: outputs.Weak }), source('b', { I: launched(read, '1') }))).toEqual([]);
    expect(on(child(), parent({}, outputs), source('b', { I: importer }))).toEqual([WEAK]);
  });

  test('is followed into another nested stack', () => {
    const M = { Type: STACK, Properties: { Parameters: { Id: out('Id') } } };
    const around = { ...parent({ M }), children: new Map([['N', ['a']], ['M', ['b']]]) };
    const sibling = (others: object = {}): TemplateSource => (
      source('b', { I: launched({ Ref: 'Id' }, '1'), ...others }, { sections: { Parameters: { Id: { Type: 'String' } } } })
    );

    expect(on(child(), around, sibling())).toEqual([]);
    expect(on(child(), around, sibling({ P: parameter({ Ref: 'Id' }) }))).toEqual([WEAK]);
  });

  test('is followed up through two stacks', () => {
    const middle = source('m', { N: { Type: STACK } }, { sections: { Outputs: { Id: { Value: out('Id') } } }, children: new Map([['N', ['a']]]) });
    const top = (Resources: object): TemplateSource => source('p', { M: { Type: STACK }, ...Resources }, { isStack: true, children: new Map([['M', ['m']]]) });
    const user = launched(out('Id', 'M'), '1');

    expect(on(child(), middle, top({ I: user }))).toEqual([]);
    expect(on(child(), middle, top({ I: user, P: parameter(out('Id', 'M')) }))).toEqual([WEAK]);
    expect(on(child(), middle, top({}))).toEqual([WEAK]);
  });

  test.each<[string, (output: object) => object]>([
    ['has a name', output => ({ ...output, Export: { Name: 'x' } })],
    ['has a name that is not known', output => ({ ...output, Export: { Name: ['x'] } })],
    ['is there in one case', output => ({ 'Fn::If': ['C', { ...output, Export: { Name: 'x' } }, output] })],
  ])('is for others too where it is an export that %s', (_, exportOf) => {
    const exporting = { Resources: { T: template({}) }, Outputs: { Id: exportOf({ Value: { Ref: 'T' } }) } };

    expect(on(child({ template: exporting }), parent({ I }))).toEqual([WEAK]);
  });

  test('is for others too where several stacks bring it', () => {
    expect(on(child(), parent({ I }), parent({}, {}, 'q'))).toEqual([WEAK]);
    expect(on(child(), parent({ I }), parent({ I, P: parameter(out('Id')) }, {}, 'q'))).toEqual([WEAK]);
  });

  test('is for others too where a stack of its own has the template as well', () => expect(on(child({ isStack: true }), parent({ I }))).toEqual([WEAK]));

  test('comes to an end where stacks bring each other', () => {
    const Outputs = { Id: { Value: { 'Fn::If': ['C', { Ref: 'T' }, out('Id')] } } };
    const own = source('a', { T: template({}), N: { Type: STACK }, I: launched({ Ref: 'T' }, LATEST) }, { sections: { Outputs }, children: new Map([['N', ['a']]]) });

    expect(on(own)).toEqual([WEAK]);
  });
});

describe('an output that other stacks read by the name of the stack', () => {
  const WEAK = 'T imdsv2-not-required LaunchTemplateData.MetadataOptions.HttpTokens';
  const Outputs = { Id: { Value: { Ref: 'T' } }, Version: { Value: LATEST } };
  const read = (OutputName: string, more: object = { Region: { Ref: 'AWS::Region' } }): object => ({ 'Fn::GetStackOutput': { StackName: 'A', OutputName, ...more } });
  const stack = (id: string, Resources: object, more: Partial<TemplateSource> & { readonly outputs?: object } = {}): TemplateSource => {
    const { outputs, ...others } = more;
    return { id, stackName: id.toUpperCase(), isStack: true, template: { Resources, Outputs: outputs }, ...others };
  };
  const a = (more: Partial<TemplateSource> & { readonly outputs?: object } = {}): TemplateSource => stack('a', { T: template({}) }, { outputs: Outputs, ...more });
  const reader = (options: object = REQUIRED, more?: object): object => (
    instance({ LaunchTemplate: { LaunchTemplateId: read('Id', more), Version: read('Version', more) }, MetadataOptions: options })
  );
  const on = (...sources: TemplateSource[]): string[] => linesOf(judgeAll(sources).get('a')!);

  test('is for the instances that read it', () => {
    expect(on(a(), stack('b', { I: reader() }))).toEqual([]);
    expect(on(a(), stack('b', { I: reader({}) }))).toEqual([WEAK]);
    expect(on(a())).toEqual([WEAK]);
    expect(on(a({ stackName: undefined }), stack('b', { I: reader() }))).toEqual([WEAK]);
  });

  test.each<[string, TemplateSource]>([
    ['a template gives it on', stack('c', { P: parameter(read('Id')) })],
    ['another Region reads it', stack('c', { P: parameter(read('Id', { Region: 'us-east-1' })) }, { environment: 'aws://111111111111/eu-west-1' })],
    ['a role reads it', stack('c', { P: parameter(read('Id', { RoleArn: 'arn:aws:iam::222222222222:role/x' })) })],
  ])('is for others too where %s', (_, c) => {
    const environment = 'aws://111111111111/us-east-1';

    expect(on(a({ environment }), stack('b', { I: reader() }, { environment }), c)).toEqual([WEAK]);
  });

  test('is not for who reads the version number, or something else', () => {
    expect(on(a(), stack('b', { I: reader() }), stack('c', { P: parameter(read('Version')), Q: parameter(read('Other')) }))).toEqual([]);
  });

  test('is for others too where an export gives the same', () => {
    const exported = { ...Outputs, Export: { Value: { Ref: 'T' }, Export: { Name: 'x' } } };

    expect(on(a({ outputs: exported }), stack('b', { I: reader() }))).toEqual([WEAK]);
  });

  describe('beside an export that CDK writes until no stack imports it any more', () => {
    const both = (more: object = {}, name = 'A:ExportsOutputRefT1', id = 'ExportsOutputRefT1'): TemplateSource => a({
      outputs: { [id]: { Value: { Ref: 'T' }, Export: { Name: name } }, PublishOutputRefT2: { Value: { Ref: 'T' } }, ...more },
    });
    const reads = (options: object = REQUIRED): TemplateSource => (
      stack('b', { I: instance({ LaunchTemplate: { LaunchTemplateId: read('PublishOutputRefT2'), Version: '1' }, MetadataOptions: options }) })
    );

    test('is for the instances that read it', () => {
      expect(on(both(), reads())).toEqual([]);
      expect(on(both({}, 'A:StackExportsOutputRefT3'), reads())).toEqual([]);
      expect(on(both(), reads({}))).toEqual([WEAK]);
    });

    test.each<[string, TemplateSource[]]>([
      ['nothing reads it', [both()]],
      ['a template gives it on', [both(), reads(), stack('c', { P: parameter(read('PublishOutputRefT2')) })]],
      ['a template gives on what it imports', [both(), reads(), stack('c', { P: parameter({ 'Fn::ImportValue': 'A:ExportsOutputRefT1' }) })]],
      ['a template reads the export as an output', [both(), reads(), stack('c', { P: parameter(read('ExportsOutputRefT1')) })]],
      ['the export has a name of its author', [both({}, 'templates'), reads()]],
      ['the export has the name of another stack', [both({}, 'B:ExportsOutputRefT1'), reads()]],
      ['the export is an output of its author', [both({}, 'A:ExportsOutputRefT1', 'Id'), reads()]],
      ['another value is read', [both({ PublishOutputRefT2: { Value: { 'Fn::GetAtt': ['T', 'LaunchTemplateId'] } } }), reads()]],
      ['there is an export beside it', [both({ Shared: { Value: { Ref: 'T' }, Export: { Name: 'x' } } }), reads()]],
    ])('is for others too where %s', (_, sources) => expect(on(...sources)).toEqual([WEAK]));
  });

  test('may be an export as well', () => {
    const exported = { ...Outputs, Id: { Value: { Ref: 'T' }, Export: { Name: 'x' } } };
    const importer = instance({ LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'x' }, Version: read('Version') }, MetadataOptions: REQUIRED });

    expect(on(a({ outputs: exported }), stack('b', { I: reader() }))).toEqual([]);
    expect(on(a({ outputs: exported }), stack('b', { I: importer }))).toEqual([]);
    expect(on(a({ outputs: exported }), stack('b', { I: importer }), stack('c', { P: parameter(read('Id')) }))).toEqual([WEAK]);
  });
});

test('a template that many share is looked through once', () => {
  const pairs = Array.from({ length: 300 }, (_, i) => [
    [`T${i}`, template({})], [`I${i}`, instance({ LaunchTemplate: by(`T${i}`), MetadataOptions: REQUIRED })], [`P${i}`, parameter({ Ref: 'Other' })],
  ] as const).flat();

  expect(judged(Object.fromEntries(pairs)).findings).toEqual([]);
});

test('an instance without a template is as before', () => expect(judged({ I: withOptions({}) }).findings).toEqual(['I imdsv2-not-required MetadataOptions.HttpTokens']));
