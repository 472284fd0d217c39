import { aws_iam, Token } from 'aws-cdk-lib';
import { ImdsPoliciesProps } from './imds-policies-props';
import { Ec2PolicyChoices, ec2PolicyOf, problemWithEc2Policy } from '../engine/policies/policy-ec2';
import { ALLOW_THE_REST, statementsOf } from '../engine/policies/policy-render';
import { PolicyChoices, PolicySettings, policySettings, problemWithChoices } from '../engine/policies/policy-settings';
import { fitted, Quota, QUOTAS } from '../engine/policies/policy-size';
import { Statement, StatementId } from '../engine/policies/policy-statement';
import { checkSettings } from '../engine/surfaces/settings';

/**
 * What an EC2 policy says beside the settings of all policies.
 */
export interface ImdsEc2PolicyOptions {
  /**
   * Whether EC2 refuses launches that answer IMDSv1, those of service-linked roles included. `false` sets defaults alone: a first step.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
   */
  readonly httpTokensEnforced?: boolean;

  /**
   * What EC2 answers to whoever is refused: say where to read on. No personal data.
   *
   * @default - a general text
   */
  readonly exceptionMessage?: string;
}

/**
 * Policies that prevent IMDSv1 outside CDK as well, for IAM and AWS Organizations, from one object of settings.
 *
 * Service-linked roles, which launch for Auto Scaling groups and fleets, are bound by none of them but the EC2 policy.
 *
 * @example
 * declare const stack: Stack;
 * const policies = new ImdsPolicies({ exemptions: [ImdsPolicyExemption.roles('arn:*:iam::*:role/imds-exempt/*')] });
 * new aws_iam.ManagedPolicy(stack, 'Boundary', { document: policies.permissionBoundaryDocument() });
 */
export class ImdsPolicies {
  /** @internal */
  public readonly _settings: PolicySettings;

  /**
   * @throws when a hop limit is not a whole number from 1 to 64 or above the maximum, the partition is none, or the statements contradict each other
   */
  public constructor(props: ImdsPoliciesProps = {}) {
    const { maxHttpPutResponseHopLimit, httpPutResponseHopLimit, httpEndpoint, partition, exemptions, includeStatements, excludeStatements } = props;
    checkSettings({ maxHttpPutResponseHopLimit, httpPutResponseHopLimit });
    const choices: PolicyChoices = {
      maxHttpPutResponseHopLimit,
      httpPutResponseHopLimit,
      httpEndpoint,
      partition: plain('partition', partition),
      exemptions: exemptions?.map(each => each._condition()),
      includeStatements: includeStatements as string[] as StatementId[],
      excludeStatements: excludeStatements as string[] as StatementId[],
    };
    throwIf(problemWithChoices(choices));
    this._settings = policySettings(choices);
    checkSettings(this._settings);
  }

  /** The statements, all of them denials, for a policy of your own. */
  public statements(): aws_iam.PolicyStatement[] {
    return statementsOf(this._settings).map(each => aws_iam.PolicyStatement.fromJson(each));
  }

  /**
   * Documents for managed policies: one, or several to be attached together where one cannot hold all of it.
   *
   * @throws when they would be more than can be attached to one role
   */
  public managedPolicyDocuments(): aws_iam.PolicyDocument[] {
    return this.documents(QUOTAS.managedPolicy).map(each => aws_iam.PolicyDocument.fromJson(each));
  }

  /**
   * The document of a permission boundary: the denials, and an Allow for all else, without which a boundary denies everything.
   *
   * @throws when it is larger than a managed policy can be, since a principal has one boundary
   */
  public permissionBoundaryDocument(): aws_iam.PolicyDocument {
    return aws_iam.PolicyDocument.fromJson(this.documents(QUOTAS.permissionBoundary, [ALLOW_THE_REST])[0]);
  }

  /**
   * Contents of service control policies: one, or several to be attached together where one cannot hold all of it. `FullAWSAccess` stays attached.
   *
   * @throws when they would be more than can be attached in one place
   */
  public serviceControlPolicyDocuments(): { [key: string]: any }[] {
    return this.documents(QUOTAS.serviceControlPolicy);
  }

  /**
   * The content of an EC2 policy (a declarative policy of AWS Organizations). It binds everybody: exemptions and statements play no part in it.
   *
   * @throws when the message is empty, a token, or makes the policy larger than it can be
   */
  public ec2PolicyDocument(options: ImdsEc2PolicyOptions = {}): { [key: string]: any } {
    const { httpTokensEnforced, exceptionMessage } = options;
    const choices: Ec2PolicyChoices = { httpTokensEnforced, exceptionMessage: plain('exceptionMessage', exceptionMessage) };
    const content = ec2PolicyOf(this._settings, choices);
    throwIf(problemWithEc2Policy(content, choices));
    return content;
  }

  private documents(quota: Quota, first: Statement[] = []): { [key: string]: any }[] {
    const result = fitted([...first, ...statementsOf(this._settings)], quota);
    if ('problem' in result) { throw new Error(result.problem); }
    return [...result.documents];
  }
}

function plain(name: string, text: string | undefined): string | undefined {
  if (Token.isUnresolved(text)) { throw new Error(`'${name}' must be plain text, got a token, with which the size of a policy cannot be checked`); }
  return text;
}

function throwIf(problem: string | undefined): void {
  if (problem !== undefined) { throw new Error(problem); }
}
