import { CLIENT_VERSIONS } from '../../../src/engine/scripts/client-versions';
import { imdsCallsIn } from '../../../src/engine/scripts/imds-calls';
import { highestOf, isOlder } from '../../../src/engine/scripts/versions';

const calls = (script: string): string[] => imdsCallsIn(script).filter(({ kind }) => kind === 'imdsv1-call').map(({ reason }) => reason.split(' asks ')[0]);

/** An old version, and one close to it that is new enough, or of which nothing is known. */
const CASES: ReadonlyArray<[client: string, old: string, fine: string]> = [
  ['AWS SDK for Python: boto3', 'pip install boto3==1.9.3', 'pip install boto3==1.12.6'],
  ['AWS SDK for Python: boto3', 'pip install "boto3<1.12"', 'pip install "boto3<2"'],
  ['AWS SDK for Python: boto3', 'pip install boto3~=1.9.3', 'pip install boto3~=1.9'],
  ['AWS SDK for Python: boto3', 'pip install "boto3>=1.9,<1.10"', 'pip install "boto3>=1.9"'],
  ['AWS SDK for Python: boto3', 'echo "boto3==1.9.3" > requirements.txt', 'echo "boto3==1.9.3"'],
  ['AWS SDK for Python: boto3', 'cat > requirements.txt <<EOF\nrequests==2.1\nboto3==1.9.3\nEOF', 'cat > requirements.txt <<EOF\n# boto3==1.9.3\nboto3==1.26.0\nEOF'],
  ['AWS SDK for Python: boto3', 'pip install boto3[crt]==1.9.3', 'pip uninstall -y boto3==1.9.3'],
  ['AWS SDK for Python: botocore', 'pip3 install botocore==1.12.0', 'pip3 install aiobotocore==1.3.0'],
  ['AWS CLI 1', 'pip install awscli==1.16.102', 'pip install awscli==1.*'],
  ['AWS CLI 1', 'apt-get install -y awscli=1.14.44-1ubuntu1', 'apt-get install -y awscli=1.18.69-1ubuntu0.20.04.1'],
  ['AWS CLI 1', 'yum install -y aws-cli-1.16.102', 'yum install -y aws-cli-2.15.30'],
  ['AWS CLI 1', 'curl -O https://s3.amazonaws.com/aws-cli/awscli-bundle-1.16.188.zip', 'curl -O https://s3.amazonaws.com/aws-cli/awscli-bundle.zip'],
  ['AWS SDK for JavaScript 2', 'npm install aws-sdk@2.400', 'npm install aws-sdk@2'],
  ['AWS SDK for JavaScript 2', '{ "dependencies": { "aws-sdk": "2.400.0" } }', '{ "dependencies": { "aws-sdk": "^2.400.0" } }'],
  ['AWS SDK for Java 1', 'spark-submit --packages com.amazonaws:aws-java-sdk:1.7.4,org.apache.hadoop:hadoop-aws:2.7.3 x.py', 'spark-submit --packages com.amazonaws:aws-java-sdk:1.12.262 x.py'],
  ['AWS SDK for Java 1', 'wget https://example.com/aws-java-sdk-bundle-1.11.375.jar', 'wget https://example.com/aws-java-sdk-bundle-1.11.901.jar'],
  ['AWS SDK for Java 2', 'mvn dependency:get -Dartifact=software.amazon.awssdk:bundle:2.10.1', 'mvn dependency:get -Dartifact=software.amazon.awssdk:bundle:2.25.0'],
  ['AWS SDK for Go 1', 'go get github.com/aws/aws-sdk-go@v1.20.0', 'go get github.com/aws/aws-sdk-go@v1.44.0'],
  ['AWS SDK for Go 1', 'require github.com/aws/aws-sdk-go v1.20.0', 'github.com/aws/aws-sdk-go v1.16.26/go.mod h1:KmX6BPdI08NWTb3='],
  ['AWS SDK for Go 2', 'go get github.com/aws/aws-sdk-go-v2@v0.18.0', 'go get github.com/aws/aws-sdk-go-v2@v1.16.0'],
  ['AWS Tools for PowerShell', 'Install-Module -Name AWSPowerShell -RequiredVersion 3.3.618.0', 'Install-Module -Name AWSPowerShell -RequiredVersion 4.1.200'],
  ['AWS SDK for PHP', 'composer require aws/aws-sdk-php:3.100.0', 'composer require aws/aws-sdk-php:^3.100'],
  ['AWS SDK for Ruby', 'gem install aws-sdk-core -v 3.70.0', 'gem install aws-sdk-core -v 3.170.0'],
  ['AWS SDK for Ruby', "gem 'aws-sdk-core', '~> 3.70.0'", "gem 'aws-sdk-core', '~> 3.70'"],
  ['AWS SDK for Ruby', 'gem install aws-sdk-core --no-document --version 3.50', 'gem install aws-sdk-core --version 2.11.0'],
  ['SSM Agent', 'yum install -y amazon-ssm-agent-2.3.714.0', 'yum install -y amazon-ssm-agent'],
  ['SSM Agent', 'yum install -y https://s3.amazonaws.com/amazon-ssm-us-east-1/2.3.1319.0/linux_amd64/amazon-ssm-agent.rpm', 'yum install -y https://s3.amazonaws.com/amazon-ssm-us-east-1/latest/linux_amd64/amazon-ssm-agent.rpm'],
  ['Datadog agent', 'apt-get install -y datadog-agent=1:6.20.0-1', 'apt-get install -y datadog-agent=1:7.65.0-1'],
  ['Datadog agent', 'yum install -y datadog-agent-7.50.0-1', 'yum install -y datadog-agent-7.50.0-1\necho "ec2_prefer_imdsv2: true" >> /etc/datadog-agent/datadog.yaml'],
  ['Datadog agent', 'DD_AGENT_MAJOR_VERSION=6 DD_API_KEY=x bash install.sh', 'DD_AGENT_MAJOR_VERSION=7 DD_API_KEY=x bash install.sh'],
  ['Datadog agent', 'export DD_AGENT_MINOR_VERSION=50.3', 'export DD_AGENT_MINOR_VERSION=66.0'],
  ['Datadog agent', 'docker run --net host datadog/agent:7.40.0', 'docker run --net host datadog/agent:7'],
  ['New Relic infrastructure agent', 'apt-get install newrelic-infra=1.11.0', 'apt-get install newrelic-infra=1.50.0'],
  ['cloud-init', 'yum install -y cloud-init-18.2', 'yum install -y cloud-init-22.2.2'],
  ['Ohai', 'gem install ohai -v 16.10.6', 'gem install ohai -v 17.9.0'],
  ['Ansible: amazon.aws.ec2_metadata_facts', 'ansible-galaxy collection install amazon.aws:1.4.0', 'ansible-galaxy collection install amazon.aws:7.0.0'],
  ['ec2-metadata: amazon-ec2-utils', 'yum install -y ec2-utils-0.7', 'yum install -y ec2-utils-1.2'],
  ['ec2metadata: cloud-utils', 'apt-get install -y cloud-guest-utils=0.27-0ubuntu25', 'apt-get install -y cloud-guest-utils=0.32-22-g45fe84a5-0ubuntu1'],
  ['kiam', 'docker run --net host quay.io/uswitch/kiam:v3.5 agent', 'docker run --net host quay.io/uswitch/kiam:v4.0 agent'],
  ['s3fs', 'git clone -b v1.82 https://github.com/s3fs-fuse/s3fs-fuse', 'git clone -b v1.93 https://github.com/s3fs-fuse/s3fs-fuse'],
  ['s3fs', 'wget https://github.com/s3fs-fuse/s3fs-fuse/archive/v1.82.tar.gz', 'wget https://github.com/s3fs-fuse/s3fs-fuse/archive/v1.94.tar.gz'],
  ['s3fs', 'apt-get install s3fs=1.86-1', 'apt-get install s3fs'],
];

test.each([
  ['a version in what is told of a change', '- module_utils/elbv2 - removed compatibility code for ``botocore < 1.10.30`` and ``boto3 < 1.9``', 0],
  ['a version in a comparison', 'if awscli < 1.16.0 then say so', 0],
  ['a line of requirements, with blanks', 'boto3 < 1.12', 1],
  ['an element of YAML', 'packages:\n  - botocore==1.12.0', 1],
  ['an element of a list', "setup(install_requires=['requests', 'boto3 <1.12'])", 1],
  ['one of several in a command', 'uv pip install requests boto3==1.9.3', 1],
  ['one of several on lines of a command', 'pip install \\\n  requests \\\n  boto3==1.9.3', 1],
  ['one in quotes of a command', 'bash -c "pip install requests boto3==1.9.3"', 1],
])('%s', (_, script, count) => expect(calls(script)).toHaveLength(count));

test.each(CASES)('%s: %s', (client, old, fine) => {
  expect({ old: calls(old), fine: calls(fine) }).toEqual({ old: [expect.stringContaining(`${client} before `)], fine: [] });
});

test('where the version is one of the list of AWS, the finding says so: makers may have asked for tokens somewhat earlier', () => {
  const reasonOf = (script: string): string => imdsCallsIn(script)[0].reason;

  expect(reasonOf('pip install boto3==1.11.0')).toBe('AWS SDK for Python: boto3 before 1.12.6 asks IMDS without a token by the list of AWS, which gets 401 where version 2 is required');
  expect(reasonOf('gem install ohai -v 16.10.6')).toBe('Ohai before 17.0.42 asks IMDS without a token, which gets 401 where version 2 is required');
});

test('each client of the table has a case', () => {
  expect([...new Set(CASES.map(([client]) => client))]).toEqual(CLIENT_VERSIONS.map(({ name }) => name));
});

test.each([
  ['1.9.3', false, true], ['1.12.5', false, true], ['1.12.6', false, false], ['1.12', false, false], ['1.12', true, true], ['2', true, false], ['1.12.6', true, true], ['1.12.6.1', false, false],
])('%s (below it: %s) is older than 1.12.6: %s', (version, isBelow, older) => {
  expect(isOlder({ version, isBelow }, '1.12.6')).toBe(older);
});

test.each([
  ['==1.9.3', { version: '1.9.3', isBelow: false }], ['>=1.0,<2', { version: '2', isBelow: true }], ['<= 1.4', { version: '1.4', isBelow: false }],
  ['~=1.9.3', { version: '1.9', isBelow: false }], ['!=1.9.3', undefined], ['>=1.9', undefined],
])('%s allows at most %j', (specifiers, highest) => {
  expect(highestOf(specifiers)).toEqual(highest);
});
