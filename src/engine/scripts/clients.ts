/** Where in a command a client shows. `code`: outside of quotes. `setting`: anywhere in what is written into a file or run. */
export type Shows = 'code' | 'setting';

/** A client of IMDS that fails where version 2 is required, and whose calls hold no address. */
export interface Client {
  readonly name: string;

  /** How it shows, for the page. */
  readonly shows: string;
  readonly where: Shows;
  readonly pattern: RegExp;

  /** What the script must have for the pattern to mean the client, and what it must not have. */
  readonly onlyWith?: RegExp;
  readonly unless?: RegExp;

  readonly reason: string;
  readonly fix: string;

  /** Where its makers, or its code, say so. */
  readonly page: string;
}

const BOTO = 'https://github.com/boto/boto/blob/develop/boto/utils.py';
const DATADOG = 'https://github.com/DataDog/datadog-agent/blob/main/pkg/util/ec2/internal/imds_helpers.go';

/** What a value ends with, in a file of lines, in YAML or JSON, in the format of `printf`, or, behind `=`, among the options of a command. */
const END = '(?=["\']{0,2}\\s{0,8}(?:$|[,}\\]>|;]|\\\\n)|(?<==["\']?\\w{1,8})["\']?\\s)';
const START = '(?:^|[\\s"\',{]|\\\\n|-e)';

export const CLIENTS: readonly Client[] = [
  {
    name: 'boto 2: metadata',
    shows: '`boto.utils.get_instance_metadata()`, `get_instance_identity()`, `get_instance_userdata()`',
    where: 'code',
    pattern: /\bboto\.utils\.get_instance_(?:metadata|identity|userdata)\b|(?<!def\s)(?<![\w.])(?:\w{1,40}\.)?get_instance_(?:metadata|identity|userdata)\(/,
    onlyWith: /\b(?:import|from)\s+boto(?![\w-])/,
    reason: 'boto 2 knows no tokens, so that IMDS answers 401 where version 2 is required',
    fix: 'boto3 instead of boto, and for metadata a request with a token',
    page: BOTO,
  },
  {
    name: 'boto 2: the credentials of the role',
    shows: '`boto.connect_s3()`, `boto.ec2.connect_to_region(region)` and the like, in a script without keys',
    where: 'code',
    pattern: /\bboto\.connect_\w{1,40}\(\s{0,8}\)|(?<![\w.])(?:\w{1,40}\.){0,3}connect_to_region\(\s{0,8}[^,()]{0,80}\)|(?<![\w.])S3Connection\(\s{0,8}\)/,
    onlyWith: /\b(?:import|from)\s+boto(?![\w-])/,
    unless: /aws_access_key|\.boto\b|boto\.cfg|aws_secret/i,
    reason: 'boto 2 asks IMDS for the credentials of the role without a token, which gets 401 where version 2 is required',
    fix: 'boto3 instead of boto',
    page: BOTO,
  },
  {
    name: 'boto 2: installed',
    shows: '`pip install boto`, `boto==2.49.0`, the packages `python-boto`, `python2-boto` and `python3-boto`',
    where: 'setting',
    pattern: /\b(?:pip[\d.]{0,4}\s{1,4}install|easy_install[\d.-]{0,5})\s(?:[^|;&]{0,400}\s)?["']?boto(?=["'\s]|[=<~]=?|$)|(?<![\w.-])boto==2|\binstall\s(?:[^|;&]{0,400}\s)?python[23]?-boto(?=\s|$)/,
    reason: 'boto has no version that knows tokens: what uses it with the role of the instance gets 401 where version 2 is required',
    fix: 'boto3 instead of boto',
    page: BOTO,
  },
  {
    name: 'AWS SDK for JavaScript 2: `MetadataService`',
    shows: '`new AWS.MetadataService()` and its `request()` without the header of the token',
    where: 'code',
    pattern: /\bnew\s{1,4}(?:\w{1,40}\.)?MetadataService\s{0,4}\(/,
    onlyWith: /\.request\(/,
    unless: /fetchMetadataToken|x-aws-ec2-metadata-token/i,
    reason: 'MetadataService.request sends no token by itself, which gets 401 where version 2 is required',
    fix: 'PUT /latest/api/token first and send what it answers in the headers of request(path, { headers }, callback)',
    page: 'https://github.com/aws/aws-sdk-js/issues/3584',
  },
  {
    name: 'Fluent Bit: filter `aws`',
    shows: '`imds_version v1`',
    where: 'setting',
    pattern: new RegExp(`${START}imds_version["']?\\s{0,8}[:=\\s]\\s{0,8}["']?v1${END}`, 'i'),
    reason: 'the filter aws of Fluent Bit asks IMDS without a token, which gets 401 where version 2 is required',
    fix: 'imds_version v2, which is the default',
    page: 'https://github.com/fluent/fluent-bit/blob/master/plugins/filter_aws/aws.c',
  },
  {
    name: 'Fluentd: `ec2_metadata`',
    shows: '`@type ec2_metadata` without `imdsv2 true`',
    where: 'code', // to a shell, `type` would be a question
    pattern: new RegExp(`${START}@?type\\s{1,8}ec2_metadata${END}`),
    unless: /\bimdsv2\s{1,8}true/,
    reason: 'the plugin ec2_metadata of Fluentd asks IMDS without a token unless told otherwise, which gets 401 where version 2 is required',
    fix: 'imdsv2 true below @type ec2_metadata',
    page: 'https://www.rubydoc.info/gems/fluent-plugin-ec2-metadata',
  },
  {
    name: 'Datadog agent: `ec2_prefer_imdsv2`',
    shows: '`ec2_prefer_imdsv2: false`, `DD_EC2_PREFER_IMDSV2=false`',
    where: 'setting',
    pattern: new RegExp(`${START}(?:DD_)?ec2_prefer_imdsv2["']?\\s{0,8}[:=]\\s{0,8}["']?(?:false|no|off|0)${END}`, 'i'),
    unless: /ec2_imdsv2_transition_payload_enabled["']?\s{0,8}[:=]\s{0,8}["']?true/i,
    reason: 'before 7.64.0 the Datadog agent then asks IMDS without a token, which gets 401 where version 2 is required',
    fix: 'ec2_prefer_imdsv2: true',
    page: DATADOG,
  },
  {
    name: 'Datadog agent: `ec2_imdsv2_transition_payload_enabled`',
    shows: '`ec2_imdsv2_transition_payload_enabled: false` without `ec2_prefer_imdsv2: true`',
    where: 'setting',
    pattern: new RegExp(`${START}(?:DD_)?ec2_imdsv2_transition_payload_enabled["']?\\s{0,8}[:=]\\s{0,8}["']?(?:false|no|off|0)${END}`, 'i'),
    unless: /ec2_prefer_imdsv2["']?\s{0,8}[:=]\s{0,8}["']?true/i,
    reason: 'the Datadog agent then asks IMDS without a token, which gets 401 where version 2 is required',
    fix: 'ec2_prefer_imdsv2: true, or the default of both settings from 7.64.0',
    page: DATADOG,
  },
  {
    name: 's3fs: `imdsv1only`',
    shows: '`s3fs … -o imdsv1only`, also in `/etc/fstab`',
    where: 'setting',
    pattern: /(?<![\w-])imdsv1only(?![\w-])/,
    onlyWith: /s3fs/,
    reason: 's3fs then asks IMDS without a token, which gets 401 where version 2 is required',
    fix: 'without imdsv1only, s3fs asks for a token',
    page: 'https://github.com/s3fs-fuse/s3fs-fuse/blob/master/doc/man/s3fs.1.in',
  },
  {
    name: 'ec2metadata of cloud-utils before 0.32',
    shows: '`ec2metadata` in a script that names Ubuntu 14.04, 16.04 or 18.04; on later images it asks for a token',
    where: 'setting',
    pattern: /(?:^|[\s/(`])ec2metadata(?=\s{1,8}-|\s{0,8}(?:$|[|>);]))/,
    onlyWith: /(?<![\w-])(?:trusty|xenial|bionic)(?![\w])|ubuntu[^\n]{0,20}?(?<!\d)1[468]\.04/i,
    reason: 'ec2metadata asks IMDS without a token before cloud-utils 0.32, which gets 401 where version 2 is required',
    fix: 'a later image, or curl with a token',
    page: 'https://github.com/canonical/cloud-utils/blob/main/ChangeLog',
  },
];

/** A setting with which a client never calls IMDS the version 1 way: nothing to report. */
export interface Safeguard {
  readonly name: string;
  readonly shows: string;
  readonly page: string;
}

const SDK = 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html';

/** They stop the fallback to version 1. Their opposite is the default, and forces nothing. */
export const SAFEGUARDS: readonly Safeguard[] = [
  { name: 'AWS SDKs, AWS CLI: the environment', shows: 'AWS_EC2_METADATA_V1_DISABLED=true', page: SDK },
  { name: 'AWS SDKs, AWS CLI: the configuration', shows: 'ec2_metadata_v1_disabled = true', page: SDK },
  { name: 'AWS SDK for Java 2', shows: '-Daws.disableEc2MetadataV1=true', page: SDK },
  { name: 'AWS SDK for Java 1', shows: '-Dcom.amazonaws.sdk.disableEc2MetadataV1=true', page: SDK },
  { name: 'AWS SDK for .NET, AWS Tools for PowerShell', shows: '[Amazon.Util.EC2InstanceMetadata]::EC2MetadataV1Disabled = $true', page: SDK },
];
