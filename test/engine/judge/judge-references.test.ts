import { judge } from '../../../src/engine/judge/judge';
import { by, group, instance, Judged, judged, NO_VALUE, REQUIRED, template } from '../../support/verdicts';

const PATH = 'I undecided-launch-template LaunchTemplate';
const reference = (id: unknown, version: unknown = '1'): object => instance({ LaunchTemplate: { LaunchTemplateId: id, Version: version } });

describe('a launch template elsewhere', () => {
  const parameters = { Parameters: { TemplateId: { Type: 'String' }, Preset: { Default: 'lt-2' }, Choice: { AllowedValues: ['lt-3', 'lt-4'] }, FromStore: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' } } };

  test.each<[string, unknown, string]>([
    ['by its id', 'lt-1', 'the LaunchTemplate lt-1 is not among the templates'],
    ['by a parameter', { Ref: 'TemplateId' }, 'which LaunchTemplate it uses cannot be decided: the parameter TemplateId decides when the stack is deployed'],
    ['by a dynamic reference', '{{resolve:ssm:/imds/template}}', 'which LaunchTemplate it uses cannot be decided: a dynamic reference is resolved when the stack is deployed'],
    ['by an import', { 'Fn::ImportValue': 'x' }, 'which LaunchTemplate it uses cannot be decided: the export x is not among the templates'],
    ['by another resource', { 'Fn::GetAtt': ['Custom', 'Id'] }, 'Custom is no LaunchTemplate that this check knows'],
    ['by a launch resource of another kind', { Ref: 'G' }, 'G is no LaunchTemplate'],
    ['by nothing', { Ref: 'X' }, 'which LaunchTemplate it uses cannot be decided: Ref X names nothing in this template'],
  ])('%s says why it cannot be decided', (_, id, reason) => {
    const { findings, reasons } = judged({ I: reference(id), Custom: { Type: 'Custom::Lookup' }, G: group({ LaunchTemplate: { LaunchTemplateId: 'allowed' } }) }, { allowedLaunchTemplates: new Set(['allowed']) }, parameters);

    expect(findings).toEqual([PATH]);
    expect(reasons).toEqual([reason]);
  });

  test('says what to do', () => {
    const fixes = (resource: object): string[] => judge({ Resources: { I: resource } }).findings.filter(each => each.rule === 'undecided-launch-template').map(each => each.fix);

    expect(fixes(reference('lt-1'))).toEqual(['set MetadataOptions.HttpTokens to "required", check the template that has it together with this one, or allow it with a reason']);
    expect(fixes(group({ LaunchTemplate: { LaunchTemplateId: 'lt-1' } }))).toEqual(['check the template that has it together with this one, or allow it with a reason']);
  });

  test.each<[string, unknown, string[]]>([
    ['its id', 'lt-1', ['lt-1']],
    ['the name of the parameter', { Ref: 'TemplateId' }, ['TemplateId']],
    ['the name of the parameter that has a default', { Ref: 'Preset' }, ['Preset']],
    ['the name of the parameter that allows some', { Ref: 'Choice' }, ['Choice']],
    ['each id that the parameter allows', { Ref: 'Choice' }, ['lt-3', 'lt-4']],
    ['the name of the parameter in the store', { Ref: 'FromStore' }, ['FromStore']],
    ['the name of the export', { 'Fn::ImportValue': 'x' }, ['x']],
    ['the stack and its output', { 'Fn::GetStackOutput': { StackName: 'Hosts', OutputName: 'Id' } }, ['Hosts.Id']],
    ['the parameter that the name of the export has', { 'Fn::ImportValue': { 'Fn::Sub': '${TemplateId}-x' } }, ['TemplateId']],
    ['the dynamic reference', '{{resolve:ssm:/imds/template}}', ['ssm:/imds/template']],
    ['a part of a list', { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'TemplateId' }] }] }, ['TemplateId']],
    ['a text with the parameter', { 'Fn::Sub': 'lt-${TemplateId}' }, ['TemplateId']],
  ])('may be allowed by %s', (_, id, allowed) => {
    expect(judged({ I: reference(id) }, { allowedLaunchTemplates: new Set(allowed) }, parameters)).toMatchObject({ verdicts: { I: 'compliant' }, findings: [] });
    expect(judged({ I: reference(id) }, { allowedLaunchTemplates: new Set(['lt-0', '']) }, parameters).verdicts.I).toBe('cannot tell');
  });

  test('is not allowed by one of its values alone', () => {
    expect(judged({ I: reference({ Ref: 'Choice' }) }, { allowedLaunchTemplates: new Set(['lt-3']) }, parameters).verdicts.I).toBe('cannot tell');
    expect(judged({ I: reference({ Ref: 'Preset' }) }, { allowedLaunchTemplates: new Set(['lt-2']) }, parameters).verdicts.I).toBe('cannot tell');
  });

  test('is not allowed where it is weak and known', () => {
    expect(judged({ I: instance({ LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } }), T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: 'web' } } }, { allowedLaunchTemplates: new Set(['web']) }).verdicts.I).toBe('violation');
  });

  test('may be allowed by its name', () => {
    const named = instance({ LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } });

    expect(judged({ I: named }, { allowedLaunchTemplates: new Set(['web']) }).verdicts.I).toBe('compliant');
    expect(judged({ I: named }, { allowedLaunchTemplates: new Set(['shop']) }).verdicts.I).toBe('cannot tell');
  });
});

describe('a launch template by id or by name', () => {
  const named = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: 'web', LaunchTemplateData: {} } };
  const either = (condition: string): object => instance({
    LaunchTemplate: { LaunchTemplateId: { 'Fn::If': ['C', { Ref: 'S' }, NO_VALUE] }, LaunchTemplateName: { 'Fn::If': [condition, NO_VALUE, 'web'] }, Version: '$Latest' },
  });

  test('is both', () => expect(judged({ I: either('C'), S: template(REQUIRED), W: named }).verdicts.I).toBe('violation'));
  test('leaves nothing out where the same condition decides', () => {
    const strong = { ...named, Properties: { ...named.Properties, LaunchTemplateData: { MetadataOptions: REQUIRED } } };

    expect(judged({ I: either('C'), S: template(REQUIRED), W: strong }).verdicts.I).toBe('compliant');
    expect(judged({ I: either('D'), S: template(REQUIRED), W: strong }).verdicts.I).toBe('violation');
  });
});

describe('a launch template that has its name under a condition', () => {
  const byName = group({ LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } });
  const named = (LaunchTemplateName: unknown): object => (
    { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName, LaunchTemplateData: { MetadataOptions: REQUIRED } } }
  );
  const NAMES = { Parameters: { Name: { Default: 'web' }, Either: { AllowedValues: ['web', 'shop'] } } };

  test('is not there where it has another', () => {
    expect(judged({ G: byName, T: named({ 'Fn::If': ['C', 'web', 'shop'] }) })).toMatchObject({
      verdicts: { G: 'cannot tell' }, reasons: ['the LaunchTemplate web is made under a condition only'],
    });
    expect(judged({ G: byName, T: named({ 'Fn::If': ['C', 'web', NO_VALUE] }) }).verdicts.G).toBe('cannot tell');
  });

  test('is not there where its consumers are made only where it has another', () => {
    const inC = (resource: object): object => ({ ...resource, Condition: 'C' });

    expect(judged({ G: inC(byName), T: named({ 'Fn::If': ['C', 'shop', 'web'] }) }).verdicts.G).toBe('cannot tell');
    expect(judged({ G: inC(byName), T: named({ 'Fn::If': ['C', 'web', 'shop'] }) }).verdicts.G).toBe('compliant');
  });

  test.each<[string, object]>([
    ['it has it in either branch', { T: named({ 'Fn::If': ['C', 'web', { 'Fn::Sub': 'web' }] }) }],
    ['another has it otherwise', { T: named({ 'Fn::If': ['C', 'web', 'shop'] }), U: named({ 'Fn::If': ['C', 'shop', 'web'] }) }],
    ['it is only made where it has it', { T: { ...named({ 'Fn::If': ['C', 'web', 'shop'] }), Condition: 'C' }, U: named({ 'Fn::If': ['C', 'shop', 'web'] }) }],
  ])('is there where %s', (_, templates) => expect(judged({ G: byName, ...templates }).verdicts.G).toBe('compliant'));

  test('is there where the same condition or parameter decides about the reference', () => {
    const own = (LaunchTemplateName: unknown): string => (
      judged({ G: group({ LaunchTemplate: { LaunchTemplateName, Version: '$Latest' } }), T: named(LaunchTemplateName) }, {}, NAMES).verdicts.G
    );

    expect([{ 'Fn::If': ['C', 'web', 'shop'] }, { Ref: 'Name' }, { Ref: 'Either' }, { 'Fn::Sub': '${AWS::StackName}-${Either}' }].map(own)).toEqual(Array(4).fill('compliant'));
  });
});

describe('the version of a launch template', () => {
  const judgedAt = (version: unknown, sections: object = {}, tokens: object = REQUIRED): Judged => (
    judged({ I: reference({ Ref: 'T' }, version), T: template(tokens), U: template(REQUIRED) }, {}, sections)
  );
  const OLD = 'I old-template-version LaunchTemplate.Version';

  test.each([[{ 'Fn::GetAtt': ['T', 'LatestVersionNumber'] }], [{ 'Fn::Sub': '${T.LatestVersionNumber}' }], ['$Latest']])('%j is the latest', version => {
    expect(judgedAt(version)).toMatchObject({ findings: [], verdicts: { I: 'compliant' } });
  });

  test.each([
    ['$Default'], [undefined], ['1'], [7], [{ Ref: 'Version' }], [{ 'Fn::GetAtt': ['T', 'DefaultVersionNumber'] }], [{ 'Fn::GetAtt': ['T', 'constructor'] }],
    [{ 'Fn::Sub': '${T.DefaultVersionNumber}' }], [{ 'Fn::GetAtt': ['U', 'LatestVersionNumber'] }], ['constructor'], [{ toString: 1 }],
  ])('%j may hold old data, so that nobody can tell', version => {
    expect(judgedAt(version, { Parameters: { Version: {} } })).toMatchObject({ findings: [OLD], verdicts: { I: 'cannot tell', T: 'compliant' } });
  });

  test('does not make a weak template any better', () => {
    expect(judgedAt('1', {}, {}).verdicts).toEqual({ I: 'violation', T: 'violation', U: 'compliant' });
  });

  test('is told once for each way in which it may be old', () => {
    expect(judgedAt({ 'Fn::If': ['C', '1', '2'] }).findings).toEqual([OLD]);
    expect(judgedAt({ 'Fn::If': ['C', '1', '$Default'] }).findings).toEqual([OLD, OLD]);
    expect(judgedAt({ 'Fn::If': ['C', '$Latest', { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] }] }).findings).toEqual([]);
  });

  test('says which template it is of', () => {
    const [finding] = judge({ Resources: { I: reference({ Ref: 'T' }), T: template(REQUIRED) } }).findings;

    expect(finding).toMatchObject({ rule: 'old-template-version', verdict: 'cannot tell', reason: 'a fixed version is launched, which an edit of the template does not move (T)' });
  });

  test('does not matter where the resource has options of its own', () => {
    const own = { MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 1 }, LaunchTemplate: by('T', '1') };

    expect(judged({ I: instance(own), T: template(REQUIRED) }, { maxHttpPutResponseHopLimit: 2 })).toMatchObject({ findings: [], verdicts: { I: 'compliant' } });
  });

  test('matters for the hop limit alone where tokens are the own ones and there is a maximum', () => {
    const resources = { I: instance({ MetadataOptions: REQUIRED, LaunchTemplate: by('T', '1') }), T: template({ ...REQUIRED, HttpPutResponseHopLimit: 1 }) };

    expect(judged(resources)).toMatchObject({ findings: [], verdicts: { I: 'compliant' } });
    expect(judged(resources, { maxHttpPutResponseHopLimit: 2 })).toMatchObject({ findings: [OLD], verdicts: { I: 'cannot tell' } });
  });

  test('matters where only the template of that day may have switched the endpoint off', () => {
    const resources = (version: string): object => ({
      I: instance({ MetadataOptions: { HttpTokens: 'optional' }, LaunchTemplate: by('T', version) }), T: template({ HttpEndpoint: 'disabled' }),
    });

    expect(judged(resources('$Latest'))).toMatchObject({ findings: [], verdicts: { I: 'compliant' } });
    expect(judged(resources('1'))).toMatchObject({ findings: [OLD], verdicts: { I: 'cannot tell' } });
  });
});

describe('what refers to nothing', () => {
  test.each<[string, object, string, string]>([
    ['AWS::EKS::Nodegroup', {}, 'EKS makes a launch template of its own', 'refer to an AWS::EC2::LaunchTemplate that requires IMDSv2'],
    ['AWS::EMR::Cluster', {}, 'the EMR release decides', 'refer to an AWS::EMR::SecurityConfiguration that requires IMDSv2'],
    ['AWS::ImageBuilder::Image', {}, 'without an infrastructure configuration', 'refer to an AWS::ImageBuilder::InfrastructureConfiguration that requires IMDSv2'],
  ])('%s is left to a default, and told what to refer to', (Type, Properties, reason, fix) => {
    expect(judge({ Resources: { R: { Type, Properties } } }).findings).toMatchObject([{ rule: 'undecided-default', verdict: 'cannot tell', path: 'Properties', reason: expect.stringContaining(reason), fix }]);
  });
});

test.each<[string, object, string]>([
  // https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResourceUpdate.html: that removes the launch template
  ['AWS::Batch::ComputeEnvironment', { ComputeResources: { Type: 'EC2', LaunchTemplate: { LaunchTemplateId: '' } } }, 'R undecided-default Properties'],
  ['AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateName: '', Version: '$Latest' } }, 'R imdsv2-not-required MetadataOptions.HttpTokens'],
  ['AWS::AutoScaling::AutoScalingGroup', { LaunchConfigurationName: '' }, 'R undecided-default Properties'],
])('an empty id or name refers to nothing: %s %j', (Type, Properties, line) => {
  expect(judged({ R: { Type, Properties } }).findings).toEqual([line]);
});
