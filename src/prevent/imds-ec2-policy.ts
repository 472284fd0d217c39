import { aws_organizations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ImdsEc2PolicyOptions, ImdsPolicies } from './imds-policies';
import { ImdsPoliciesProps } from './imds-policies-props';
import { ImdsPolicyAttachment } from './imds-policy-attachment';
import { organizationPolicies } from './imds-policy-organization';
import { cautionForExempt } from '../engine/policies/policy-ec2';
import { annotate } from '../tree/annotate';

/**
 * What the EC2 policy sets and enforces, and where.
 */
export interface ImdsEc2PolicyProps extends ImdsPoliciesProps, ImdsEc2PolicyOptions, ImdsPolicyAttachment {}

/**
 * An EC2 policy (a declarative policy of AWS Organizations) by which new instances require IMDSv2, whoever launches them and in every region.
 *
 * EC2 itself keeps to it, also for service-linked roles, and the accounts cannot change it. Running instances stay as they are.
 *
 * For a stack in the management account or in that of a delegated administrator. Once in an organization, the policy type must be enabled on
 * the root and EC2 trusted: `aws organizations enable-policy-type --policy-type DECLARATIVE_POLICY_EC2 --root-id …` and
 * `aws organizations enable-aws-service-access --service-principal ec2.amazonaws.com`. CloudFormation can do neither.
 *
 * @example
 * declare const stack: Stack;
 * new ImdsEc2Policy(stack, 'Imds', { targetIds: ['ou-ab12-11111111'], exceptionMessage: 'IMDSv2 only: https://wiki.example.com/imdsv2' });
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html
 */
export class ImdsEc2Policy extends Construct {
  /** The policy. */
  public readonly policy: aws_organizations.CfnPolicy;

  /**
   * @throws when a setting is out of range, a target is no id of a root, organizational unit or account, or the message is empty or too long
   */
  public constructor(scope: Construct, id: string, props: ImdsEc2PolicyProps = {}) {
    super(scope, id);
    const policies = new ImdsPolicies(props);
    const content = policies.ec2PolicyDocument(props);
    [this.policy] = organizationPolicies(this, 'DECLARATIVE_POLICY_EC2', 'Requires IMDSv2 of new instances', [content], props);
    const caution = cautionForExempt(policies._settings, props);
    if (caution !== undefined) { annotate(this, 'policy-exempts-nobody', caution); }
  }
}
