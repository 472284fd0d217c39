/* eslint-disable @stylistic/max-len */ // a case a line
import { judge, judgeAll } from '../../../src/engine/judge/judge';
import { instance, REQUIRED } from '../../support/verdicts';

interface Told { readonly rule: string; readonly path: string }

const found = (resource: object, more: object = {}): Told[] => (
  judge({ Resources: { R: resource }, ...more }).findings.map(({ rule, path }) => ({ rule, path }))
);
const rules = (resource: object, more?: object): string[] => found(resource, more).map(({ rule }) => rule);
const examined = (resource: object): string[] => judge({ Resources: { R: resource } }).resources.map(({ verdict }) => verdict);

const custom = (call: unknown, key = 'Create'): object => ({ Type: 'Custom::AWS', Properties: { ServiceToken: 'arn', [key]: call } });
const sdk = (service: string, action: string, parameters?: object): string => JSON.stringify({ service, action, parameters, physicalResourceId: { id: 'x' } });
const WEAK = { InstanceId: 'i-1', HttpTokens: 'optional', HttpEndpoint: 'enabled' };

describe('a call of an SDK in a custom resource', () => {
  test.each([
    ['EC2', 'modifyInstanceMetadataOptions'],
    ['ec2', 'ModifyInstanceMetadataOptions'],
    ['@aws-sdk/client-ec2', 'ModifyInstanceMetadataOptionsCommand'],
    ['@aws-sdk/client-ec2', 'modifyInstanceMetadataOptions'],
  ])('is known as %s %s', (service, action) => {
    expect(found(custom(sdk(service, action, WEAK)))).toEqual([{ rule: 'imdsv1-allowed', path: 'Properties.Create.parameters.HttpTokens' }]);
    expect(examined(custom(sdk(service, action, { ...WEAK, HttpTokens: 'required' })))).toEqual(['compliant']);
  });

  test.each(['Create', 'Update', 'Delete'])('counts in %s', key => {
    expect(rules(custom(sdk('EC2', 'modifyInstanceMetadataOptions', WEAK), key))).toEqual(['imdsv1-allowed']);
    expect(rules(custom(sdk('EC2', 'modifyInstanceMetadataOptions', { ...WEAK, HttpTokens: 'required' }), key))).toEqual([]);
  });

  test('may be joined from pieces', () => {
    const joined = (tokens: unknown): object => custom({ 'Fn::Join': ['', ['{"service":"EC2","action":"modifyInstanceMetadataOptions","parameters":{"InstanceId":"', { Ref: 'Box' }, '","HttpTokens":"', tokens, '"}}']] });

    expect(rules(joined('optional'))).toEqual(['imdsv1-allowed']);
    expect(rules(joined('required'))).toEqual([]);
    expect(rules(joined({ Ref: 'Tokens' }), { Parameters: { Tokens: { Type: 'String' } } })).toEqual(['undecided-value']);
    expect(rules(joined({ Ref: 'Tokens' }), { Parameters: { Tokens: { Type: 'String', Default: 'optional' } } })).toEqual(['imdsv1-allowed']);
  });

  test('that enables the endpoint without tokens is a violation, one that disables it is none', () => {
    expect(rules(custom(sdk('EC2', 'modifyInstanceMetadataOptions', { InstanceId: 'i', HttpEndpoint: 'enabled' })))).toEqual(['imdsv2-not-required']);
    expect(rules(custom(sdk('EC2', 'modifyInstanceMetadataOptions', { InstanceId: 'i', HttpEndpoint: 'disabled' })))).toEqual([]);
    expect(rules(custom(sdk('EC2', 'modifyInstanceMetadataOptions', { InstanceId: 'i', HttpPutResponseHopLimit: 2 })))).toEqual(['undecided-default']);
  });

  test('that launches and says nothing cannot be decided', () => {
    expect(found(custom(sdk('EC2', 'runInstances', { ImageId: 'ami' })))).toEqual([{ rule: 'undecided-default', path: 'Properties.Create.parameters.MetadataOptions.HttpTokens' }]);
    expect(rules(custom(sdk('AutoScaling', 'createLaunchConfiguration', {})))).toEqual(['undecided-default']);
    expect(rules(custom(sdk('@aws-sdk/client-auto-scaling', 'CreateLaunchConfigurationCommand', { MetadataOptions: { HttpTokens: 'required' } })))).toEqual([]);
  });

  test('of another API is of no concern, whatever is named like it', () => {
    expect(examined(custom(sdk('EC2', 'describeInstances', { Filters: [{ Name: 'tag', Values: ['runInstances'] }] })))).toEqual([]);
    expect(examined(custom(sdk('GameLift', 'createFleet', {})))).toEqual([]);
  });

  test('that cannot be read is told', () => {
    expect(found(custom('{"service":"EC2","action":"runInstances"'))).toEqual([{ rule: 'undecided-value', path: 'Properties.Create' }]);
    expect(rules(custom({ 'Fn::Join': ['', ['{"service":"EC2","action":"runInstances","parameters":{"MetadataOptions":', { 'Fn::GetAtt': ['F', 'O'] }, '}}']] }))).toEqual(['undecided-value']);
  });

  test.each([
    ['createLaunchTemplate', { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } } }, 'imdsv1-allowed'],
    ['createLaunchTemplateVersion', { LaunchTemplateData: {} }, 'undecided-default'],
    ['createFleet', { LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: { HttpTokens: 'optional' } }] }] }, 'imdsv1-allowed'],
    ['createFleet', { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt' } }] }, 'undecided-launch-template'],
    ['requestSpotInstances', { LaunchSpecification: { ImageId: 'ami' } }, 'uncontrolled-launch'],
    ['requestSpotFleet', { SpotFleetRequestConfig: { LaunchSpecifications: [{}] } }, 'uncontrolled-launch'],
    ['requestSpotFleet', { SpotFleetRequestConfig: { LaunchTemplateConfigs: [{}] } }, 'undecided-launch-template'],
    ['modifyLaunchTemplate', { DefaultVersion: '1' }, 'old-template-version'],
    ['modifyInstanceMetadataDefaults', { HttpTokens: 'optional' }, 'imdsv1-allowed'],
    ['modifyInstanceMetadataDefaults', { HttpTokens: 'no-preference' }, 'undecided-default'],
    ['modifyInstanceMetadataDefaults', { HttpTokens: 'required' }, undefined],
    ['modifyInstanceMetadataDefaults', { HttpTokensEnforced: 'enabled' }, undefined],
    ['runInstances', { MetadataOptions: { HttpTokens: 'always' } }, 'invalid-value'],
    ['modifyFleet', { FleetId: 'f' }, undefined],
  ])('%s with %j: %s', (action, parameters, rule) => {
    expect(rules(custom(sdk('EC2', action, parameters)))).toEqual(rule === undefined ? [] : [rule]);
  });
});

describe.each([
  ['AWS::Lambda::Function', (code: unknown) => ({ Code: { ZipFile: code } }), 'Code.ZipFile'],
  ['AWS::Serverless::Function', (code: unknown) => ({ InlineCode: code }), 'InlineCode'],
])('the code of a %s', (Type, propertiesWith, path) => {
  const python = (call: string): string => `import boto3\ndef handler(event, context):\n  boto3.client("ec2").${call}\n`;
  const lambda = (code: unknown): object => ({ Type, Properties: propertiesWith(code) });

  test('is judged where it is written out', () => {
    expect(found(lambda(python('modify_instance_metadata_options(InstanceId=event["id"], HttpTokens="optional")')))).toEqual([{ rule: 'imdsv1-allowed', path: `Properties.${path}` }]);
    expect(rules(lambda(python('run_instances(**event)')))).toEqual(['undecided-value']);
    expect(rules(lambda({ 'Fn::Sub': python('modify_instance_metadata_defaults(HttpTokens="optional") # ${AWS::Region}') }))).toEqual(['imdsv1-allowed']);
    expect(examined(lambda(python('run_instances(MetadataOptions={"HttpTokens": "required"})')))).toEqual(['compliant']);
  });

  test('is of no concern where it makes no such call', () => {
    expect(examined(lambda(python('describe_instances() # not run_instances')))).toEqual([]);
    expect(examined(lambda(python('stop_instances(InstanceIds=[])')))).toEqual([]);
    expect(examined({ Type, Properties: { Code: { S3Bucket: 'b', S3Key: 'run_instances.zip' }, CodeUri: 'run_instances/' } })).toEqual([]);
  });
});

describe('an AwsCustomResource with a type of its own', () => {
  const own = (call: unknown): object => ({ Type: 'Custom::Weaken', Properties: { ServiceToken: 'arn', Create: call, InstallLatestAwsSdk: false } });

  test('is judged like one without', () => {
    expect(found(own(sdk('EC2', 'modifyInstanceMetadataDefaults', { HttpTokens: 'optional' })))).toEqual([
      { rule: 'imdsv1-allowed', path: 'Properties.Create.parameters.HttpTokens' },
    ]);
    expect(rules(own(sdk('EC2', 'modifyInstanceMetadataDefaults', { HttpTokens: 'required' })))).toEqual([]);
  });

  test('is another custom resource where it has no such call', () => {
    expect(examined(own(sdk('EC2', 'describeInstances')))).toEqual([]);
    expect(examined({ Type: 'Custom::Other', Properties: { ServiceToken: 'arn', Create: 'runInstances' } })).toEqual([]);
    expect(examined({ Type: 'Custom::Other', Properties: { ServiceToken: 'arn', Text: 'runInstances' } })).toEqual([]);
  });
});

const RUN = 'arn:aws:states:::aws-sdk:ec2:runInstances';
const task = (resource: unknown, more: object = {}): object => ({ Type: 'Task', Resource: resource, End: true, ...more });
const machine = (states: object, more: object = {}): object => (
  { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: JSON.stringify({ StartAt: 'R', States: states }), ...more } }
);
const OPTIONS = (tokens: unknown): object => ({ Parameters: { ImageId: 'ami', MetadataOptions: { HttpTokens: tokens } } });

describe('a task of a state machine', () => {
  test.each([RUN, `${RUN}.waitForTaskToken`, 'arn:aws-us-gov:states:::aws-sdk:ec2:runInstances'])('is judged by its parameters: %s', arn => {
    expect(found(machine({ R: task(arn, OPTIONS('optional')) }))).toEqual([{ rule: 'imdsv1-allowed', path: 'Properties.DefinitionString.States.R.Parameters.MetadataOptions.HttpTokens' }]);
    expect(examined(machine({ R: task(arn, OPTIONS('required')) }))).toEqual(['compliant']);
  });

  test('is found in branches and maps', () => {
    const inner = (tokens: string): object => ({ StartAt: 'R', States: { R: task(RUN, OPTIONS(tokens)) } });
    const nested = (tokens: string): object => machine({ P: { Type: 'Parallel', Branches: [{ StartAt: 'M', States: { M: { Type: 'Map', ItemProcessor: inner(tokens) } } }] } });

    expect(rules(nested('optional'))).toEqual(['imdsv1-allowed']);
    expect(rules(nested('required'))).toEqual([]);
    expect(rules(machine({ M: { Type: 'Map', Iterator: inner('optional') } }))).toEqual(['imdsv1-allowed']);
  });

  test('whose values come with the run cannot be decided', () => {
    expect(rules(machine({ R: task(RUN, { Parameters: { MetadataOptions: { 'HttpTokens.$': '$.tokens' } } }) }))).toEqual(['undecided-value']);
    expect(rules(machine({ R: task(RUN, { Parameters: { 'MetadataOptions.$': '$.options' } }) }))).toEqual(['undecided-value']);
    expect(rules(machine({ R: task(RUN) }))).toEqual(['undecided-value']);
    expect(rules(machine({ R: task(RUN, { Arguments: '{% $states.input %}' }) }))).toEqual(['undecided-value']);
    expect(rules(machine({ R: task(RUN, { Arguments: { MetadataOptions: { HttpTokens: '{% $tokens %}' } } }) }))).toEqual(['undecided-value']);
    expect(rules(machine({ R: task(RUN, { Parameters: { ImageId: 'ami' } }) }))).toEqual(['undecided-default']);
  });

  test.each([
    ['is itself the function', (call: object) => task({ 'Fn::GetAtt': ['F', 'Arn'] }, { Parameters: call })],
    ['waits for it', (call: object) => task('arn:aws:states:::lambda:invoke.waitForTaskToken', { Arguments: { FunctionName: 'f', Payload: call } })],
  ])('that calls an API in another region by CDK\'s function, and %s, is judged', (_, state) => {
    const call = (tokens: unknown): object => ({ region: 'eu-west-1', service: 'ec2', action: 'modifyInstanceMetadataDefaults', parameters: { HttpTokens: tokens } });
    const other = { region: 'eu-west-1', service: 'ec2', action: 'stopInstances', parameters: { HttpTokens: 'optional' } };

    expect(rules(machine({ R: state(call('optional')) }))).toEqual(['imdsv1-allowed']);
    expect(rules(machine({ R: state(call('required')) }))).toEqual([]);
    expect(rules(machine({ R: state(other), S: state({ action: 'runInstances', parameters: {} }) }))).toEqual([]);
  });

  test('may have a literal in a query', () => {
    expect(rules(machine({ R: task(RUN, { Arguments: { MetadataOptions: { HttpTokens: '{% \'optional\' %}' } } }) }))).toEqual(['imdsv1-allowed']);
    expect(rules(machine({ R: task(RUN, { Arguments: { MetadataOptions: { HttpTokens: '{% "required" %}' } } }) }))).toEqual([]);
  });

  test('may be given its values by substitutions', () => {
    const text = '{"StartAt":"R","States":{"R":{"Type":"Task","End":true,"Resource":"${Call}","Parameters":{"MaxCount":${Count},"MetadataOptions":{"HttpTokens":"${Tokens}"}}}}}';
    const given = (Tokens: unknown): object => ({ Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: text, DefinitionSubstitutions: { Call: RUN, Count: 1, Tokens } } });

    expect(rules(given('optional'))).toEqual(['imdsv1-allowed']);
    expect(rules(given('required'))).toEqual([]);
    expect(rules(given({ Ref: 'P' }), { Parameters: { P: { Type: 'String', Default: 'optional' } } })).toEqual(['imdsv1-allowed']);
  });

  test.each([
    ['AWS::StepFunctions::StateMachine', { DefinitionS3Location: { Bucket: 'assets', Key: 'abc.json' } }, 'DefinitionS3Location.Key'],
    ['AWS::Serverless::StateMachine', { DefinitionUri: { Bucket: 'assets', Key: 'abc.json' } }, 'DefinitionUri'],
  ])('may be in a file that is uploaded with the template: %s', (Type, place, path) => {
    const definition = (tokens: string): string => JSON.stringify({ StartAt: 'R', States: { R: task(RUN, OPTIONS(tokens)) } });
    const told = (text: string, address = 'abc.json'): unknown[] => {
      const template = { Resources: { R: { Type, Properties: { ...place, DefinitionSubstitutions: { Mode: 'optional' } } } } };
      const filesIn = (asked: string): { name: string; text: string }[] => asked.includes(address) ? [{ name: 'asset.abc.json', text }] : [];
      const { findings, resources } = judgeAll([{ id: 't', template, filesIn }]).get('t')!;
      return [...findings.map(each => `${each.rule} ${each.path}`), ...resources.map(({ verdict }) => verdict)];
    };
    const at = `Properties.${path}.States.R.Parameters.MetadataOptions.HttpTokens`;

    expect(told(definition('optional'))).toEqual([`imdsv1-allowed ${at}`, 'violation']);
    expect(told(definition('${Mode}'))).toEqual([`imdsv1-allowed ${at}`, 'violation']);
    expect(told(definition('required'))).toEqual(['compliant']);
    expect(told('{"StartAt":"R","States":{"R":{"Type":"Pass","End":true}}}')).toEqual([]);
    expect(told('no JSON')).toEqual([]);
    expect(told('Resource: arn:aws:states:::aws-sdk:ec2:runInstances')).toEqual([`undecided-value Properties.${path}`, 'cannot tell']);
    expect(told(definition('optional'), 'other.json')).toEqual([]);
  });

  test('may be in a definition that is an object, also of SAM', () => {
    const serverless = (tokens: unknown): object => ({
      Type: 'AWS::Serverless::StateMachine',
      Properties: { Definition: { StartAt: 'R', States: { R: task('arn:${AWS::Partition}:states:::aws-sdk:ec2:runInstances', OPTIONS(tokens)) } }, DefinitionSubstitutions: { T: 'optional' } },
    });

    expect(rules(serverless('${T}'))).toEqual(['imdsv1-allowed']);
    expect(rules(serverless('required'))).toEqual([]);
  });

  test('may have a partition in its ARN that is not known yet', () => {
    const sub = (tokens: string): object => machine({}, { DefinitionString: { 'Fn::Sub': `{"StartAt":"R","States":{"R":{"Type":"Task","End":true,"Resource":"arn:\${AWS::Partition}:states:::aws-sdk:ec2:runInstances","Parameters":{"MetadataOptions":{"HttpTokens":"${tokens}"}}}}}` } });

    expect(rules(sub('optional'))).toEqual(['imdsv1-allowed']);
    expect(rules(sub('required'))).toEqual([]);
  });

  test('is of no concern where it only has the name of an API', () => {
    expect(examined(machine({ runInstances: task('arn:aws:states:::lambda:invoke', { Parameters: { FunctionName: 'RunInstances' } }) }))).toEqual([]);
    expect(rules(machine({ R: task('arn:aws:states:::elasticmapreduce:createCluster.sync', { Parameters: { Name: 'x' } }) }))).toEqual(['undecided-default']);
  });
});

describe('a schedule', () => {
  const schedule = (arn: unknown, input?: unknown): object => ({ Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: arn, Input: input } } });

  test('is judged by its input', () => {
    const call = 'arn:aws:scheduler:::aws-sdk:ec2:modifyInstanceMetadataOptions';
    expect(found(schedule(call, JSON.stringify(WEAK)))).toEqual([{ rule: 'imdsv1-allowed', path: 'Properties.Target.Input.HttpTokens' }]);
    expect(examined(schedule(call, JSON.stringify({ ...WEAK, HttpTokens: 'required' })))).toEqual(['compliant']);
    expect(rules(schedule({ 'Fn::Sub': 'arn:${AWS::Partition}:scheduler:::aws-sdk:ec2:modifyInstanceMetadataOptions' }, { 'Fn::Sub': '{"InstanceId":"${Box}","HttpTokens":"optional"}' }))).toEqual(['imdsv1-allowed']);
    expect(rules(schedule('arn:aws:scheduler:::aws-sdk:ec2:runInstances'))).toEqual(['undecided-default']);
    expect(examined(schedule('arn:aws:lambda:eu-west-1:111122223333:function:x', '{"api":"runInstances"}'))).toEqual([]);
  });
});

describe('an SSM document', () => {
  const document = (content: unknown): object => ({ Type: 'AWS::SSM::Document', Properties: { DocumentType: 'Automation', Content: content } });
  const steps = (step: object, parameters?: object): object => document({ schemaVersion: '0.3', parameters, mainSteps: [{ name: 'one', ...step }] });
  const api = (tokens: unknown): object => ({ action: 'aws:executeAwsApi', inputs: { Service: 'ec2', Api: 'ModifyInstanceMetadataOptions', InstanceId: 'i', HttpTokens: tokens } });

  test('is judged by the inputs of its steps', () => {
    expect(found(steps(api('optional')))).toEqual([{ rule: 'imdsv1-allowed', path: 'Properties.Content.mainSteps.0.inputs.HttpTokens' }]);
    expect(examined(steps(api('required')))).toEqual(['compliant']);
    expect(rules(document(JSON.stringify({ mainSteps: [api('optional')] })))).toEqual(['imdsv1-allowed']);
    expect(rules(steps({ action: 'aws:runInstances', inputs: { ImageId: 'ami' } }))).toEqual(['undecided-default']);
    expect(rules(steps({ action: 'aws:runInstances', inputs: { MetadataOptions: { HttpTokens: 'optional' } } }))).toEqual(['imdsv1-allowed']);
    expect(rules(steps({ action: 'aws:loop', inputs: { Steps: [api('optional')] } }))).toEqual(['imdsv1-allowed']);
    expect(rules(steps({ action: 'aws:createStack', inputs: { StackName: 's' } }))).toEqual(['undecided-template']);
  });

  test('has parameters, whose default counts', () => {
    expect(rules(steps(api('{{ Tokens }}'), { Tokens: { type: 'String', default: 'optional' } }))).toEqual(['imdsv1-allowed']);
    expect(rules(steps(api('{{Tokens}}'), { Tokens: { type: 'String', default: 'required', allowedValues: ['required'] } }))).toEqual([]);
    expect(rules(steps(api('{{Tokens}}'), { Tokens: { type: 'String', default: 'required' } }))).toEqual(['undecided-value']);
    expect(rules(steps(api('{{Tokens}}'), { Tokens: { type: 'String', default: 'required', allowedValues: ['required', 'optional'] } }))).toEqual(['undecided-value']);
    expect(rules(steps(api('{{Tokens}}'), { Tokens: { type: 'String' } }))).toEqual(['undecided-value']);
    expect(rules(steps(api('{{ find.Tokens }}')))).toEqual(['undecided-value']);
  });

  test('has scripts', () => {
    const shell = (tokens: string): object => ({ action: 'aws:runShellScript', inputs: { runCommand: ['set -e', `aws ec2 modify-instance-metadata-options --instance-id i-1 --http-tokens ${tokens}`] } });
    expect(found(steps(shell('optional')))).toEqual([{ rule: 'imdsv1-allowed', path: 'Properties.Content.mainSteps.0.inputs.runCommand' }]);
    expect(rules(steps(shell('required')))).toEqual([]);
    expect(rules(document({ schemaVersion: '1.2', runtimeConfig: { 'aws:runShellScript': { properties: [{ runCommand: 'aws ec2 modify-instance-metadata-options --http-tokens optional' }] } } }))).toEqual(['imdsv1-allowed']);
    const python = (tokens: string): object => ({ action: 'aws:executeScript', inputs: { Script: `import boto3\ndef f(e, c):\n  boto3.client('ec2').modify_instance_metadata_options(\n    InstanceId=e['i'],\n    HttpTokens='${tokens}')\n` } });
    expect(rules(steps(python('optional')))).toEqual(['imdsv1-allowed']);
    expect(rules(steps(python('required')))).toEqual([]);
  });
});

describe('a script', () => {
  const host = (script: unknown): object => instance({ MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 2 }, UserData: { 'Fn::Base64': script } });

  test('that turns the tokens of its instance is a violation there', () => {
    const script = '#!/bin/bash\naws ec2 modify-instance-metadata-options --instance-id "$ID" --http-tokens optional --http-endpoint enabled\n';
    const [one] = judge({ Resources: { R: host(script) } }).findings;

    expect(one).toMatchObject({ rule: 'imdsv1-allowed', path: 'Properties.UserData', reason: expect.stringMatching(/^line 2: ModifyInstanceMetadataOptions/) });
    expect(rules(host(script.replace('optional', 'required')))).toEqual([]);
  });

  test('in cfn-init and in a build counts too', () => {
    const command = 'aws ec2 modify-instance-metadata-options --instance-id i --http-tokens=optional';
    const init = { Metadata: { 'AWS::CloudFormation::Init': { config: { commands: { one: { command } } } } } };
    expect(rules(instance({ MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 1 } }, init))).toEqual(['imdsv1-allowed']);

    const project = (buildSpec: unknown): object => ({ Type: 'AWS::CodeBuild::Project', Properties: { Source: { Type: 'NO_SOURCE', BuildSpec: buildSpec } } });
    expect(rules(project(`version: 0.2\nphases:\n  build:\n    commands:\n      - ${command}\n`))).toEqual(['imdsv1-allowed']);
    expect(rules(project(JSON.stringify({ version: '0.2', phases: { build: { commands: ['cd x', command] } } }, undefined, 2)))).toEqual(['imdsv1-allowed']);
    expect(examined(project('version: 0.2\nphases:\n  build:\n    commands:\n      - make\n'))).toEqual([]);
  });
});

describe('an automation that is started in a call', () => {
  const LINUX = 'AWS-UpdateLinuxAmi';
  const given = (tokens: string): object => ({ MetadataOptions: [`{"HttpEndpoint":"enabled","HttpTokens":"${tokens}"}`] });
  const host = (script: string): object => instance({ MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 2 }, UserData: { 'Fn::Base64': script } });
  const steps = (step: object, parameters?: object): object => (
    { Type: 'AWS::SSM::Document', Properties: { DocumentType: 'Automation', Content: { schemaVersion: '0.3', parameters, mainSteps: [{ name: 'one', ...step }] } } }
  );
  const ARN = 'arn:aws:states:::aws-sdk:ssm:startAutomationExecution';

  const CARRIERS: { readonly [carrier: string]: [path: string, start: (name: string, parameters?: object) => object] } = {
    'a custom resource': ['Create.parameters.Parameters', (DocumentName, Parameters) => custom(sdk('SSM', 'startAutomationExecution', { DocumentName, Parameters }))],
    'a state machine': ['DefinitionString.States.R.Parameters.Parameters', (DocumentName, Parameters) => machine({ R: task(ARN, { Parameters: { DocumentName, Parameters } }) })],
    'a state machine with JSONata': ['DefinitionString.States.R.Arguments.Parameters', (DocumentName, Parameters) => machine({ R: task(ARN, { Arguments: { DocumentName, Parameters } }) })],
    'a schedule': ['Target.Input.Parameters', (DocumentName, Parameters) => (
      { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ssm:startAutomationExecution', Input: JSON.stringify({ DocumentName, Parameters }) } } }
    )],
    'a step of a runbook': ['Content.mainSteps.0.inputs.RuntimeParameters', (DocumentName, RuntimeParameters) => steps({ action: 'aws:executeAutomation', inputs: { DocumentName, RuntimeParameters } })],
    'an API step of a runbook': ['Content.mainSteps.0.inputs.Parameters', (DocumentName, Parameters) => (
      steps({ action: 'aws:executeAwsApi', inputs: { Service: 'ssm', Api: 'StartAutomationExecution', DocumentName, Parameters } })
    )],
  };

  describe.each(Object.entries(CARRIERS))('of %s', (_, [path, start]) => {
    test('is judged by the parameter that decides', () => {
      expect(found(start(LINUX))).toEqual([{ rule: 'imdsv2-not-required', path: `Properties.${path}.MetadataOptions.HttpTokens` }]);
      expect(found(start(LINUX, given('optional')))).toEqual([{ rule: 'imdsv1-allowed', path: `Properties.${path}.MetadataOptions.HttpTokens` }]);
      expect(rules(start('arn:aws:ssm:eu-west-1::automation-definition/AWS-CreateManagedLinuxInstance:1', { HttpTokens: ['optional'] }))).toEqual(['imdsv1-allowed']);
      expect(rules(start('AWS-SetupJupyter'))).toEqual(['undecided-default']);
      expect(examined(start(LINUX, given('required')))).toEqual(['compliant']);
    });

    test('of another document is of no concern', () => expect(examined(start('AWS-RestartEC2Instance'))).toEqual([]));
  });

  test('may be told its parameters when it runs', () => {
    const state = (more: object): object => machine({ R: task(ARN, { Parameters: { DocumentName: LINUX, ...more } }) });
    expect(rules(state({ 'Parameters.$': '$.parameters' }))).toEqual(['undecided-value']);
    expect(rules(state({ Parameters: { 'MetadataOptions.$': 'States.Array($.options)' } }))).toEqual(['undecided-value']);
    const step = (tokens: string, parameter: object): object => (
      steps({ action: 'aws:executeAutomation', inputs: { DocumentName: 'AWS-CreateManagedLinuxInstance', RuntimeParameters: { HttpTokens: [tokens] } } }, { Tokens: parameter })
    );
    expect(rules(step('{{ Tokens }}', { type: 'String', default: 'optional' }))).toEqual(['imdsv1-allowed']);
    expect(rules(step('{{ Tokens }}', { type: 'String', default: 'required', allowedValues: ['required'] }))).toEqual([]);
  });

  test.each([
    ['aws ssm start-automation-execution --document-name AWS-UpdateLinuxAmi', 'imdsv2-not-required'],
    ['aws ssm start-automation-execution --document-name "AWS-UpdateLinuxAmi" --parameters "SourceAmiId=ami-1"', 'imdsv2-not-required'],
    ['aws ssm start-automation-execution --document-name AWS-CreateManagedLinuxInstance --parameters HttpTokens=optional,AmiId=ami-1', 'imdsv1-allowed'],
    ['aws ssm start-automation-execution --document-name AWS-CreateManagedLinuxInstance --parameters \'{"HttpTokens":["optional"]}\'', 'imdsv1-allowed'],
    ['aws ssm start-automation-execution --document-name AWS-CreateManagedLinuxInstance --parameters "HttpTokens=$1"', 'undecided-value'],
    ['aws ssm start-automation-execution --document-name AWS-CreateManagedLinuxInstance --parameters file://p.json', 'undecided-value'],
    ['aws ssm start-automation-execution --cli-input-json \'{"DocumentName":"AWS-UpdateLinuxAmi"}\'', 'imdsv2-not-required'],
    ['aws ssm start-automation-execution --document-name AWS-SetupJupyter', 'undecided-default'],
    ['aws ssm start-change-request-execution --document-name Template --runbooks "DocumentName=AWS-UpdateLinuxAmi"', 'imdsv2-not-required'],
    ['import boto3\nboto3.client("ssm").start_automation_execution(DocumentName="AWS-UpdateLinuxAmi", Parameters={"SourceAmiId": ["ami-1"]})', 'imdsv2-not-required'],
    ['import boto3\nboto3.client("ssm").start_automation_execution(DocumentName="AWS-UpdateLinuxAmi", **more)', 'undecided-value'],
    ['<powershell>\nStart-SSMAutomationExecution -DocumentName AWS-UpdateLinuxAmi\n</powershell>', 'imdsv2-not-required'],
  ])('in a script: %j is %s', (script, rule) => expect(rules(host(script))).toEqual([rule]));

  test.each([
    'aws ssm start-automation-execution --document-name AWS-RestartEC2Instance',
    'aws ssm start-automation-execution --document-name "$DOCUMENT"',
    'aws ssm start-automation-execution --document-name AWS-CreateManagedLinuxInstance --parameters HttpTokens=required',
    'aws ssm start-automation-execution --document-name AWS-UpdateLinuxAmi --parameters \'{"MetadataOptions":["{\\"HttpEndpoint\\":\\"enabled\\",\\"HttpTokens\\":\\"required\\"}"]}\'',
    'aws ssm get-automation-execution --automation-execution-id x # AWS-UpdateLinuxAmi, see start-automation-execution',
    'import boto3\nboto3.client("ssm").start_automation_execution(DocumentName="AWS-CreateManagedLinuxInstance", Parameters={"HttpTokens": ["required"]})',
    '<powershell>\nStart-SSMAutomationExecution -DocumentName AWS-CreateManagedWindowsInstance -Parameter @{HttpTokens=@("required")}\n</powershell>',
  ])('in a script: nothing is wrong with %j', script => expect(rules(host(script))).toEqual([]));
});
