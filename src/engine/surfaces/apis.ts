import { EACH, LaunchSurface, PARAMETER, Start, Step } from './surface';

/**
 * An API that launches instances, says how they are launched, or changes which IMDS versions they answer.
 *
 * Its spellings follow by rule: `runInstances`, `RunInstancesCommand`, `run-instances` and `run_instances` are all RunInstances.
 */
export interface Api extends Pick<LaunchSurface, 'page' | 'tokens' | 'endpoint'> {
  /** As the AWS CLI names it. */
  readonly service: string;
  readonly action: string;

  /** Other names of the same call, as `service:action`: optimized integrations of Step Functions, actions of automation runbooks. */
  readonly alsoAs?: readonly string[];
  readonly cmdlet?: string;

  /** Path in the request to the object that holds the options; empty where they stand in the request itself. Absent: it takes none. */
  readonly container?: readonly Step[];

  /** Values of the tokens that leave the decision to something else. */
  readonly neutral?: readonly string[];

  /** The key that has launches refused which do not require tokens, `enabled` or `disabled`. */
  readonly enforced?: string;

  /** What silence means. Absent: it leaves everything as it was. */
  readonly silence?: { readonly rule: 'undecided-default' | 'undecided-launch-template' | 'undecided-template' | 'old-template-version'; readonly why: string };

  /** What of a request launches instances in a form that has no IMDS setting. */
  readonly uncontrolled?: readonly Step[];

  /** Where it starts an automation, of which the document decides. Only calls are meant that start one of AWS's documents that launch. */
  readonly starts?: Start;
}

const EC2 = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference';
const APPSTREAM = 'https://docs.aws.amazon.com/appstream2/latest/APIReference';
const IMAGE_BUILDER = 'https://docs.aws.amazon.com/imagebuilder/latest/APIReference';
const LIGHTSAIL = 'https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference';
const SAGEMAKER = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference';
const SSM = 'https://docs.aws.amazon.com/systems-manager/latest/APIReference';
const TOKENS = { key: 'HttpTokens', required: 'required', weak: ['optional'] } as const;
const CAMEL_TOKENS = { ...TOKENS, key: 'httpTokens' } as const;
const ENDPOINT = 'HttpEndpoint';
const VERSION = { key: 'MinimumInstanceMetadataServiceVersion', required: '2', weak: ['1'] } as const;
const NO_V1 = { key: 'DisableIMDSV1', required: true, weak: [false] } as const;
const ACCOUNT_OR_IMAGE = { rule: 'undecided-default', why: 'its launch template, the account default or the image decides' } as const;
const AT_LAUNCH = { rule: 'undecided-default', why: 'the account default or the image decides at the launch' } as const;
const FROM_TEMPLATE = { rule: 'undecided-launch-template', why: 'the launch template that it names decides' } as const;
const OF_SERVICE = { rule: 'undecided-default', why: 'a default of the service decides' } as const;

/** One row an API, sorted by service and action. Facts are those of the API references and the service models that botocore has. */
export const APIS: readonly Api[] = [
  { service: 'appstream', action: 'CreateAppBlockBuilder', page: `${APPSTREAM}/API_CreateAppBlockBuilder.html`, container: [], tokens: NO_V1, silence: OF_SERVICE },
  { service: 'appstream', action: 'CreateFleet', page: `${APPSTREAM}/API_CreateFleet.html`, container: [], tokens: NO_V1, silence: OF_SERVICE },
  { service: 'appstream', action: 'CreateImageBuilder', page: `${APPSTREAM}/API_CreateImageBuilder.html`, container: [], tokens: NO_V1, silence: OF_SERVICE },
  { service: 'appstream', action: 'UpdateAppBlockBuilder', page: `${APPSTREAM}/API_UpdateAppBlockBuilder.html`, container: [], tokens: NO_V1 },
  { service: 'appstream', action: 'UpdateFleet', page: `${APPSTREAM}/API_UpdateFleet.html`, container: [], tokens: NO_V1 },
  {
    service: 'autoscaling',
    action: 'CreateLaunchConfiguration',
    page: 'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html',
    container: ['MetadataOptions'],
    tokens: TOKENS,
    endpoint: ENDPOINT,
    silence: AT_LAUNCH,
  },
  { // a template of its own, which only runbooks name this way
    service: 'aws',
    action: 'createStack',
    page: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-createstack.html',
    silence: { rule: 'undecided-template', why: 'its template is not among those that were read' },
  },
  { // in runbooks alone
    service: 'aws',
    action: 'executeAutomation',
    page: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAutomation.html',
    starts: { at: [], document: ['DocumentName'], parameters: [['RuntimeParameters', PARAMETER]] },
  },
  {
    service: 'ec2',
    action: 'CreateFleet',
    page: `${EC2}/API_FleetInstanceMetadataOptionsRequest.html`,
    container: ['LaunchTemplateConfigs', EACH, 'Overrides', EACH, 'MetadataOptions'],
    tokens: TOKENS,
    endpoint: ENDPOINT,
    silence: FROM_TEMPLATE,
  },
  {
    service: 'ec2',
    action: 'CreateLaunchTemplate',
    page: `${EC2}/API_CreateLaunchTemplate.html`,
    container: ['LaunchTemplateData', 'MetadataOptions'],
    tokens: TOKENS,
    endpoint: ENDPOINT,
    silence: AT_LAUNCH,
  },
  {
    service: 'ec2',
    action: 'CreateLaunchTemplateVersion',
    page: `${EC2}/API_CreateLaunchTemplateVersion.html`,
    container: ['LaunchTemplateData', 'MetadataOptions'],
    tokens: TOKENS,
    endpoint: ENDPOINT,
    silence: { rule: 'undecided-default', why: 'the version that SourceVersion names, the account default or the image decides' },
  },
  {
    service: 'ec2',
    action: 'ModifyFleet',
    page: `${EC2}/API_ModifyFleet.html`,
    container: ['LaunchTemplateConfigs', EACH, 'Overrides', EACH, 'MetadataOptions'],
    tokens: TOKENS,
    endpoint: ENDPOINT,
  },
  {
    service: 'ec2',
    action: 'ModifyInstanceMetadataDefaults',
    cmdlet: 'Edit-EC2InstanceMetadataDefault',
    page: `${EC2}/API_ModifyInstanceMetadataDefaults.html`,
    container: [],
    tokens: TOKENS,
    endpoint: ENDPOINT,
    neutral: ['no-preference'],
    enforced: 'HttpTokensEnforced',
    silence: { rule: 'undecided-default', why: 'what it makes of the default of the account is not documented' },
  },
  {
    service: 'ec2',
    action: 'ModifyInstanceMetadataOptions',
    cmdlet: 'Edit-EC2InstanceMetadataOption',
    page: `${EC2}/API_ModifyInstanceMetadataOptions.html`,
    container: [],
    tokens: TOKENS,
    endpoint: ENDPOINT,
    // of the endpoint and the hop limit the page says that they are kept, of the tokens it does not
    silence: { rule: 'undecided-default', why: 'whether the instance keeps the tokens that it has is not documented' },
  },
  {
    service: 'ec2',
    action: 'ModifyLaunchTemplate',
    page: `${EC2}/API_ModifyLaunchTemplate.html`,
    silence: { rule: 'old-template-version', why: 'whoever launches the default version gets what the version that it names says' },
  },
  {
    service: 'ec2',
    action: 'RequestSpotFleet',
    page: `${EC2}/API_SpotFleetLaunchSpecification.html`,
    uncontrolled: ['SpotFleetRequestConfig', 'LaunchSpecifications', EACH],
    silence: FROM_TEMPLATE,
  },
  { service: 'ec2', action: 'RequestSpotInstances', page: `${EC2}/API_RequestSpotLaunchSpecification.html`, uncontrolled: ['LaunchSpecification'], silence: AT_LAUNCH },
  {
    service: 'ec2',
    action: 'RunInstances',
    alsoAs: ['aws:runInstances'], // https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-runinstance.html
    cmdlet: 'New-EC2Instance',
    page: `${EC2}/API_RunInstances.html`,
    container: ['MetadataOptions'],
    tokens: TOKENS,
    endpoint: ENDPOINT,
    silence: ACCOUNT_OR_IMAGE,
  },
  { service: 'ec2', action: 'RunScheduledInstances', page: `${EC2}/API_RunScheduledInstances.html`, uncontrolled: ['LaunchSpecification'], silence: AT_LAUNCH },
  {
    service: 'emr',
    action: 'RunJobFlow',
    alsoAs: ['elasticmapreduce:createCluster', 'emr:createCluster'], // Step Functions and the AWS CLI call it so
    page: 'https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html',
    silence: { rule: 'undecided-default', why: 'the security configuration that it names, or the release of EMR, decides' },
  },
  {
    service: 'imagebuilder',
    action: 'CreateInfrastructureConfiguration',
    page: `${IMAGE_BUILDER}/API_CreateInfrastructureConfiguration.html`,
    container: ['instanceMetadataOptions'],
    tokens: CAMEL_TOKENS,
    silence: AT_LAUNCH,
  },
  {
    service: 'imagebuilder',
    action: 'UpdateInfrastructureConfiguration',
    page: `${IMAGE_BUILDER}/API_UpdateInfrastructureConfiguration.html`,
    container: ['instanceMetadataOptions'],
    tokens: CAMEL_TOKENS,
    silence: AT_LAUNCH,
  },
  { service: 'lightsail', action: 'CreateInstances', page: `${LIGHTSAIL}/API_CreateInstances.html`, silence: OF_SERVICE },
  {
    service: 'lightsail',
    action: 'UpdateInstanceMetadataOptions',
    cmdlet: 'Update-LSInstanceMetadataOption',
    page: `${LIGHTSAIL}/API_UpdateInstanceMetadataOptions.html`,
    container: [],
    tokens: CAMEL_TOKENS,
    endpoint: 'httpEndpoint',
    silence: OF_SERVICE,
  },
  {
    service: 'sagemaker',
    action: 'CreateNotebookInstance',
    page: `${SAGEMAKER}/API_InstanceMetadataServiceConfiguration.html`,
    container: ['InstanceMetadataServiceConfiguration'],
    tokens: VERSION,
    silence: OF_SERVICE,
  },
  {
    service: 'sagemaker',
    action: 'UpdateNotebookInstance',
    page: `${SAGEMAKER}/API_InstanceMetadataServiceConfiguration.html`,
    container: ['InstanceMetadataServiceConfiguration'],
    tokens: VERSION,
  },
  {
    service: 'ssm',
    action: 'StartAutomationExecution',
    cmdlet: 'Start-SSMAutomationExecution',
    page: `${SSM}/API_StartAutomationExecution.html`,
    starts: { at: [], document: ['DocumentName'], parameters: [['Parameters', PARAMETER]] },
  },
  {
    service: 'ssm',
    action: 'StartChangeRequestExecution',
    page: `${SSM}/API_StartChangeRequestExecution.html`,
    starts: { at: ['Runbooks', EACH], document: ['DocumentName'], parameters: [['Parameters', PARAMETER]] },
  },
  {
    service: 'workspaces-instances',
    action: 'CreateWorkspaceInstance',
    page: 'https://docs.aws.amazon.com/workspaces-instances/latest/api/API_CreateWorkspaceInstance.html',
    container: ['ManagedInstance', 'MetadataOptions'],
    tokens: TOKENS,
    endpoint: ENDPOINT,
    silence: ACCOUNT_OR_IMAGE,
  },
];

const BY_NAME = new Map(APIS.flatMap(api => [`${api.service}:${api.action}`, ...api.alsoAs ?? []].map(name => {
  const [service, action] = name.split(':');
  return [keyOf(service, action), api] as const;
})));

const BY_CMDLET = new Map(APIS.flatMap(api => api.cmdlet === undefined ? [] : [[api.cmdlet.toLowerCase(), api] as const]));

/** The row of an API by the names that an SDK, the AWS CLI, Step Functions or a runbook has for it. */
export function apiNamed(service: string, action: string): Api | undefined {
  return BY_NAME.get(keyOf(service, action));
}

/** Those that code calls by this method or command, whichever service it has in hand. */
export function apisCalled(action: string): readonly Api[] {
  const name = plain(action).replace(/command$/, '');
  return APIS.filter(api => plain(api.action) === name);
}

export function apiOfCmdlet(cmdlet: string): Api | undefined {
  return BY_CMDLET.get(cmdlet.toLowerCase());
}

/** As the AWS CLI spells a name: `run-instances`. */
export function kebab(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
}

/** Also the names of something else, unless what stands before them is there. */
const COMMON = /^create[-_]?(?:cluster|stack)$/;

/** Without one of these words, in small letters, a text has no call in it. */
export const CALL_WORDS: readonly string[] = [...new Set([
  ...APIS.flatMap(({ action, cmdlet, alsoAs = [] }) => [
    ...[action, kebab(action), kebab(action).replaceAll('-', '_'), ...cmdlet ? [cmdlet] : []].filter(name => !COMMON.test(name.toLowerCase())),
    ...alsoAs,
  ]),
  'aws:createstack', 'emr create-cluster',
].map(word => word.toLowerCase()))];

/** Whether a text may have a call in it, told at a glance. */
export function mayCall(text: string): boolean {
  const lower = text.toLowerCase();
  return CALL_WORDS.some(word => lower.includes(word));
}

function keyOf(service: string, action: string): string {
  return `${plain(service.replace(/^@aws-sdk\/client-/, ''))}:${plain(action).replace(/command$/, '')}`;
}

/** Every spelling comes to the same. */
function plain(name: string): string {
  return name.replace(/[^A-Za-z\d]/g, '').toLowerCase();
}
