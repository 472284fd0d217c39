import { App, aws_iam as iam, aws_organizations as organizations, Stack } from 'aws-cdk-lib';
import { ImdsEc2Policy, ImdsPolicies, ImdsPolicyExemption, ImdsPolicyStatement, ImdsServiceControlPolicy } from '../../src';
import { examineApp } from '../../src/check/examine-app';

const found = (app: App): string[] => examineApp(app, { isMeant: () => true }).findings.map(({ finding, resource }) => (
  `${finding.rule} ${finding.constructPath} ${resource.resourceLogicalId}`
));

test('a policy of CDK that is wrong is found where it is', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  role.addToPolicy(new iam.PolicyStatement({
    effect: iam.Effect.DENY, actions: ['ec2:RunInstances'], resources: ['*'], conditions: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } },
  }));
  app.synth();

  expect(found(app)).toEqual([expect.stringMatching(/^policy-denies-too-much S\/Role\/DefaultPolicy\/Resource RoleDefaultPolicy/)]);
});

test('a policy of Organizations that is wrong is found', () => {
  const app = new App();
  new organizations.CfnPolicy(new Stack(app, 'S'), 'Scp', {
    name: 'imds',
    type: 'DECLARATIVE_POLICY_EC2',
    content: { ec2_attributes: { instance_metadata_defaults: { http_tokens: { '@@assign': 'optional' } } } },
  });
  app.synth();

  expect(found(app)).toEqual(['policy-denies-too-little S/Scp Scp']);
});

test('the constructs of ours have no mistake', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  const exemptions = [ImdsPolicyExemption.principalTag('imds-exempt', 'true')];
  const policies = new ImdsPolicies({ includeStatements: Object.values(ImdsPolicyStatement), exemptions });
  new iam.ManagedPolicy(stack, 'Boundary', { document: policies.permissionBoundaryDocument() });
  new ImdsServiceControlPolicy(stack, 'Scp', { targetIds: ['ou-ab12-11111111'] });
  new ImdsEc2Policy(stack, 'Ec2', { targetIds: ['ou-ab12-11111111'] });
  app.synth();

  expect(found(app)).toEqual([]);
});
