import { CAUTIOUS, CORRECTED, remediationProperties } from './config-remediation';
import { ConfigRule, configRules, ConfigSettings } from './config-rules';

export interface ConformancePackSettings extends ConfigSettings {
  /** The name of a role in every account that the runbook assumes. Not given: instances are not corrected. */
  readonly remediationRoleName?: string;

  /** Where it is for one Region: the rules that AWS Config lacks there are left out. */
  readonly region?: string;
}

/**
 * The template of a conformance pack for AWS Config, in one account or in an organization.
 *
 * Config makes the rules under names of their own, `<name>-conformance-pack-<id>`.
 */
export function conformancePack(settings: ConformancePackSettings = {}): { readonly Resources: { readonly [logicalId: string]: object } } {
  const { remediationRoleName, region } = settings;
  const { rules } = configRules(settings, region);
  const entries = rules.map(rule => [logicalIdOf(rule.name), { Type: 'AWS::Config::ConfigRule', Properties: propertiesOf(rule) }] as const);
  return {
    Resources: {
      ...Object.fromEntries(entries),
      ...remediationRoleName === undefined ? {} : { Remediation: remediationBy(remediationRoleName) },
    },
  };
}

function propertiesOf({ name, identifier, type, about, parameters }: ConfigRule): object {
  return {
    ConfigRuleName: name,
    Description: about,
    ...Object.keys(parameters).length > 0 && { InputParameters: parameters },
    Scope: { ComplianceResourceTypes: [type] },
    Source: { Owner: 'AWS', SourceIdentifier: identifier },
  };
}

function remediationBy(roleName: string): object {
  const role = { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${roleName}` };
  return {
    DependsOn: logicalIdOf(CORRECTED.rule),
    Type: 'AWS::Config::RemediationConfiguration',
    Properties: { ...remediationProperties(CAUTIOUS, CORRECTED.rule, role), ResourceType: 'AWS::EC2::Instance' },
  };
}

/** `ec2-imdsv2-check` becomes `Ec2Imdsv2Check`. */
function logicalIdOf(name: string): string {
  return name.split('-').map(word => word[0].toUpperCase() + word.slice(1)).join('');
}
