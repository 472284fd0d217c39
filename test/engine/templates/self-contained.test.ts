import { JsonObject } from '../../../src/engine/json/json';
import { relevantPart } from '../../../src/engine/templates/relevant-part';
import { isSelfContained } from '../../../src/engine/templates/self-contained';

const TEMPLATE = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: {} } };

function launching(specification: unknown, more: JsonObject = {}): JsonObject {
  return { Resources: { Template: TEMPLATE, Host: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: specification } } }, ...more };
}

test.each<[string, JsonObject]>([
  ['has no resources', {}],
  ['launches nothing', { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } } } }],
  ['launches from its own template by Ref', launching({ LaunchTemplateId: { Ref: 'Template' }, Version: '1' })],
  ['launches from its own template by GetAtt', launching({ LaunchTemplateId: { 'Fn::GetAtt': ['Template', 'LaunchTemplateId'] } })],
  ['launches from its own template by GetAtt with a dot', launching({ LaunchTemplateId: { 'Fn::GetAtt': 'Template.LaunchTemplateId' } })],
  ['launches from its own templates in both branches', launching({ 'Fn::If': ['A', { LaunchTemplateId: { Ref: 'Template' } }, { Ref: 'AWS::NoValue' }] })],
  ['has outputs without a name for others', launching({ LaunchTemplateId: { Ref: 'Template' } }, { Outputs: { Id: { Value: 'x' } } })],
])('a template that %s is judged alone', (_, template) => {
  expect(isSelfContained(relevantPart(template))).toBe(true);
});

test.each<[string, JsonObject]>([
  ['launches from a template by name', launching({ LaunchTemplateName: 'shared' })],
  ['launches from a template by id', launching({ LaunchTemplateId: 'lt-1' })],
  ['launches from a template in one branch elsewhere', launching({ 'Fn::If': ['A', { LaunchTemplateId: { Ref: 'Template' } }, { LaunchTemplateName: 'shared' }] })],
  ['launches from what a parameter says', launching({ LaunchTemplateId: { Ref: 'Parameter' } })],
  ['launches from a name that is put together', launching({ LaunchTemplateName: { 'Fn::Sub': '${AWS::StackName}-hosts' } })],
  ['has a launch template with a name', { Resources: { Template: { ...TEMPLATE, Properties: { LaunchTemplateName: 'shared' } } } }],
  ['has an override of a fleet elsewhere', {
    Resources: {
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          MixedInstancesPolicy: {
            LaunchTemplate: {
              Overrides: [{}, { LaunchTemplateSpecification: { LaunchTemplateName: 'shared' } }],
            },
          },
        },
      },
    },
  }],
  ['launches from a configuration by name', { Resources: { Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchConfigurationName: 'shared' } } } }],
  ['exports a value', { Outputs: { Id: { Value: 'x', Export: { Name: 'n' } } } }],
  ['has a loop over outputs', { Outputs: { 'Fn::ForEach::X': ['A', ['b'], {}] } }],
  ['has a nested stack', { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack' } } }],
  ['has a loop over resources', { Resources: { 'Fn::ForEach::X': ['A', ['b'], {}] } }],
  ['includes resources', { Resources: { Odd: { 'Fn::Transform': {} } } }],
  ['is broken', { Resources: 1 }],
])('a template that %s waits for the others', (_, template) => {
  expect(isSelfContained(relevantPart(template))).toBe(false);
});
