import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ImdsAccountDefaults, ImdsAccountDefaultsProps } from '../../src';
import { ACCOUNT_DEFAULTS_ROLE_PATH } from '../../src/engine/policies/account-defaults-role';
import { lintErrors, testWithLint } from '../support/cfn-lint';

function templateWith(props?: ImdsAccountDefaultsProps): Template {
  const stack = new Stack(new App(), 'Stack');
  new ImdsAccountDefaults(stack, 'Defaults', props);
  return Template.fromStack(stack);
}

const CUSTOM = 'Custom::ImdsAccountDefaults';

test('requires tokens, and nothing else unless it is asked to', () => {
  const [{ Properties }] = Object.values(templateWith().findResources(CUSTOM));
  expect(Properties).toMatchObject({ Defaults: { HttpTokens: 'required' }, RestoreOnDelete: 'false' });
  expect(Object.keys(Properties.Defaults)).toEqual(['HttpTokens']);
});

test('sets what it is asked to', () => {
  const props = { httpTokensEnforced: true, httpPutResponseHopLimit: 2, httpEndpoint: false, instanceMetadataTags: true };
  templateWith(props).hasResourceProperties(CUSTOM, {
    Defaults: { HttpTokens: 'required', HttpPutResponseHopLimit: '2', HttpEndpoint: 'disabled', InstanceMetadataTags: 'enabled', HttpTokensEnforced: 'enabled' },
  });
});

test.each([[RemovalPolicy.DESTROY, 'true'], [RemovalPolicy.RETAIN, 'false'], [undefined, 'false']])('with %s restores on delete: %s', (removalPolicy, RestoreOnDelete) => {
  templateWith({ removalPolicy }).hasResourceProperties(CUSTOM, { RestoreOnDelete });
});

test('the role has the path that policies exempt, and may do no more than it must', () => {
  const template = templateWith();
  template.hasResourceProperties('AWS::IAM::Role', { Path: ACCOUNT_DEFAULTS_ROLE_PATH });
  template.resourceCountIs('AWS::IAM::Policy', 0);
  const [{ Properties: { Policies, ManagedPolicyArns } }] = Object.values(template.findResources('AWS::IAM::Role'));
  expect(ManagedPolicyArns).toBeUndefined();
  expect(Policies[0].PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: ['ec2:GetInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataDefaults'], Resource: '*' },
    { Effect: 'Allow', Action: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], Resource: { 'Fn::Join': ['', expect.arrayContaining([':parameter/cdk-imds-guard/account-defaults/owner'])] } },
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^DefaultsLogs/), 'Arn'] } },
  ]);
});

test('the function ends before CloudFormation gives up, and its logs do too', () => {
  const template = templateWith();
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 480, Handler: 'index.handler', LoggingConfig: { LogGroup: Match.anyValue() } });
  template.hasResourceProperties(CUSTOM, { ServiceTimeout: '600' });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
});

test('twice in a stack is refused, in two stacks it is not', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new ImdsAccountDefaults(stack, 'Defaults');
  expect(() => new ImdsAccountDefaults(stack, 'Again')).toThrow('an account has its defaults once in a Region, and Stack/Defaults sets them; change that one');
  expect(() => new ImdsAccountDefaults(new Stack(app, 'Other'), 'Defaults')).not.toThrow();
});

test.each([0, 65, 1.5])('a hop limit of %d is refused', httpPutResponseHopLimit => {
  expect(() => templateWith({ httpPutResponseHopLimit })).toThrow(`'httpPutResponseHopLimit' must be a whole number from 1 to 64, got ${httpPutResponseHopLimit}`);
});

testWithLint('cfn-lint has nothing against it, but it does against a function without code', () => {
  const template = templateWith({ httpTokensEnforced: true, httpPutResponseHopLimit: 2 }).toJSON();
  expect(lintErrors(template)).toEqual([]);
  const [id] = Object.keys(template.Resources).filter(each => template.Resources[each].Type === 'AWS::Lambda::Function');
  delete template.Resources[id].Properties.Code;
  expect(lintErrors(template)).not.toEqual([]);
});
