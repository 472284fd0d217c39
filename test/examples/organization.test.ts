import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OrganizationStack } from '../../examples/organization/organization-stack';
import { Phase, phaseOf } from '../../examples/organization/phases';

function templateIn(phase: Phase): Template {
  return Template.fromStack(new OrganizationStack(new App(), 'Imds', { phase, organizationalUnitIds: ['ou-ab12-11111111'], regions: ['eu-central-1'] }));
}

const policiesIn = (phase: Phase): string[] => (
  Object.values(templateIn(phase).findResources('AWS::Organizations::Policy')).map(({ Properties: { Type: type } }) => type).sort()
);

test.each<[Phase, string[]]>([
  ['measure', []],
  ['default', ['DECLARATIVE_POLICY_EC2']],
  ['enforce', ['DECLARATIVE_POLICY_EC2']],
  ['deny', ['DECLARATIVE_POLICY_EC2', 'SERVICE_CONTROL_POLICY']],
])('%s has the policies %j, rules and hooks', (phase, policies) => {
  expect(policiesIn(phase)).toEqual(policies);
  templateIn(phase).resourceCountIs('AWS::CloudFormation::StackSet', 1);
  expect(Object.keys(templateIn(phase).findResources('AWS::Config::OrganizationConfigRule')).length).toBeGreaterThan(2);
});

test.each<[Phase, string]>([['default', 'disabled'], ['enforce', 'enabled']])('EC2 enforcement in %s is %s', (phase, enforced) => {
  const [{ Properties: { Content } }] = Object.values(templateIn(phase).findResources('AWS::Organizations::Policy'));
  expect(Content.ec2_attributes.instance_metadata_defaults).toMatchObject({ http_tokens: { '@@assign': 'required' } });
  const { http_tokens_enforced: found } = Content.ec2_attributes.instance_metadata_defaults;
  expect(found?.['@@assign'] ?? 'disabled').toBe(enforced);
});

test.each<[Phase, string]>([['measure', 'WARN'], ['default', 'WARN'], ['enforce', 'FAIL']])('the hook in %s is to %s', (phase, FailureMode) => {
  templateIn(phase).hasResourceProperties('AWS::CloudFormation::GuardHook', { FailureMode });
});

test('a phase that is none is refused', () => {
  expect(() => phaseOf('deploy')).toThrow('the phase must be one of measure, default, enforce, deny, got deploy');
});
