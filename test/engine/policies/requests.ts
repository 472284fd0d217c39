import { ACCOUNT, Context, Principal, Request } from './simulation';

/** A request, and the statements that are meant to deny it, by Sid. */
export interface Case extends Request {
  readonly deniedBy: readonly string[];
}

export function roleIn(partition: string, path: string): Principal {
  return { role: `arn:${partition}:iam::${ACCOUNT}:role/${path}` };
}

/** All combinations of values, where undefined leaves the key out. */
function combinations<K extends string>(values: { readonly [key in K]: readonly (string | undefined)[] }): { [key in K]?: string }[] {
  return (Object.keys(values) as K[]).reduce<{ [key in K]?: string }[]>(
    (found, key) => found.flatMap(each => values[key].map(value => ({ ...each, [key]: value }))), [{}],
  );
}

function context(keys: { readonly [key: string]: string | undefined }): Context {
  return Object.fromEntries(Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function nameOf(action: string, keys: object): string {
  return `${action} ${Object.entries(keys).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${value}`).join(' ') || 'with nothing'}`;
}

function sids(found: { readonly [sid: string]: boolean | undefined }): string[] {
  return Object.keys(found).filter(sid => found[sid]);
}

const TOKENS = ['required', 'optional', undefined];
const HOPS = ['1', '2', '3', undefined];
const ENDPOINT = ['enabled', 'disabled', undefined];
const isAbove2 = (hops: string | undefined): boolean => Number(hops) > 2;

/** What a launch is authorized for beside the instance. None of them has a key about IMDS. */
export function launchParts(partition: string): Case[] {
  const ec2 = `arn:${partition}:ec2:eu-west-1:${ACCOUNT}`;
  return [
    `arn:${partition}:ec2:eu-west-1::image/ami-0123456789abcdef0`,
    `${ec2}:network-interface/*`,
    `${ec2}:security-group/sg-0123456789abcdef0`,
    `${ec2}:subnet/subnet-0123456789abcdef0`,
    `${ec2}:volume/*`,
    `${ec2}:key-pair/key`,
    `${ec2}:launch-template/lt-0123456789abcdef0`,
  ].map(resource => ({ name: `launch: ${resource}`, action: 'ec2:RunInstances', resource, context: {}, deniedBy: [] }));
}

/** The instance of a launch. EC2 asks for it by the literal `instance/*`, since it has no id yet. */
export function launches(partition: string): Case[] {
  return combinations({ tokens: TOKENS, hops: HOPS, endpoint: ENDPOINT }).map(keys => ({
    name: nameOf('launch', keys),
    action: 'ec2:RunInstances',
    resource: `arn:${partition}:ec2:eu-west-1:${ACCOUNT}:instance/*`,
    context: context({
      'ec2:MetadataHttpTokens': keys.tokens,
      'ec2:MetadataHttpPutResponseHopLimit': keys.hops,
      'ec2:MetadataHttpEndpoint': keys.endpoint,
    }),
    deniedBy: sids({
      RequireImdsV2: keys.tokens !== 'required',
      RequireImdsV2OrNoImds: keys.tokens !== 'required' && keys.endpoint !== 'disabled',
      MaxImdsHopLimit: isAbove2(keys.hops),
      RequireNoImds: keys.endpoint !== 'disabled',
    }),
  }));
}

/** Changes of an instance: what it has, and what is asked for. */
export function modifications(partition: string): Case[] {
  return combinations({ has: ['required', 'optional'], endpointWas: ['enabled', undefined], tokens: TOKENS, hops: HOPS, endpoint: ['enabled', undefined] }).map(keys => ({
    name: nameOf('modify', keys),
    action: 'ec2:ModifyInstanceMetadataOptions',
    resource: `arn:${partition}:ec2:eu-west-1:${ACCOUNT}:instance/i-0123456789abcdef0`,
    context: context({
      'ec2:MetadataHttpTokens': keys.has,
      'ec2:MetadataHttpPutResponseHopLimit': '3',
      'ec2:MetadataHttpEndpoint': keys.endpointWas ?? 'disabled',
      'ec2:Attribute/HttpTokens': keys.tokens,
      'ec2:Attribute/HttpPutResponseHopLimit': keys.hops,
      'ec2:Attribute/HttpEndpoint': keys.endpoint,
    }),
    deniedBy: sids({
      DenyIMDSv1HttpTokensModification: keys.tokens === 'optional',
      DenyHopRaise: isAbove2(keys.hops),
      DenyEnablingImdsV1: keys.endpoint === 'enabled' && keys.endpointWas === undefined && keys.has !== 'required' && keys.tokens !== 'required',
      DenyEnablingImds: keys.endpoint === 'enabled',
    }),
  }));
}

/** Starting an instance that was stopped, as it is; service-linked roles start some as well, which no policy binds. */
export function starts(partition: string): Case[] {
  return combinations({ has: TOKENS, endpoint: ENDPOINT }).map(keys => ({
    name: nameOf('start', keys),
    action: 'ec2:StartInstances',
    resource: `arn:${partition}:ec2:eu-west-1:${ACCOUNT}:instance/i-0123456789abcdef0`,
    context: context({ 'ec2:MetadataHttpTokens': keys.has, 'ec2:MetadataHttpEndpoint': keys.endpoint }),
    deniedBy: sids({ DenyStartingImdsV1: keys.has !== 'required' && keys.endpoint !== 'disabled' }),
  }));
}

export const changesOfDefaults: readonly Case[] = combinations({ tokens: TOKENS, enforced: ['enabled', 'disabled', undefined] }).map(keys => ({
  name: nameOf('defaults', keys),
  action: 'ec2:ModifyInstanceMetadataDefaults',
  resource: '*',
  context: context({ 'ec2:Attribute/HttpTokens': keys.tokens, 'ec2:Attribute/HttpTokensEnforced': keys.enforced }),
  deniedBy: ['DenyImdsDefaults'],
}));

/** Other actions, some with credentials that IMDS delivered. */
export function deliveries(partition: string): Case[] {
  return ['1.0', '2.0', undefined].flatMap(delivery => [
    { action: 's3:GetObject', resource: `arn:${partition}:s3:::bucket/key` },
    { action: 'sts:AssumeRole', resource: `arn:${partition}:iam::${ACCOUNT}:role/other` },
    { action: 'ec2:StopInstances', resource: `arn:${partition}:ec2:eu-west-1:${ACCOUNT}:instance/i-0123456789abcdef0` },
    { action: 'ec2:CreateLaunchTemplate', resource: `arn:${partition}:ec2:eu-west-1:${ACCOUNT}:launch-template/*` },
    { action: 'ec2:CreateFleet', resource: `arn:${partition}:ec2:eu-west-1:${ACCOUNT}:instance/*` },
    { action: 'ec2:DescribeInstances', resource: '*' },
  ].map(each => ({
    ...each, name: nameOf(each.action, { delivery }), context: context({ 'ec2:RoleDelivery': delivery }), deniedBy: sids({ RequireAllEc2RolesToUseV2: delivery === '1.0' }),
  })));
}

export function autoScaling(partition: string): Case[] {
  const start = `arn:${partition}:autoscaling:eu-west-1:${ACCOUNT}`;
  const configurations = combinations({ tokens: TOKENS, hops: HOPS, endpoint: ENDPOINT }).map(keys => ({
    name: nameOf('launch configuration', keys),
    action: 'autoscaling:CreateLaunchConfiguration',
    resource: `${start}:launchConfiguration:c:launchConfigurationName/n`,
    context: context({
      'autoscaling:MetadataHttpTokens': keys.tokens,
      'autoscaling:MetadataHttpPutResponseHopLimit': keys.hops,
      'autoscaling:MetadataHttpEndpoint': keys.endpoint,
    }),
    deniedBy: sids({
      LaunchConfigImdsV2: keys.tokens !== 'required',
      LaunchConfigImdsV2OrNoImds: keys.tokens !== 'required' && keys.endpoint !== 'disabled',
      LaunchConfigHop: isAbove2(keys.hops),
    }),
  }));
  const groups = combinations({ action: ['Create', 'Update'], configuration: ['n', undefined], pinned: ['true', 'false', undefined] }).map(keys => ({
    name: nameOf('group', keys),
    action: `autoscaling:${keys.action}AutoScalingGroup`,
    resource: `${start}:autoScalingGroup:g:autoScalingGroupName/n`,
    context: context({ 'autoscaling:LaunchConfigurationName': keys.configuration, 'autoscaling:LaunchTemplateVersionSpecified': keys.pinned }),
    deniedBy: sids({ AsgNoLaunchConfig: keys.configuration !== undefined, AsgPinnedVersion: keys.pinned === 'false' }),
  }));
  return [...configurations, ...groups];
}

export function otherServices(partition: string): Case[] {
  const notebook = `arn:${partition}:sagemaker:eu-west-1:${ACCOUNT}:notebook-instance/n`;
  const infrastructure = `arn:${partition}:imagebuilder:eu-west-1:${ACCOUNT}:infrastructure-configuration/n`;
  const spot = `arn:${partition}:ec2:eu-west-1:${ACCOUNT}`;
  return [
    ...['1', '2', undefined].flatMap((version): Case[] => [
      { name: nameOf('make notebook', { version }), action: 'sagemaker:CreateNotebookInstance', resource: notebook, context: minimum(version), deniedBy: sids({ SageMakerNotebookImdsV2: version !== '2' }) },
      { name: nameOf('change notebook', { version }), action: 'sagemaker:UpdateNotebookInstance', resource: notebook, context: minimum(version), deniedBy: sids({ SageMakerNotebookNoDowngrade: version === '1' }) },
    ]),
    ...TOKENS.flatMap(tokens => ['Create', 'Update'].map((verb): Case => ({
      name: nameOf(`${verb} infrastructure`, { tokens }),
      action: `imagebuilder:${verb}InfrastructureConfiguration`,
      resource: infrastructure,
      context: context({ 'imagebuilder:Ec2MetadataHttpTokens': tokens }),
      deniedBy: sids({ ImageBuilderImdsV2: tokens !== 'required' }),
    }))),
    ...[
      ['ec2:RequestSpotInstances', `${spot}:spot-instances-request/*`], ['ec2:RequestSpotFleet', `${spot}:spot-fleet-request/*`], ['ec2:RunScheduledInstances', '*'],
    ].map(([action, resource]): Case => ({ name: action, action, resource, context: {}, deniedBy: ['DenyLegacySpot'] })),
  ];
}

function minimum(version: string | undefined): Context {
  return context({ 'sagemaker:MinimumInstanceMetadataServiceVersion': version });
}

export function allCases(partition: string): Case[] {
  return [
    ...launchParts(partition), ...launches(partition), ...modifications(partition), ...starts(partition), ...changesOfDefaults,
    ...deliveries(partition), ...autoScaling(partition), ...otherServices(partition),
  ];
}
