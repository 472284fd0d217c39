import { judge } from '../../../src/engine/judge/judge';
import { by, instance, judged, NO_VALUE, REQUIRED, template, withOptions } from '../../support/verdicts';

const PATH = 'MetadataOptions.HttpEndpoint';
const OFF = { MetadataOptions: { HttpEndpoint: 'disabled' } };
const NEEDED = [`I endpoint-needed ${PATH}`];

describe('the endpoint', () => {
  test.each([['enabled'], ['disabled'], [undefined], [NO_VALUE], [{ Ref: 'P' }]])('may be %j', value => {
    expect(judged({ I: withOptions({ ...REQUIRED, HttpEndpoint: value }) }).findings).toEqual([]);
  });

  test.each([['Disabled'], ['off'], [false], [['disabled']], [{}], [{ 'Fn::If': ['C', 'enabled', 'off'] }]])('may not be %j', value => {
    expect(judged({ I: withOptions({ ...REQUIRED, HttpEndpoint: value }) }).findings).toEqual([`I invalid-value ${PATH}`]);
  });

  test('that is invalid is told with what is valid', () => {
    expect(judge({ Resources: { I: withOptions({ ...REQUIRED, HttpEndpoint: 'off' }) } }).findings.filter(({ rule }) => rule === 'invalid-value')).toMatchObject([
      { values: ['off'], reason: '"enabled" or "disabled" was expected, got "off"', fix: `set ${PATH} to "enabled" or "disabled"` },
    ]);
  });

  test.each([[{ AllowedValues: ['enabled', 'off'], Default: 'enabled' }, 'cannot tell'], [{ AllowedValues: ['enabled', 'off'], Default: 'off' }, 'violation'], [{ AllowedValues: ['enabled', 'disabled'] }, 'compliant']])(
    'that a parameter allows is judged by its values: %j is %s', (declared, expected) => {
      expect(judged({ I: withOptions({ ...REQUIRED, HttpEndpoint: { Ref: 'P' } }) }, {}, { Parameters: { P: declared } }).verdicts.I).toBe(expected);
    });

  test.each<[unknown, unknown, string]>([
    ['disabled', 'optional', 'compliant'],
    ['Disabled', 'optional', 'violation'],
    [{ AllowedValues: ['disabled'] }, 'optional', 'compliant'],
    [{ AllowedValues: ['disabled', 'enabled'], Default: 'disabled' }, 'optional', 'violation'],
    [{ Default: 'disabled' }, 'optional', 'violation'],
  ])('%j decides whether tokens matter', (declared, HttpTokens, expected) => {
    const HttpEndpoint = typeof declared === 'string' ? declared : { Ref: 'P' };

    expect(judged({ I: withOptions({ HttpTokens, HttpEndpoint }) }, {}, { Parameters: { P: declared } }).verdicts.I).toBe(expected);
  });
});

describe('an endpoint that is disabled', () => {
  const advice = (properties: object, others: object = {}): string[] => judged({ I: instance({ ...OFF, ...properties }, others) }).advice;

  test('is fine where nothing needs it', () => expect(advice({})).toEqual([]));
  test.each<[string, object, object]>([
    ['user data', { UserData: { 'Fn::Base64': 'echo' } }, {}],
    ['an instance profile', { IamInstanceProfile: 'profile' }, {}],
    ['cfn-init', {}, { Metadata: { 'AWS::CloudFormation::Init': { config: {} } } }],
    ['a signal', {}, { CreationPolicy: { ResourceSignal: {} } }],
  ])('is told where %s needs it', (_, properties, others) => {
    expect(advice(properties, others)).toEqual(NEEDED);
    expect(judged({ I: instance({ MetadataOptions: { ...REQUIRED, HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1 }, ...properties }, others) }).advice).toEqual([]);
  });

  test('is told where the launch template disables it', () => {
    const linked = (options: object, endpoint: string): string[] => judged({
      I: instance({ LaunchTemplate: by('T', '$Latest'), UserData: 'echo', MetadataOptions: options }), T: template({ HttpEndpoint: endpoint, ...REQUIRED, HttpPutResponseHopLimit: 1 }),
    }).advice;

    expect(linked({}, 'disabled')).toEqual(NEEDED);
    expect(linked({}, 'enabled')).toEqual([]);
    expect(linked({ HttpEndpoint: 'enabled' }, 'disabled')).toEqual([]);
  });

  test('says what needs it', () => {
    const { findings } = judge({ Resources: { I: instance({ ...OFF, UserData: 'echo' }) } });

    expect(findings).toMatchObject([{ verdict: 'advice', values: ['disabled'], reason: 'the endpoint is disabled, but its user data needs it', fix: `set ${PATH} to "enabled" and require tokens, or do without its user data` }]);
  });

  test('says that the launch template disables it', () => {
    const { findings } = judge({ Resources: { I: instance({ LaunchTemplate: by('T', '$Latest'), UserData: 'echo' }), T: template({ HttpEndpoint: 'disabled' }) } });

    expect(findings.filter(({ rule }) => rule === 'endpoint-needed')).toMatchObject([
      { logicalId: 'I', values: [], reason: 'the endpoint is disabled by what it is launched from, but its user data needs it' },
    ]);
  });
});
