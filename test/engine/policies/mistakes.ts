import { allCases, Case, launchParts } from './requests';
import { Statement } from '../../../src/engine/policies/policy-statement';

/**
 * What policies that are copied around get wrong. Each is shown to be wrong by the simulator, so that it is known to see it; then that the
 * statements of ours do not do the same.
 */
export interface Mistake {
  readonly statement: Statement;
  readonly partition?: string;

  /** What ought to pass and is denied (an outage), or ought to be denied and passes (a bypass). */
  readonly wrongly: 'denied' | 'allowed';
  readonly request: (partition: string) => Case;
}

const deny = (Sid: string, Action: string, Resource: string, Condition?: Statement['Condition']): Statement => (
  { Sid, Effect: 'Deny', Action, Resource, ...Condition && { Condition } }
);
const launch = (Resource: string, Condition: Statement['Condition']): Statement => deny('Mistake', 'ec2:RunInstances', Resource, Condition);
const modify = (Condition: Statement['Condition']): Statement => deny('Mistake', 'ec2:ModifyInstanceMetadataOptions', 'arn:*:ec2:*:*:instance/*', Condition);

const INSTANCES = 'arn:*:ec2:*:*:instance/*';
const REQUIRED = { 'ec2:MetadataHttpTokens': 'required' };
const NEW_REQUIRED = { 'ec2:Attribute/HttpTokens': 'required' };

export const part = (name: string) => (partition: string): Case => launchParts(partition).find(({ resource }) => resource.includes(`:${name}/`))!;
const named = (name: string) => (partition: string): Case => allCases(partition).find(each => each.name === name)!;
const goodLaunch = named('launch tokens=required hops=2 endpoint=enabled');
const badLaunch = named('launch tokens=optional hops=2 endpoint=enabled');

export const MISTAKES: { readonly [name: string]: Mistake } = {
  ...Object.fromEntries(['image', 'network-interface', 'security-group', 'subnet', 'volume', 'key-pair', 'launch-template'].flatMap(name => [
    [`Resource * denies the ${name} of every launch`, { statement: launch('*', { StringNotEquals: REQUIRED }), wrongly: 'denied', request: part(name) }],
    [`IfExists does not rescue Resource *: the ${name}`, { statement: launch('*', { StringNotEqualsIfExists: REQUIRED }), wrongly: 'denied', request: part(name) }],
    [`a hop limit with IfExists and Resource *: the ${name}`, {
      statement: launch('*', { NumericGreaterThanIfExists: { 'ec2:MetadataHttpPutResponseHopLimit': '2' } }), wrongly: 'denied', request: part(name),
    }],
  ] as [string, Mistake][])),
  'arn:aws: is a bypass in China': { statement: launch('arn:aws:ec2:*:*:instance/*', { StringNotEquals: REQUIRED }), partition: 'aws-cn', wrongly: 'allowed', request: badLaunch },
  'arn:aws: is a bypass in GovCloud': { statement: launch('arn:aws:ec2:*:*:instance/*', { StringNotEquals: REQUIRED }), partition: 'aws-us-gov', wrongly: 'allowed', request: badLaunch },
  'instance/i-* is a bypass, since a launch has no id yet': { statement: launch('arn:*:ec2:*:*:instance/i-*', { StringNotEquals: REQUIRED }), wrongly: 'allowed', request: badLaunch },
  'launch-template/* denies every launch by a template': {
    statement: launch('arn:*:ec2:*:*:launch-template/*', { StringNotEquals: REQUIRED }), wrongly: 'denied', request: part('launch-template'),
  },
  'launch-template/* is a bypass for what the instance gets': {
    statement: launch('arn:*:ec2:*:*:launch-template/*', { StringNotEquals: REQUIRED }), wrongly: 'allowed', request: badLaunch,
  },
  'a value in capitals denies every launch': { statement: launch(INSTANCES, { StringNotEquals: { 'ec2:MetadataHttpTokens': 'Required' } }), wrongly: 'denied', request: goodLaunch },
  'a misspelt key denies every launch': { statement: launch(INSTANCES, { StringNotEquals: { 'ec2:MetadataHttpsTokens': 'required' } }), wrongly: 'denied', request: goodLaunch },
  'a positive operator lets pass what does not say': {
    statement: launch(INSTANCES, { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } }), wrongly: 'allowed', request: named('launch hops=2 endpoint=enabled'),
  },
  'the state instead of the request: weakening passes': {
    statement: modify({ StringNotEquals: REQUIRED }), wrongly: 'allowed', request: named('modify has=required tokens=optional'),
  },
  'the state instead of the request: the fix is denied': {
    statement: modify({ StringNotEquals: REQUIRED }), wrongly: 'denied', request: named('modify has=optional tokens=required'),
  },
  'no Null beside a negated operator: other changes are denied': {
    statement: modify({ StringNotEquals: NEW_REQUIRED }), wrongly: 'denied', request: named('modify has=required hops=1'),
  },
  'IfExists beside a negated operator: other changes are denied': {
    statement: modify({ StringNotEqualsIfExists: NEW_REQUIRED }), wrongly: 'denied', request: named('modify has=required hops=1'),
  },
  'the new endpoint without the old one: an instance that has it already cannot be sent it again': {
    statement: modify({ StringEquals: { 'ec2:Attribute/HttpEndpoint': 'enabled' }, StringNotEquals: { ...REQUIRED, ...NEW_REQUIRED } }),
    wrongly: 'denied',
    request: named('modify has=optional endpointWas=enabled hops=1 endpoint=enabled'),
  },
  'tokens and hops alone: a disabled endpoint that allows version 1 can be enabled': {
    statement: modify({ StringNotEquals: NEW_REQUIRED, Null: { 'ec2:Attribute/HttpTokens': 'false' } }),
    wrongly: 'allowed',
    request: named('modify has=optional endpoint=enabled'),
  },
  'role delivery with IfExists denies all who are no instance': {
    statement: deny('Mistake', '*', '*', { NumericLessThanIfExists: { 'ec2:RoleDelivery': '2.0' } }), wrongly: 'denied', request: named('s3:GetObject with nothing'),
  },
  'role delivery with NotEquals denies all who are no instance': {
    statement: deny('Mistake', '*', '*', { NumericNotEquals: { 'ec2:RoleDelivery': '2.0' } }), wrongly: 'denied', request: named('s3:GetObject with nothing'),
  },
  'role delivery as text never matches': {
    statement: deny('Mistake', '*', '*', { StringEquals: { 'ec2:RoleDelivery': '1' } }), wrongly: 'allowed', request: named('s3:GetObject delivery=1.0'),
  },
  'account defaults on instance/*: the action has no resource': {
    statement: deny('Mistake', 'ec2:ModifyInstanceMetadataDefaults', INSTANCES), wrongly: 'allowed', request: named('defaults tokens=optional'),
  },
  'unpinned versions with IfExists: other updates are denied': {
    statement: deny('Mistake', 'autoscaling:UpdateAutoScalingGroup', '*', { BoolIfExists: { 'autoscaling:LaunchTemplateVersionSpecified': 'false' } }),
    wrongly: 'denied',
    request: named('group action=Update'),
  },
  'a notebook update with NotEquals: other updates are denied': {
    statement: deny('Mistake', 'sagemaker:UpdateNotebookInstance', '*', { StringNotEquals: { 'sagemaker:MinimumInstanceMetadataServiceVersion': '2' } }),
    wrongly: 'denied',
    request: named('change notebook with nothing'),
  },
};
