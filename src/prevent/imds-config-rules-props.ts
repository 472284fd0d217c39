import { aws_iam, Duration } from 'aws-cdk-lib';

/** Which managed rules of AWS Config look for IMDSv1. */
export interface ImdsConfigRulesOptions {
  /**
   * The highest hop limit that an instance may have, from 1 to 64. Where it is 1, launch configurations are held to it too.
   *
   * @default - hop limits are not looked at
   */
  readonly maxHttpPutResponseHopLimit?: number;

  /**
   * Whether there is a rule about launch templates. It looks at the default version only.
   *
   * @default - yes, but not where the Region is known to lack the rule
   * @see https://docs.aws.amazon.com/config/latest/developerguide/ec2-launch-template-imdsv2-check.html
   */
  readonly launchTemplates?: boolean;

  /**
   * Whether there are rules about launch configurations.
   *
   * @default - yes, but not where the Region is known to lack them
   * @see https://docs.aws.amazon.com/config/latest/developerguide/autoscaling-launchconfig-requires-imdsv2.html
   */
  readonly launchConfigurations?: boolean;
}

/** How AWS Config requires IMDSv2 of running instances that do not. */
export interface ImdsRemediationOptions {
  /**
   * Whether an instance is corrected as soon as it is found. What speaks IMDSv1 on it gets no credentials from then on.
   *
   * @default false - somebody starts it, for one finding or for many
   */
  readonly automatic?: boolean;

  /**
   * How often an automatic correction is tried, from 1 to 25.
   *
   * @default 5
   */
  readonly maximumAutomaticAttempts?: number;

  /**
   * In what time those attempts are counted, from 1 to 2,678,000 seconds.
   *
   * @default Duration.seconds(60)
   */
  readonly retryAttempt?: Duration;

  /**
   * How many of the instances are corrected at once, in percent from 1 to 100.
   *
   * @default 10
   */
  readonly concurrentExecutionRatePercentage?: number;

  /**
   * How many corrections may fail before the others are not begun, in percent from 1 to 100.
   *
   * @default 10
   */
  readonly errorPercentage?: number;

  /**
   * The role that the runbook assumes. It needs `ec2:DescribeInstances` and `ec2:ModifyInstanceMetadataOptions`.
   *
   * @default - a role that may do that, in this account and Region, and cannot make tokens optional
   */
  readonly role?: aws_iam.IRole;
}

/** Rules of AWS Config in one account and Region. */
export interface ImdsConfigRulesProps extends ImdsConfigRulesOptions {
  /**
   * How instances that allow IMDSv1 are corrected, with `AWSConfigRemediation-EnforceEC2InstanceIMDSv2`.
   *
   * @default - they are reported only
   */
  readonly remediation?: ImdsRemediationOptions;
}

/** Rules of AWS Config in the accounts of an organization. */
export interface ImdsOrganizationConfigRulesProps extends ImdsConfigRulesOptions {
  /**
   * Ids of accounts without the rules, such as those that record nothing.
   *
   * @default - none
   */
  readonly excludedAccounts?: string[];
}
