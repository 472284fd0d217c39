import { aws_organizations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ImdsPolicies } from './imds-policies';
import { ImdsPoliciesProps } from './imds-policies-props';
import { ImdsPolicyAttachment } from './imds-policy-attachment';
import { organizationPolicies } from './imds-policy-organization';
import { cautionFor, QUOTAS, sizeOf } from '../engine/policies/policy-size';
import { annotate } from '../tree/annotate';

/**
 * What the service control policy denies, and where.
 */
export interface ImdsServiceControlPolicyProps extends ImdsPoliciesProps, ImdsPolicyAttachment {}

/**
 * A service control policy that denies launches with IMDSv1, and going back to it, in the accounts it is attached to.
 *
 * For a stack in the management account or in that of a delegated administrator. It binds neither service-linked roles, which launch for
 * Auto Scaling groups and fleets, nor the management account: `ImdsEc2Policy` reaches the former.
 *
 * @example
 * declare const stack: Stack;
 * new ImdsServiceControlPolicy(stack, 'Imds', {
 *   targetIds: ['ou-ab12-11111111'],
 *   exemptions: [ImdsPolicyExemption.roles('arn:*:iam::*:role/imds-exempt/*')],
 * });
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export class ImdsServiceControlPolicy extends Construct {
  /** The policies: one, or several where the statements do not fit in one. */
  public readonly policies: aws_organizations.CfnPolicy[];

  /**
   * @throws when a setting is out of range, a target is no id of a root, organizational unit or account, or the content does not fit
   */
  public constructor(scope: Construct, id: string, props: ImdsServiceControlPolicyProps = {}) {
    super(scope, id);
    const documents = new ImdsPolicies(props).serviceControlPolicyDocuments();
    this.policies = organizationPolicies(this, 'SERVICE_CONTROL_POLICY', 'Denies launching instances that answer IMDSv1', documents, props);
    const largest = Math.max(...documents.map(each => sizeOf(each, QUOTAS.serviceControlPolicy)));
    const caution = cautionFor(largest, QUOTAS.serviceControlPolicy);
    if (caution !== undefined) { annotate(this, 'policy-size', caution); }
  }
}
