import { aws_organizations as organizations, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ImdsEc2Policy, ImdsPolicies, ImdsPolicyExemption, ImdsPolicyStatement, ImdsServiceControlPolicy, ImdsServiceControlPolicyProps } from '../../src';
import { lintErrors, testWithLint } from '../support/cfn-lint';
import { Json, newApp, only, templateOf, told } from '../support/support';

const TYPE = 'AWS::Organizations::Policy';
const ROLE = ImdsPolicyExemption.roles('arn:*:iam::*:role/imds-exempt/*');

function roles(count: number): ImdsPolicyExemption[] {
  return [ImdsPolicyExemption.roles(...Array.from({ length: count }, (_, i) => `arn:*:iam::*:role/imds-exempt/application-${String(i).padStart(3, '0')}`))];
}

function stackWith(build: (stack: Stack) => unknown): Stack {
  const stack = new Stack(newApp(), 'Stack');
  build(stack);
  return stack;
}

function policy(props: ImdsServiceControlPolicyProps = {}): Json {
  return only(templateOf(stackWith(stack => new ImdsServiceControlPolicy(stack, 'Imds', props))), TYPE);
}

describe('a service control policy', () => {
  test('is attached to its targets, with its content as an object, whose drift CloudFormation sees', () => {
    const props = { targetIds: ['r-ab12', 'ou-ab12-11111111', '111122223333'], exemptions: [ROLE], maxHttpPutResponseHopLimit: 1 };

    expect(policy(props)).toEqual({
      Type: 'SERVICE_CONTROL_POLICY',
      Name: expect.stringMatching(/^[\x20-\x7e]{1,126}$/),
      Description: 'Denies launching instances that answer IMDSv1',
      Content: new ImdsPolicies(props).serviceControlPolicyDocuments()[0],
      TargetIds: props.targetIds,
    });
  });

  test('is made, but attached to nothing, where no target is named', () => {
    expect(policy()).not.toHaveProperty('TargetIds');
  });

  test('has the name and the description that it is given', () => {
    expect(policy({ policyName: 'imdsv2', description: 'see the wiki' })).toMatchObject({ Name: 'imdsv2', Description: 'see the wiki' });
  });

  test('takes targets that are made in the same app', () => {
    const stack = stackWith(each => new ImdsServiceControlPolicy(each, 'Imds', {
      targetIds: [new organizations.CfnOrganizationalUnit(each, 'Unit', { name: 'n', parentId: 'r-ab12' }).attrId],
    }));

    expect(only(templateOf(stack), TYPE).TargetIds).toEqual([{ 'Fn::GetAtt': ['Unit', 'Id'] }]);
  });

  test('two in a stack have different names', () => {
    const stack = stackWith(each => ['A', 'B'].forEach(id => new ImdsServiceControlPolicy(each, id)));
    const names = Object.values(Template.fromStack(stack).findResources(TYPE)).map(({ Properties }) => Properties.Name);

    expect(new Set(names).size).toBe(2);
  });

  test('becomes several where one cannot hold it, all with the same targets', () => {
    const stack = stackWith(each => new ImdsServiceControlPolicy(each, 'Imds', { policyName: 'imdsv2', targetIds: ['r-ab12'], exemptions: roles(50) }));
    const found = Object.values(templateOf(stack).Resources as Json[]).filter(({ Type }) => Type === TYPE).map(({ Properties }) => Properties);

    expect(found.map(({ Name, TargetIds }) => [Name, TargetIds])).toEqual([['imdsv2', ['r-ab12']], ['imdsv2-2', ['r-ab12']], ['imdsv2-3', ['r-ab12']]]);
    expect(found.flatMap(({ Content }) => Content.Statement)).toHaveLength(9);
    expect(found.filter(({ Content }) => JSON.stringify(Content).length > 10_240)).toEqual([]);
  });

  test('tells when only the present quota takes it, which can be acknowledged', () => {
    const build = (stack: Stack): unknown => new ImdsServiceControlPolicy(stack, 'Imds', { exemptions: roles(12) });
    const acknowledged = stackWith(stack => Validations.of(stack).acknowledge({ id: 'cdk-imds-guard:policy-size', reason: 'our tools know it' }));
    build(acknowledged);

    expect(told(stackWith(build))).toEqual(['Stack/Imds warning policy-size']);
    expect(told(acknowledged)).toEqual([]);
    expect(told(stackWith(stack => new ImdsServiceControlPolicy(stack, 'Imds', { exemptions: roles(1) })))).toEqual([]);
  });

  test.each([
    [{ targetIds: ['ou-11111111'] }, "'targetIds': a target must be the id of a root (r-ab12)"],
    [{ targetIds: ['r-ab12', '1234'] }, "got '1234'"],
    [{ targetIds: ['arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-ab12-11111111'] }, 'a target must be'],
    [{ policyName: '' }, "'policyName': the name of a policy must have 1 to 128 ASCII characters"],
    [{ policyName: 'größer' }, "'policyName': the name of a policy"],
    [{ policyName: 'n'.repeat(129) }, "'policyName': the name of a policy"],
    [{ description: 'd'.repeat(513) }, "'description': the description of a policy may have 512 characters, got 513"],
    [{ exemptions: roles(250) }, 'statement RequireImdsV2: a service control policy may have 10,240 characters'],
    [{ maxHttpPutResponseHopLimit: 65 }, "'maxHttpPutResponseHopLimit' must be a whole number from 1 to 64, got 65"],
    [{ excludeStatements: Object.values(ImdsPolicyStatement) }, 'nothing is left to deny'],
  ])('refuses %j', (props, text) => {
    expect(() => policy(props)).toThrow(text);
  });
});

describe('an EC2 policy', () => {
  test('is attached to its targets, with its content as an object', () => {
    const props = { targetIds: ['ou-ab12-11111111'], exceptionMessage: 'see the wiki', httpEndpoint: true };
    const stack = stackWith(each => new ImdsEc2Policy(each, 'Imds', props));

    expect(only(templateOf(stack), TYPE)).toEqual({
      Type: 'DECLARATIVE_POLICY_EC2',
      Name: expect.any(String),
      Description: 'Requires IMDSv2 of new instances',
      Content: new ImdsPolicies(props).ec2PolicyDocument(props),
      TargetIds: ['ou-ab12-11111111'],
    });
  });

  test('takes the same settings as the service control policy, and tells that it exempts nobody', () => {
    const settings = { exemptions: [ROLE], targetIds: ['ou-ab12-11111111'] };
    const stack = stackWith(each => {
      new ImdsServiceControlPolicy(each, 'Scp', settings);
      new ImdsEc2Policy(each, 'Ec2', settings);
      new ImdsEc2Policy(each, 'Defaults', { ...settings, httpTokensEnforced: false });
      new ImdsEc2Policy(each, 'NobodyExempt', { targetIds: settings.targetIds });
    });

    expect(told(stack)).toEqual(['Stack/Ec2 warning policy-exempts-nobody']);
  });

  test.each([
    [{ targetIds: ['root'] }, "'targetIds': a target must be the id of a root"],
    [{ exceptionMessage: 'x'.repeat(10_000) }, 'an EC2 policy may have 10,000 characters'],
    [{ policyName: '' }, "'policyName'"],
  ])('refuses %j', (props, text) => {
    expect(() => new ImdsEc2Policy(new Stack(newApp(), 'Stack'), 'Imds', props)).toThrow(text);
  });
});

testWithLint('cfn-lint has nothing against the policies, but it does against a target that is none', () => {
  const policies = stackWith(stack => {
    new ImdsServiceControlPolicy(stack, 'Scp', { targetIds: ['ou-ab12-11111111'], exemptions: [ROLE] });
    new ImdsEc2Policy(stack, 'Ec2', { targetIds: ['ou-ab12-11111111'] });
  });
  const template = templateOf(policies);
  expect(lintErrors(template)).toEqual([]);
  const [first] = Object.values<Json>(template.Resources).filter(({ Type }) => Type === TYPE);
  first.Properties.TargetIds = ['nobody'];
  expect(lintErrors(template)).not.toEqual([]);
});
