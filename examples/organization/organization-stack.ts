import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { hasReached, Phase } from './phases';
import {
  ImdsAccountDefaults, ImdsEc2Policy, ImdsGuardHook, ImdsHookFailureMode, ImdsOrganizationConfigRules, ImdsOrganizationGuardHook, ImdsPolicyExemption,
  ImdsServiceControlPolicy, Imdsv1UsageAlarm,
} from '../../src'; // in your app: from 'cdk-imds-guard'

export interface OrganizationStackProps extends StackProps {
  /** How far the rollout is. */
  readonly phase: Phase;

  /** Where the policies and the hook are. */
  readonly organizationalUnitIds: string[];

  /** Where there are instances. */
  readonly regions: string[];
}

/** What keeps IMDSv1 out of an organization, whoever launches: CDK, Terraform, the console or a service. */
export class OrganizationStack extends Stack {
  public constructor(scope: Construct, id: string, { phase, organizationalUnitIds, regions, ...props }: OrganizationStackProps) {
    super(scope, id, props);
    const hook = {
      maxHttpPutResponseHopLimit: 2,
      failureMode: hasReached(phase, 'enforce') ? ImdsHookFailureMode.FAIL : ImdsHookFailureMode.WARN,
    };

    // measure: what allows IMDSv1, and who calls it
    new ImdsOrganizationConfigRules(this, 'ConfigRules', { maxHttpPutResponseHopLimit: 2 });
    new Imdsv1UsageAlarm(this, 'Imdsv1Usage');
    new ImdsOrganizationGuardHook(this, 'Hooks', { ...hook, organizationalUnitIds, regions });
    new ImdsGuardHook(this, 'Hook', hook); // StackSets leave the management account out

    if (hasReached(phase, 'default')) {
      new ImdsEc2Policy(this, 'Ec2Policy', {
        targetIds: organizationalUnitIds,
        httpTokensEnforced: hasReached(phase, 'enforce'), // enforce: nobody launches with IMDSv1, services neither
        exceptionMessage: 'IMDSv2 only. What to do: https://wiki.example.com/imdsv2',
      });
      // service control policies leave the management account out
      new ImdsAccountDefaults(this, 'AccountDefaults', { httpPutResponseHopLimit: 2, httpTokensEnforced: hasReached(phase, 'enforce') });
    }

    // deny: launches and changes by people and programs, with a reason that IAM gives them
    if (hasReached(phase, 'deny')) {
      new ImdsServiceControlPolicy(this, 'ServiceControlPolicy', {
        targetIds: organizationalUnitIds,
        exemptions: [ImdsPolicyExemption.roles('arn:*:iam::*:role/imds-exempt/*')],
      });
    }
  }
}
