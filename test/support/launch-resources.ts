/* eslint-disable @stylistic/max-len */ // a case a line
import fc, { Arbitrary } from 'fast-check';
import { JsonObject } from '../../src/engine/json/json';
import { Settings } from '../../src/engine/surfaces/settings';
import { LaunchSurface, ListStep, Step } from '../../src/engine/surfaces/surface';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const ABSENT: Arbitrary<unknown> = fc.constantFrom(undefined, null, NO_VALUE);

/** What only deployment tells. */
const UNKNOWN: Arbitrary<unknown> = fc.constantFrom<unknown>(
  { Ref: 'SomeParameter' }, { 'Fn::ImportValue': 'x' }, { 'Fn::FindInMap': ['a', 'b', 'c'] }, { 'Fn::Transform': { Name: 'AWS::Include' } }, '{{resolve:ssm:/imds}}',
);

/** Keys that JavaScript objects have anyway, and keys of nobody's. */
const OTHER_KEYS = fc.constantFrom('HttpProtocolIpv6', 'Tags', 'ImageId', '__proto__', 'constructor', 'toString', 'valueOf', '0');
const OTHERS = fc.dictionary(OTHER_KEYS, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });

export const settings: Arbitrary<Settings> = fc.record({
  httpPutResponseHopLimit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  maxHttpPutResponseHopLimit: fc.option(fc.integer({ min: 3, max: 5 }), { nil: undefined }),
  httpEndpoint: fc.option(fc.boolean(), { nil: undefined }),
});

/** The properties of a resource: weak or strong, absent or hidden, in any branch of an `Fn::If`. */
export function propertiesOf(surface: LaunchSurface): Arbitrary<JsonObject> {
  const [first, ...rest] = surface.container!;
  const properties = first === undefined ? container(surface) : holder(first as string, at(rest, surface));
  return properties.map(plain) as Arbitrary<JsonObject>;
}

function container({ tokens, hopLimit, endpoint }: LaunchSurface): Arbitrary<JsonObject> {
  const scalars = fc.constantFrom<unknown>('required', 'optional', 'true', 'false', true, false, '1', '2', 1, 2, '', 'toString', ['required'], ['true'], ['2'], { toString: 1, valueOf: 2 });
  const hops = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 }).map(String), fc.constantFrom<unknown>(0, 65, -1, 1.5, 'many', '', true, [2]));
  const endpoints = fc.constantFrom<unknown>('enabled', 'disabled', 'Disabled', false);
  return fc.tuple(OTHERS, some(tokens?.key, scalars), some(hopLimit, hops), some(endpoint, endpoints)).map(parts => Object.assign({}, ...parts));
}

function some(key: string | undefined, value: Arbitrary<unknown>): Arbitrary<JsonObject> {
  if (key === undefined) { return fc.constant({}); }
  return fc.oneof(fc.constant({}), branches(fc.oneof({ weight: 4, arbitrary: value }, ABSENT, UNKNOWN)).map(each => ({ [key]: each })));
}

function at(path: readonly Step[], surface: LaunchSurface): Arbitrary<unknown> {
  const [step, ...rest] = path;
  if (step === undefined) { return branches(orNone(container(surface))); }
  if (typeof step === 'string') { return branches(orNone(holder(step, at(rest, surface)))); }
  return branches(orNone('where' in step ? list(step, rest, surface) : text(at(rest, surface), rest)));
}

function orNone(value: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: value }, ABSENT, UNKNOWN);
}

function holder(key: string, value: Arbitrary<unknown>): Arbitrary<JsonObject> {
  return fc.oneof(OTHERS, fc.tuple(OTHERS, value).map(([others, each]) => ({ ...others, [key]: each })));
}

function list(step: ListStep, rest: readonly Step[], surface: LaunchSurface): Arbitrary<unknown> {
  const meant = at(rest, surface).map(each => typeof each === 'object' && each && !Object.keys(each).some(key => /^(Ref$|Fn::)/.test(key)) ? { ...each, ...step.where } : { ...step.where });
  const element = fc.oneof({ weight: 3, arbitrary: meant }, fc.constant({ OptionName: 'MinSize', Value: '1' }), ABSENT, UNKNOWN);
  return fc.array(branches(element), { maxLength: 3 });
}

/** JSON as an object, as a string, and as what `Fn::Join` and `Fn::Sub` make. */
function text(value: Arbitrary<unknown>, [next]: readonly Step[]): Arbitrary<unknown> {
  const isList = typeof next === 'object';
  const data = value.map(each => typeof each === 'object' && each !== null && !('Fn::If' in each) ? each : isList ? [] : {});
  return data.chain(each => fc.constantFrom<unknown>(
    each,
    JSON.stringify(each),
    { 'Fn::Join': ['', [...pieces(JSON.stringify(each)), '  ']] },
    { 'Fn::Sub': JSON.stringify(each).replace('"ImageId":', '"Image${AWS::Region}":') },
    { 'Fn::Join': ['', ['{"A":', { Ref: 'B' }, '}']] },
    'no JSON',
  ));
}

/** An intrinsic function in place of the first literal, quoted as CDK does it. */
function pieces(json: string): unknown[] {
  const [before, ...after] = json.split('"optional"');
  return after.length === 0 ? [before] : [`${before}"`, { Ref: 'Tokens' }, `"${after.join('"optional"')}`];
}

/** The value, or an `Fn::If` up to three deep. */
function branches(value: Arbitrary<unknown>, depth = 3): Arbitrary<unknown> {
  if (depth === 0) { return value; }
  const deeper = branches(value, depth - 1);
  return fc.oneof({ weight: 5, arbitrary: value }, fc.tuple(fc.constantFrom('A', 'B'), deeper, deeper).map(each => ({ 'Fn::If': each })));
}

/** As a parser gives it: nothing undefined, ordinary prototypes. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** JSON that looks like a template where it hurts. */
export function nearlyTemplate(types: readonly string[], keys: readonly string[]): Arbitrary<unknown> {
  const names = fc.constantFrom('Fn::If', 'Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Transform', '__proto__', 'toString', 'valueOf', '0', ...keys);
  const { value } = fc.letrec(tie => ({
    value: fc.oneof({ maxDepth: 6 },
      fc.constantFrom<unknown>('required', 'AWS::NoValue', '${A.LatestVersionNumber}', '{"a":"${B}"}', 'A', '', 2, true, null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(names, tie('value'), { maxKeys: 4 })),
  }));
  const resource = fc.record({ Type: fc.constantFrom(...types), Properties: value }, { requiredKeys: ['Type'] });
  const resources = fc.dictionary(fc.constantFrom('A', 'B', '__proto__', 'constructor'), fc.oneof({ weight: 5, arbitrary: resource as Arbitrary<unknown> }, value));
  const parameters = fc.dictionary(fc.constantFrom('A', 'B', 'P'), fc.oneof(value, fc.record({ Default: value, AllowedValues: value }, { requiredKeys: [] })));
  const outputs = fc.dictionary(fc.constantFrom('A', 'B'), fc.record({ Value: value, Export: fc.record({ Name: value }), Condition: value }, { requiredKeys: ['Value'] }));
  const sections = {
    Resources: resources,
    Parameters: parameters,
    Outputs: outputs,
    Conditions: fc.dictionary(names, value),
    Mappings: fc.dictionary(names, fc.dictionary(names, fc.dictionary(names, value))),
    Transform: fc.constantFrom<unknown>('AWS::LanguageExtensions', ['AWS::LanguageExtensions', 'Mine'], { Name: 'AWS::Include' }),
  };
  return fc.record(sections, { requiredKeys: ['Resources'] }).map(plain);
}

/** What tokens can be, one way or another. */
export const tokenValues: Arbitrary<unknown> = fc.constantFrom<unknown>(
  'required', 'optional', 'on', '', true, 2, ['required'], { a: 1 }, NO_VALUE, { Ref: 'AnyTokens' }, { Ref: 'SafeTokens' }, { Ref: 'EitherTokens' }, { Ref: 'WeakTokens' }, { 'Fn::ImportValue': 'x' },
  '{{resolve:ssm:/imds}}', { 'Fn::FindInMap': ['Tokens', { Ref: 'AnyTokens' }, 'V'] }, { 'Fn::If': ['IsProd', 'required', 'optional'] }, { 'Fn::If': ['IsDev', 'required', { Ref: 'SafeTokens' }] }, { 'Fn::Sub': '${SafeTokens}' },
);

/** The sections that the values above come from. */
export const SECTIONS = {
  Parameters: {
    AnyTokens: { Type: 'String' }, SafeTokens: { AllowedValues: ['required'] }, EitherTokens: { AllowedValues: ['required', 'optional'], Default: 'required' }, WeakTokens: { Default: 'optional' }, Env: { Type: 'String' },
  },
  Mappings: { Tokens: { a: { V: 'required' }, b: { V: 'required' } } },
  Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] }, IsDev: { 'Fn::Equals': [{ Ref: 'Env' }, 'dev'] } },
};

const CONDITIONS = fc.constantFrom('IsProd', 'IsDev', 'Other');

/** Instances, groups and fleets that refer to templates, in any form and under any condition. */
export function linkedResources(prefix = ''): Arbitrary<JsonObject> {
  const ids = { templates: ['T', 'U'].map(id => prefix + id), others: ['I', 'J', 'G', 'F'].map(id => prefix + id) };
  const options = fc.record({
    HttpTokens: tokenValues, HttpEndpoint: fc.constantFrom<unknown>('enabled', 'disabled', { Ref: 'AnyTokens' }, { 'Fn::If': ['IsProd', 'disabled', 'enabled'] }), HttpPutResponseHopLimit: fc.constantFrom<unknown>(1, '2', 3, { Ref: 'AnyTokens' }),
  }, { requiredKeys: [] });
  const specification = fc.record({
    LaunchTemplateId: fc.constantFrom<unknown>(...ids.templates.map(id => ({ Ref: id })), { Ref: 'AnyTokens' }, 'lt-1', NO_VALUE),
    LaunchTemplateName: fc.constantFrom<unknown>(`${prefix}web`, { 'Fn::Sub': `${prefix}\${AWS::StackName}` }),
    Version: fc.constantFrom<unknown>('1', '$Default', '$Latest', '$Latest', '$Latest', '$Latest'),
  }, { requiredKeys: ['Version'] });
  const maybe = (value: Arbitrary<unknown>): Arbitrary<unknown> => fc.oneof(value, fc.tuple(CONDITIONS, value, fc.oneof(value, fc.constant(NO_VALUE))).map(each => ({ 'Fn::If': each })), fc.constant(NO_VALUE));
  const resource = (Type: string, Properties: Arbitrary<unknown>): Arbitrary<unknown> => fc.record({ Type: fc.constant(Type), Properties, Condition: CONDITIONS }, { requiredKeys: ['Type', 'Properties'] });
  const template = resource('AWS::EC2::LaunchTemplate', fc.record({
    LaunchTemplateName: fc.constantFrom<unknown>(`${prefix}web`, { 'Fn::Sub': `${prefix}\${AWS::StackName}` }), LaunchTemplateData: fc.record({ MetadataOptions: maybe(options) }),
  }, { requiredKeys: ['LaunchTemplateData'] }));
  const launcher = fc.oneof(
    resource('AWS::EC2::Instance', fc.record({ MetadataOptions: maybe(options), LaunchTemplate: maybe(specification) })),
    resource('AWS::AutoScaling::AutoScalingGroup', fc.record({ LaunchTemplate: maybe(specification) })),
    resource('AWS::EC2::EC2Fleet', fc.record({ LaunchTemplateConfigs: fc.array(fc.record({ LaunchTemplateSpecification: specification, Overrides: fc.array(fc.record({ MetadataOptions: options }), { maxLength: 2 }) }), { maxLength: 2 }) })),
  );
  return fc.record(Object.fromEntries([...ids.templates.map(id => [id, template]), ...ids.others.map(id => [id, launcher])]) as { [id: string]: Arbitrary<unknown> }, { requiredKeys: [] }).map(plain) as Arbitrary<JsonObject>;
}
