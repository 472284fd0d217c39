import { nearest } from '../text/did-you-mean';

/**
 * The condition keys that say something about IMDS, and the actions that carry them.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export interface KeyRow {
  readonly key: string;
  readonly setting: 'tokens' | 'hop limit' | 'endpoint' | 'tags' | 'image' | 'role delivery' | 'template version';
  readonly kind: 'text' | 'number' | 'bool';

  /** All that there are; absent for numbers of any size. */
  readonly values?: readonly string[];

  /** The value that lets IMDSv1 pass, and the one that does not. */
  readonly weak?: string;
  readonly strong?: string;

  /** `change`: what a request asks to change, missing where it leaves that alone. `state`: of the launch, or of the instance as it is. */
  readonly of: 'state' | 'change' | 'request' | 'session';

  /** Of those that the statements are about; `*` for all. */
  readonly actions: readonly string[];
}

const RUN = 'ec2:RunInstances';
export const MODIFY = 'ec2:ModifyInstanceMetadataOptions';
const START = 'ec2:StartInstances';
export const DEFAULTS = 'ec2:ModifyInstanceMetadataDefaults';
const LAUNCH_CONFIGURATION = 'autoscaling:CreateLaunchConfiguration';
export const LAUNCHES: readonly string[] = [
  RUN, LAUNCH_CONFIGURATION, 'sagemaker:CreateNotebookInstance',
  'imagebuilder:CreateInfrastructureConfiguration', 'imagebuilder:UpdateInfrastructureConfiguration', // an update replaces all of it
];

/** What they do not mention stays as it is. */
export const CHANGES: readonly string[] = [MODIFY, DEFAULTS, 'sagemaker:UpdateNotebookInstance', 'autoscaling:UpdateAutoScalingGroup'];

/** They launch, or say how, and no condition key tells what about IMDS. */
export const WITHOUT_KEYS: readonly string[] = [
  'ec2:CreateFleet', 'ec2:CreateLaunchTemplate', 'ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate', 'ec2:ModifyFleet',
  'ec2:RequestSpotInstances', 'ec2:RequestSpotFleet', 'ec2:RunScheduledInstances', 'autoscaling:CreateAutoScalingGroup',
];

const TOKENS = { setting: 'tokens', kind: 'text', values: ['optional', 'required'], weak: 'optional', strong: 'required' } as const;
const ON_OR_OFF = { kind: 'text', values: ['enabled', 'disabled'] } as const;
const STATE = { of: 'state', actions: [RUN, MODIFY, START] } as const;
const CHANGE = { of: 'change', actions: [MODIFY, DEFAULTS] } as const;
const OF_CONFIGURATION = { of: 'request', actions: [LAUNCH_CONFIGURATION] } as const;

export const KEYS: readonly KeyRow[] = [
  { key: 'ec2:MetadataHttpTokens', ...TOKENS, ...STATE },
  { key: 'ec2:MetadataHttpPutResponseHopLimit', setting: 'hop limit', kind: 'number', ...STATE },
  { key: 'ec2:MetadataHttpEndpoint', setting: 'endpoint', ...ON_OR_OFF, ...STATE },
  { key: 'ec2:InstanceMetadataTags', setting: 'tags', ...ON_OR_OFF, ...STATE, actions: [RUN, MODIFY] },
  { key: 'ec2:Attribute/HttpTokens', ...TOKENS, values: [...TOKENS.values, 'no-preference'], ...CHANGE },
  { key: 'ec2:Attribute/HttpTokensEnforced', setting: 'tokens', kind: 'text', values: ['enabled', 'disabled', 'no-preference'], of: 'change', actions: [DEFAULTS] },
  { key: 'ec2:Attribute/HttpPutResponseHopLimit', setting: 'hop limit', kind: 'number', ...CHANGE },
  { key: 'ec2:Attribute/HttpEndpoint', setting: 'endpoint', ...ON_OR_OFF, values: [...ON_OR_OFF.values, 'no-preference'], ...CHANGE },
  { key: 'ec2:Attribute/InstanceMetadataTags', setting: 'tags', ...ON_OR_OFF, values: [...ON_OR_OFF.values, 'no-preference'], ...CHANGE },
  { key: 'ec2:Attribute/HttpProtocolIpv6', setting: 'endpoint', ...ON_OR_OFF, of: 'change', actions: [MODIFY] },
  { key: 'ec2:Attribute/ImdsSupport', setting: 'image', kind: 'text', of: 'change', actions: ['ec2:ModifyImageAttribute'] },
  { key: 'ec2:RoleDelivery', setting: 'role delivery', kind: 'number', weak: '1.0', strong: '2.0', of: 'session', actions: ['*'] },
  { key: 'autoscaling:MetadataHttpTokens', ...TOKENS, ...OF_CONFIGURATION },
  { key: 'autoscaling:MetadataHttpPutResponseHopLimit', setting: 'hop limit', kind: 'number', ...OF_CONFIGURATION },
  { key: 'autoscaling:MetadataHttpEndpoint', setting: 'endpoint', ...ON_OR_OFF, ...OF_CONFIGURATION },
  {
    key: 'autoscaling:LaunchTemplateVersionSpecified',
    setting: 'template version',
    kind: 'bool',
    values: ['true', 'false'],
    weak: 'false',
    strong: 'true',
    of: 'change',
    actions: ['autoscaling:CreateAutoScalingGroup', 'autoscaling:UpdateAutoScalingGroup'],
  },
  {
    key: 'sagemaker:MinimumInstanceMetadataServiceVersion',
    setting: 'tokens',
    kind: 'text',
    values: ['1', '2'],
    weak: '1',
    strong: '2',
    of: 'request',
    actions: ['sagemaker:CreateNotebookInstance', 'sagemaker:UpdateNotebookInstance'],
  },
  {
    key: 'imagebuilder:Ec2MetadataHttpTokens',
    ...TOKENS,
    of: 'request',
    actions: ['imagebuilder:CreateInfrastructureConfiguration', 'imagebuilder:UpdateInfrastructureConfiguration'],
  },
];

const BY_KEY = new Map(KEYS.map(row => [row.key.toLowerCase(), row]));

/** IAM does not mind capitals in keys. */
export function keyRowOf(key: string): KeyRow | undefined {
  return BY_KEY.get(key.toLowerCase());
}

const IS_LIKE_ONE = /^(?:(?:ec2|autoscaling|imagebuilder|aws):.*(?:metadata|imds|http-?tokens?|hop-?limit|httpendpoint|roledelivery)|sagemaker:.*(?:instancemetadata|imds))/i;
const IS_TAG = /^[^/]*tag\//i;

/** Whether a key is meant to say something about IMDS, though AWS has no such key. */
export function isMisspelt(key: string): boolean {
  return keyRowOf(key) === undefined && IS_LIKE_ONE.test(key) && !IS_TAG.test(key);
}

/** The key that a misspelt one is meant to be: by what it says and by its letters, such as `ec2:MetadataOptions.HttpTokens`. */
export function meantBy(key: string, action?: string): KeyRow | undefined {
  const setting = settingMeantBy(key);
  const carried = KEYS.filter(each => (action === undefined || each.actions.includes(action)) && (setting === undefined || each.setting === setting));
  const similar = nearest(key.toLowerCase(), carried.map(each => each.key.toLowerCase()));
  if (similar !== undefined) { return keyRowOf(similar); }
  return setting === undefined ? undefined : carried[0];
}

function settingMeantBy(key: string): KeyRow['setting'] | undefined {
  if (/token/i.test(key)) { return 'tokens'; }
  if (/hop/i.test(key)) { return 'hop limit'; }
  if (/endpoint/i.test(key)) { return 'endpoint'; }
  return /delivery/i.test(key) ? 'role delivery' : undefined;
}
