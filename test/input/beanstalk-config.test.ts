import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputsOf } from '../../src/cli/inputs';
import { Verdict } from '../../src/engine/findings/finding';
import { judge } from '../../src/engine/judge/judge';
import { readAssembly } from '../../src/input/assembly';
import { isTemplate, readTemplate } from '../../src/input/read-template';
import { verdictsIn } from '../support/verdicts';

function verdicts(text: string, file = 'app/.ebextensions/imds.config'): Record<string, Verdict> {
  const read = readTemplate(Buffer.from(text), file);
  if (!isTemplate(read)) { throw new Error(read.problem.message); }
  return verdictsIn(judge(read.template));
}

const list = (value: string): string => `option_settings:\n  - namespace: aws:autoscaling:launchconfiguration\n    option_name: DisableIMDSv1\n    value: ${value}\n`;
const map = (value: string): string => `option_settings:\n  aws:autoscaling:launchconfiguration:\n    DisableIMDSv1: ${value}\n`;
const json = (value: unknown): string => JSON.stringify({ option_settings: [{ namespace: 'aws:autoscaling:launchconfiguration', option_name: 'DisableIMDSv1', value }] });

function advice(text: string): string[] {
  const read = readTemplate(Buffer.from(text), 'app/.ebextensions/01.config');
  if (!isTemplate(read)) { throw new Error(read.problem.message); }
  return judge(read.template).findings.map(({ rule, logicalId, path }) => `${rule} ${logicalId} ${path}`);
}

describe('what a configuration file of Elastic Beanstalk does on the instances', () => {
  const INIT = 'Metadata.AWS::CloudFormation::Init.config';
  const GET = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';

  test.each([
    [`commands:\n  01_id:\n    command: ${GET} > /tmp/id\n`, `imdsv1-call commands ${INIT}.commands.01_id.command`],
    [`container_commands:\n  01_id:\n    command: ${GET}\n    leader_only: true\n`, `imdsv1-call container_commands ${INIT}.commands.01_id.command`],
    [`files:\n  /opt/elasticbeanstalk/hooks/a.sh:\n    mode: "000755"\n    content: |\n      #!/bin/bash\n      ${GET}\n`, `imdsv1-call files ${INIT}.files./opt/elasticbeanstalk/hooks/a.sh.content`],
  ])('is read for calls of IMDS: %j', (text, expected) => expect(advice(text)).toEqual([expected]));

  test.each([
    'commands:\n  01_jq:\n    command: yum install -y jq\n', 'commands: []\n', 'files: 5\n',
    `commands:\n  01:\n    command: echo "never ${GET}"\n`,
    'commands:\n  01:\n    command: >-\n      T=$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); '
    + 'curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/instance-id\n',
  ])('is of no concern where it calls none, or asks for a token: %j', text => expect(advice(text)).toEqual([]));
});

describe('a configuration file of Elastic Beanstalk', () => {
  test.each([list('true'), list('"true"'), map('true'), map('"true"'), json('true'), json(true)])('that disables version 1 is compliant: %j', text => {
    expect(verdicts(text)).toEqual({ option_settings: 'compliant' });
  });

  test.each([list('false'), map('false'), map('"false"'), json('false'), json(false)])('that enables version 1 is a violation: %j', text => {
    expect(verdicts(text)).toEqual({ option_settings: 'violation' });
  });

  test.each([
    list('\'`{"Ref":"AWSEBEnvironmentName"}`\''), list('\'`{"Fn::GetOptionSetting":{"OptionName":"V1"}}`\''),
  ])('with a function cannot be decided: %j', text => expect(verdicts(text)).toEqual({ option_settings: 'cannot tell' }));

  test.each([
    'option_settings:\n  aws:autoscaling:asg:\n    MinSize: 2\n', 'packages:\n  yum:\n    jq: []\n', 'option_settings: []\n',
    'option_settings:\n  aws:autoscaling:launchconfiguration:\n    InstanceType: t3.micro\n',
    'Resources:\n  AWSEBAutoScalingLaunchConfiguration:\n    Type: AWS::AutoScaling::LaunchConfiguration\n    Properties:\n      EbsOptimized: true\n',
  ])('that says nothing about IMDS is of no concern: the environment decides: %j', text => expect(verdicts(text)).toEqual({}));

  test('has resources of its own, and changes those of the environment', () => {
    expect(verdicts([
      'Resources:',
      '  Bastion: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-12345678 } }',
      '  Good: { Type: AWS::EC2::Instance, Properties: { MetadataOptions: { HttpTokens: required } } }',
      '  AWSEBEC2LaunchTemplate: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: optional } } } }',
    ].join('\n'))).toEqual({ Bastion: 'violation', Good: 'compliant', AWSEBEC2LaunchTemplate: 'violation' });
  });

  test('is only so called in its folder', () => {
    expect(() => verdicts(list('false'), 'app/imds.config')).toThrow('no CloudFormation template');
  });
});

describe('where configuration files lie', () => {
  function application(): string {
    const folder = mkdtempSync(join(tmpdir(), 'beanstalk-'));
    mkdirSync(join(folder, 'app/.ebextensions'), { recursive: true });
    writeFileSync(join(folder, 'app/.ebextensions/imds.config'), map('false'));
    writeFileSync(join(folder, 'app/.ebextensions/notes.txt'), 'x');
    writeFileSync(join(folder, 'app/web.config'), '<configuration>\nResources: x\n</configuration>');
    return folder;
  }

  test('a folder that is named has them', async () => {
    const files: string[] = [];
    for await (const { templates, problems } of inputsOf(['app'], { cwd: application() })) {
      files.push(...templates.map(({ file }) => file), ...problems.map(({ message }) => message));
    }
    expect(files).toEqual(['app/.ebextensions/imds.config']);
  });

  test('a cloud assembly has them in the folders that CDK uploads', () => {
    const folder = application();
    const write = (name: string, content: object): void => writeFileSync(join(folder, name), JSON.stringify(content));
    write('manifest.json', {
      version: '36.0.0',
      artifacts: {
        'S.assets': { type: 'cdk:asset-manifest', properties: { file: 'S.assets.json' } },
        'S': { type: 'aws:cloudformation:stack', properties: { templateFile: 'S.template.json' } },
      },
    });
    write('S.assets.json', { files: { app: { source: { path: 'app', packaging: 'zip' }, destinations: {} }, gone: { source: { path: 'gone', packaging: 'zip' } } } });
    write('S.template.json', { Resources: {} });

    const { templates, problems } = readAssembly(folder, 'cdk.out');
    expect(problems).toEqual([]);
    expect(templates.map(({ file }) => file)).toEqual(['cdk.out/S.template.json', 'cdk.out/app/.ebextensions/imds.config']);
    expect(Object.values(verdictsIn(judge(templates[1].template)))).toEqual(['violation']);
  });
});
