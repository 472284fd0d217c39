import { Finding } from '../../../src/engine/findings/finding';
import { judge } from '../../../src/engine/judge/judge';
import { judged, NO_VALUE } from '../../support/verdicts';

const parameters = {
  Parameters: {
    Any: {},
    Linux: { Default: 'AWS-UpdateLinuxAmi' },
    Strong: { AllowedValues: ['required'] },
    Either: { AllowedValues: ['required', 'optional'], Default: 'required' },
  },
};

function association(Name: unknown, Parameters?: unknown): string | undefined {
  return verdict('AWS::SSM::Association', { Name, Parameters });
}

function verdict(Type: string, Properties: object): string | undefined {
  return judged({ R: { Type, Properties } }, {}, parameters).verdicts.R;
}

function findings(Type: string, Properties: object): readonly Finding[] {
  return judge({ ...parameters, Resources: { R: { Type, Properties } } }).findings;
}

describe('an association with a document of AWS', () => {
  test.each([
    ['AWS-UpdateLinuxAmi', { MetadataOptions: ['{"HttpEndpoint":"enabled","HttpTokens":"required"}'] }],
    ['AWS-UpdateLinuxAmi', { MetadataOptions: { HttpTokens: 'required' } }],
    ['AWS-UpdateLinuxAmi', { MetadataOptions: ['{"HttpEndpoint":"disabled"}'] }],
    ['AWS-UpdateWindowsAmi', { MetadataOptions: '{"HttpTokens":"required"}' }],
    ['AWS-UpdateWindowsAmi', { MetadataOptions: [{ 'Fn::Sub': '{"HttpTokens":"${Strong}"}' }] }],
    ['AWS-CreateManagedLinuxInstance', { HttpTokens: ['required'] }],
    ['AWS-CreateManagedWindowsInstance', { HttpTokens: 'required' }],
    ['AWS-CreateManagedWindowsInstance', { HttpTokens: [{ Ref: 'Strong' }] }],
    ['AWS-CreateManagedLinuxInstance', { HttpTokens: [{ 'Fn::If': ['C', 'required', { Ref: 'Strong' }] }] }],
    ['AWSSupport-ConfigureEC2Metadata', { EnforceIMDSv2: ['required'], HttpPutResponseHopLimit: ['1'] }],
    ['AWSSupport-ConfigureEC2Metadata', { MetadataAccess: ['disabled'] }],
    ['AWS-MigrateToNewEKSSelfManagedNodeGroup', { DisableIMDSv1: ['true'] }],
    ['AWS-MigrateToNewEKSSelfManagedNodeGroup', { DisableIMDSv1: [true] }],
    ['AWS-UpdateEKSSelfManagedLinuxNodeGroups', { DisableIMDSv1: true }],
  ])('requires version 2: %s %j', (name, given) => expect(association(name, given)).toBe('compliant'));

  test.each([
    ['AWS-UpdateLinuxAmi', undefined],
    ['AWS-UpdateLinuxAmi', { SourceAmiId: ['ami-12345678'] }],
    ['AWS-UpdateWindowsAmi', { MetadataOptions: ['{"HttpTokens":"optional"}'] }],
    ['AWS-UpdateLinuxAmi', { MetadataOptions: NO_VALUE }],
    ['AWS-CreateManagedLinuxInstance', {}],
    ['AWS-CreateManagedLinuxInstance', { HttpTokens: [] }],
    ['AWS-CreateManagedWindowsInstance', { HttpTokens: ['optional'] }],
    ['AWS-CreateManagedWindowsInstance', { HttpTokens: [{ 'Fn::If': ['C', 'required', 'optional'] }] }],
    ['AWS-CreateManagedWindowsInstance', { HttpTokens: { 'Fn::If': ['C', ['required'], NO_VALUE] } }],
    ['AWSSupport-ConfigureEC2Metadata', { HttpPutResponseHopLimit: ['1'] }],
    ['AWSSupport-ConfigureEC2Metadata', { MetadataAccess: ['enabled'] }],
    ['AWS-MigrateToNewEKSSelfManagedNodeGroup', { OldStackName: ['nodes'] }],
    ['AWS-MigrateToNewEKSSelfManagedNodeGroup', { DisableIMDSv1: ['false'] }],
    ['AWS-UpdateEKSSelfManagedLinuxNodeGroups', { DisableIMDSv1: [false] }],
  ])('lets version 1 answer: %s %j', (name, given) => expect(association(name, given)).toBe('violation'));

  test.each([
    ['AWS-UpdateLinuxAmi', { MetadataOptions: [{ Ref: 'Any' }] }],
    ['AWS-UpdateLinuxAmi', { Ref: 'Any' }],
    ['AWS-UpdateLinuxAmi', { MetadataOptions: ['{"HttpEndpoint":"enabled"}'] }], // the default does not hold: account or image decide
    ['AWS-CreateManagedLinuxInstance', { HttpTokens: ['{{ssm:tokens}}'] }],
    ['AWS-CreateManagedLinuxInstance', { HttpTokens: [{ Ref: 'Either' }] }],
    ['AWS-UpdateEKSSelfManagedLinuxNodeGroups', {}], // the page prints no default
    ['AWSSupport-StartEC2RescueWorkflow', {}],
    ['AWSSupport-CopyEC2Instance', { InstanceId: ['i-1'] }],
    ['AWS-SetupJupyter', { HttpTokens: ['required'] }], // it has no such parameter
  ])('cannot be decided: %s %j', (name, given) => expect(association(name, given)).toBe('cannot tell'));

  test.each([
    ['AWS-RunPatchBaseline'], ['AWS-UpdateSSMAgent'], ['AWSConfigRemediation-EnforceEC2InstanceIMDSv2'], ['AWSEC2-PatchLoadBalancerInstance'],
    ['My-AWS-UpdateLinuxAmi'], ['AWS-UpdateLinuxAmi2'], [{ Ref: 'Any' }], [undefined], [7],
  ])('is of no concern where the document launches nothing, or is not one of AWS: %j', name => expect(association(name, {})).toBeUndefined());

  test.each([
    ['arn:aws:ssm:eu-west-1::document/AWS-UpdateLinuxAmi'], ['AWS-UpdateLinuxAmi:$DEFAULT'], [{ Ref: 'Linux' }],
    [{ 'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:automation-definition/AWS-UpdateLinuxAmi:$DEFAULT' }],
    [{ 'Fn::Join': ['', ['arn:aws:ssm:', { Ref: 'AWS::Region' }, '::automation-definition/AWS-UpdateLinuxAmi:', { Ref: 'Any' }]] }],
  ])('is found by any name that AWS takes: %j', name => expect(association(name)).toBe('violation'));

  test('says which document, which parameter, and what to give', () => {
    expect(findings('AWS::SSM::Association', { Name: 'AWS-UpdateLinuxAmi' })).toEqual([expect.objectContaining({
      rule: 'imdsv2-not-required',
      path: 'Properties.Parameters.MetadataOptions.HttpTokens',
      reason: 'AWS-UpdateLinuxAmi launches the instance that the image is made from, and where MetadataOptions is not given it lets IMDSv1 answer',
      fix: 'give the document MetadataOptions with HttpTokens "required"',
      page: expect.stringContaining('automation-aws-updatelinuxami.html'),
    })]);
    expect(findings('AWS::SSM::Association', { Name: 'AWS-CreateManagedLinuxInstance', Parameters: { HttpTokens: ['optional'] } })).toEqual([expect.objectContaining({
      rule: 'imdsv1-allowed', path: 'Properties.Parameters.HttpTokens', values: ['optional'], fix: 'give the document HttpTokens "required"',
    })]);
    expect(findings('AWS::SSM::Association', { Name: 'AWSSupport-ResetAccess' })).toEqual([expect.objectContaining({
      rule: 'undecided-default',
      path: 'Properties.Name',
      reason: 'AWSSupport-ResetAccess launches a helper instance, and AWS does not say with which metadata options; it has no parameter for them',
    })]);
    expect(findings('AWS::SSM::Association', { Name: 'AWS-CreateManagedLinuxInstance', Parameters: { HttpTokens: ['on'] } })).toEqual([expect.objectContaining({
      rule: 'invalid-value', reason: '"required" or "optional" was expected, got "on"',
    })]);
  });
});

describe('wherever an automation is started', () => {
  const TOKENS = { MetadataOptions: ['{"HttpTokens":"required"}'] };
  const LINUX = 'arn:aws:ssm:eu-west-1:111122223333:automation-definition/AWS-UpdateLinuxAmi:$DEFAULT';

  const rule = (target: object): string | undefined => (
    verdict('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'Other', Arn: 'arn:aws:sns:eu-west-1:111122223333:topic' }, { Id: 'A', ...target }] })
  );

  test('a rule of EventBridge', () => {
    expect(rule({ Arn: LINUX })).toBe('violation');
    expect(rule({ Arn: LINUX, Input: '{"SourceAmiId":["ami-12345678"]}' })).toBe('violation');
    expect(rule({ Arn: LINUX, Input: JSON.stringify(TOKENS) })).toBe('compliant');
    expect(rule({ Arn: LINUX, Input: { Ref: 'Any' } })).toBe('cannot tell');
    expect(rule({ Arn: LINUX, InputPath: '$.detail' })).toBe('cannot tell');
    expect(rule({ Arn: LINUX, InputTransformer: { InputTemplate: '{"MetadataOptions":["{\\"HttpTokens\\":\\"required\\"}"],"SourceAmiId":[<ami>]}' } })).toBe('compliant');
    expect(rule({ Arn: LINUX, InputTransformer: { InputTemplate: '{"SourceAmiId":[<ami>]}' } })).toBe('violation');
    expect(rule({ Arn: LINUX, InputTransformer: { InputTemplate: '{"MetadataOptions":[<options>]}' } })).toBe('cannot tell');
    expect(rule({ Arn: 'arn:aws:ssm:eu-west-1:111122223333:automation-definition/AWS-StopEC2Instance:$DEFAULT' })).toBeUndefined();
  });

  test('a task of a maintenance window', () => {
    const task = (given: object | undefined): string | undefined => (
      verdict('AWS::SSM::MaintenanceWindowTask', {
        TaskType: 'AUTOMATION', TaskArn: 'AWS-UpdateLinuxAmi', TaskInvocationParameters: { MaintenanceWindowAutomationParameters: { Parameters: given } },
      })
    );
    expect(task(undefined)).toBe('violation');
    expect(task(TOKENS)).toBe('compliant');
    expect(task({ MetadataOptions: ['{{TARGET_ID}}'] })).toBe('cannot tell');
  });

  test('a remediation of AWS Config', () => {
    const remediation = (given: object | undefined, TargetId = 'AWSSupport-ConfigureEC2Metadata'): string | undefined => (
      verdict('AWS::Config::RemediationConfiguration', { ConfigRuleName: 'r', TargetType: 'SSM_DOCUMENT', TargetId, Parameters: given })
    );
    expect(remediation({ InstanceId: { ResourceValue: { Value: 'RESOURCE_ID' } } })).toBe('violation');
    expect(remediation({ InstanceId: { ResourceValue: { Value: 'RESOURCE_ID' } }, EnforceIMDSv2: { StaticValue: { Values: ['required'] } } })).toBe('compliant');
    expect(remediation({ EnforceIMDSv2: { StaticValue: { Values: ['optional'] } } })).toBe('violation');
    expect(remediation({ EnforceIMDSv2: { ResourceValue: { Value: 'RESOURCE_ID' } } })).toBe('cannot tell');
    expect(remediation({ EnforceIMDSv2: { StaticValue: { Values: { 'Fn::If': ['C', ['required'], NO_VALUE] } } } })).toBe('violation');
    expect(remediation({}, 'AWSConfigRemediation-EnforceEC2InstanceIMDSv2')).toBeUndefined();
  });

  test('a response plan of Incident Manager', () => {
    const plan = (...given: object[]): string | undefined => (
      verdict('AWS::SSMIncidents::ResponsePlan', { Name: 'p', Actions: [{ SsmAutomation: { DocumentName: 'AWS-CreateManagedLinuxInstance', RoleArn: 'r', Parameters: given } }] })
    );
    expect(plan({ Key: 'AmiId', Values: ['ami-1'] })).toBe('violation');
    expect(plan({ Key: 'HttpTokens', Values: ['required'] })).toBe('compliant');
    expect(plan({ Key: 'HttpTokens', Values: ['optional'] })).toBe('violation');
  });

  test('an experiment of Fault Injection Service', () => {
    const experiment = (documentParameters?: unknown): string | undefined => (
      verdict('AWS::FIS::ExperimentTemplate', {
        Actions: {
          Wait: { ActionId: 'aws:fis:wait', Parameters: { duration: 'PT1M' } },
          Launch: { ActionId: 'aws:ssm:start-automation-execution', Parameters: { documentArn: 'arn:aws:ssm:eu-west-1::document/AWS-CreateManagedLinuxInstance', documentParameters } },
        },
      })
    );
    expect(experiment()).toBe('violation');
    expect(experiment('{"HttpTokens":"required"}')).toBe('compliant');
    expect(experiment({ 'Fn::Sub': '{"HttpTokens":"required","RoleName":"${Any}"}' })).toBe('compliant');
    expect(experiment('{"HttpTokens":"optional"}')).toBe('violation');
    expect(experiment({ Ref: 'Any' })).toBe('cannot tell');
    expect(verdict('AWS::FIS::ExperimentTemplate', { Actions: { Stop: { ActionId: 'aws:ec2:stop-instances' } } })).toBeUndefined();
  });

  test('an action of Service Catalog, which asks whoever starts it for a value', () => {
    const action = (asked: unknown): string | undefined => (
      verdict('AWS::ServiceCatalog::ServiceAction', {
        Name: 'a', DefinitionType: 'SSM_AUTOMATION', Definition: [{ Key: 'Name', Value: 'AWS-CreateManagedLinuxInstance' }, { Key: 'Version', Value: '1' }, { Key: 'Parameters', Value: asked }],
      })
    );
    expect(action('[{"Name":"InstanceId","Type":"TARGET"}]')).toBe('violation');
    expect(action('[{"Name":"HttpTokens","Type":"TEXT_VALUE"}]')).toBe('cannot tell');
  });
});
