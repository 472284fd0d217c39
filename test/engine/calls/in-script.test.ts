/* eslint-disable @stylistic/max-len */ // a case a line
import { callsInScript } from '../../../src/engine/calls/in-script';

/** Each call as `line API tokens`, where `-` is nothing said and `?` what only the run tells. */
const calls = (script: string): string[] => callsInScript(script, 'P').map(call => {
  if (!call.api) { return 'unread'; }
  const tokens = call.options.map(({ tokens: each }) => each.kind === 'value' ? each.value : each.kind === 'absent' ? '-' : '?').join();
  return `${call.line} ${call.api.action} ${tokens}`;
});

test.each([
  ['aws ec2 modify-instance-metadata-options --instance-id i --http-tokens optional', '1 ModifyInstanceMetadataOptions optional'],
  ['aws --region eu-west-1 ec2 modify-instance-metadata-options --http-tokens=required', '1 ModifyInstanceMetadataOptions required'],
  ['/usr/local/bin/aws ec2 modify-instance-metadata-options \\\n  --http-tokens "optional" \\\n  --http-endpoint enabled', '1 ModifyInstanceMetadataOptions optional'],
  ['x=1\nT=optional\naws ec2 modify-instance-metadata-options --http-tokens $T', '3 ModifyInstanceMetadataOptions optional'],
  ['aws ec2 modify-instance-metadata-options --http-tokens "$1"', '1 ModifyInstanceMetadataOptions ?'],
  ['aws ec2 modify-instance-metadata-options --http-tokens ${TOKENS:-optional}', '1 ModifyInstanceMetadataOptions optional'],
  ['aws ec2 modify-instance-metadata-options --http-put-response-hop-limit 2', '1 ModifyInstanceMetadataOptions -'],
  ['aws ec2 run-instances --metadata-options "HttpTokens=required,HttpEndpoint=enabled"', '1 RunInstances required'],
  ['aws ec2 run-instances --metadata-options HttpEndpoint=enabled,HttpTokens=optional', '1 RunInstances optional'],
  ['aws ec2 run-instances --metadata-options \'{"HttpTokens":"optional"}\'', '1 RunInstances optional'],
  ['aws ec2 run-instances --image-id ami', '1 RunInstances -'],
  ['aws ec2 run-instances --cli-input-json file://run.json', '1 RunInstances ?'],
  ['aws ec2 run-instances --cli-input-json \'{"MetadataOptions":{"HttpTokens":"required"}}\'', '1 RunInstances required'],
  ['aws ec2 run-instances --image-id ami "${ARGS[@]}"', '1 RunInstances ?'],
  ['aws ec2 create-launch-template-version --launch-template-data \'{"MetadataOptions":{"HttpTokens":"optional"}}\'', '1 CreateLaunchTemplateVersion optional'],
  ['aws ec2 modify-instance-metadata-defaults --http-tokens no-preference', '1 ModifyInstanceMetadataDefaults no-preference'],
  ['aws autoscaling create-launch-configuration --metadata-options HttpTokens=optional', '1 CreateLaunchConfiguration optional'],
  ['ID=$(aws ec2 run-instances --metadata-options HttpTokens=required --query Id)', '1 RunInstances required'],
  ['ssh host "aws ec2 modify-instance-metadata-options --http-tokens optional"', '1 ModifyInstanceMetadataOptions optional'],
  ['#cloud-config\nruncmd:\n  - [aws, ec2, modify-instance-metadata-options, --http-tokens, optional]\n', '3 ModifyInstanceMetadataOptions optional'],
  ['#cloud-config\nruncmd:\n  - ["aws", "ec2", "modify-instance-metadata-options", "--http-tokens", "optional"]\n', '3 ModifyInstanceMetadataOptions optional'],
  ['<powershell>\nEdit-EC2InstanceMetadataOption -InstanceId $id -HttpTokens optional -HttpEndpoint enabled\n</powershell>', '2 ModifyInstanceMetadataOptions optional'],
  ['New-EC2Instance -ImageId ami -MetadataOptions_HttpTokens required', '1 RunInstances required'],
  ['New-EC2Instance -ImageId ami', '1 RunInstances -'],
  ['Edit-EC2InstanceMetadataDefault -HttpToken optional', '1 ModifyInstanceMetadataDefaults optional'],
  ['Edit-EC2InstanceMetadataOption -InstanceId $id -HttpToken optional', '1 ModifyInstanceMetadataOptions optional'],
  ['Edit-EC2InstanceMetadataOption -InstanceId $id -HttpToken Required', '1 ModifyInstanceMetadataOptions required'],
  ['Edit-EC2InstanceMetadataOption -InstanceId $id -HttpToken ([Amazon.EC2.HttpTokensState]::Optional)', '1 ModifyInstanceMetadataOptions optional'],
  ['New-EC2Instance -ImageId $ami -MetadataOptions_HttpToken ([Amazon.EC2.HttpTokensState]::Required)', '1 RunInstances required'],
  ['import boto3\nec2 = boto3.client("ec2")\nec2.run_instances(ImageId="ami", MetadataOptions={"HttpTokens": "optional"})', '3 RunInstances optional'],
  ['import boto3\nec2 = boto3.client("ec2")\nec2.run_instances(**options)', '3 RunInstances ?'],
  ['const ec2 = new AWS.EC2();\nec2.runInstances({ ImageId: "ami", MetadataOptions: { HttpTokens: "required" } });', '2 RunInstances required'],
  ['const { EC2Client } = require("@aws-sdk/client-ec2");\nawait c.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: i, HttpTokens: "optional" }));', '2 ModifyInstanceMetadataOptions optional'],
])('%j has a call', (script, expected) => {
  expect(calls(script)).toEqual([expected]);
});

test.each([
  '# aws ec2 modify-instance-metadata-options --http-tokens optional',
  'echo "aws ec2 modify-instance-metadata-options --http-tokens optional"',
  'cat > /etc/motd <<EOF\naws ec2 modify-instance-metadata-options --http-tokens optional\nEOF',
  'aws ec2 describe-instances --filters Name=metadata-options.http-tokens,Values=optional',
  'aws ec2 wait instance-running --instance-ids i # after run-instances',
  'grep -q "run-instances" /var/log/x',
  'aws gamelift create-fleet --name x',
  'aws ecs create-cluster --cluster-name x',
  'python3 run_instances.py',
  'aws ec2 run-instances help | head',
  'aws ec2 run-instances --generate-cli-skeleton > run.json',
])('%j has none', script => {
  expect(calls(script)).toEqual([]);
});
