import { ACCOUNT_DEFAULTS_ROLE_PATH } from './account-defaults-role';
import { MAX_HOP_LIMIT, StatementRow } from './policy-statement';

const TOKENS = 'ec2:MetadataHttpTokens'; // of the launch, or of the instance as it is; `ec2:Attribute/…` is what a change asks for
const ENDPOINT = 'ec2:MetadataHttpEndpoint';
const NEW_TOKENS = 'ec2:Attribute/HttpTokens';
const NEW_ENDPOINT = 'ec2:Attribute/HttpEndpoint';
const GROUPS = ['autoscaling:CreateAutoScalingGroup', 'autoscaling:UpdateAutoScalingGroup'];

/**
 * What the policies deny, in the order of the documents.
 *
 * A negated operator is true where the key is missing: right for a launch, whose key is always there, and wrong for a change, which has the
 * key only where it changes that setting. `…IfExists` is true for a missing key too, so it is nowhere.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const STATEMENTS: readonly StatementRow[] = [
  {
    sid: 'RequireImdsV2',
    statement: 'require-tokens',
    actions: ['ec2:RunInstances'],
    resource: 'instance',
    conditions: { StringNotEquals: { [TOKENS]: 'required' } },
    endpoint: 'on',
  },
  {
    sid: 'RequireImdsV2OrNoImds',
    statement: 'require-tokens',
    actions: ['ec2:RunInstances'],
    resource: 'instance',
    conditions: { StringNotEquals: { [TOKENS]: 'required', [ENDPOINT]: 'disabled' } },
    endpoint: 'off',
  },
  {
    sid: 'MaxImdsHopLimit',
    statement: 'max-hop-limit',
    actions: ['ec2:RunInstances'],
    resource: 'instance',
    conditions: { NumericGreaterThan: { 'ec2:MetadataHttpPutResponseHopLimit': MAX_HOP_LIMIT } },
  },
  {
    sid: 'RequireNoImds',
    statement: 'endpoint-disabled',
    actions: ['ec2:RunInstances'],
    resource: 'instance',
    conditions: { StringNotEquals: { [ENDPOINT]: 'disabled' } },
  },
  {
    sid: 'DenyIMDSv1HttpTokensModification',
    statement: 'no-weakening',
    actions: ['ec2:ModifyInstanceMetadataOptions'],
    resource: 'instance',
    conditions: { StringNotEquals: { [NEW_TOKENS]: 'required' }, Null: { [NEW_TOKENS]: 'false' } },
  },
  {
    sid: 'DenyHopRaise',
    statement: 'no-weakening',
    actions: ['ec2:ModifyInstanceMetadataOptions'],
    resource: 'instance',
    conditions: { NumericGreaterThan: { 'ec2:Attribute/HttpPutResponseHopLimit': MAX_HOP_LIMIT } },
  },
  {
    // an instance that has optional tokens behind a disabled endpoint; tools send `enabled` again for instances that have it
    sid: 'DenyEnablingImdsV1',
    statement: 'no-weakening',
    actions: ['ec2:ModifyInstanceMetadataOptions'],
    resource: 'instance',
    conditions: { StringEquals: { [NEW_ENDPOINT]: 'enabled' }, StringNotEquals: { [TOKENS]: 'required', [NEW_TOKENS]: 'required', [ENDPOINT]: 'enabled' } },
  },
  {
    sid: 'DenyEnablingImds',
    statement: 'endpoint-disabled',
    actions: ['ec2:ModifyInstanceMetadataOptions'],
    resource: 'instance',
    conditions: { StringEquals: { [NEW_ENDPOINT]: 'enabled' } },
  },
  {
    sid: 'DenyStartingImdsV1',
    statement: 'start-instances',
    actions: ['ec2:StartInstances'],
    resource: 'instance',
    conditions: { StringNotEquals: { [TOKENS]: 'required', [ENDPOINT]: 'disabled' } },
  },
  {
    sid: 'DenyImdsDefaults',
    statement: 'account-defaults',
    actions: ['ec2:ModifyInstanceMetadataDefaults'],
    resource: 'any',
    neededByRoles: [`${ACCOUNT_DEFAULTS_ROLE_PATH}*`],
  },
  {
    sid: 'RequireAllEc2RolesToUseV2',
    statement: 'role-delivery',
    actions: ['*'],
    resource: 'any',
    conditions: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } }, // missing wherever the credentials are not an instance's
  },
  {
    sid: 'LaunchConfigImdsV2',
    statement: 'launch-configurations',
    actions: ['autoscaling:CreateLaunchConfiguration'],
    resource: 'any',
    conditions: { StringNotEquals: { 'autoscaling:MetadataHttpTokens': 'required' } },
    endpoint: 'on',
  },
  {
    sid: 'LaunchConfigImdsV2OrNoImds',
    statement: 'launch-configurations',
    actions: ['autoscaling:CreateLaunchConfiguration'],
    resource: 'any',
    conditions: { StringNotEquals: { 'autoscaling:MetadataHttpTokens': 'required', 'autoscaling:MetadataHttpEndpoint': 'disabled' } },
    endpoint: 'off',
  },
  {
    sid: 'LaunchConfigHop',
    statement: 'launch-configurations',
    actions: ['autoscaling:CreateLaunchConfiguration'],
    resource: 'any',
    conditions: { NumericGreaterThan: { 'autoscaling:MetadataHttpPutResponseHopLimit': MAX_HOP_LIMIT } },
  },
  {
    sid: 'AsgNoLaunchConfig',
    statement: 'groups-with-launch-configurations',
    actions: GROUPS,
    resource: 'any',
    conditions: { Null: { 'autoscaling:LaunchConfigurationName': 'false' } },
  },
  {
    sid: 'AsgPinnedVersion',
    statement: 'pinned-template-versions',
    actions: GROUPS,
    resource: 'any',
    conditions: { Bool: { 'autoscaling:LaunchTemplateVersionSpecified': 'false' } },
  },
  {
    sid: 'SageMakerNotebookImdsV2',
    statement: 'sagemaker-notebooks',
    actions: ['sagemaker:CreateNotebookInstance'],
    resource: 'any',
    conditions: { StringNotEquals: { 'sagemaker:MinimumInstanceMetadataServiceVersion': '2' } },
  },
  {
    sid: 'SageMakerNotebookNoDowngrade',
    statement: 'sagemaker-notebooks',
    actions: ['sagemaker:UpdateNotebookInstance'],
    resource: 'any',
    conditions: { StringEquals: { 'sagemaker:MinimumInstanceMetadataServiceVersion': '1' } },
  },
  {
    sid: 'ImageBuilderImdsV2',
    statement: 'image-builder',
    actions: ['imagebuilder:CreateInfrastructureConfiguration', 'imagebuilder:UpdateInfrastructureConfiguration'], // an update replaces all of it
    resource: 'any',
    conditions: { StringNotEquals: { 'imagebuilder:Ec2MetadataHttpTokens': 'required' } },
  },
  {
    sid: 'DenyLegacySpot',
    statement: 'legacy-spot',
    actions: ['ec2:RequestSpotInstances', 'ec2:RequestSpotFleet', 'ec2:RunScheduledInstances'], // no key says anything about IMDS
    resource: 'any',
  },
];
