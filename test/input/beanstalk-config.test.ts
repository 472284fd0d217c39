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
