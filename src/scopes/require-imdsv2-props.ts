/**
 * How IMDSv2 is required. Tokens are always required; everything else is a choice.
 */
export interface RequireImdsv2Props {
  /**
   * How many network hops the response to a token request may travel, from 1 to 64. Containers on a bridge network need 2.
   *
   * A given limit is written everywhere in the scope, also over a limit that the author wrote, which is reported, and on what requires
   * tokens already: a group with an update policy rolls.
   *
   * @default - what the author wrote. Where nothing is written and tokens are not required yet, 2 where containers are known to reach IMDS
   * through a bridge network, else nothing: the account default or the image decides
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * The highest hop limit that is accepted, from 1 to 64. Higher literals are lowered to it, which is reported.
   * Where no limit is written, none is: choose `httpPutResponseHopLimit` for that.
   *
   * @default - no maximum
   */
  readonly maxHttpPutResponseHopLimit?: number;

  /**
   * Whether instances can reach the metadata service at all. `false` switches it off, beside requiring tokens.
   *
   * Without the service there is no user data, no role and no SSH key from EC2.
   *
   * @default - what the author wrote
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
   */
  readonly httpEndpoint?: boolean;

  /**
   * CloudFormation types that may be replaced to get there, such as `AWS::EMR::SecurityConfiguration`.
   *
   * For a launch template whose new version would replace its consumer, list the consumer's type.
   * What has a name of its own needs another one in the same deployment, or CloudFormation refuses.
   *
   * @default - nothing is replaced but launch configurations without a name, which every change replaces
   */
  readonly allowReplacement?: string[];

  /**
   * CloudFormation types to give a launch template of their own where they have none: `AWS::EKS::Nodegroup`, `AWS::Batch::ComputeEnvironment`.
   *
   * For new resources only: an existing node group cannot be moved to a launch template.
   *
   * @default - no launch template is added; the resources are reported
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
   */
  readonly attachLaunchTemplate?: string[];

  /**
   * CloudFormation types to enforce that are left alone unless asked for: `AWS::AppStream::Fleet`, `AWS::AppStream::ImageBuilder`.
   *
   * @default - they are reported
   */
  readonly includeResourceTypes?: string[];

  /**
   * CloudFormation types to leave as they are. Each resource is reported.
   *
   * @default - none
   */
  readonly excludeResourceTypes?: string[];
}
