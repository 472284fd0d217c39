import { CfnStackSet, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ImdsGuardHookProps } from './imds-guard-hook-props';
import { settingsOfHook } from './imds-guard-hook-settings';
import { guardHookTemplate } from '../engine/policies/guard-hook-stack';
import { guardRules } from '../engine/policies/guard-rules';

/** Where in an organization the hook is. */
export interface ImdsOrganizationGuardHookProps extends ImdsGuardHookProps {
  /** Ids of organizational units (`ou-…`) or of the root (`r-…`). Accounts that join later get the hook too. */
  readonly organizationalUnitIds: string[];

  /** Regions, such as `eu-central-1`. A hook works in its own Region only. */
  readonly regions: string[];

  /**
   * Whether the stack is in the account of a delegated administrator for StackSets, not in the management account.
   *
   * @default false
   */
  readonly delegatedAdministrator?: boolean;
}

/**
 * The hook of `ImdsGuardHook` in the accounts of an organization, by a StackSet with service-managed permissions.
 *
 * Trusted access for StackSets must be on in the organization. StackSets leave the management account out: put an `ImdsGuardHook` there.
 * Each account and Region gets a bucket with a copy of the rules, and a small function that writes it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 *
 * @example
 * declare const stack: Stack;
 * new ImdsOrganizationGuardHook(stack, 'Hook', { organizationalUnitIds: ['ou-abcd-12345678'], regions: ['eu-central-1', 'us-east-1'] });
 */
export class ImdsOrganizationGuardHook extends Construct {
  /**
   * @throws when there is no organizational unit or Region, the alias is none that CloudFormation takes, or the hop limit is not from 1 to 64
   */
  public constructor(scope: Construct, id: string, props: ImdsOrganizationGuardHookProps) {
    super(scope, id);
    const { organizationalUnitIds, regions, delegatedAdministrator = false } = props;
    if (organizationalUnitIds.length === 0) { throw new Error("'organizationalUnitIds' must name an organizational unit or the root, got none"); }
    if (regions.length === 0) { throw new Error("'regions' must name a Region, got none"); }
    new CfnStackSet(this, 'Resource', {
      stackSetName: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      description: 'CloudFormation hook that requires IMDSv2',
      permissionModel: 'SERVICE_MANAGED',
      callAs: delegatedAdministrator ? 'DELEGATED_ADMIN' : undefined,
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      managedExecution: { Active: true },
      capabilities: ['CAPABILITY_IAM'],
      operationPreferences: { regionConcurrencyType: 'PARALLEL', maxConcurrentPercentage: 100, failureTolerancePercentage: 100 },
      stackInstancesGroup: [{ deploymentTargets: { organizationalUnitIds }, regions }],
      templateBody: JSON.stringify(guardHookTemplate(settingsOfHook(props), guardRules(props))),
    });
  }
}
