/** Where a package comes from, which decides how a script writes its version. */
export type Source = 'pip' | 'apt' | 'rpm' | 'npm' | 'gem' | 'composer' | 'jar' | 'go' | 'powershell' | 'galaxy' | 'docker' | 'other';

/** The first version of a client that asks for tokens. Older ones ask IMDS without, with the role of the instance too. */
export interface ClientVersion {
  readonly name: string;
  readonly since: string;

  /** Versions before this one are another line, about which nothing is said. */
  readonly from?: string;

  /** What it is called, as the beginning of a regular expression, by where it comes from. For `other`: with a group for the version. */
  readonly packages: { readonly [source in Source]?: string };

  /** A setting that makes older versions ask for tokens. */
  readonly unless?: RegExp;
  readonly page: string;
}

/**
 * The list of AWS for its SDKs and for the AWS CLI. It is late in two cases: the changelog of the AWS SDK for JavaScript has tokens for credentials
 * from 2.575.0, and boto3 from 1.10.0 brings a botocore that has them.
 */
export const AWS_LIST = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html';

export const CLIENT_VERSIONS: readonly ClientVersion[] = [
  { name: 'AWS SDK for Python: boto3', since: '1.12.6', packages: { pip: 'boto3' }, page: AWS_LIST },
  { name: 'AWS SDK for Python: botocore', since: '1.13.25', packages: { pip: 'botocore' }, page: AWS_LIST },
  {
    name: 'AWS CLI 1',
    since: '1.16.289',
    packages: { pip: 'awscli', apt: 'awscli', rpm: '(?:aws-cli|awscli)', other: 'awscli-bundle-(\\d[\\d.]*)\\.zip' },
    page: AWS_LIST,
  },
  { name: 'AWS SDK for JavaScript 2', since: '2.722.0', from: '2', packages: { npm: 'aws-sdk' }, page: AWS_LIST },
  {
    name: 'AWS SDK for Java 1',
    since: '1.11.678',
    packages: { jar: 'aws-java-sdk(?:-(?:bundle|core|s3|ec2|sts|dynamodb|sqs|sns|kinesis|cloudwatch|kms))?' },
    page: AWS_LIST,
  },
  { name: 'AWS SDK for Java 2', since: '2.10.21', packages: { jar: 'software\\.amazon\\.awssdk:[\\w-]{1,40}' }, page: AWS_LIST },
  { name: 'AWS SDK for Go 1', since: '1.25.38', packages: { go: 'github\\.com/aws/aws-sdk-go' }, page: AWS_LIST },
  { name: 'AWS SDK for Go 2', since: '0.19.0', packages: { go: 'github\\.com/aws/aws-sdk-go-v2' }, page: AWS_LIST },
  { name: 'AWS Tools for PowerShell', since: '4.0.1.0', packages: { powershell: 'AWSPowerShell(?:\\.NetCore)?' }, page: AWS_LIST },
  { name: 'AWS SDK for PHP', since: '3.147.7', from: '3', packages: { composer: 'aws/aws-sdk-php' }, page: AWS_LIST },
  { name: 'AWS SDK for Ruby', since: '3.79.0', from: '3', packages: { gem: 'aws-sdk-core' }, page: AWS_LIST },
  {
    name: 'SSM Agent',
    since: '3.0.413.0',
    packages: { apt: 'amazon-ssm-agent', rpm: 'amazon-ssm-agent', other: 'amazon-ssm[\\w.-]{0,40}/(\\d+(?:\\.\\d+){2,3})/' },
    page: 'https://github.com/aws/amazon-ssm-agent/blob/mainline/RELEASENOTES.md',
  },
  {
    name: 'Datadog agent',
    since: '7.64.0',
    from: '6',
    packages: { apt: 'datadog-agent', rpm: 'datadog-agent', docker: 'datadog(?:hq)?/agent', other: 'DD_AGENT_(?:MINOR_VERSION=["\']?(?<minor>\\d+)|MAJOR_VERSION=["\']?(6)(?!\\d))' },
    unless: /ec2_prefer_imdsv2["']?\s{0,8}[:=]\s{0,8}["']?true|ec2_imdsv2_transition_payload_enabled["']?\s{0,8}[:=]\s{0,8}["']?true/i,
    page: 'https://github.com/DataDog/datadog-agent/blob/main/pkg/util/ec2/internal/imds_helpers.go',
  },
  {
    name: 'New Relic infrastructure agent',
    since: '1.11.42',
    packages: { apt: 'newrelic-infra', rpm: 'newrelic-infra', docker: 'newrelic/infrastructure' },
    page: 'https://docs.newrelic.com/docs/release-notes/infrastructure-release-notes/infrastructure-agent-release-notes/new-relic-infrastructure-agent-11142/',
  },
  {
    name: 'cloud-init',
    since: '19.4',
    packages: { apt: 'cloud-init', rpm: 'cloud-init' },
    page: 'https://github.com/canonical/cloud-init/blob/main/ChangeLog',
  },
  { name: 'Ohai', since: '17.0.42', packages: { gem: 'ohai' }, page: 'https://github.com/chef/ohai/blob/main/CHANGELOG.md' },
  {
    name: 'Ansible: amazon.aws.ec2_metadata_facts',
    since: '1.5.0',
    packages: { galaxy: 'amazon\\.aws' },
    page: 'https://github.com/ansible-collections/amazon.aws/blob/main/CHANGELOG.rst',
  },
  {
    name: 'ec2-metadata: amazon-ec2-utils',
    since: '1.1',
    packages: { rpm: '(?:amazon-)?ec2-utils' },
    page: 'https://github.com/amazonlinux/amazon-ec2-utils/blob/main/amazon-ec2-utils.spec',
  },
  {
    name: 'ec2metadata: cloud-utils',
    since: '0.32',
    packages: { apt: '(?:cloud-utils|cloud-guest-utils)', rpm: 'cloud-utils' },
    page: 'https://github.com/canonical/cloud-utils/blob/main/ChangeLog',
  },
  { name: 'kiam', since: '3.6', packages: { docker: 'uswitch/kiam' }, page: 'https://github.com/uswitch/kiam/blob/master/CHANGELOG.md' },
  {
    name: 's3fs',
    since: '1.88',
    packages: { apt: 's3fs', rpm: 's3fs-fuse', other: '(?:clone\\s[^\\n]{0,60}?(?:-b|--branch)[= ]v?(\\d+\\.\\d+)[^\\n]{0,80}s3fs-fuse|s3fs-fuse/archive/(?:refs/tags/)?v?(\\d+\\.\\d+))' },
    page: 'https://github.com/s3fs-fuse/s3fs-fuse/blob/master/ChangeLog',
  },
];
