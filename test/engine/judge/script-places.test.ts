/* eslint-disable @stylistic/max-len */ // a case a line
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../../../src/engine/judge/judge';
import { SCRIPT_HOLDERS } from '../../../src/engine/surfaces/script-places';
import { readTemplate } from '../../../src/input/read-template';

const ADDRESS = 'http://169.254.169.254/latest';
const WEAK = `curl -s ${ADDRESS}/meta-data/instance-id`;
const STRONG = [`T=$(curl -sX PUT ${ADDRESS}/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")`, `curl -s -H "X-aws-ec2-metadata-token: $T" ${ADDRESS}/meta-data/instance-id`];
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const told = (resource: object): string[] => judge({ Conditions: { Big: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] }, Never: { 'Fn::Equals': ['a', 'b'] } }, Resources: { R: resource } }).findings
  .filter(({ rule }) => rule === 'imdsv1-call')
  .map(({ path, reason }) => `${path}: ${reason.replace(/: curl asks.*/, '')}`);

const component = (commands: readonly string[]): string => JSON.stringify({ phases: [{ name: 'build', steps: [{ name: 'Read', action: 'ExecuteBash', inputs: { commands } }] }] });
const command = (runCommand: unknown): object => ({ schemaVersion: '2.2', mainSteps: [{ action: 'aws:runShellScript', name: 'x', inputs: { runCommand } }] });

/** Of each kind one with the call, given what stands for it, and where it is told. */
const CASES: readonly [string, (script: readonly string[]) => object, string][] = [
  ['AWS::DataPipeline::Pipeline', script => ({ PipelineObjects: [{ Fields: [{ Key: 'type', StringValue: 'ShellCommandActivity' }, { Key: 'command', StringValue: script.join('\n') }] }] }), 'PipelineObjects.0.Fields.1.StringValue: line 1'],
  ['AWS::EC2::SpotFleet', script => ({ SpotFleetRequestConfigData: { LaunchSpecifications: [{ UserData: base64(script.join('\n')) }] } }), 'SpotFleetRequestConfigData.LaunchSpecifications.0.UserData: line 1'],
  ['AWS::Events::Rule', script => ({ Targets: [{ Input: JSON.stringify({ commands: script }) }] }), 'Targets.0.Input: commands, line 1'],
  ['AWS::ImageBuilder::Component', script => ({ Data: component(script) }), 'Data: phases.0.steps.0.inputs.commands, line 1'],
  ['AWS::ImageBuilder::ImageRecipe', script => ({ AdditionalInstanceConfiguration: { UserDataOverride: { 'Fn::Base64': script.join('\n') } } }), 'AdditionalInstanceConfiguration.UserDataOverride: line 1'],
  ['AWS::Lightsail::Instance', script => ({ UserData: script.join('\n') }), 'UserData: line 1'],
  ['AWS::SSM::Association', script => ({ Name: 'AWS-RunShellScript', Parameters: { commands: script } }), 'Parameters.commands: line 1'],
  ['AWS::SSM::Document', script => ({ Content: command(script) }), 'Content.mainSteps.0.inputs.runCommand: line 1'],
  ['AWS::SSM::Document', script => ({ Content: { 'Fn::Sub': JSON.stringify(command(['echo ${AWS::Region}', ...script])) } }), 'Content: mainSteps.0.inputs.runCommand, line 2'],
  ['AWS::SSM::Document', script => ({ Content: { schemaVersion: '1.2', runtimeConfig: { 'aws:runShellScript': { properties: [{ id: '0', runCommand: script }] } } } }), 'Content.runtimeConfig.aws:runShellScript.properties.0.runCommand: line 1'],
  ['AWS::SSM::Document', script => ({ Content: { mainSteps: [{ action: 'aws:runInstances', inputs: { UserData: base64(script.join('\n')) } }] } }), 'Content.mainSteps.0.inputs.UserData: line 1'],
  ['AWS::SSM::Document', script => ({ Content: `mainSteps:\n- action: aws:runShellScript\n  inputs:\n    runCommand:\n    - |\n${script.map(each => `      ${each}\n`).join('')}` }), 'Content: line 6'],
  ['AWS::SSM::MaintenanceWindowTask', script => ({ TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { commands: script } } } }), 'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters.commands: line 1'],
  ['AWS::SSM::MaintenanceWindowTask', script => ({ TaskParameters: { commands: { Values: script } } }), 'TaskParameters.commands.Values: line 1'],
  ['AWS::SageMaker::NotebookInstanceLifecycleConfig', script => ({ OnStart: [{ Content: base64(script.join('\n')) }] }), 'OnStart.0.Content: line 1'],
  ['AWS::SageMaker::NotebookInstanceLifecycleConfig', script => ({ OnCreate: { 'Fn::If': ['Big', [{ Content: { 'Fn::Base64': script.join('\n') } }], { Ref: 'AWS::NoValue' }] } }), 'OnCreate.0.Content: line 1'],
  ['AWS::Scheduler::Schedule', script => ({ Target: { Input: JSON.stringify({ DocumentName: 'AWS-RunShellScript', Parameters: { commands: script } }) } }), 'Target.Input: Parameters.commands, line 1'],
  ['AWS::Serverless::StateMachine', script => ({ Definition: { States: { S: { Parameters: { Parameters: { commands: script } } } } } }), 'Definition.States.S.Parameters.Parameters.commands: line 1'],
  ['AWS::StepFunctions::StateMachine', script => ({ DefinitionString: { 'Fn::Join': ['', ['{"TimeoutSeconds":', { Ref: 'T' }, `,"Parameters":{"commands":${JSON.stringify(script)}}}`]] } }), 'DefinitionString: Parameters.commands, line 1'],
  ['Custom::AWS', script => ({ Create: JSON.stringify({ service: 'SSM', action: 'sendCommand', parameters: { DocumentName: 'AWS-RunShellScript', Parameters: { commands: script } } }) }), 'Create: parameters.Parameters.commands, line 1'],
  ['Custom::AWSCDK-EKS-HelmChart', script => ({ Values: JSON.stringify({ nodeClass: { userData: script.join('\n') } }) }), 'Values: nodeClass.userData, line 1'],
  ['Custom::AWSCDK-EKS-KubernetesPatch', script => ({ ApplyPatchJson: JSON.stringify({ spec: { userData: script.join('\n') } }) }), 'ApplyPatchJson: spec.userData, line 1'],
  ['Custom::AWSCDK-EKS-KubernetesResource', script => ({ Manifest: JSON.stringify([{ kind: 'EC2NodeClass', spec: { userData: script.join('\n') } }]) }), 'Manifest: 0.spec.userData, line 1'],
];

test.each(CASES)('%s: a script that calls IMDS without a token is told where it stands, one with a token is not', (type, properties, where) => {
  expect(told({ Type: type, Properties: properties([WEAK]) })).toEqual([`Properties.${where}`]);
  expect(told({ Type: type, Properties: properties(STRONG) })).toEqual([]);
});

describe('a script that calls an AWS API', () => {
  const call = (tokens: string): string => `aws ec2 modify-instance-metadata-options --instance-id i-1 --http-tokens ${tokens}`;
  const judged = (type: string, properties: object): [rules: string[], verdicts: string[]] => {
    const { findings, resources } = judge({ Resources: { R: { Type: type, Properties: properties } } });
    const rules = findings.filter(({ path }) => path !== 'Properties').map(({ rule }) => rule);
    return [rules.filter(rule => rule === 'imdsv1-allowed'), resources.map(({ verdict }) => verdict)];
  };

  test.each(CASES)('%s: is found where it weakens, and not where it requires tokens', (type, properties) => {
    const [rules, verdicts] = judged(type, properties([call('optional')]));
    expect([...new Set(rules)]).toEqual(['imdsv1-allowed']);
    expect(verdicts).toEqual(['violation']);
    expect(judged(type, properties([call('required')]))[0]).toEqual([]);
  });

  test('makes a resource one that is examined, with its line and its place', () => {
    const { findings, resources } = judge({ Resources: { R: { Type: 'AWS::SSM::Association', Properties: { Name: 'AWS-RunShellScript', Parameters: { commands: ['set -e', call('optional')] } } } } });
    expect(findings).toMatchObject([{ rule: 'imdsv1-allowed', logicalId: 'R', path: 'Properties.Parameters.commands', reason: expect.stringMatching(/^line 2: ModifyInstanceMetadataOptions/) }]);
    expect(resources).toMatchObject([{ logicalId: 'R', verdict: 'violation' }]);
  });

  test('that requires tokens is compliant, one that calls nothing of the kind is of no concern', () => {
    const association = (line: string): [string[], string[]] => judged('AWS::SSM::Association', { Parameters: { commands: [line] } });
    expect(association(call('required'))).toEqual([[], ['compliant']]);
    expect(association('aws ec2 describe-instances')).toEqual([[], []]);
    expect(association(`echo "${call('optional')}"`)).toEqual([[], []]);
  });
});

test('each type of the table that holds scripts itself has a case', () => {
  const holders = SCRIPT_HOLDERS.filter(({ places }) => places.some(({ holds }) => holds !== 'address'));
  expect([...new Set(CASES.map(([type]) => type))].sort()).toEqual(holders.map(({ type }) => type).sort());
});

test('a holder of scripts is no launcher, and one that is never made is not read', () => {
  const holder = { Type: 'AWS::SSM::Association', Properties: { Parameters: { commands: [WEAK] } } };

  expect(judge({ Resources: { R: holder } }).resources).toEqual([]);
  expect(told({ ...holder, Condition: 'Never' })).toEqual([]);
  expect(told({ ...holder, Condition: 'Big' })).toHaveLength(1);
});

test.each([
  ['AWS::SageMaker::StudioLifecycleConfig', { StudioLifecycleConfigContent: base64(WEAK) }],
  ['AWS::Deadline::Fleet', { HostConfiguration: { ScriptBody: WEAK } }],
])('%s: nothing is told where AWS keeps IMDS away from the script, or does not say what its own hosts answer', (type, properties) => {
  expect(told({ Type: type, Properties: properties })).toEqual([]);
});

test('what an automation runs in its own sandbox is not on the instances', () => {
  expect(told({ Type: 'AWS::SSM::Document', Properties: { Content: { mainSteps: [{ action: 'aws:executeScript', inputs: { Script: WEAK } }] } } })).toEqual([]);
});

test('cfn-init is read on any resource, such as a group, which CDK gives it to', () => {
  const init = { 'AWS::CloudFormation::Init': { config: { commands: { one: { command: ['curl', '-s', `${ADDRESS}/meta-data/local-ipv4`] } } } } };

  expect(told({ Type: 'AWS::AutoScaling::AutoScalingGroup', Metadata: init })).toEqual(['Metadata.AWS::CloudFormation::Init.config.commands.one.command: line 1']);
  expect(told({ Type: 'AWS::CloudFormation::WaitConditionHandle', Metadata: init })).toEqual(['Metadata.AWS::CloudFormation::Init.config.commands.one.command: line 1']);
});

test('a template in YAML is read like that as a whole: what holds scripts is kept when it is read', () => {
  const read = readTemplate(readFileSync(join(__dirname, '../../fixtures/scripts/places.yaml')), 'x');

  expect('template' in read && judge(read.template).findings.filter(({ rule }) => rule === 'imdsv1-call').map(({ logicalId }) => logicalId)).toEqual(['Lifecycle', 'Component']);
});
