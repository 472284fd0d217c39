import { Verdict } from '../../../src/engine/findings/finding';
import { by, group, instance, judged, NO_VALUE, REQUIRED, template, withOptions } from '../../support/verdicts';

const IF = (condition: string, a: unknown, b: unknown): object => ({ 'Fn::If': [condition, a, b] });
const TOKENS_ON_T = 'T imdsv2-not-required LaunchTemplateData.MetadataOptions.HttpTokens';
const TOKENS_ON_I = 'I imdsv2-not-required MetadataOptions.HttpTokens';

const linked = (own: unknown, below: unknown, max?: number): ReturnType<typeof judged> => judged(
  { I: instance({ LaunchTemplate: by('T'), MetadataOptions: own }), T: template(below) }, { maxHttpPutResponseHopLimit: max },
);

describe('tokens of an instance and its launch template', () => {
  test.each<[string, unknown, unknown, Verdict]>([
    ['the template decides where the instance says nothing', NO_VALUE, REQUIRED, 'compliant'],
    ['the template decides where the instance says nothing, for the worse', NO_VALUE, {}, 'violation'],
    ['the instance wins over a weak template', REQUIRED, { HttpTokens: 'optional' }, 'compliant'],
    ['the instance wins over a strong template', { HttpTokens: 'optional' }, REQUIRED, 'violation'],
    ['another option of the instance leaves them to the template', { HttpPutResponseHopLimit: 1 }, REQUIRED, 'compliant'],
  ])('%s', (_, own, below, expected) => expect(linked(own, below).verdicts.I).toBe(expected));
});

describe('the endpoint of an instance and its launch template', () => {
  test.each<[string, unknown, unknown, Verdict]>([
    ['the template switches it off', NO_VALUE, { HttpEndpoint: 'disabled' }, 'compliant'],
    ['the template leaves it on', NO_VALUE, { HttpEndpoint: 'enabled' }, 'violation'],
    ['the template switches it off, tokens of the instance do not matter', { HttpTokens: 'optional' }, { HttpEndpoint: 'disabled' }, 'compliant'],
    ['the template switches it off in one branch only', { HttpTokens: 'optional' }, { HttpEndpoint: IF('C', 'disabled', 'enabled') }, 'violation'],
    ['the template switches it off, the instance on again', { HttpEndpoint: 'enabled' }, { HttpEndpoint: 'disabled' }, 'violation'],
    ['the template switches it off, the instance perhaps on again', { HttpEndpoint: { Ref: 'P' } }, { HttpEndpoint: 'disabled' }, 'violation'],
    ['the template switches it off, the instance on again but with tokens', { HttpEndpoint: 'enabled', ...REQUIRED }, { HttpEndpoint: 'disabled' }, 'compliant'],
    ['the template switches it off and requires tokens, the instance switches it on again', { HttpEndpoint: 'enabled' }, { HttpEndpoint: 'disabled', ...REQUIRED }, 'compliant'],
    ['the template switches it off, the instance on again without tokens', { HttpEndpoint: 'enabled', HttpTokens: 'optional' }, { HttpEndpoint: 'disabled' }, 'violation'],
    ['the instance switches it off', { HttpEndpoint: 'disabled' }, { HttpTokens: 'optional' }, 'compliant'],
    ['each switches it in the same branch', { HttpEndpoint: IF('C', 'enabled', NO_VALUE) }, { HttpEndpoint: 'disabled', HttpTokens: IF('C', 'required', NO_VALUE) }, 'compliant'],
    ['each switches it in another branch', { HttpEndpoint: IF('C', NO_VALUE, 'enabled') }, { HttpEndpoint: 'disabled', HttpTokens: IF('C', 'required', NO_VALUE) }, 'violation'],
  ])('%s', (_, own, below, expected) => expect(linked(own, below).verdicts.I).toBe(expected));

  test('is not taken as off where the launch template is elsewhere', () => {
    expect(judged({ I: instance({ LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '$Latest' }, MetadataOptions: { HttpTokens: 'optional' } }) }).verdicts.I).toBe('violation');
  });

  test('is not taken as off where one branch has no launch template', () => {
    const own = { LaunchTemplate: IF('C', by('T'), NO_VALUE), MetadataOptions: { HttpTokens: 'optional' } };

    expect(judged({ I: instance(own), T: template({ HttpEndpoint: 'disabled' }) }).verdicts.I).toBe('violation');
  });

  test('that is switched on again is told where the tokens are missing', () => {
    const { findings, reasons } = linked({ HttpEndpoint: 'enabled' }, { HttpEndpoint: 'disabled' });

    expect(findings).toEqual([TOKENS_ON_I]);
    expect(reasons).toEqual(['it is not set, and T does not require tokens: it switches the endpoint off, which is not kept here']);
  });

  test('that a fleet switches on again is told, too', () => {
    const fleet = (HttpEndpoint: string): object => ({
      Type: 'AWS::EC2::EC2Fleet',
      Properties: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: by('T'), Overrides: [{ MetadataOptions: { HttpEndpoint } }] }] },
    });
    const below = template({ HttpEndpoint: 'disabled' });

    expect(judged({ F: fleet('enabled'), T: below }).verdicts).toEqual({ F: 'violation', T: 'compliant' });
    expect(judged({ F: fleet('disabled'), T: below }).verdicts).toEqual({ F: 'compliant', T: 'compliant' });
  });
});

describe('the hop limit of an instance and its launch template', () => {
  test.each<[string, unknown, unknown, Verdict]>([
    ['the template has it', REQUIRED, { HttpPutResponseHopLimit: 2 }, 'compliant'],
    ['the template has it, too high', REQUIRED, { HttpPutResponseHopLimit: 3 }, 'violation'],
    ['the template has none', REQUIRED, {}, 'cannot tell'],
    ['the instance wins over one that is too high', { ...REQUIRED, HttpPutResponseHopLimit: 2 }, { HttpPutResponseHopLimit: 3 }, 'compliant'],
    ['the instance wins, tokens come from the template', { HttpPutResponseHopLimit: 2 }, { ...REQUIRED, HttpPutResponseHopLimit: 3 }, 'compliant'],
    ['the instance is too high itself', { HttpPutResponseHopLimit: 3 }, { ...REQUIRED, HttpPutResponseHopLimit: 2 }, 'violation'],
    ['the instance has neither', NO_VALUE, { ...REQUIRED, HttpPutResponseHopLimit: 3 }, 'violation'],
    ['the endpoint of the template is off', NO_VALUE, { HttpEndpoint: 'disabled', HttpPutResponseHopLimit: 3 }, 'compliant'],
  ])('under a maximum of 2: %s', (_, own, below, expected) => expect(linked(own, below, 2).verdicts.I).toBe(expected));

  test('of a template elsewhere is unknown, which matters under a maximum only', () => {
    const own = { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '$Latest' }, MetadataOptions: REQUIRED };

    expect(judged({ I: instance(own) }).findings).toEqual([]);
    expect(judged({ I: instance(own) }, { maxHttpPutResponseHopLimit: 2 }).findings).toEqual(['I undecided-launch-template LaunchTemplate']);
    expect(judged({ I: instance(own) }, { maxHttpPutResponseHopLimit: 2, allowedLaunchTemplates: new Set(['lt-1']) }).findings).toEqual([]);
  });

  test('of a template that switches the endpoint off counts where it is switched on again', () => {
    const on = { ...REQUIRED, HttpEndpoint: 'enabled' };

    expect(linked(on, { HttpEndpoint: 'disabled', HttpPutResponseHopLimit: 3 }, 2)).toMatchObject({
      verdicts: { I: 'cannot tell', T: 'compliant' }, reasons: ['it is not set, and T has none that is known to be within the maximum of 2'],
    });
    expect(linked(on, { HttpEndpoint: 'disabled' }, 2).verdicts.I).toBe('cannot tell');
    expect(linked(on, { HttpEndpoint: 'disabled', HttpPutResponseHopLimit: 2 }, 2).verdicts.I).toBe('compliant');
    expect(linked(REQUIRED, { HttpEndpoint: 'disabled', HttpPutResponseHopLimit: 3 }, 2).verdicts.I).toBe('compliant');
  });

  test('need not be in a template whose instances all have one', () => {
    const strong = { ...REQUIRED, HttpPutResponseHopLimit: 1 };

    expect(linked(strong, {}, 2)).toMatchObject({ verdicts: { I: 'compliant', T: 'compliant' }, findings: [] });
    expect(linked(strong, {}).advice).not.toContain('T hop-limit-not-set LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit');
    expect(linked(REQUIRED, {}).advice).toContain('T hop-limit-not-set LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit');
  });
});

describe('a launch template without tokens', () => {
  const strong = instance({ LaunchTemplate: by('T'), MetadataOptions: REQUIRED });
  const weak = instance({ LaunchTemplate: by('T') });

  test('is fine where all that is launched from it has its own', () => expect(judged({ I: strong, J: strong, T: template({}) }).findings).toEqual([]));
  test('is not where one lacks them', () => expect(judged({ I: strong, J: weak, T: template({}) }).findings).toEqual([TOKENS_ON_T]));
  test('is not where nothing is launched from it', () => expect(judged({ T: template({}) }).findings).toEqual([TOKENS_ON_T]));
  test('is not where it says so itself', () => {
    expect(judged({ I: strong, T: template({ HttpTokens: 'optional' }) }).findings).toEqual(['T imdsv1-allowed LaunchTemplateData.MetadataOptions.HttpTokens']);
  });

  test('is fine where they are there in the branch that uses it', () => {
    const own = (options: unknown): object => instance({ LaunchTemplate: IF('C', by('T'), NO_VALUE), MetadataOptions: options });

    expect(judged({ I: own(IF('C', REQUIRED, { HttpEndpoint: 'disabled' })), T: template({}) }).findings).toEqual([]);
    expect(judged({ I: own(IF('C', {}, REQUIRED)), T: template({}) }).findings).toEqual([TOKENS_ON_T]);
  });

  test('is judged by instances that are made, not by those that never are', () => {
    const conditions = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };

    expect(judged({ I: { ...strong, Condition: 'Never' }, T: template({}) }, {}, conditions).findings).toEqual([TOKENS_ON_T]);
    expect(judged({ I: strong, J: { ...weak, Condition: 'Never' }, T: template({}) }, {}, conditions).findings).toEqual([]);
  });
});

describe('Elastic Beanstalk', () => {
  const option = (Value: unknown): object => ({ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value });
  const environment = (properties: object): object => ({ Type: 'AWS::ElasticBeanstalk::Environment', Properties: { TemplateName: { Ref: 'T' }, ...properties } });
  const configuration = (value: string): object => ({ Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate', Properties: { OptionSettings: [option(value)] } });

  test.each<[string, unknown, string, Verdict]>([
    ['takes the option from the configuration template', [], 'true', 'compliant'],
    ['takes a weak option from it', [], 'false', 'violation'],
    ['wins over it', [option('true')], 'false', 'compliant'],
    ['wins over it for the worse', [option('false')], 'true', 'violation'],
  ])('an environment %s', (_, OptionSettings, value, expected) => {
    expect(judged({ E: environment({ OptionSettings }), T: configuration(value) }).verdicts.E).toBe(expected);
  });

  test.each<[string, unknown, string, Verdict]>([
    ['takes the option over', [], 'true', 'compliant'],
    ['takes a weak option over', [], 'false', 'violation'],
    ['wins over it', [option('true')], 'false', 'compliant'],
  ])('a configuration template made from another %s', (_, OptionSettings, value, expected) => {
    const copy = (TemplateName: unknown): object => ({
      Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate', Properties: { OptionSettings, SourceConfiguration: { ApplicationName: 'a', TemplateName } },
    });

    expect(judged({ C: copy({ Ref: 'T' }), T: configuration(value) }).verdicts.C).toBe(expected);
    expect(judged({ C: copy('elsewhere') }).verdicts.C).toBe(OptionSettings === undefined || (OptionSettings as unknown[]).length === 0 ? 'cannot tell' : 'compliant');
  });
});

describe('what has no settings of its own', () => {
  const chain = (version: unknown, reference: unknown = { Ref: 'C' }): ReturnType<typeof judged> => judged({
    G: { Type: 'AWS::EMR::InstanceGroupConfig', Properties: { JobFlowId: reference } },
    C: { Type: 'AWS::EMR::Cluster', Properties: { SecurityConfiguration: { Ref: 'S' } } },
    S: { Type: 'AWS::EMR::SecurityConfiguration', Properties: { SecurityConfiguration: { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: version } } } },
  });

  test.each<[unknown, Verdict]>([[2, 'compliant'], [1, 'violation'], [{ Ref: 'P' }, 'cannot tell']])('is as good as the end of the chain: %j', (version, expected) => {
    expect(chain(version).verdicts).toEqual({ G: expected, C: expected, S: expected });
  });

  test('is undecided where the chain leads out of the template', () => expect(chain(2, 'j-1').verdicts.G).toBe('cannot tell'));

  test('is told what to refer to', () => {
    const judgement = judged({ C: { Type: 'AWS::EMR::Cluster', Properties: {} } });

    expect(judgement.reasons).toEqual(['without a security configuration the EMR release decides']);
  });

  test.each([
    [{ LaunchTemplate: { ...by('S'), Overrides: [{ ...by('S'), TargetInstanceTypes: ['p4d'] }] } }, 'compliant'],
    [{ LaunchTemplate: IF('C', { ...by('S'), Overrides: [{ ...by('S'), TargetInstanceTypes: ['p4d'] }] }, NO_VALUE) }, 'cannot tell'],
    [{ LaunchTemplate: { ...by('S'), Overrides: [{ ...by('W'), TargetInstanceTypes: ['p4d'] }] } }, 'violation'],
  ])('does not take overrides for a reference: Batch with %j is %s', (ComputeResources, expected) => {
    const resources = { B: { Type: 'AWS::Batch::ComputeEnvironment', Properties: { ComputeResources } }, S: template(REQUIRED), W: template({}) };

    expect(judged(resources).verdicts.B).toBe(expected);
  });

  test.each([
    [{ LaunchTemplate: by('S') }, 'compliant'],
    [{ MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: by('S'), Overrides: [{ LaunchTemplateSpecification: by('W') }] } } }, 'violation'],
  ])('a group with %j is %s', (properties, expected) => {
    expect(judged({ G: group(properties), S: template(REQUIRED), W: withOptions({}), X: template(REQUIRED) }).verdicts.G).toBe(expected === 'violation' ? 'cannot tell' : expected);
    expect(judged({ G: group(properties), S: template(REQUIRED), W: template({}) }).verdicts.G).toBe(expected);
  });
});
