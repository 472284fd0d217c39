import { CLIENTS, SAFEGUARDS } from '../../../src/engine/scripts/clients';
import { imdsCallsIn } from '../../../src/engine/scripts/imds-calls';

/** The lines with a client that asks without a token. */
const calls = (...lines: string[]): number[] => imdsCallsIn(lines.join('\n')).filter(({ kind }) => kind === 'imdsv1-call').map(({ line }) => line);

interface Case {
  readonly client: string;

  /** The last line, or the line that says so, is found. */
  readonly found: readonly string[];
  readonly line?: number;

  /** Close to it, and fine. */
  readonly fine: readonly string[];
}

function on(client: string, found: string | readonly string[], fine: string | readonly string[], line?: number): Case {
  return { client, found: [found].flat(), fine: [fine].flat(), line };
}

const METADATA = 'boto 2: metadata';
const ROLE = 'boto 2: the credentials of the role';
const INSTALLED = 'boto 2: installed';
const SERVICE = 'AWS SDK for JavaScript 2: `MetadataService`';
const BIT = 'Fluent Bit: filter `aws`';
const FLUENTD = 'Fluentd: `ec2_metadata`';
const PREFER = 'Datadog agent: `ec2_prefer_imdsv2`';
const TRANSITION = 'Datadog agent: `ec2_imdsv2_transition_payload_enabled`';
const S3FS = 's3fs: `imdsv1only`';
const UBUNTU = 'ec2metadata of cloud-utils before 0.32';

const CASES: readonly Case[] = [
  on(METADATA, ['import boto.utils', 'md = boto.utils.get_instance_metadata()'], ['import boto3', 'md = utils.get_instance_metadata()']),
  on(METADATA, ['from boto.utils import get_instance_identity', 'i = get_instance_identity(timeout=2)["document"]'], ['from mine import get_instance_identity', 'i = get_instance_identity()']),
  on(METADATA, ['from boto import utils', 'print(utils.get_instance_metadata())'], ['from boto import utils', 'print("utils.get_instance_metadata()")']),
  on(METADATA, 'ID=$(python -c \'import boto.utils; print(boto.utils.get_instance_metadata()["instance-id"])\')', 'echo "import boto.utils; boto.utils.get_instance_metadata()"'),
  on(METADATA, ['python - <<PY', 'import boto.utils', 'x = boto.utils.get_instance_metadata()["instance-id"]', 'PY'], ['python - <<PY', 'import boto.utils', '# x = boto.utils.get_instance_metadata()["instance-id"]', 'PY'], 3),
  on(ROLE, ['import boto.ec2', 'c = boto.ec2.connect_to_region("us-east-1")'], ['import boto.ec2', 'c = boto.ec2.connect_to_region("us-east-1", aws_access_key_id=k, aws_secret_access_key=s)']),
  on(ROLE, ['import boto', 's3 = boto.connect_s3()'], ['import boto3', 's3 = boto3.client("s3")']),
  on(ROLE, ['from boto.s3.connection import S3Connection', 's3 = S3Connection()'], ['from boto.s3.connection import S3Connection', 's3 = S3Connection(key, secret)']),
  on(INSTALLED, 'pip install boto', 'pip install boto3'),
  on(INSTALLED, 'pip3 install --upgrade awscli boto==2.49.0 requests', 'pip3 install --upgrade awscli botocore==1.34.0'),
  on(INSTALLED, 'yum install -y python2-boto', 'yum install -y python3-boto3 python-botocore'),
  on(INSTALLED, 'echo "boto==2.48.0" >> requirements.txt', 'echo "boto==2.48.0 is too old"'),
  on(INSTALLED, ['cat > /opt/requirements.txt <<EOF', 'boto==2.48.0', 'EOF'], ['cat > /opt/notes.txt <<EOF', 'boto==2.48.0', 'EOF'], 2),
  on(INSTALLED, 'apt-get install -y git python-boto', 'apt-get remove -y git python-boto'),
  on(SERVICE, ['const meta = new AWS.MetadataService();', 'meta.request("/latest/meta-data/instance-id", cb);'], ['const meta = new AWS.MetadataService();', 'meta.fetchMetadataToken((e, t) => meta.request(p, { headers: { "x-aws-ec2-metadata-token": t } }, cb));'], 1),
  on(SERVICE, ['import { MetadataService } from "aws-sdk";', 'new MetadataService({}).request("/latest/meta-data/", cb);'], ['// new MetadataService({}).request("/latest/meta-data/", cb);']),
  on(BIT, ['cat > fluent-bit.conf <<EOF', '[FILTER]', '    Name aws', '    imds_version v1', 'EOF'], ['cat > fluent-bit.conf <<EOF', '[FILTER]', '    Name aws', '    imds_version v2', 'EOF'], 4),
  on(BIT, ['filters:', '  - name: aws', '    imds_version: v1'], ['filters:', '  - name: aws', '    # imds_version: v1']),
  on(BIT, '{ "name": "aws", "imds_version": "v1", "az": true }', '{ "name": "aws", "about": "imds_version v1 fails" }'),
  on(BIT, 'echo "    imds_version v1" | tee -a /etc/fluent-bit/fluent-bit.conf', 'echo "    imds_version v1"'),
  on(BIT, 'printf "[FILTER]\\n  Name aws\\n  imds_version v1\\n" > /etc/fluent-bit.conf', 'sed -i "s/imds_version v1/imds_version v2/" /etc/fluent-bit.conf'),
  on(BIT, 'fluent-bit -i cpu -F aws -p imds_version=v1 -m "*" -o stdout', 'fluent-bit -i cpu -F aws -p imds_version=v2 -m "*" -o stdout'),
  on(FLUENTD, ['<filter **>', '  @type ec2_metadata', '  imdsv2 false', '</filter>'], ['<filter **>', '  @type ec2_metadata', '  imdsv2 true', '</filter>'], 2),
  on(PREFER, 'echo "ec2_prefer_imdsv2: false" >> /etc/datadog-agent/datadog.yaml', 'echo "ec2_prefer_imdsv2: true" >> /etc/datadog-agent/datadog.yaml'),
  on(PREFER, 'docker run --network host -e DD_EC2_PREFER_IMDSV2=false datadog/agent:7', 'docker run --network host -e DD_EC2_PREFER_IMDSV2=true datadog/agent:7'),
  on(PREFER, 'export DD_EC2_PREFER_IMDSV2="false"', 'sed -i "s/ec2_prefer_imdsv2: false/ec2_prefer_imdsv2: true/" datadog.yaml'),
  on(PREFER, 'ec2_prefer_imdsv2: false', ['ec2_prefer_imdsv2: false', 'ec2_imdsv2_transition_payload_enabled: true']),
  on(TRANSITION, 'ec2_imdsv2_transition_payload_enabled: false', ['ec2_imdsv2_transition_payload_enabled: false', 'ec2_prefer_imdsv2: true']),
  on(S3FS, 's3fs bucket /mnt -o iam_role=auto,imdsv1only', 's3fs bucket /mnt -o iam_role=auto'),
  on(S3FS, 'echo "s3fs#bucket /mnt fuse _netdev,imdsv1only 0 0" >> /etc/fstab', 'echo "s3fs no longer takes imdsv1only"'),
  on(UBUNTU, ['add-apt-repository "deb https://download.docker.com/linux/ubuntu bionic stable"', 'ID=$(ec2metadata --instance-id)'], ['add-apt-repository "deb https://download.docker.com/linux/ubuntu jammy stable"', 'ID=$(ec2metadata --instance-id)'], 2),
  on(UBUNTU, ['. /etc/xenial.sh', 'id=`/usr/bin/ec2metadata --instance-id`'], ['. /etc/xenial.sh', 'which ec2metadata tool is there, ec2metadata or curl'], 2),
  on(UBUNTU, ['# Ubuntu Server 16.04 LTS', 'ec2metadata --local-ipv4 > ip'], ['# Ubuntu Server 22.04 LTS', 'ec2metadata --local-ipv4 > ip']),
];

test.each(CASES.map(({ client, found, line, fine }) => ({ title: `${client}: ${found.join(' / ')}`, found, fine, line: line ?? found.length })))('$title', ({ found, fine, line }) => {
  expect({ found: calls(...found), fine: calls(...fine) }).toEqual({ found: [line], fine: [] });
});

test('each client of the table has a case', () => {
  expect([...new Set(CASES.map(({ client }) => client))]).toEqual(CLIENTS.map(({ name }) => name));
});

test.each(SAFEGUARDS.map(({ shows }) => shows))('%s is no finding, nor is its opposite, which is the default', shows => {
  expect([...calls(shows), ...calls(shows.replace('true', 'false'))]).toEqual([]);
});

test('a client is told what to do', () => {
  expect(imdsCallsIn('    imds_version v1')).toEqual([{
    kind: 'imdsv1-call',
    line: 1,
    text: 'imds_version v1',
    reason: 'the filter aws of Fluent Bit asks IMDS without a token, which gets 401 where version 2 is required',
    fix: 'imds_version v2, which is the default',
  }]);
});
