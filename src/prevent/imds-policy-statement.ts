/**
 * What the policies deny. Each can be left out or, where it is off by default, included.
 *
 * The text of each says what it breaks when it comes too early.
 */
export enum ImdsPolicyStatement {
  /**
   * On by default. Denies `ec2:RunInstances` unless tokens are required; with `httpEndpoint: false`, unless tokens are required or the endpoint
   * is disabled.
   *
   * Too early, it breaks every launch that does not say `HttpTokens: required`: templates and scripts without metadata options, Auto Scaling
   * groups and node groups when they are made or updated, Karpenter, Packer. EMR launches by a service role of the account, such as
   * `EMR_DefaultRole`, which is not service-linked: clusters whose security configuration does not ask for version 2 may fail to start or
   * to grow. Running instances, and what service-linked roles launch for existing groups, go on.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-instance-metadata
   */
  REQUIRE_TOKENS = 'require-tokens',

  /**
   * On by default. Denies `ec2:RunInstances` with a hop limit above the maximum.
   *
   * Too early, it breaks launches whose template has a higher limit, such as that of a service mesh or of nested containers.
   */
  MAX_HOP_LIMIT = 'max-hop-limit',

  /**
   * On by default. Denies `ec2:ModifyInstanceMetadataOptions` where it would make tokens optional, raise the hop limit above the maximum, or
   * enable an endpoint that answers IMDSv1.
   *
   * It breaks going back to IMDSv1 for an instance whose software turns out to need it. Requiring tokens, and every other change, still passes.
   */
  NO_WEAKENING = 'no-weakening',

  /**
   * On by default. Denies `ec2:ModifyInstanceMetadataDefaults` to everybody but the role of `ImdsAccountDefaults`. That role has a path of its
   * own, `/cdk-imds-guard/account-defaults/`: who may make roles with this path may change the defaults.
   *
   * It denies hardening too: Terraform (`aws_ec2_instance_metadata_defaults`), an administrator or a landing zone that set version 2 as the
   * default by themselves. Exempt their role, or attach it when they are done. Where the first deployment of `ImdsAccountDefaults` fails and is
   * not rolled back, its settings stay, and only that role can change them.
   */
  ACCOUNT_DEFAULTS = 'account-defaults',

  /**
   * On by default. Denies EC2 Image Builder infrastructure configurations that do not require tokens.
   *
   * Too early, it breaks every change of a configuration that does not name the tokens, since an update replaces all of it.
   */
  IMAGE_BUILDER = 'image-builder',

  /**
   * On by default. Denies SageMaker notebook instances that are made without a minimum IMDS version of 2, and setting it back to 1.
   *
   * Too early, it breaks making notebooks where the version is not named. Other changes of existing ones still pass.
   */
  SAGEMAKER_NOTEBOOKS = 'sagemaker-notebooks',

  /**
   * Off by default. Denies every action of every service to credentials that an EC2 role got by IMDSv1.
   *
   * Too early, it stops all software that still uses version 1, agents that would report it included: include it when the metric
   * `MetadataNoToken` has been 0 for long enough.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2-role-delivery
   */
  ROLE_DELIVERY = 'role-delivery',

  /**
   * Off by default. Denies launches unless the endpoint is disabled, and enabling it later: no instance metadata at all.
   *
   * Too early, it breaks every launch that needs user data, a role, cfn-init or SSM, and that is nearly all of them.
   */
  ENDPOINT_DISABLED = 'endpoint-disabled',

  /**
   * Off by default. Denies Auto Scaling groups that use the latest or the default version of a launch template, which is not looked at again
   * when the template changes.
   *
   * Too early, it breaks making and updating groups that say `$Latest` or `$Default`.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
   */
  PINNED_TEMPLATE_VERSIONS = 'pinned-template-versions',

  /**
   * Off by default. Denies `ec2:RequestSpotInstances`, `ec2:RequestSpotFleet` and `ec2:RunScheduledInstances`, whose requests no policy can look into.
   *
   * Too early, it breaks tools that ask for Spot capacity by these older calls; Auto Scaling groups, EC2 Fleet and `ec2:RunInstances` still get it.
   */
  LEGACY_SPOT = 'legacy-spot',

  /**
   * Off by default. Denies making launch configurations that do not require tokens or have a hop limit above the maximum.
   *
   * Too early, it breaks templates and tools that make launch configurations without metadata options.
   */
  LAUNCH_CONFIGURATIONS = 'launch-configurations',

  /**
   * Off by default. Denies making and updating Auto Scaling groups with a launch configuration, old ones included: its instances are launched
   * by a service-linked role, which no policy binds.
   *
   * Too early, it breaks every group that has not moved to a launch template.
   */
  GROUPS_WITH_LAUNCH_CONFIGURATIONS = 'groups-with-launch-configurations',

  /**
   * Off by default. Denies `ec2:StartInstances` for instances that answer IMDSv1, so that what is stopped comes back with version 2 alone.
   *
   * Too early, it breaks schedules that stop instances at night and start them in the morning. Requiring tokens of a stopped instance, and
   * then starting it, still passes; so does what service-linked roles start.
   */
  START_INSTANCES = 'start-instances',
}
