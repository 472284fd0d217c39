/* eslint-disable @stylistic/max-len */ // what a template holds, a line
import { aws_iam, Duration, Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ImdsConfigRules, ImdsConfigRulesProps, ImdsOrganizationConfigRules, ImdsOrganizationConfigRulesProps, ImdsRemediationOptions } from '../../src';
import { CONFIG_RULES } from '../../src/engine/policies/config-rules';
import { lintErrors, testWithLint } from '../support/cfn-lint';
import { Json, newApp, only, told } from '../support/support';

const RULE = 'AWS::Config::ConfigRule';
const ORGANIZATION_RULE = 'AWS::Config::OrganizationConfigRule';

function stackWith(props: ImdsConfigRulesProps = {}, env?: Environment): Stack {
  const stack = new Stack(newApp(), 'Stack', { env });
  new ImdsConfigRules(stack, 'Rules', props);
  return stack;
}

const templateOf = (props?: ImdsConfigRulesProps, env?: Environment): Json => Template.fromStack(stackWith(props, env)).toJSON();

function identifiers(template: Json): string[] {
  return Object.values<Json>(template.Resources).filter(({ Type }) => Type === RULE).map(({ Properties }) => Properties.Source.SourceIdentifier);
}

test('looks at instances, launch templates and launch configurations', () => {
  const template = templateOf();
  expect(identifiers(template)).toEqual(['EC2_IMDSV2_CHECK', 'EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK', 'AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2']);
  Template.fromJSON(template).hasResourceProperties(RULE, {
    Scope: { ComplianceResourceTypes: ['AWS::EC2::LaunchTemplate'] },
    Source: { Owner: 'AWS', SourceIdentifier: 'EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK' },
  });
});

test('looks at hop limits where there is a maximum, in launch configurations where it is 1', () => {
  const two = templateOf({ maxHttpPutResponseHopLimit: 2 });
  expect(identifiers(two)).toContain('EC2_TOKEN_HOP_LIMIT_CHECK');
  expect(identifiers(two)).not.toContain('AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT');
  Template.fromJSON(two).hasResourceProperties(RULE, { InputParameters: { tokenHopLimit: '2' } });
  expect(identifiers(templateOf({ maxHttpPutResponseHopLimit: 1 }))).toContain('AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT');
});

test('leaves out what it is told to', () => {
  expect(identifiers(templateOf({ launchTemplates: false, launchConfigurations: false, maxHttpPutResponseHopLimit: 1 })))
    .toEqual(['EC2_IMDSV2_CHECK', 'EC2_TOKEN_HOP_LIMIT_CHECK']);
});

test('leaves out a rule that the Region lacks and says so, unless it is asked for', () => {
  const env = { region: 'us-gov-west-1' };
  const stack = stackWith({}, env);
  expect(identifiers(Template.fromStack(stack).toJSON())).toEqual(['EC2_IMDSV2_CHECK', 'AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2']);
  expect(told(stack)).toEqual([expect.stringMatching(/^Stack\/Rules info AWS Config has no rule ec2-launch-template-imdsv2-check in us-gov-west-1 by its page/)]);
  const asked = stackWith({ launchTemplates: true }, env);
  expect([identifiers(Template.fromStack(asked).toJSON()).length, told(asked)]).toEqual([3, []]);
  expect(told(stackWith({}, { region: 'eu-central-1' }))).toEqual([]);
});

test('corrects nothing by default', () => {
  const template = templateOf();
  expect(Object.values<Json>(template.Resources).filter(({ Type }) => Type !== RULE)).toEqual([]);
});

describe('with remediation', () => {
  const corrected = (remediation: ImdsRemediationOptions = {}): Json => templateOf({ remediation });
  const REMEDIATION = 'AWS::Config::RemediationConfiguration';

  test('an instance is corrected by hand, a tenth at a time', () => {
    const template = corrected();
    const [rule] = Object.entries<Json>(template.Resources).find(([, { Properties }]) => Properties.Source?.SourceIdentifier === 'EC2_IMDSV2_CHECK')!;
    const [role] = Object.entries<Json>(template.Resources).find(([, { Type }]) => Type === 'AWS::IAM::Role')!;
    expect(only(template, REMEDIATION)).toEqual({
      ConfigRuleName: { Ref: rule },
      TargetType: 'SSM_DOCUMENT',
      TargetId: 'AWSConfigRemediation-EnforceEC2InstanceIMDSv2',
      Parameters: {
        InstanceId: { ResourceValue: { Value: 'RESOURCE_ID' } },
        AutomationAssumeRole: { StaticValue: { Values: [{ 'Fn::GetAtt': [role, 'Arn'] }] } },
      },
      Automatic: false,
      MaximumAutomaticAttempts: 5,
      RetryAttemptSeconds: 60,
      ExecutionControls: { SsmControls: { ConcurrentExecutionRatePercentage: 10, ErrorPercentage: 10 } },
    });
  });

  test('or as the user says', () => {
    const given = { automatic: true, maximumAutomaticAttempts: 2, retryAttempt: Duration.minutes(10), concurrentExecutionRatePercentage: 50, errorPercentage: 1 };
    expect(only(corrected(given), REMEDIATION)).toMatchObject({
      Automatic: true,
      MaximumAutomaticAttempts: 2,
      RetryAttemptSeconds: 600,
      ExecutionControls: { SsmControls: { ConcurrentExecutionRatePercentage: 50, ErrorPercentage: 1 } },
    });
  });

  test('the role cannot make tokens optional, and only Automation of this account assumes it', () => {
    const { AssumeRolePolicyDocument: trust, Policies: policies } = only(templateOf({ remediation: {} }, { account: '111122223333', region: 'eu-central-1' }), 'AWS::IAM::Role');
    expect(trust.Statement).toMatchObject([{
      Principal: { Service: 'ssm.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:*:111122223333:automation-execution/*']] } } },
    }]);
    expect(policies[0].PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'ec2:DescribeInstances', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'ec2:ModifyInstanceMetadataOptions',
        Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:eu-central-1:111122223333:instance/*']] },
        Condition: { StringNotEquals: { 'ec2:Attribute/HttpTokens': 'optional' } },
      },
    ]);
  });

  test('a role of the user is taken', () => {
    const stack = new Stack(newApp(), 'Stack');
    const role = aws_iam.Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own');
    new ImdsConfigRules(stack, 'Rules', { remediation: { role } });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Role', 0);
    template.hasResourceProperties(REMEDIATION, { Parameters: { AutomationAssumeRole: { StaticValue: { Values: [role.roleArn] } } } });
  });

  test.each([
    [{ errorPercentage: 0 }, "'errorPercentage' must be a whole number from 1 to 100, got 0"],
    [{ concurrentExecutionRatePercentage: 101 }, "'concurrentExecutionRatePercentage' must be a whole number from 1 to 100, got 101"],
    [{ maximumAutomaticAttempts: 26 }, "'maximumAutomaticAttempts' must be a whole number from 1 to 25, got 26"],
    [{ retryAttempt: Duration.days(32) }, "'retryAttemptSeconds' must be a whole number from 1 to 2678000, got 2764800"],
  ])('refuses %p', (remediation, message) => {
    expect(() => corrected(remediation)).toThrow(message);
  });
});

test('hands out its rules', () => {
  const stack = new Stack(newApp(), 'Stack');
  expect(new ImdsConfigRules(stack, 'Rules').rules).toHaveLength(3);
});

test('refuses an impossible maximum', () => {
  expect(() => templateOf({ maxHttpPutResponseHopLimit: 65 })).toThrow("'maxHttpPutResponseHopLimit' must be a whole number from 1 to 64, got 65");
});

describe('in an organization', () => {
  function organized(props?: ImdsOrganizationConfigRulesProps, env?: Environment): Json {
    const stack = new Stack(newApp(), 'Stack', { env });
    new ImdsOrganizationConfigRules(stack, 'Rules', props);
    return Template.fromStack(stack).toJSON();
  }
  const rulesIn = (template: Json): Json[] => Object.values<Json>(template.Resources).map(({ Type, Properties }) => ({ Type, ...Properties }));

  test('the same rules are in every account', () => {
    const rules = rulesIn(organized({ maxHttpPutResponseHopLimit: 1 }));
    expect(rules.map(({ OrganizationManagedRuleMetadata: { RuleIdentifier } }) => RuleIdentifier).sort()).toEqual(CONFIG_RULES.map(({ identifier }) => identifier).sort());
    expect(rules.map(({ Type }) => Type)).toEqual(rules.map(() => ORGANIZATION_RULE));
    expect(rules.map(({ OrganizationManagedRuleMetadata: { InputParameters } }) => InputParameters).filter(Boolean)).toEqual(['{"tokenHopLimit":"1"}']);
  });

  test('accounts can be excluded', () => {
    expect(rulesIn(organized({ excludedAccounts: ['111122223333'] })).map(({ ExcludedAccounts }) => ExcludedAccounts)).toEqual(Array(3).fill(['111122223333']));
    expect(rulesIn(organized())[0]).not.toHaveProperty('ExcludedAccounts');
  });

  test('names are short enough and differ', () => {
    const names = rulesIn(organized({ maxHttpPutResponseHopLimit: 1 })).map(({ OrganizationConfigRuleName: name }) => name);
    expect(names.filter(name => !/^[A-Za-z0-9-_]{1,64}$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('a rule that the Region lacks is left out', () => {
    expect(rulesIn(organized({}, { region: 'eu-south-2' }))).toHaveLength(2);
  });

  testWithLint('its template lints without errors', () => {
    expect(lintErrors(organized({ maxHttpPutResponseHopLimit: 1, excludedAccounts: ['111122223333'] }))).toEqual([]);
  });
});

testWithLint('its template lints without errors', () => {
  expect(lintErrors(templateOf({ maxHttpPutResponseHopLimit: 1, remediation: { automatic: true } }))).toEqual([]);
});
