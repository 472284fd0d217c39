import { attackReport } from '../../examples/demo/attack-report';
import { Change, changesBetween, pathOf } from '../../examples/demo/changes';
import { checkReport } from '../../examples/demo/report';
import { describeSettings, withoutSettings } from '../../examples/demo/settings';
import { table } from '../../examples/demo/table';
import { Resource, Template } from '../../examples/demo/template';
import { replacedByNewVersion } from '../../examples/demo/version-consumers';

const REQUIRED = { HttpTokens: 'required' };
const LATEST = { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] };

const resource = (Type: string, Properties = {}): Resource => ({ Type, Properties });
const instance = (Properties = {}) => resource('AWS::EC2::Instance', { ImageId: 'ami-1', ...Properties });
const launchTemplate = (data = {}) => resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'ami-1', ...data } });
const template = (Resources: Record<string, Resource>, Outputs?: Template['Outputs']) => ({ Resources, Outputs });
const changes = (before: Record<string, Resource>, after: Record<string, Resource>) =>
  changesBetween({ 'S.template.json': template(before) }, { 'S.template.json': template(after) });

describe('a change', () => {
  test('of IMDS settings alone is an update with both settings in words', () => {
    expect(changes({ Host: instance() }, { Host: instance({ MetadataOptions: REQUIRED }) })).toEqual([
      { path: 'S/Host', type: 'AWS::EC2::Instance', before: 'not set', after: 'required', impact: 'update', besides: [], objection: undefined },
    ]);
  });

  test('that is none is not listed', () => {
    expect(changes({ Host: instance() }, { Host: instance() })).toEqual([]);
  });

  test('of an unnamed launch configuration is a replacement without objection, of a named one with', () => {
    const configuration = (more = {}) => resource('AWS::AutoScaling::LaunchConfiguration', { ImageId: 'ami-1', InstanceType: 't3.micro', ...more });
    expect(changes({ C: configuration() }, { C: configuration({ MetadataOptions: REQUIRED }) }))
      .toMatchObject([{ impact: 'replacement', objection: undefined }]);
    expect(changes({ C: configuration({ LaunchConfigurationName: 'a' }) }, { C: configuration({ LaunchConfigurationName: 'a', MetadataOptions: REQUIRED }) }))
      .toMatchObject([{ impact: 'replacement', objection: 'replacement' }]);
  });

  test('that adds, removes or replaces is objected to', () => {
    expect(changes({}, { Host: instance() })).toMatchObject([{ impact: 'addition', objection: 'addition' }]);
    expect(changes({ Host: instance() }, {})).toMatchObject([{ impact: 'removal', objection: 'removal' }]);
    expect(changes({ Host: instance() }, { Host: instance({ ImageId: 'ami-2' }) })).toMatchObject([{ impact: 'replacement', objection: 'replacement' }]);
  });

  test('of anything but IMDS settings is objected to', () => {
    const after = instance({ MetadataOptions: REQUIRED, Monitoring: true });
    expect(changes({ Host: instance() }, { Host: after })).toMatchObject([{ objection: 'more than IMDS settings changes: Monitoring' }]);
  });

  test('of the hash of a nested template is not', () => {
    const nested = (TemplateURL: string) => resource('AWS::CloudFormation::Stack', { TemplateURL });
    expect(changes({ N: nested('a') }, { N: nested('b') })).toMatchObject([{ impact: 'update', objection: undefined }]);
  });

  test('of what is not a resource is objected to', () => {
    const after = { 'S.template.json': template({}, { New: { Value: 'x' } }) };
    expect(changesBetween({ 'S.template.json': template({}) }, after)).toMatchObject([{ objection: 'more than resources changes' }]);
  });
});

describe('a launch template with a new version', () => {
  const replaced = (consumer: Resource, data: object = { MetadataOptions: REQUIRED }) => replacedByNewVersion('S',
    { S: template({ Template: launchTemplate(), Consumer: consumer }) },
    { S: template({ Template: launchTemplate(data), Consumer: consumer }) });

  test.each([
    ['AWS::EC2::Instance', { LaunchTemplate: { Version: LATEST } }],
    ['AWS::EC2::Instance', { LaunchTemplate: { Version: { 'Fn::GetAtt': 'Template.LatestVersionNumber' } } }],
    ['AWS::EC2::Instance', { LaunchTemplate: { Version: { 'Fn::Sub': '${Template.LatestVersionNumber}' } } }],
    ['AWS::EC2::Instance', { LaunchTemplate: { 'Fn::If': ['C', { Version: LATEST }, { Ref: 'AWS::NoValue' }] } }],
    ['AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { Version: LATEST } }] }],
    ['AWS::EC2::SpotFleet', { SpotFleetRequestConfigData: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { Version: LATEST } }] } }],
  ])('replaces an %s with %j', (type, properties) => {
    expect(replaced(resource(type, properties))).toEqual(['Consumer']);
  });

  test.each([
    ['AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: { Version: LATEST } }],
    ['AWS::EC2::Instance', { LaunchTemplate: { Version: '3' } }],
    ['AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { Version: '$Latest' } }] }],
    ['AWS::EC2::Instance', { UserData: LATEST }],
  ])('does not replace an %s with %j', (type, properties) => {
    expect(replaced(resource(type, properties))).toEqual([]);
  });

  test('replaces nothing when its data stays the same', () => {
    expect(replaced(instance({ LaunchTemplate: { Version: LATEST } }), {})).toEqual([]);
  });

  test('replaces what imports its version in another stack', () => {
    const owner = (data = {}) => template({ Template: launchTemplate(data) }, { V: { Value: LATEST, Export: { Name: 'version' } } });
    const importer = template({ Host: instance({ LaunchTemplate: { Version: { 'Fn::ImportValue': 'version' } } }) });
    const before = { A: owner(), B: importer };
    expect(replacedByNewVersion('B', before, { A: owner({ MetadataOptions: REQUIRED }), B: importer })).toEqual(['Host']);
    expect(replacedByNewVersion('B', before, before)).toEqual([]);
  });

  test('is listed as a replacement of the consumer, once', () => {
    const pinned = (more = {}) => instance({ LaunchTemplate: { Version: LATEST }, ...more });
    const listed = changes({ Template: launchTemplate(), Host: pinned() },
      { Template: launchTemplate({ MetadataOptions: REQUIRED }), Host: pinned({ MetadataOptions: REQUIRED }) });
    expect(listed.filter(({ path }) => path === 'S/Host')).toMatchObject([{ impact: 'replacement', objection: 'its launch template gets a new version' }]);
  });
});

describe('settings in words', () => {
  test.each([
    [undefined, 'not set'],
    [instance(), 'not set'],
    [instance({ MetadataOptions: { HttpEndpoint: 'disabled', HttpTokens: 'required' } }), 'required, endpoint disabled'],
    [instance({ MetadataOptions: { 'Fn::If': ['C', { HttpTokens: 'required' }, { Ref: 'AWS::NoValue' }] } }), 'required | not set'],
    [instance({ MetadataOptions: { 'Fn::If': ['C', REQUIRED, REQUIRED] } }), 'required'],
    [instance({ MetadataOptions: { HttpTokens: { Ref: 'P' } } }), '{"Ref":"P"}'],
    [launchTemplate({ MetadataOptions: REQUIRED }), 'required'],
    [resource('X', { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' } }), 'version 2'],
    [resource('X', { List: [{ MetadataOptions: { HttpTokens: 'optional' } }] }), 'optional'],
  ])('%j: %s', (value, words) => {
    expect(describeSettings(value)).toBe(words);
  });

  test('can be taken out of a value', () => {
    expect(withoutSettings({ a: [{ MetadataOptions: REQUIRED, b: 1 }] })).toEqual({ a: [{ b: 1 }] });
  });
});

describe('the report', () => {
  const change: Change = { path: 'S/Host', type: 'AWS::EC2::Instance', before: 'not set', after: 'required', impact: 'update', besides: [] };
  const nested: Change = { ...change, path: 'S/Nested', before: '', after: '', besides: ['TemplateURL'] };
  const verdicts = { examined: '1', violation: '0' };

  test('passes when nothing is objected to, as much changes as was planned, and the validator found no violation', () => {
    expect(checkReport({}, [change, nested], verdicts, 1).passed).toBe(true);
    expect(checkReport({}, [{ ...change, objection: 'replacement' }], verdicts, 1).passed).toBe(false);
    expect(checkReport({}, [change], { ...verdicts, violation: '1' }, 1).passed).toBe(false);
    expect(checkReport({}, [change], {}, 1).passed).toBe(false);
    expect(checkReport({}, [], verdicts, 0).passed).toBe(false);
    expect(checkReport({}, [change, nested], verdicts, 2).passed).toBe(false);
  });

  const templates = (MetadataOptions?: object, hops = 2) => ({
    'Legacy.template.json': template({ LaunchTemplate: launchTemplate({ MetadataOptions }) }),
    'Containers.template.json': template({
      Ecs: {
        ...launchTemplate({ MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: hops } }),
        Metadata: { 'aws:cdk:path': 'Containers/EcsHosts/LaunchTemplate/Resource' },
      },
    }),
  });

  test.each([
    { without: undefined, guarded: REQUIRED, hops: 2, passed: true },
    { without: REQUIRED, guarded: REQUIRED, hops: 2, passed: false },
    { without: undefined, guarded: undefined, hops: 2, passed: false },
    { without: undefined, guarded: { ...REQUIRED, HttpPutResponseHopLimit: 2 }, hops: 2, passed: false },
    { without: undefined, guarded: REQUIRED, hops: 1, passed: false },
  ])('of the attack passes only when the guard makes the difference: %j', async ({ without, guarded, hops, passed }) => {
    expect((await attackReport(templates(without), templates(guarded, hops))).passed).toBe(passed);
  });
});

test('a resource goes by its construct path, or by stack and logical id', () => {
  expect(pathOf('S.template.json', 'Id', { Type: 'X', Metadata: { 'aws:cdk:path': 'Stack/Bastion/Resource/Resource' } })).toBe('Stack/Bastion');
  expect(pathOf('assembly-A/S.nested.template.json', 'Id', { Type: 'X' })).toBe('S/Id');
});

test('a table lines its columns up and cuts what is too long', () => {
  expect(table(['a', 'b'], [['1', 'long enough'], ['22', '3']], [9, 5])).toEqual(['a   b', '──  ─────', '1   long…', '22  3']);
});
