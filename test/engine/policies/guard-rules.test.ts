/* eslint-disable @stylistic/max-len */ // a case a line
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Verdict } from '../../../src/engine/findings/finding';
import { judge } from '../../../src/engine/judge/judge';
import { GUARDED_TYPES, NOT_EXPRESSIBLE, NOT_TOLD } from '../../../src/engine/policies/guard-limits';
import { guardRules, GuardSettings } from '../../../src/engine/policies/guard-rules';
import { LAUNCH_SURFACES } from '../../../src/engine/surfaces/surfaces';
import { failedRules, failuresIn, testWithGuard } from '../../support/cfn-guard';
import { parseTemplate } from '../../support/cfn-yaml';
import { NO_VALUE, verdictsIn } from '../../support/verdicts';

const FOLDER = join(__dirname, '../../fixtures');
const TEMPLATES = readdirSync(FOLDER).filter(file => /\.(yaml|json)$/.test(file)).map(file => [file, parseTemplate(readFileSync(join(FOLDER, file), 'utf8')) as Template] as const);

interface Template { readonly Resources: { readonly [logicalId: string]: { readonly Type: string; readonly Properties?: object } } }

const FUNCTION = 'the fault is inside a function, which Guard does not follow';
const REFERENCE = 'the fault is in what it refers to, and Guard sees one resource; what it refers to fails itself';
/** Where the rules and the check differ, and why. */
const EXCEPTIONS: Record<string, string> = {
  InstanceThatIsOptionalInOneBranch: FUNCTION,
  InstanceThatSaysNothingInOneBranch: FUNCTION,
  EnvironmentThatIsStrongInOneBranch: FUNCTION,
  InstanceFromWeakTemplate: REFERENCE,
  InstanceFromTemplateInOneBranch: REFERENCE,
  GroupWithWeakConfiguration: REFERENCE,
  GroupWithWeakOverride: REFERENCE,
  WeakGroup: REFERENCE,
  EnvironmentOnAmazonLinux2023: 'a safe default of the service',
  ElasticDesktops: 'a safe default of the service',
  TemplateOfInstanceThatRequires: 'only instances with safe settings of their own use it, and Guard does not see them',
};

const INSTANCE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const options = (value: unknown): object => ({ MetadataOptions: value });
const one = (type: string, properties: unknown): object => ({ Resources: { One: { Type: type, Properties: properties } } });

/** The rules that one resource fails, and whether the check finds a violation. */
function both(type: string, properties: unknown, settings: GuardSettings = {}): { guard: string[]; verdict: Verdict } {
  return {
    guard: failuresIn(guardRules(settings), one(type, properties)).One ?? [],
    verdict: verdictsIn(judge(one(type, properties), () => settings)).One,
  };
}

test('every type has a rule or a reason why not', () => {
  expect([...GUARDED_TYPES, ...NOT_EXPRESSIBLE.map(({ type }) => type)].sort()).toEqual(LAUNCH_SURFACES.map(({ type }) => type).sort());
  expect(NOT_EXPRESSIBLE.map(({ why }) => why)).not.toContain('');
  expect(GUARDED_TYPES).toEqual(expect.arrayContaining([INSTANCE, TEMPLATE, 'AWS::AutoScaling::LaunchConfiguration', 'AWS::SageMaker::NotebookInstance']));
});

test('the rules say what they do not tell', () => {
  for (const each of NOT_TOLD) { expect(guardRules()).toContain(`# - ${each}\n`); }
});

test('an impossible maximum is refused', () => {
  expect(() => guardRules({ maxHttpPutResponseHopLimit: 65 })).toThrow("'maxHttpPutResponseHopLimit' must be a whole number from 1 to 64, got 65");
});

testWithGuard.each(TEMPLATES)('Guard and the check agree about %s', (_, template) => {
  const verdicts = verdictsIn(judge(template));
  const failures = failuresIn(guardRules(), template);
  for (const [id, { Type: type }] of Object.entries(template.Resources).filter(([, { Type }]) => GUARDED_TYPES.includes(Type))) {
    const agree = (failures[id] !== undefined) === (verdicts[id] === 'violation');
    expect(`${id} ${type} ${agree ? 'agrees' : 'differs'}`).toBe(`${id} ${type} ${id in EXCEPTIONS ? 'differs' : 'agrees'}`);
  }
  expect(Object.keys(failures).filter(id => !GUARDED_TYPES.includes(template.Resources[id].Type))).toEqual([]);
});

test('every exception is a resource of the fixtures', () => {
  const ids = TEMPLATES.flatMap(([, { Resources }]) => Object.keys(Resources));
  expect(Object.keys(EXCEPTIONS).filter(id => !ids.includes(id))).toEqual([]);
});

const METADATA_OPTIONS: Record<string, unknown> = {
  'required': { HttpTokens: 'required' },
  'required with hop limit 1': { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
  'required with hop limit "2"': { HttpTokens: 'required', HttpPutResponseHopLimit: '2' },
  'required with hop limit 3': { HttpTokens: 'required', HttpPutResponseHopLimit: 3 },
  'required with hop limit "3"': { HttpTokens: 'required', HttpPutResponseHopLimit: '3' },
  'required with hop limit 0': { HttpTokens: 'required', HttpPutResponseHopLimit: 0 },
  'optional': { HttpTokens: 'optional' },
  'not a value': { HttpTokens: 'Required' },
  'hop limit only': { HttpPutResponseHopLimit: 1 },
  'endpoint only': { HttpEndpoint: 'enabled' },
  'optional, disabled': { HttpTokens: 'optional', HttpEndpoint: 'disabled' },
  'disabled': { HttpEndpoint: 'disabled', HttpPutResponseHopLimit: 3 },
  'endpoint misspelt': { HttpTokens: 'required', HttpEndpoint: 'Disabled' },
  'no tokens': { HttpTokens: NO_VALUE },
  'no options': NO_VALUE,
  'empty': {},
  'a parameter': { HttpTokens: { Ref: 'Tokens' } },
  'an import': { HttpTokens: { 'Fn::ImportValue': 'tokens' } },
  'a dynamic reference': { HttpTokens: '{{resolve:ssm:/tokens}}' },
  'options from a mapping': { 'Fn::FindInMap': ['A', { Ref: 'AWS::Region' }, 'Options'] },
  'options from a parameter': { Ref: 'Options' },
  'a list': [{ HttpTokens: 'required' }],
  'tokens in a list': { HttpTokens: ['required'] },
  'tokens in a list, disabled': { HttpTokens: ['required'], HttpEndpoint: 'disabled' },
};

testWithGuard.each(Object.entries(METADATA_OPTIONS))('Guard and the check agree about metadata options: %s', (_, value) => {
  const settings = { maxHttpPutResponseHopLimit: 2 };
  const surfaces: Record<string, [type: string, properties: object]> = {
    Instance: [INSTANCE, options(value)],
    Template: [TEMPLATE, { LaunchTemplateData: options(value) }],
    Configuration: ['AWS::AutoScaling::LaunchConfiguration', options(value)],
    Desktop: ['AWS::WorkspacesInstances::WorkspaceInstance', { ManagedInstance: options(value) }],
    Fleet: ['AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ Overrides: [{ InstanceType: 't3.micro' }, options(value)] }, { Overrides: [options({ HttpTokens: 'required' })] }] }],
  };
  const template = { Resources: Object.fromEntries(Object.entries(surfaces).map(([id, [type, properties]]) => [id, { Type: type, Properties: properties }])) };
  const verdicts = Object.entries(verdictsIn(judge(template, () => settings)));
  expect(Object.keys(failuresIn(guardRules(settings), template)).sort()).toEqual(verdicts.filter(([, verdict]) => verdict === 'violation').map(([id]) => id).sort());
});

testWithGuard('each rule has a message that says what is wrong and what to do', () => {
  const rules = guardRules({ maxHttpPutResponseHopLimit: 1 });
  const failed = failedRules(rules, one(INSTANCE, options({ HttpTokens: 'optional', HttpPutResponseHopLimit: 2, HttpEndpoint: 'on' })));
  expect(failed.map(({ rule, message }) => [rule, ...message.split('\n').map(line => line.trim().replace(/ See https.*/, ''))])).toEqual([
    ['aws_ec2_instance_requires_imdsv2', 'AWS::EC2::Instance must require IMDSv2', 'Fix: set MetadataOptions.HttpTokens to "required".'],
    ['aws_ec2_instance_limits_hops', 'AWS::EC2::Instance must have a hop limit of 1', 'Fix: set MetadataOptions.HttpPutResponseHopLimit to 1.'],
    ['aws_ec2_instance_sets_endpoint', 'AWS::EC2::Instance must have the endpoint enabled or disabled', 'Fix: set MetadataOptions.HttpEndpoint to "enabled" or "disabled".'],
  ]);
});

testWithGuard('what a hook is given for a resource is judged as the template is, and what was before is not', () => {
  const strong = { MetadataOptions: { HttpTokens: 'required' } };
  const hook = (now: object, before: object): object => ({
    HookContext: { TargetName: INSTANCE, TargetType: 'RESOURCE' },
    Resources: { One: { ResourceType: INSTANCE, ResourceProperties: now } },
    Previous: { One: { ResourceType: INSTANCE, ResourceProperties: before } },
  });
  expect(failuresIn(guardRules(), hook({ ImageId: 'ami-1' }, strong))).toEqual({ One: ['requires_imdsv2'] });
  expect(failuresIn(guardRules(), hook(strong, { ImageId: 'ami-1' }))).toEqual({});
});

testWithGuard('an instance without settings passes where it names a launch template, and fails where its own are weak', () => {
  const LaunchTemplate = { LaunchTemplateId: 'lt-1', Version: '1' };
  expect(both(INSTANCE, { LaunchTemplate })).toEqual({ guard: [], verdict: 'cannot tell' });
  expect(both(INSTANCE, { LaunchTemplate: NO_VALUE })).toEqual({ guard: ['requires_imdsv2'], verdict: 'violation' });
  expect(both(INSTANCE, { LaunchTemplate, ...options({ HttpTokens: 'optional' }) })).toEqual({ guard: ['requires_imdsv2'], verdict: 'violation' });
});

describe('with httpEndpoint', () => {
  testWithGuard.each([
    ['false', false, options({ HttpTokens: 'required', HttpEndpoint: 'disabled' }), []],
    ['false', false, options({ HttpTokens: 'required', HttpEndpoint: 'enabled' }), ['sets_endpoint']],
    ['false', false, options({ HttpTokens: 'required' }), ['sets_endpoint']],
    ['false', false, options({ HttpTokens: 'required', HttpEndpoint: { Ref: 'P' } }), []],
    ['false', false, { LaunchTemplate: { LaunchTemplateName: 'n' } }, []],
    ['true', true, options({ HttpTokens: 'required' }), []],
    ['true', true, options({ HttpTokens: 'required', HttpEndpoint: 'disabled' }), ['sets_endpoint']],
  ])('%s: case %#', (_, httpEndpoint, properties, expected) => {
    expect(both(INSTANCE, properties, { httpEndpoint }).guard).toEqual(expected);
  });
});

testWithGuard('the element of a list that decides is found among others, and a list that a function makes is not judged', () => {
  const type = 'AWS::ElasticBeanstalk::Environment';
  const option = (Value: unknown): object => ({ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value });
  const other = { Namespace: 'aws:autoscaling:asg', OptionName: 'MinSize', Value: '1' };
  const failing = (OptionSettings: unknown, more: object = {}): boolean => both(type, { OptionSettings, ...more }).guard.length > 0;
  expect([[other, option('true')], [option(true)], { 'Fn::FindInMap': [] }, [other, { 'Fn::If': [] }]].map(each => failing(each))).toEqual([false, false, false, false]);
  expect([[other], [], [option('false')], [option('true'), option('false')], NO_VALUE].map(each => failing(each))).toEqual([true, true, true, true, true]);
  expect([failing([other], { TemplateName: 't' }), failing([option('false')], { TemplateName: 't' })]).toEqual([false, true]);
});
