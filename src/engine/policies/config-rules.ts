import { checkSettings, Settings } from '../surfaces/settings';

/** Which rules of AWS Config there are to be. */
export interface ConfigSettings extends Pick<Settings, 'maxHttpPutResponseHopLimit'> {
  /** Whether launch templates and launch configurations have rules. Not given: where the Region is not known to lack them. */
  readonly launchTemplates?: boolean;
  readonly launchConfigurations?: boolean;
}

/** A managed rule of AWS Config. Regions are as its page has them; it tells the others, too. */
interface Row {
  /** The name of the rule's page, and of the rule. */
  readonly name: string;
  readonly identifier: string;
  readonly type: string;
  readonly about: string;
  readonly missingIn: readonly string[];

  /** The setting that leaves it out. */
  readonly unless?: 'launchTemplates' | 'launchConfigurations';

  /** Where the rule takes the maximum. */
  readonly parameter?: string;

  /** The one maximum that the rule knows. */
  readonly onlyMaximum?: number;
}

const NEWEST = ['ap-east-2', 'ap-southeast-5', 'ap-southeast-7', 'ca-west-1', 'mx-central-1'];
const NEWER = [...NEWEST, 'ap-south-2', 'ap-southeast-4', 'eu-central-2', 'eu-south-2', 'il-central-1', 'me-central-1'];
const GOVERNMENT = ['us-gov-east-1', 'us-gov-west-1'];
const LAUNCH_CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';

/** Managed rules about IMDS. They are named by type, since AWS Config has no rule for most of the launch surfaces. */
export const CONFIG_RULES: readonly Row[] = [
  {
    name: 'ec2-imdsv2-check',
    identifier: 'EC2_IMDSV2_CHECK',
    type: 'AWS::EC2::Instance',
    about: 'Instances must require IMDSv2',
    missingIn: [],
  },
  {
    name: 'ec2-launch-template-imdsv2-check',
    identifier: 'EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK',
    type: 'AWS::EC2::LaunchTemplate',
    about: 'The default version of a launch template must require IMDSv2; other versions are not looked at',
    missingIn: [...NEWER, ...GOVERNMENT],
    unless: 'launchTemplates',
  },
  {
    name: 'ec2-token-hop-limit-check',
    identifier: 'EC2_TOKEN_HOP_LIMIT_CHECK',
    type: 'AWS::EC2::Instance',
    about: 'The hop limit of instances must not be above the maximum',
    missingIn: [...NEWER, ...GOVERNMENT, 'ap-southeast-3', 'ap-southeast-6', 'cn-north-1', 'cn-northwest-1'],
    parameter: 'tokenHopLimit',
  },
  {
    name: 'autoscaling-launchconfig-requires-imdsv2',
    identifier: 'AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2',
    type: LAUNCH_CONFIGURATION,
    about: 'Launch configurations must require IMDSv2',
    missingIn: [...NEWEST, 'ap-southeast-6'],
    unless: 'launchConfigurations',
  },
  {
    name: 'autoscaling-launch-config-hop-limit',
    identifier: 'AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT',
    type: LAUNCH_CONFIGURATION,
    about: 'The hop limit of launch configurations must be 1',
    missingIn: [...NEWEST, ...GOVERNMENT, 'ap-southeast-3', 'ap-southeast-6'],
    unless: 'launchConfigurations',
    onlyMaximum: 1,
  },
];

export interface ConfigRule {
  readonly name: string;
  readonly identifier: string;
  readonly type: string;
  readonly about: string;
  readonly page: string;
  readonly parameters: { readonly [name: string]: string };
}

/**
 * The rules to have, and those that were left out only because the Region lacks them.
 *
 * @param region undefined where it is not known
 */
export function configRules(settings: ConfigSettings, region?: string): { rules: ConfigRule[]; missing: ConfigRule[] } {
  checkSettings(settings);
  const { maxHttpPutResponseHopLimit: max } = settings;
  const wanted = CONFIG_RULES.filter(({ unless, parameter, onlyMaximum }) => (unless === undefined || settings[unless] !== false)
    && (parameter === undefined || max !== undefined) && (onlyMaximum === undefined || max === onlyMaximum));
  const lacks = ({ missingIn, unless }: Row): boolean => region !== undefined && missingIn.includes(region) && !(unless && settings[unless]);
  return { rules: wanted.filter(row => !lacks(row)).map(ruleOf), missing: wanted.filter(lacks).map(ruleOf) };

  function ruleOf({ name, identifier, type, about, parameter }: Row): ConfigRule {
    const page = `https://docs.aws.amazon.com/config/latest/developerguide/${name}.html`;
    return { name, identifier, type, about, page, parameters: parameter === undefined ? {} : { [parameter]: String(max) } };
  }
}
