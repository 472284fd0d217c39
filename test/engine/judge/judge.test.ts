/* eslint-disable @stylistic/max-len */ // a case a line
import { Verdict } from '../../../src/engine/findings/finding';
import { judge } from '../../../src/engine/judge/judge';
import { Settings } from '../../../src/engine/surfaces/settings';
import { by, GROUP, INSTANCE, judged as judgedResources, Judged, NO_VALUE, REQUIRED, TEMPLATE, verdictsIn } from '../../support/verdicts';

let conditions = 0;

/** Conditions that have nothing to do with each other. */
const either = (a: unknown, b: unknown): unknown => ({ 'Fn::If': [`C${++conditions}`, a, b] });
const judged = (resources: unknown, settings: Settings = {}, parameters: unknown = {}): Judged => judgedResources(resources, settings, { Parameters: parameters });

const instance = (properties: unknown): object => ({ I: { Type: INSTANCE, Properties: properties } });
const verdictOn = (properties: unknown): Verdict => judged(instance(properties)).verdicts.I;

describe('an instance', () => {
  test.each<[unknown, Verdict]>([
    [REQUIRED, 'compliant'],
    [{ HttpTokens: 'optional' }, 'violation'],
    [{ HttpTokens: 'Required' }, 'violation'],
    [{ HttpTokens: ['required'] }, 'violation'],
    [{ HttpTokens: JSON.parse('{"toString":1,"valueOf":2}') }, 'violation'],
    [{}, 'violation'],
    [undefined, 'violation'],
    [NO_VALUE, 'violation'],
    [[REQUIRED], 'violation'],
    ['required', 'violation'],
    [{ HttpTokens: { Ref: 'P' } }, 'cannot tell'],
    [{ Ref: 'P' }, 'cannot tell'],
    [{ 'Fn::Transform': {} }, 'cannot tell'],
    [{ 'Fn::Transform': {}, ...REQUIRED }, 'cannot tell'],
    [{ HttpTokens: '{{resolve:ssm:/imds}}' }, 'cannot tell'],
    [{ 'Fn::If': ['C', REQUIRED] }, 'cannot tell'],
    [{ HttpEndpoint: 'disabled' }, 'compliant'],
    [{ HttpEndpoint: either('disabled', 'disabled') }, 'compliant'],
    [{ HttpEndpoint: either('disabled', 'enabled') }, 'violation'],
    [{ HttpEndpoint: 'enabled' }, 'violation'],
    [either(REQUIRED, either(REQUIRED, { HttpEndpoint: 'disabled' })), 'compliant'],
    [either(REQUIRED, either(REQUIRED, NO_VALUE)), 'violation'],
    [{ HttpTokens: either('required', { Ref: 'P' }) }, 'cannot tell'],
    [{ HttpTokens: either('optional', { Ref: 'P' }) }, 'violation'],
  ])('with MetadataOptions %j is judged: %s', (options, expected) => expect(verdictOn({ MetadataOptions: options })).toBe(expected));

  test.each<[unknown, Verdict]>([
    [undefined, 'violation'], [null, 'violation'], ['x', 'cannot tell'], [[], 'cannot tell'], [{ 'Fn::Transform': {} }, 'cannot tell'],
  ])(
    'with properties %j is judged: %s', (properties, expected) => expect(verdictOn(properties)).toBe(expected),
  );

  test.each<[string, unknown, Verdict]>([
    ['a safe value alone', { AllowedValues: ['required'] }, 'compliant'],
    ['a safe default', { Default: 'required' }, 'cannot tell'],
    ['a weak default', { Default: 'optional' }, 'violation'],
    ['nothing', { Type: 'String' }, 'cannot tell'],
  ])('whose parameter allows %s is judged', (_, parameter, expected) => {
    expect(judged(instance({ MetadataOptions: { HttpTokens: { Ref: 'P' } } }), {}, { P: parameter }).verdicts.I).toBe(expected);
  });

  test('has one finding where every branch is weak in the same way', () => {
    expect(judged(instance({ MetadataOptions: either(either({}, {}), NO_VALUE) })).findings).toEqual(['I imdsv2-not-required MetadataOptions.HttpTokens']);
  });

  test('has one finding for each way in which it is weak', () => {
    expect(judged(instance({ MetadataOptions: either({ HttpTokens: 'optional' }, NO_VALUE) })).reasons).toEqual([
      '"optional" lets IMDSv1 answer; an account or a policy that enforces IMDSv2 refuses the launch',
      'it is not set, so the account default or the image decides; an account or a policy that enforces IMDSv2 may refuse the launch',
    ]);
  });

  test('is told what to do', () => {
    expect(judge({ Resources: instance({}) }).findings).toEqual([{
      rule: 'imdsv2-not-required',
      verdict: 'violation',
      logicalId: 'I',
      type: INSTANCE,
      path: 'Properties.MetadataOptions.HttpTokens',
      values: [],
      reason: 'it is not set, so the account default or the image decides; an account or a policy that enforces IMDSv2 may refuse the launch',
      fix: 'set MetadataOptions.HttpTokens to "required"',
      remedy: expect.objectContaining({ option: 'tokens', to: '"required"' }),
      page: expect.stringMatching(/^https:/),
    }]);
  });
});

describe('a version as text or number', () => {
  const version = (type: string, at: (value: unknown) => object, value: unknown): Verdict => (
    judged({ R: { Type: type, Properties: at(value) } }).verdicts.R
  );
  const emr = (value: unknown): Verdict => version('AWS::EMR::SecurityConfiguration', each => (
    { SecurityConfiguration: { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: each } } }), value);
  const notebook = (value: unknown): Verdict => version('AWS::SageMaker::NotebookInstance', each => (
    { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: each } }), value);

  test.each([[2], ['2'], [3], ['3']])('%j is safe for EMR', value => expect(emr(value)).toBe('compliant'));
  test.each([[1], ['1'], [[2]], [true], ['two']])('%j is weak for EMR', value => expect(emr(value)).toBe('violation'));
  test.each([[2], ['2']])('%j is safe for a notebook', value => expect(notebook(value)).toBe('compliant'));
  test.each([[1], ['1'], [[2]]])('%j is weak for a notebook', value => expect(notebook(value)).toBe('violation'));
});

describe('an instance with a launch template', () => {
  const strong = { Type: TEMPLATE, Properties: { LaunchTemplateData: { MetadataOptions: REQUIRED } } };
  const weak = { Type: TEMPLATE, Properties: { LaunchTemplateData: {} } };
  const verdicts = (template: object, properties: object): Record<string, Verdict> => (
    judged({ ...instance({ LaunchTemplate: by('T'), ...properties }), T: template }).verdicts
  );

  test('is as good as the template', () => {
    expect(verdicts(strong, {})).toEqual({ I: 'compliant', T: 'compliant' });
    expect(verdicts(weak, {})).toEqual({ I: 'violation', T: 'violation' });
  });

  test('is as good as its own options, which win', () => {
    expect(verdicts(weak, { MetadataOptions: REQUIRED })).toEqual({ I: 'compliant', T: 'compliant' });
    expect(verdicts(strong, { MetadataOptions: { HttpTokens: 'optional' } })).toEqual({ I: 'violation', T: 'compliant' });
    expect(verdicts(weak, { MetadataOptions: { HttpTokens: { Ref: 'P' } } })).toEqual({ I: 'cannot tell', T: 'violation' });
    expect(verdicts(weak, { MetadataOptions: { HttpEndpoint: 'disabled' } })).toEqual({ I: 'compliant', T: 'compliant' });
  });

  test('is as good as the template where its own options say nothing about tokens', () => {
    expect(verdicts(strong, { MetadataOptions: { HttpPutResponseHopLimit: 2 } })).toEqual({ I: 'compliant', T: 'compliant' });
    expect(verdicts(weak, { MetadataOptions: either(REQUIRED, NO_VALUE) })).toEqual({ I: 'violation', T: 'violation' });
  });

  test('leaves a template weak that somebody else uses too', () => {
    const found = judged({ ...instance({ LaunchTemplate: by('T'), MetadataOptions: REQUIRED }), G: { Type: GROUP, Properties: { LaunchTemplate: by('T') } }, T: weak });

    expect(found.verdicts).toEqual({ I: 'compliant', G: 'violation', T: 'violation' });
    expect(found.findings).toEqual(['T imdsv2-not-required LaunchTemplateData.MetadataOptions.HttpTokens']);
  });

  test('cannot be decided where the template is elsewhere', () => {
    const { verdicts: found, reasons } = judged(instance({ LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '$Latest' } }));

    expect(found.I).toBe('cannot tell');
    expect(reasons).toEqual(['the LaunchTemplate lt-1 is not among the templates']);
    expect(judged(instance({ LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'x' } } })).reasons).toEqual([
      'which LaunchTemplate it uses cannot be decided: the export x is not among the templates',
    ]);
  });

  test('is as good as its own options wherever the template is', () => {
    expect(judged(instance({ LaunchTemplate: { LaunchTemplateId: 'lt-1' }, MetadataOptions: REQUIRED }))).toEqual({
      verdicts: { I: 'compliant' }, findings: [], advice: [], reasons: [],
    });
  });

  test('is decided by the account where one branch has neither', () => {
    expect(judged({ ...instance({ LaunchTemplate: either(by('T'), NO_VALUE) }), T: strong }).verdicts.I).toBe('violation');
  });

  test('cannot be decided where one branch lacks the options and one the template', () => {
    expect(judged({ ...instance({ LaunchTemplate: either(NO_VALUE, by('T')), MetadataOptions: either(REQUIRED, NO_VALUE) }), T: strong }).verdicts.I).toBe('cannot tell');
  });
});

describe('a group', () => {
  const group = (properties: object): ReturnType<typeof judged> => judged({
    G: { Type: GROUP, Properties: properties },
    S: { Type: TEMPLATE, Properties: { LaunchTemplateData: { MetadataOptions: REQUIRED } } },
    W: { Type: TEMPLATE, Properties: {} },
  });

  test.each<[object, Verdict]>([
    [{ LaunchTemplate: by('S') }, 'compliant'],
    [{ LaunchTemplate: by('W') }, 'violation'],
    [{ LaunchTemplate: either(by('S'), by('W')) }, 'violation'],
    [{ LaunchTemplate: either(by('S'), { LaunchTemplateId: 'lt-1' }) }, 'cannot tell'],
    [{ LaunchTemplate: either(by('S'), NO_VALUE) }, 'cannot tell'],
    [{ LaunchTemplate: either(by('S'), NO_VALUE), LaunchConfigurationName: either(NO_VALUE, 'elsewhere') }, 'cannot tell'],
    [{ LaunchTemplate: either(by('S'), NO_VALUE), MixedInstancesPolicy: either(NO_VALUE, { LaunchTemplate: { LaunchTemplateSpecification: by('S') } }) }, 'compliant'],
    [{ InstanceId: 'i-1' }, 'violation'],
    [{ InstanceId: NO_VALUE, LaunchTemplate: by('S') }, 'compliant'],
    [{ InstanceId: { Ref: 'P' } }, 'violation'],
    [{ 'Fn::If': ['C', { InstanceId: { Ref: 'P' } }, { LaunchTemplate: by('S') }] }, 'violation'],
    [{ 'LaunchTemplate': by('S'), 'Fn::Transform': { Name: 'AWS::Include' } }, 'cannot tell'],
    [{}, 'cannot tell'],
  ])('with %j is judged: %s', (properties, expected) => expect(group(properties).verdicts.G).toBe(expected));

  test('made from an instance has one finding', () => {
    expect(group({ InstanceId: 'i-1' }).findings.filter(each => each.startsWith('G'))).toEqual(['G uncontrolled-launch InstanceId']);
  });

  test('without a source says so', () => {
    expect(group({}).reasons).toContain('the group names no launch template or launch configuration');
  });
});

describe('a chain of references', () => {
  test('hands the verdict on, while the finding stays where the mending is', () => {
    const { verdicts, findings } = judged({
      E: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'G' } } } },
      G: { Type: GROUP, Properties: { LaunchTemplate: by('T') } },
      T: { Type: TEMPLATE },
    });

    expect(verdicts).toEqual({ E: 'violation', G: 'violation', T: 'violation' });
    expect(findings).toEqual(['T imdsv2-not-required LaunchTemplateData.MetadataOptions.HttpTokens']);
  });

  test('hands on that it cannot be decided', () => {
    expect(judged({
      E: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'G' } } } },
      G: { Type: GROUP, Properties: { LaunchTemplate: { LaunchTemplateName: 'elsewhere' } } },
    }).verdicts).toEqual({ E: 'cannot tell', G: 'cannot tell' });
  });

  test('that is a circle ends', () => {
    expect(judged({
      A: { Type: GROUP, Properties: { LaunchTemplate: by('A') } },
      E: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'E' } } } },
    }).verdicts).toEqual({ A: 'cannot tell', E: 'cannot tell' });
  });
});

describe('a template', () => {
  test.each([[undefined], [null], ['x'], [[]], [{}], [{ Resources: [] }], [{ Resources: null }], [{ Resources: { A: null, B: [], C: 'x', D: { Type: 5 }, E: { Type: 'AWS::S3::Bucket' }, F: { Type: 'constructor' } } }]])(
    '%j has nothing to judge', template => expect(judge(template)).toEqual({ findings: [], resources: [] }),
  );

  test('with ids that JavaScript objects have anyway is judged like any other', () => {
    const template = JSON.parse(`{ "Resources": { "__proto__": { "Type": "${INSTANCE}" }, "constructor": { "Type": "${INSTANCE}", "Properties": { "MetadataOptions": { "HttpTokens": { "Ref": "toString" } } } } } }`);

    expect(Object.entries(verdictsIn(judge(template)))).toEqual([['__proto__', 'violation'], ['constructor', 'cannot tell']]);
  });

  test('with a type that nobody governs is told apart', () => {
    expect(judged({ C: { Type: 'AWS::Cloud9::EnvironmentEC2' } })).toMatchObject({ verdicts: { C: 'not governed' }, findings: [] });
  });

  test('is judged by the settings that hold for each resource', () => {
    const properties = { MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 3 } };
    const template = { Resources: { A: { Type: INSTANCE, Properties: properties }, B: { Type: INSTANCE, Properties: properties } } };

    expect(judge(template, id => id === 'A' ? { maxHttpPutResponseHopLimit: 2 } : {}).findings.map(({ logicalId }) => logicalId)).toEqual(['A']);
  });
});
