import { ImdsPolicyExemption } from './imds-policy-exemption';
import { ImdsPolicyStatement } from './imds-policy-statement';

/**
 * What every policy is made from: one object for all of them.
 */
export interface ImdsPoliciesProps {
  /**
   * The highest hop limit of launches and changes that is not denied, from 1 to 64.
   *
   * @default 2
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
   */
  readonly maxHttpPutResponseHopLimit?: number;

  /**
   * The hop limit of launches that do not say, from 1 to 64. For EC2 policies alone.
   *
   * @default - 2, or the maximum where it is lower
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether instances have a metadata service.
   *
   * `false`: a launch must require tokens or disable the endpoint, and the EC2 policy disables it where a launch does not say. `true`: the EC2
   * policy enables it where a launch does not say.
   *
   * @default - it is left to the launch
   */
  readonly httpEndpoint?: boolean;

  /**
   * Whom the statements do not bind. An EC2 policy knows no exemptions.
   *
   * @default - nobody
   */
  readonly exemptions?: ImdsPolicyExemption[];

  /**
   * The partition in the ARNs: `aws`, `aws-cn`, `aws-us-gov`. A policy for one of them denies nothing in the others.
   *
   * @default - `*`, every partition
   */
  readonly partition?: string;

  /**
   * Statements to add that are off by default, since they break at once what runs today.
   *
   * @default - none
   */
  readonly includeStatements?: ImdsPolicyStatement[];

  /**
   * Statements to leave out.
   *
   * @default - none
   */
  readonly excludeStatements?: ImdsPolicyStatement[];
}
