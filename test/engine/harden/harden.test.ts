import { Dialect, TEMPLATE } from '../../../src/engine/harden/dialect';
import { harden, hardenPlaces } from '../../../src/engine/harden/harden';
import { Edit, HopChange } from '../../../src/engine/harden/harden-settings';
import { hasElement } from '../../../src/engine/harden/list-element-match';
import { JsonObject } from '../../../src/engine/json/json';
import { Settings } from '../../../src/engine/surfaces/settings';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const REQUIRED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const either = (a: unknown, b: unknown): unknown => ({ 'Fn::If': ['C', a, b] });

function hardened(type: string, properties: unknown, edit: Partial<Edit> & Settings = {}, dialect: Dialect = TEMPLATE): any {
  const { httpPutResponseHopLimit, maxHttpPutResponseHopLimit, httpEndpoint, ...rest } = edit;
  const surface = surfaceOf(type)!;
  const settings = { httpPutResponseHopLimit, maxHttpPutResponseHopLimit, httpEndpoint };
  return harden(properties, surface.container!, { surface, settings, defaultHopLimit: 1, ...rest }, dialect);
}

const options = (value: unknown, edit: Partial<Edit> & Settings = {}): unknown => hardened('AWS::EC2::Instance', { MetadataOptions: value }, edit).MetadataOptions;

describe('metadata options', () => {
  test.each<[string, unknown, unknown]>([
    ['that are not there', undefined, REQUIRED],
    ['that are empty', {}, REQUIRED],
    ['that are AWS::NoValue', NO_VALUE, REQUIRED],
    ['that are weak', { HttpTokens: 'optional' }, REQUIRED],
    ['that a parameter decides', { HttpTokens: { Ref: 'P' } }, REQUIRED],
    ['that a list decides', { HttpTokens: ['required'] }, REQUIRED],
    ['with other keys', { HttpProtocolIpv6: 'enabled', InstanceMetadataTags: 'enabled' }, { HttpProtocolIpv6: 'enabled', InstanceMetadataTags: 'enabled', ...REQUIRED }],
    ['beside Fn::Transform', { 'Fn::Transform': {}, 'HttpTokens': 'optional' }, { 'Fn::Transform': {}, ...REQUIRED }],
    ['in a branch', either({ HttpTokens: 'optional' }, REQUIRED), either(REQUIRED, REQUIRED)],
    ['in no branch', either(NO_VALUE, NO_VALUE), either(REQUIRED, REQUIRED)],
    ['three branches deep', either(either(either({}, NO_VALUE), { HttpTokens: 'optional' }), {}), either(either(either(REQUIRED, REQUIRED), REQUIRED), REQUIRED)],
    ['whose tokens are in a branch', { HttpTokens: either('required', 'optional') }, REQUIRED],
  ])('%s are written: %j', (_, value, expected) => expect(options(value)).toEqual(expected));

  test.each<[string, unknown]>([
    ['that require tokens', { ...REQUIRED, HttpEndpoint: 'enabled' }],
    ['with a hop limit as text', { HttpTokens: 'required', HttpPutResponseHopLimit: '2' }],
    ['with a hop limit that a parameter decides', { HttpTokens: 'required', HttpPutResponseHopLimit: { Ref: 'P' } }],
    ['with a hop limit that is not valid', { HttpTokens: 'required', HttpPutResponseHopLimit: 65 }],
    ['that require tokens in both branches', either(REQUIRED, REQUIRED)],
    ['with a hop limit in branches', { HttpTokens: 'required', HttpPutResponseHopLimit: either(1, 2) }],
    ['that are a reference', { Ref: 'P' }],
    ['that are a text with options in it', { 'Fn::Sub': '{"HttpTokens":"optional"}' }],
    ['that are a malformed Fn::If', { 'Fn::If': ['C', {}] }],
    ['that are a list', [{ HttpTokens: 'optional' }]],
    ['that are text', 'optional'],
  ])('%s stay as they are: %j', (_, value) => {
    const properties = { MetadataOptions: value, ImageId: 'ami-1' };

    expect(hardened('AWS::EC2::Instance', properties)).toBe(properties);
  });

  test('are written where there are no properties at all, and not where they are no object', () => {
    expect(hardened('AWS::EC2::LaunchTemplate', undefined)).toEqual({ LaunchTemplateData: { MetadataOptions: REQUIRED } });
    expect(hardened('AWS::EC2::LaunchTemplate', [])).toEqual([]);
  });

  test('leave keys that JavaScript objects have anyway alone', () => {
    const before = JSON.parse('{"__proto__":{"HttpTokens":"required"},"toString":1}');

    expect(JSON.stringify(options(before))).toBe('{"__proto__":{"HttpTokens":"required"},"toString":1,"HttpTokens":"required","HttpPutResponseHopLimit":1}');
  });

  test.each<[boolean | undefined, unknown]>([[true, 'enabled'], [false, 'disabled'], [undefined, undefined]])('have the endpoint as asked for: %s', (httpEndpoint, expected) => {
    expect(options({}, { httpEndpoint })).toEqual({ ...REQUIRED, ...(expected ? { HttpEndpoint: expected } : {}) });
  });

  test('have no endpoint where the type has no such key', () => {
    expect(hardened('AWS::ImageBuilder::InfrastructureConfiguration', {}, { httpEndpoint: false })).toEqual({ InstanceMetadataOptions: REQUIRED });
  });

  test('take over what the launch template says, where they say nothing', () => {
    const inherited = { HttpTokens: 'optional', HttpPutResponseHopLimit: 5, HttpEndpoint: 'disabled', InstanceMetadataTags: 'enabled' };

    expect(options({ InstanceMetadataTags: 'disabled' }, { inherited })).toEqual({ ...REQUIRED, HttpEndpoint: 'disabled', InstanceMetadataTags: 'disabled' });
    expect(options({}, { inherited: { HttpPutResponseHopLimit: 5 }, defaultHopLimit: undefined })).toStrictEqual({ HttpTokens: 'required' }); // a limit is the default's alone
  });
});

describe('the hop limit', () => {
  const hops = (value: unknown, edit: Partial<Edit> & Settings = {}): { hops: unknown; changes: HopChange[] } => {
    const changes: HopChange[] = [];
    const result = options({ HttpPutResponseHopLimit: value }, { ...edit, onHopChange: change => changes.push(change) }) as any;
    return { hops: result.HttpPutResponseHopLimit, changes };
  };

  test.each<[string, unknown, Partial<Edit> & Settings, unknown]>([
    ['of the author is kept', 3, {}, 3],
    ['of the author is kept as text', '3', {}, '3'],
    ['of the author is kept where it is hidden', { Ref: 'P' }, { maxHttpPutResponseHopLimit: 2 }, { Ref: 'P' }],
    ['of the author is kept where it is not valid', 'many', { maxHttpPutResponseHopLimit: 2 }, 'many'],
    ['of the author is kept where it is a list', [5], { maxHttpPutResponseHopLimit: 2 }, [5]],
    ['is the default where there is none', undefined, { defaultHopLimit: 2 }, 2],
    ['is not there where there is no default either', undefined, { defaultHopLimit: undefined }, undefined],
    ['that is given fills in', undefined, { httpPutResponseHopLimit: 2 }, 2],
    ['that is given wins over one that is hidden', { Ref: 'P' }, { httpPutResponseHopLimit: 2 }, 2],
    ['that is given wins over one that is not valid', 0, { httpPutResponseHopLimit: 2 }, 2],
    ['that is given wins over both branches', either(1, 5), { httpPutResponseHopLimit: 2 }, 2],
    ['that is the same as the given one stays', '2', { httpPutResponseHopLimit: 2 }, '2'],
    ['below the maximum stays', 2, { maxHttpPutResponseHopLimit: 2 }, 2],
    ['by default above the maximum is not written', undefined, { defaultHopLimit: 2, maxHttpPutResponseHopLimit: 1 }, undefined],
    ['is not written for a maximum alone', undefined, { defaultHopLimit: undefined, maxHttpPutResponseHopLimit: 1 }, undefined],
    ['in a branch stays', either(1, { Ref: 'P' }), { maxHttpPutResponseHopLimit: 2 }, either(1, { Ref: 'P' })],
    ['that one branch lacks is added there', either(5, NO_VALUE), { defaultHopLimit: 2 }, either(5, 2)],
    ['that one branch lacks is not added without a default', either(5, NO_VALUE), { defaultHopLimit: undefined }, either(5, NO_VALUE)],
  ])('%s', (_, value, edit, expected) => expect(hops(value, edit)).toEqual({ hops: expected, changes: [] }));

  test.each<[string, unknown, Settings, unknown, HopChange]>([
    ['that is given', 3, { httpPutResponseHopLimit: 2 }, 2, { from: 3, to: 2 }],
    ['that is given, over text', '3', { httpPutResponseHopLimit: 2 }, 2, { from: 3, to: 2 }],
    ['at the maximum', 5, { maxHttpPutResponseHopLimit: 2 }, 2, { from: 5, to: 2 }],
    ['at the maximum, in a branch', either('5', 1), { maxHttpPutResponseHopLimit: 2 }, either(2, 1), { from: 5, to: 2 }],
  ])('%s wins, which is told', (_, value, edit, expected, change) => expect(hops(value, edit)).toEqual({ hops: expected, changes: [change] }));
});

describe('what is written with the tokens', () => {
  const beside = (container: object, edit: Partial<Edit> & Settings = {}): unknown => options(container, { defaultHopLimit: 2, inherited: { HttpEndpoint: 'enabled' }, ...edit });
  const REQUIRED_ONLY = { HttpTokens: 'required' };

  test('is the default hop limit and what is inherited', () => {
    expect(beside({})).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled' });
  });

  test.each<[string, unknown]>([
    ['required', 'required'],
    ['required in every branch', either('required', 'required')],
  ])('is not written where tokens are %s already', (_, HttpTokens) => {
    const container = { HttpTokens };
    expect(beside(container)).toBe(container);
    expect(beside(container, { maxHttpPutResponseHopLimit: 1 })).toBe(container);
  });

  test('is written where an earlier pass required them', () => {
    expect(beside(REQUIRED_ONLY, { isRequiredEarlier: true })).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled' });
  });

  test('what was chosen is written all the same', () => {
    expect(beside(REQUIRED_ONLY, { httpPutResponseHopLimit: 3 })).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 3 });
    expect(beside(REQUIRED_ONLY, { httpEndpoint: false })).toEqual({ HttpTokens: 'required', HttpEndpoint: 'disabled' });
    expect(beside({ ...REQUIRED_ONLY, HttpPutResponseHopLimit: 3 }, { maxHttpPutResponseHopLimit: 1 })).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  });

  test('is reported where the author did not require tokens', () => {
    const onRequired = jest.fn();
    beside(REQUIRED_ONLY, { onRequired });
    expect(onRequired).not.toHaveBeenCalled();
    beside({ HttpTokens: either('required', 'optional') }, { onRequired });
    expect(onRequired).toHaveBeenCalledTimes(1);
  });
});

describe('an option in a list', () => {
  const BEANSTALK = 'AWS::ElasticBeanstalk::Environment';
  const option = (Value?: unknown): object => ({ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', ...(Value === undefined ? {} : { Value }) });
  const OTHER = { Namespace: 'aws:autoscaling:asg', OptionName: 'MinSize', Value: '1' };
  const list = (value: unknown): unknown => hardened(BEANSTALK, { OptionSettings: value }).OptionSettings;

  test.each<[string, unknown, unknown]>([
    ['is added to no list', undefined, [option('true')]],
    ['is added to a list without it', [OTHER], [OTHER, option('true')]],
    ['is corrected', [option('false'), OTHER], [option('true'), OTHER]],
    ['is corrected where it has no value', [option()], [option('true')]],
    ['is added to both lists', either([], NO_VALUE), either([option('true')], [option('true')])],
    ['is added to the branch that lacks it, beside another', [OTHER, either(option('false'), NO_VALUE)], [OTHER, either(option('true'), option('true'))]],
    ['is added beside what is no option', ['x', null], ['x', null, option('true')]],
    ['is added to the branch that lacks it', [either(option('false'), NO_VALUE)], [either(option('true'), option('true'))]],
    ['is corrected in both branches', [either(option('false'), option())], [either(option('true'), option('true'))]],
    ['moves out of a branch where the other has another option', [either(option('true'), OTHER)], [either(NO_VALUE, OTHER), option('true')]],
    ['is there once where two branches have it in turn', [either(option('true'), NO_VALUE), either(NO_VALUE, option())], [either(NO_VALUE, NO_VALUE), either(NO_VALUE, NO_VALUE), option('true')]],
    ['is there once where a branch repeats it', [option('false'), either(option('false'), NO_VALUE)], [option('true'), either(option('true'), NO_VALUE)]],
    ['is added beside what is hidden', [{ Ref: 'P' }], [{ Ref: 'P' }, option('true')]],
    ['is corrected where its name is made of text', [{ ...option('false'), OptionName: { 'Fn::Sub': 'DisableIMDSv1' } }], [{ ...option('true'), OptionName: { 'Fn::Sub': 'DisableIMDSv1' } }]],
    ['is added beside one whose name is another, made of text', [{ ...OTHER, OptionName: { 'Fn::Sub': 'MinSize' } }], [{ ...OTHER, OptionName: { 'Fn::Sub': 'MinSize' } }, option('true')]],
    ['is corrected where it stands in place of the list', option('false'), option('true')],
  ])('%s', (_, value, expected) => expect(list(value)).toEqual(expected));

  test.each<[string, unknown]>([
    ['whose namespace is hidden', [{ ...option('false'), Namespace: { Ref: 'P' } }]],
    ['whose namespace is hidden, in one branch', [either({ ...option('false'), Namespace: { Ref: 'P' } }, OTHER)]],
    ['whose name is hidden in one branch', [{ ...option('false'), OptionName: either('DisableIMDSv1', { Ref: 'P' }) }]],
    ['whose name has branches', [{ ...option('false'), OptionName: either('DisableIMDSv1', 'Other') }, OTHER]],
  ])('%s stays, and no other is added', (_, value) => expect(list(value)).toBe(value));

  test.each<[string, unknown]>([['that is true', [OTHER, option(true)]], ['that is true in both branches', [either(option(true), option('true'))]], ['that is hidden', { Ref: 'P' }], ['that is no list', 'x'], ['that is another, in place of the list', OTHER]])(
    '%s stays', (_, value) => expect(list(value)).toBe(value),
  );
});

test.each<[object, boolean]>([
  [{ 0: { kind: 'Pod' }, 3: { kind: 'EC2NodeClass' } }, true],
  [{ 3: either({ kind: 'Pod' }, { kind: 'EC2NodeClass' }) }, true],
  [{ 0: { kind: 'Pod' } }, false],
  [{}, false],
])('an override by positions has the element that is meant, or has not: %j', (positions, expected) => {
  expect(hasElement(positions as JsonObject, { where: { kind: 'EC2NodeClass' } })).toBe(expected);
});

describe('settings that are judged only where they are written', () => {
  const FLEET = 'AWS::EC2::EC2Fleet';
  const configs = (...overrides: unknown[]): object => ({ LaunchTemplateConfigs: [{ Overrides: overrides }] });

  test('are corrected', () => {
    expect(hardened(FLEET, configs({ MetadataOptions: { HttpTokens: 'optional' } }, { InstanceType: 'a' }))).toEqual(configs({ MetadataOptions: REQUIRED }, { InstanceType: 'a' }));
  });

  test('are corrected in an element that is a branch', () => {
    expect(hardened(FLEET, configs(either({ MetadataOptions: {} }, NO_VALUE)))).toEqual(configs(either({ MetadataOptions: REQUIRED }, NO_VALUE)));
  });

  test.each([[{}], [configs({}, 'x', NO_VALUE)], [{ LaunchTemplateConfigs: [] }], [{ LaunchTemplateConfigs: NO_VALUE }], [undefined]])('stay away in %j', properties => {
    expect(hardened(FLEET, properties)).toBe(properties);
  });
});

describe('JSON text', () => {
  const EMR = 'AWS::EMR::SecurityConfiguration';
  const security = (value: unknown): unknown => hardened(EMR, { SecurityConfiguration: value }).SecurityConfiguration;
  const SETTINGS = '"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":2,"HttpPutResponseHopLimit":1}';
  const SAFE = { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 } };

  test.each<[string, unknown, unknown]>([
    ['as an object', { A: 1 }, { A: 1, ...SAFE }],
    ['as a string', '{"A":1}', `{"A":1,${SETTINGS}}`],
    ['that is not there', undefined, SAFE],
    ['in branches', either('{}', NO_VALUE), either(`{${SETTINGS}}`, SAFE)],
    ['made by Fn::Sub', { 'Fn::Sub': '{"A":"${B}"}' }, { 'Fn::Sub': `{"A":"\${B}",${SETTINGS}}` }],
    ['made by Fn::Join', { 'Fn::Join': ['', ['{"A":"', { Ref: 'B' }, '"}']] }, { 'Fn::Join': ['', ['{"A":"', { Ref: 'B' }, `",${SETTINGS}}`]] }],
  ])('%s is written', (_, value, expected) => expect(security(value)).toEqual(expected));

  test.each<[string, unknown]>([
    ['that is safe', `{${SETTINGS}}`],
    ['that has the version as text', '{"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":"2","HttpPutResponseHopLimit":"2"}}'],
    ['that is safe, as it is spaced', `{ ${SETTINGS} }`],
    ['that is no JSON', '{'],
    ['that is imported', { 'Fn::ImportValue': 'x' }],
  ])('%s stays', (_, value) => expect(security(value)).toBe(value));

  test('of a manifest has the node classes corrected and nothing else', () => {
    const manifest = (tokens: string): object => ({ Manifest: `[{"kind":"Pod"},{"kind":"EC2NodeClass","spec":{"metadataOptions":{"httpTokens":"${tokens}","httpPutResponseHopLimit":2}}}]` });

    expect(hardened('Custom::AWSCDK-EKS-KubernetesResource', manifest('optional'))).toEqual(manifest('required'));
  });

  test.each<[string, (nodeClass: object) => object]>([
    ['a list that is a resource', nodeClass => ({ Manifest: [{ kind: 'List', items: [{ kind: 'Pod' }, nodeClass] }] })],
    ['a lone list', nodeClass => ({ Manifest: { kind: 'List', items: [nodeClass] } })],
  ])('of a manifest has the node classes in %s corrected', (_, manifest) => {
    const nodeClass = (httpTokens: string): object => ({ kind: 'EC2NodeClass', spec: { metadataOptions: { httpTokens, httpPutResponseHopLimit: 2 } } });

    expect(hardened('Custom::AWSCDK-EKS-KubernetesResource', manifest(nodeClass('optional')))).toEqual(manifest(nodeClass('required')));
  });

  test('of a manifest is corrected in every place that has settings, and only there', () => {
    const surface = surfaceOf('Custom::AWSCDK-EKS-KubernetesResource')!;
    const manifest = (httpTokens: string): object => ({
      Manifest: [{ kind: 'EC2NodeClass', spec: { metadataOptions: { httpTokens } } }, { kind: 'Provisioner', spec: { provider: { metadataOptions: { httpTokens } } } }],
    });
    const safe = manifest('required');

    expect(hardenPlaces(manifest('optional'), { surface, settings: {} })).toEqual(safe);
    expect(hardenPlaces(safe, { surface, settings: {} })).toBe(safe);
  });
});

describe('a setting that is a property itself', () => {
  test('is corrected', () => expect(hardened('AWS::AppStream::Fleet', { DisableIMDSV1: 'false', Name: 'f' })).toEqual({ DisableIMDSV1: true, Name: 'f' }));
  test('stays where it is safe', () => {
    const properties = { DisableIMDSV1: 'true' };

    expect(hardened('AWS::AppStream::Fleet', properties)).toBe(properties);
  });
});

describe('what is merged over something else', () => {
  const over = (type: string, properties: unknown): unknown => hardened(type, properties, { mergedOver: 'known' });

  test.each<[string, string, unknown, unknown]>([
    ['is left alone where it says nothing about IMDS', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'ami-1' } }, undefined],
    ['is left alone where it is empty', 'AWS::EC2::LaunchTemplate', {}, undefined],
    ['is corrected without a hop limit of its own', 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'optional' } }, { MetadataOptions: { HttpTokens: 'required' } }],
    ['is corrected where it takes the hop limit away', 'AWS::EC2::Instance', { MetadataOptions: { HttpPutResponseHopLimit: null } }, { MetadataOptions: REQUIRED }],
    ['is written as a whole where it takes everything away', 'AWS::EC2::Instance', { MetadataOptions: null }, { MetadataOptions: REQUIRED }],
    ['is written as a whole below Fn::If, which replaces', 'AWS::EC2::Instance', { MetadataOptions: either({}, {}) }, { MetadataOptions: either(REQUIRED, REQUIRED) }],
    ['is written as a whole in a list, which replaces', 'AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: {} }] }] },
      { LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: REQUIRED }] }] }],
    ['gets no list where it has none', 'AWS::ElasticBeanstalk::Environment', { A: 1 }, undefined],
    ['is written as a whole where it takes the list away', 'AWS::ElasticBeanstalk::Environment', { OptionSettings: undefined, A: 1 },
      { OptionSettings: [{ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' }], A: 1 }],
    ['is corrected at a position of a list', 'AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: { 0: { Overrides: { 1: { MetadataOptions: { HttpTokens: 'optional' } } } } } },
      { LaunchTemplateConfigs: { 0: { Overrides: { 1: { MetadataOptions: { HttpTokens: 'required' } } } } } }],
    ['is corrected at one position beside others, of ten and more', 'AWS::EC2::EC2Fleet',
      { LaunchTemplateConfigs: { 10: { Overrides: { 11: { MetadataOptions: { HttpTokens: 'optional' } }, 12: { InstanceType: 'a' } } } } },
      { LaunchTemplateConfigs: { 10: { Overrides: { 11: { MetadataOptions: { HttpTokens: 'required' } }, 12: { InstanceType: 'a' } } } } }],
    ['is left alone at a position without options', 'AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: { 0: { Overrides: { 1: { InstanceType: 'a' } } } } }, undefined],
    ['is written as a whole in text, which replaces', 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: '{}' },
      { SecurityConfiguration: '{"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":2,"HttpPutResponseHopLimit":1}}' }],
  ])('%s', (_, type, properties, expected) => {
    if (expected === undefined) {
      expect(over(type, properties)).toBe(properties);
    } else {
      expect(over(type, properties)).toEqual(expected);
    }
  });
});

describe('a value that is known later', () => {
  class Later {
    public constructor(public readonly value: unknown, public readonly change?: (value: unknown) => unknown) {}
  }
  const LATER: Dialect = {
    name: key => key.charAt(0).toLowerCase() + key.slice(1),
    isOpaque: value => value instanceof Later,
    defer: (value, change) => new Later(value, change),
  };
  const resolved = (later: any): unknown => later.change(later.value instanceof Later ? later.value.value : later.value);

  test('is hardened when it is known, spelled as the construct spells it', () => {
    const { metadataOptions } = hardened('AWS::EC2::Instance', { metadataOptions: new Later({ httpTokens: 'optional' }) }, {}, LATER);

    expect(resolved(metadataOptions)).toEqual({ httpTokens: 'required', httpPutResponseHopLimit: 1 });
  });

  test('is hardened below Fn::If as CloudFormation spells it', () => {
    const { metadataOptions } = hardened('AWS::EC2::Instance', { metadataOptions: new Later(either({}, NO_VALUE)) }, {}, LATER);

    expect(resolved(metadataOptions)).toEqual(either(REQUIRED, REQUIRED));
  });

  test('decides what is written beside it, where it is the tokens', () => {
    const written = (container: object): any => hardened('AWS::EC2::Instance', { metadataOptions: { httpTokens: new Later('?'), ...container } }, { defaultHopLimit: 2 }, LATER).metadataOptions;

    const { httpTokens, httpPutResponseHopLimit } = written({});
    expect([httpTokens.change('optional'), httpPutResponseHopLimit.change('optional')]).toEqual(['required', 2]);
    expect([httpTokens.change('required'), httpPutResponseHopLimit.change('required')]).toEqual(['required', undefined]);
    expect(written({ httpPutResponseHopLimit: 3 }).httpPutResponseHopLimit).toBe(3);
    expect(written({ httpPutResponseHopLimit: NO_VALUE }).httpPutResponseHopLimit.change('required')).toBe(NO_VALUE);
  });

  const BEANSTALK = 'AWS::ElasticBeanstalk::Environment';

  test('defers the list that it is in, where it is the name of an option', () => {
    const option = (optionName: unknown, value: string): object => ({ namespace: 'aws:autoscaling:launchconfiguration', optionName, value });
    const { optionSettings } = hardened(BEANSTALK, { optionSettings: [option(new Later('?'), 'false')] }, {}, LATER);

    expect(optionSettings.change([option('DisableIMDSv1', 'false')])).toEqual([option('DisableIMDSv1', 'true')]);
  });

  test('defers the list that it is in', () => {
    const { optionSettings } = hardened(BEANSTALK, { optionSettings: [new Later({ namespace: 'x', optionName: 'y' })] }, {}, LATER);

    expect(optionSettings.change([{ namespace: 'x', optionName: 'y' }])).toEqual([
      { namespace: 'x', optionName: 'y' }, { namespace: 'aws:autoscaling:launchconfiguration', optionName: 'DisableIMDSv1', value: 'true' },
    ]);
  });
});
