import { contextOf } from '../../../src/engine/evaluator/context';
import { casesOf } from '../../../src/engine/lint/case';
import { lintDocument } from '../../../src/engine/lint/lint-document';
import { MISTAKES as TABLE } from '../../../src/engine/lint/mistakes';
import { PolicyFinding } from '../../../src/engine/lint/policy-finding';
import { statementView } from '../../../src/engine/lint/statement-view';
import { statementsOf } from '../../../src/engine/policies/policy-render';
import { policySettings } from '../../../src/engine/policies/policy-settings';
import { Statement } from '../../../src/engine/policies/policy-statement';
import { MISTAKES } from '../policies/mistakes';

const INSTANCES = 'arn:*:ec2:*:*:instance/*';
const REQUIRED = { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } };
const NEW_REQUIRED = { 'ec2:Attribute/HttpTokens': 'required' };
const GOOD = { Effect: 'Deny', Action: 'ec2:RunInstances', Resource: INSTANCES, Condition: REQUIRED };
const SETTINGS = policySettings({});

function lint(statement: object | readonly object[], circumstances: Parameters<typeof lintDocument>[2] = {}): PolicyFinding[] {
  return lintDocument({ Version: '2012-10-17', Statement: statement }, contextOf(), circumstances);
}

function rulesOf(...given: Parameters<typeof lint>): string[] {
  return lint(...given).map(({ rule }) => rule);
}

const launch = (changed: object): object => ({ ...GOOD, ...changed });
const modify = (Condition: object): object => ({ ...GOOD, Action: 'ec2:ModifyInstanceMetadataOptions', Condition });

const SILENT = { Null: { 'ec2:MetadataHttpTokens': 'true' } };
const notebook = (Condition: object): object => ({ Effect: 'Deny', Action: 'sagemaker:CreateNotebookInstance', Resource: '*', Condition });

const narrowed = (Condition: object): object => launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' }, ...Condition } });

/** Each with a statement that is found, and one close to it that is not. */
const PAIRS: readonly (readonly [name: string, rule: string, found: object | object[], notFound: object | object[], circumstances?: object])[] = [
  ['an operator that IAM does not have', 'policy-denies-too-little', launch({ Condition: { StringNotEqual: REQUIRED.StringNotEquals } }), launch({ Condition: { StringNotEqualsIfExists: REQUIRED.StringNotEquals } })],
  ['NotAction that leaves the launch out', 'policy-denies-too-little', { ...GOOD, Action: undefined, NotAction: 'ec2:RunInstances' }, GOOD],
  ['NotAction that stands for all else', 'policy-denies-too-much', { ...GOOD, Action: undefined, NotAction: 'iam:*' },
    { ...GOOD, Action: undefined, NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } } }],
  ['a key that does not exist, with a negated operator', 'policy-denies-too-much', launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpToken': 'required' } } }),
    launch({ Condition: { StringNotEquals: { 'EC2:metadatahttptokens': 'required' } } })],
  ['a key that does not exist, with a positive operator', 'policy-denies-too-little', launch({ Condition: { StringEquals: { 'ec2:MetadataOptions.HttpTokens': 'optional' } } }),
    launch({ Condition: { StringEquals: { 'aws:RequestTag/imds-metadata': 'optional' } } })],
  ['a resource control policy', 'policy-denies-too-little', GOOD, { ...GOOD, Action: 'autoscaling:CreateLaunchConfiguration', Resource: '*', Condition: { StringNotEquals: { 'autoscaling:MetadataHttpTokens': 'required' } } },
    { type: 'RESOURCE_CONTROL_POLICY' }],
  ['hops as text', 'policy-denies-too-little', launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpPutResponseHopLimit': '1' } } }),
    launch({ Condition: { NumericGreaterThan: { 'ec2:MetadataHttpPutResponseHopLimit': '1' } } })],
  ['tokens as a number', 'policy-denies-too-little', launch({ Condition: { NumericNotEquals: { 'ec2:MetadataHttpTokens': '1' } } }), GOOD],
  ['the state in place of the request', 'policy-denies-too-little', modify(REQUIRED), modify({ StringNotEquals: NEW_REQUIRED, Null: { 'ec2:Attribute/HttpTokens': 'false' } })],
  ['both actions in one statement', 'policy-denies-too-little', launch({ Action: ['ec2:RunInstances', 'ec2:ModifyInstanceMetadataOptions'] }), launch({ Action: ['ec2:RunInstances'] })],
  ['every action of EC2', 'policy-denies-too-little + policy-holds-in-part', launch({ Action: 'ec2:*', Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } } }), launch({ Action: 'ec2:Run*' })],
  ['a key of another action, negated', 'policy-denies-too-much', launch({ Action: 'ec2:CreateFleet', Resource: '*' }), launch({ Action: 'ec2:StartInstances' })],
  ['a key of another action, positive', 'policy-denies-too-little', launch({ Action: 'ec2:CreateLaunchTemplate', Resource: '*', Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } } }),
    launch({ Action: 'ec2:TerminateInstances', Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } } })],
  ['the wrong way round', 'policy-denies-too-little', launch({ Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'required' } } }), GOOD],
  ['a value in capitals', 'policy-denies-too-much', launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'Required' } } }),
    launch({ Condition: { StringNotEqualsIgnoreCase: { 'ec2:MetadataHttpTokens': 'Required' } } })],
  ['both values', 'policy-denies-too-little', launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': ['required', 'optional'] } } }),
    launch({ Condition: { StringNotLike: { 'ec2:MetadataHttpTokens': ['req*'] } } })],
  ['that the tokens are not said, and no more', 'policy-denies-too-little', launch({ Condition: SILENT }), [launch({ Condition: SILENT }), GOOD]],
  ['that the tokens are not said, beside hops alone', 'policy-denies-too-little', [launch({ Condition: SILENT }), launch({ Condition: { NumericGreaterThan: { 'ec2:MetadataHttpPutResponseHopLimit': '2' } } })],
    [launch({ Condition: { ...SILENT, ArnNotLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/x' } } }), GOOD]],
  ['that a notebook does not say', 'policy-denies-too-little', notebook({ Null: { 'sagemaker:MinimumInstanceMetadataServiceVersion': 'true' } }),
    [notebook({ Null: { 'sagemaker:MinimumInstanceMetadataServiceVersion': 'true' } }), notebook({ StringNotEquals: { 'sagemaker:MinimumInstanceMetadataServiceVersion': '2' } })]],
  ['that the tokens are said, whatever they are', 'policy-denies-too-much', launch({ Condition: { Null: { 'ec2:MetadataHttpTokens': 'false' } } }), modify({ Null: { 'ec2:Attribute/HttpTokens': 'false' } })],
  ['some Regions', 'policy-holds-in-part', narrowed({ StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-north-1'] } }), narrowed({ StringLike: { 'aws:RequestedRegion': '*' } })],
  ['all Regions but some', 'policy-holds-in-part', launch({ Condition: { StringNotEquals: { ...REQUIRED.StringNotEquals, 'aws:requestedregion': 'us-east-1' } } }),
    narrowed({ StringNotEqualsIfExists: { 'aws:PrincipalTag/imds-exempt': 'true' } })],
  ['Regions as EC2 calls them', 'policy-holds-in-part', narrowed({ StringEqualsIfExists: { 'ec2:Region': 'eu-west-1' } }), narrowed({ 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-a/r-b/ou-c/*' } })],
  ['an exemption of everyone', 'policy-denies-too-little', narrowed({ ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/x', 'arn:*:iam::*:*'] } }), narrowed({ ArnNotLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/x/*' } })],
  ['an exemption of every role', 'policy-holds-in-part', narrowed({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }), narrowed({ StringNotLike: { 'aws:PrincipalTag/imds-exempt': '*' } })],
  ['an exemption of every Region', 'policy-denies-too-little', narrowed({ StringNotLike: { 'aws:RequestedRegion': '*' } }), narrowed({ Null: { 'aws:RequestedRegion': 'false' } })],
  ['any value of a tag', 'policy-holds-in-part', narrowed({ Null: { 'aws:RequestTag/env': 'false' } }), narrowed({ Null: { 'aws:RequestTag/imds-exempt': 'true' } })],
  ['some principals', 'policy-holds-in-part', narrowed({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/dev-*' } }), narrowed({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } })],
  ['principals with a tag', 'policy-holds-in-part', narrowed({ StringEquals: { 'aws:PrincipalTag/team': 'a' } }), narrowed({ StringEqualsIfExists: { 'aws:PrincipalTag/team': 'a' } })],
  ['launches with a tag', 'policy-holds-in-part', narrowed({ StringEquals: { 'aws:RequestTag/env': 'prod' } }), narrowed({ StringNotEquals: { 'aws:RequestTag/env': 'sandbox', 'ec2:MetadataHttpTokens': 'required' } })],
  ['some types of instances', 'policy-holds-in-part', narrowed({ StringLike: { 'ec2:InstanceType': ['m5.*', 'c5.*', 'r5.*', 'p5.*', 'x1.*'] } }), narrowed({ StringNotLike: { 'ec2:InstanceType': 't2.*' } })],
  ['launches without a template', 'policy-holds-in-part', narrowed({ Bool: { 'ec2:IsLaunchTemplateResource': 'false' } }), narrowed({ Bool: { 'aws:PrincipalIsAWSService': 'false' } })],
  ['where from', 'policy-holds-in-part', narrowed({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), narrowed({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
  ['the Regions of changes of the defaults', 'policy-holds-in-part', { Effect: 'Deny', Action: 'ec2:ModifyInstanceMetadataDefaults', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } },
    { Effect: 'Deny', Action: 'ec2:ModifyInstanceMetadataDefaults', Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/x' } } }],
  ['the Regions of a change', 'policy-holds-in-part', modify({ StringEquals: { 'ec2:Attribute/HttpTokens': 'optional', 'aws:RequestedRegion': 'eu-west-1' } }), modify({ StringEquals: { 'ec2:Attribute/HttpTokens': 'optional', 'aws:PrincipalOrgID': 'o-a' } })],
  ['some Regions, and hops in others', 'policy-holds-in-part', [narrowed({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }), launch({ Condition: { NumericGreaterThan: { 'ec2:MetadataHttpPutResponseHopLimit': '2' } } })],
    [narrowed({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }), GOOD]],
  ['a date to come', 'policy-holds-in-part', narrowed({ DateGreaterThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }), narrowed({ DateGreaterThan: { 'aws:CurrentTime': '2026-11-01' } }), { date: '2026-11-29' }],
  ['seconds to come', 'policy-holds-in-part', narrowed({ NumericGreaterThanEquals: { 'aws:EpochTime': '1893456000' } }), narrowed({ DateGreaterThanEquals: { 'aws:EpochTime': 1600000000 } }), { date: '2026-11-29' }],
  ['an end', 'policy-holds-in-part', narrowed({ DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }), narrowed({ DateLessThan: { 'aws:CurrentTime': 'soon' } }), { date: '2026-11-29' }],
  ['an end that is past', 'policy-denies-too-little', narrowed({ DateLessThan: { 'aws:CurrentTime': '2026-11-29' } }), narrowed({ DateGreaterThan: { 'aws:CurrentTime': ['2026-11-29', '2040-01-01'] } }), { date: '2026-11-29' }],
  ['role delivery below 1', 'policy-denies-too-little', { ...GOOD, Action: '*', Resource: '*', Condition: { NumericLessThan: { 'ec2:RoleDelivery': '1.0' } } },
    { ...GOOD, Action: '*', Resource: '*', Condition: { NumericLessThanEquals: { 'ec2:RoleDelivery': '1.0' } } }],
  ['role delivery for all who are no instance', 'policy-denies-too-much', { ...GOOD, Action: '*', Resource: '*', Condition: { NumericLessThanIfExists: { 'ec2:RoleDelivery': '2.0' } } },
    { ...GOOD, Action: '*', Resource: '*', Condition: { NumericNotEquals: { 'ec2:RoleDelivery': '2.0' }, Null: { 'ec2:RoleDelivery': 'false' } } }],
  ['tokens and hops in one statement', 'policy-denies-too-little', launch({ Condition: { ...REQUIRED, NumericGreaterThan: { 'ec2:MetadataHttpPutResponseHopLimit': '2' } } }),
    launch({ Condition: { StringNotEquals: { ...REQUIRED.StringNotEquals, 'ec2:MetadataHttpEndpoint': 'disabled' } } })],
  ['unrelated changes', 'policy-denies-too-much', modify({ StringNotEquals: NEW_REQUIRED }), modify({ StringEquals: { 'ec2:Attribute/HttpTokens': 'optional' } })],
  ['Resource * of a launch', 'policy-denies-too-much', launch({ Resource: '*' }), launch({ Resource: '*', Condition: { NumericGreaterThan: { 'ec2:MetadataHttpPutResponseHopLimit': '2' } } })],
  ['Resource of a volume beside the instance', 'policy-denies-too-much', launch({ Resource: [INSTANCES, 'arn:*:ec2:*:*:volume/*'] }), launch({ Resource: ['arn:aws:ec2:eu-west-1:111122223333:instance/*'] })],
  ['NotResource', 'policy-denies-too-much', { ...GOOD, Resource: undefined, NotResource: 'arn:*:ec2:*:*:volume/*' }, GOOD],
  ['an instance that has an id', 'policy-denies-too-little', launch({ Resource: 'arn:*:ec2:*:*:instance/i-*' }), launch({ Action: 'ec2:StartInstances', Resource: 'arn:*:ec2:*:*:instance/i-*' })],
  ['another partition', 'policy-denies-too-little', launch({ Resource: 'arn:aws:ec2:*:*:instance/*' }), launch({ Resource: ['arn:aws:ec2:*:*:instance/*', 'arn:aws-us-gov:ec2:*:*:instance/*'] }), { partition: 'aws-us-gov' }],
  ['ARNs of two partitions', 'policy-denies-too-little', launch({ Resource: 'arn:aws:ec2:*:*:instance/*', Condition: { ...REQUIRED, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws-cn:iam::*:role/x' } } }),
    launch({ Resource: 'arn:aws:ec2:*:*:instance/*', Condition: { ...REQUIRED, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } } })],
  ['defaults on instances', 'policy-denies-too-little', { Effect: 'Deny', Action: 'ec2:ModifyInstanceMetadataDefaults', Resource: INSTANCES }, { Effect: 'Deny', Action: 'ec2:ModifyInstanceMetadataDefaults', Resource: '*' }],
  ['silence in a Deny', 'policy-holds-in-part', launch({ Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } } }), GOOD],
  ['silence in an Allow', 'policy-holds-in-part', launch({ Effect: 'Allow', Condition: { StringEqualsIfExists: { 'ec2:MetadataHttpTokens': 'required' } } }),
    launch({ Effect: 'Allow', Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'required' } } })],
  ['a misspelt key in an Allow', 'policy-denies-too-little', launch({ Effect: 'Allow', Condition: { StringEqualsIfExists: { 'ec2:MetadataHttpToken': 'required' } } }),
    launch({ Effect: 'Allow', Condition: { StringEquals: { 'ec2:MetadataHttpToken': 'required' } } })],
];

describe.each(PAIRS.map(([name, rule, found, notFound, circumstances = {}]) => ({ name, rule, found, notFound, circumstances })))('$name', ({ rule, found, notFound, circumstances }) => {
  test('is found', () => expect(new Set(rulesOf(found, circumstances))).toEqual(new Set(rule.split(' + '))));
  test('is not found in what is close to it', () => expect(lint(notFound, circumstances)).toEqual([]));
  test('has a fix that is not found', () => {
    for (const { fix } of lint(found, circumstances)) {
      const statement = JSON.parse(fix.slice(fix.indexOf('{'))) as object;
      expect(lint(statement, { ...circumstances, type: undefined })).toEqual([]);
    }
  });
});

/** Not wrong by itself: another statement has to be there too. */
const BESIDE = ['tokens and hops alone: a disabled endpoint that allows version 1 can be enabled'];

describe.each(Object.entries(MISTAKES).filter(([name]) => !BESIDE.includes(name)))('%s', (_name, { statement, partition }) => {
  test('is found', () => expect(lint([statement, ...beside(statement)], { partition }).length).toBeGreaterThan(0));
});

/** A statement about versions of launch templates is about IMDS only beside one that is. */
function beside({ Action }: Statement): object[] {
  return Action === 'autoscaling:UpdateAutoScalingGroup' ? [GOOD] : [];
}

test('every row of the table is met', () => {
  const given = [
    ...PAIRS.flatMap(([, , found, , circumstances]) => [found].flat().map(each => ({ statement: each, circumstances }))),
    ...Object.values(MISTAKES).map(({ statement }) => ({ statement, circumstances: {} })),
    { statement: launch({ Action: ['ec2:RunInstances', 'ec2:CreateFleet'], Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } } }), circumstances: {} },
  ];
  const seen = given.flatMap(({ statement, circumstances }) => casesOf(statementView(statement)!, { partitions: [], ...circumstances }))
    .map(one => TABLE.find(each => each.isSeen(one))?.id);

  expect(TABLE.map(({ id }) => id).filter(id => !seen.includes(id))).toEqual([]);
});

describe('the corrected statement', () => {
  test('keeps the name, the maximum and the other conditions', () => {
    const exempt = { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/admin'] } };
    const [{ fix }] = lint(launch({ Sid: 'Mine', Resource: '*', Condition: { NumericGreaterThanIfExists: { 'ec2:MetadataHttpPutResponseHopLimit': 3 }, ...exempt } }));

    expect(JSON.parse(fix.replace('write instead ', ''))).toEqual({
      Sid: 'Mine',
      Effect: 'Deny',
      Action: 'ec2:RunInstances',
      Resource: INSTANCES,
      Condition: { NumericGreaterThan: { 'ec2:MetadataHttpPutResponseHopLimit': '3' }, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } },
    });
  });

  test('is that of the policies', () => {
    const [{ fix }] = lint(launch({ Resource: '*' }));

    expect(JSON.parse(fix.replace('write instead ', ''))).toEqual(statementsOf(SETTINGS)[0]);
  });
});

test.each([
  [{ StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-north-1'] } }, 'it denies only where aws:RequestedRegion is eu-west-1 or eu-north-1, and everything else passes'],
  [{ StringNotEqualsIfExists: { 'aws:RequestedRegion': 'us-east-1' } }, 'everything passes where aws:RequestedRegion is us-east-1'],
  [{ StringLike: { 'ec2:InstanceType': ['m5.*', 'c5.*', 'r5.*', 'p5.*', 'x1.*'] } }, 'it denies only where ec2:InstanceType is m5.*, c5.*, r5.* or one of 2 others, and everything else passes'],
  [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'it denies only where aws:SourceIp is 10.0.0.0/8, and everything else passes'],
  [{ NumericLessThan: { 'aws:MultiFactorAuthAge': '60' } }, 'it denies only where NumericLessThan is true of aws:MultiFactorAuthAge and 60, and everything else passes'],
  [{ DateGreaterThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }, 'it denies nothing before 2030-01-01T00:00:00Z'],
  [{ DateLessThanEquals: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }, 'it denies nothing after 2030-01-01T00:00:00Z'],
  [{ DateLessThan: { 'aws:EpochTime': ['100', '200'] } }, 'it denies nothing any more: it ended with 200'],
])('it says where a policy holds: %j', (condition, expected) => {
  expect(lint(narrowed(condition), { date: '2026-11-29' }).map(({ reason }) => reason)).toEqual([expected]);
});

test('without a date it says when a policy holds, and not that it is over', () => {
  expect(lint([narrowed({ DateGreaterThan: { 'aws:CurrentTime': '2020-01-01' } }), narrowed({ DateLessThan: { 'aws:CurrentTime': '2020-01-01' } })]).map(({ rule, reason }) => `${rule}: ${reason}`))
    .toEqual(['policy-holds-in-part: it denies nothing before 2020-01-01', 'policy-holds-in-part: it denies nothing after 2020-01-01']);
});

test('what denies silence alone does not make up for a statement that holds in some Regions', () => {
  expect(rulesOf([narrowed({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }), launch({ Condition: SILENT })])).toEqual(['policy-holds-in-part']);
});

test('two statements for some Regions each are told both', () => {
  expect(rulesOf(['eu-west-1', 'eu-north-1'].map(each => narrowed({ StringEquals: { 'aws:RequestedRegion': each } })))).toEqual(['policy-holds-in-part', 'policy-holds-in-part']);
});

test('what is about something else may hold anywhere', () => {
  expect(lint([GOOD, { Effect: 'Deny', NotAction: 'iam:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }])).toEqual([]);
  expect(lint([GOOD, { Effect: 'Deny', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-2' } } }])).toEqual([]);
});

test('the corrected statement leaves out what narrows it down, and keeps exemptions', () => {
  const [{ fix, path, values }] = lint(narrowed({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' }, ArnNotLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/x' } }));

  expect(path).toEqual(['Statement', 'Condition', 'StringEquals', 'aws:RequestedRegion']);
  expect(values).toEqual(['eu-west-1']);
  expect(JSON.parse(fix.replace('write instead ', ''))).toMatchObject({ Condition: { StringNotEquals: REQUIRED.StringNotEquals, ArnNotLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/x' } } });
  expect(fix).not.toContain('RequestedRegion');
});

describe('other policies than about IMDS are left alone', () => {
  test.each([
    ['a key that does not exist', { ...GOOD, Condition: { StringNotEquals: { 'ec2:InstanceTypo': 't3.micro' } } }],
    ['metadata of S3', { Effect: 'Deny', Action: 's3:PutObject', Resource: '*', Condition: { StringNotEquals: { 's3:x-amz-metadata-directive': 'COPY' } } }],
    ['metadata of SageMaker', { Effect: 'Deny', Action: 'sagemaker:CreateModelPackage', Resource: '*', Condition: { StringNotEquals: { 'sagemaker:CustomerMetadataProperties/x': 'y' } } }],
    ['launch template versions alone', { Effect: 'Deny', Action: 'autoscaling:UpdateAutoScalingGroup', Resource: '*', Condition: { BoolIfExists: { 'autoscaling:LaunchTemplateVersionSpecified': 'false' } } }],
    ['leave to change options', { Effect: 'Allow', Action: 'ec2:ModifyInstanceMetadataOptions', Resource: '*' }],
    ['what is no statement', { Effect: 'Nope', Condition: { 'ec2:MetadataHttpToken': 1 } }],
    ['text', 'ec2:MetadataHttpToken'],
  ])('%s', (_name, statement) => expect(lint(statement as object)).toEqual([]));
});

describe('an EC2 policy', () => {
  const policy = (defaults: object): object => ({ ec2_attributes: { instance_metadata_defaults: defaults } });
  const assign = (value: unknown): object => ({ '@@assign': value });
  const lintPolicy = (document: object): string[] => lintDocument(document, contextOf(), {}).map(({ rule, reason }) => `${rule}: ${reason}`);
  const required = { http_tokens: assign('required') };

  test.each([
    ['IMDSv1 as the default', policy({ http_tokens: assign('optional') }), ['policy-denies-too-little: it makes IMDSv1 the default of every account that it is attached to']],
    ['a misspelt attribute', policy({ http_token: assign('required') }), ['policy-denies-too-little: EC2 policies have no http_token, did you mean http_tokens?, so it sets nothing']],
    ['an attribute of the API', policy({ HttpTokens: assign('required') }), ['policy-denies-too-little: EC2 policies have no HttpTokens, did you mean http_tokens?, so it sets nothing']],
    ['a value of the API', policy({ ...required, http_endpoint: assign('no-preference') }), ['policy-denies-too-little: http_endpoint has no value "no-preference"; it takes no_preference, enabled, disabled']],
    ['no @@assign', policy({ http_tokens: 'required' }), ['policy-denies-too-little: http_tokens assigns nothing: the value stands under @@assign']],
    ['no preference', policy({ http_tokens: assign('no_preference') }), ['policy-holds-in-part: it leaves the tokens to the account and the image']],
    ['enforcement that is off', policy({ ...required, http_tokens_enforced: assign('disabled') }),
      ['policy-holds-in-part: without enforcement it sets a default only, and a launch that asks for IMDSv1 gets it']],
    ['hops alone', policy({ http_put_response_hop_limit: assign(2) }), ['policy-holds-in-part: it says nothing about http_tokens, so the account and the image decide']],
    ['too many hops', policy({ ...required, http_put_response_hop_limit: assign('65') }), ['policy-denies-too-little: http_put_response_hop_limit has no value "65"; it takes -1 to 64']],
    ['a misspelt group', { ec2_attributes: { instance_metadata_default: required } },
      ['policy-denies-too-little: EC2 policies have no instance_metadata_default, did you mean instance_metadata_defaults?, so it sets nothing']],
    ['no group', { ec2_attributes: required }, ['policy-denies-too-little: http_tokens stands below instance_metadata_defaults, so it sets nothing']],
    ['no root', { instance_metadata_defaults: required }, ['policy-denies-too-little: instance_metadata_defaults stands below ec2_attributes; where it is, it sets nothing']],
  ])('%s is found', (_name, document, expected) => expect(lintPolicy(document)).toEqual(expected));

  test.each([
    ['required', policy(required)],
    ['required, a number of hops and no preference', policy({ ...required, http_put_response_hop_limit: assign(-1), http_endpoint: assign('no_preference') })],
    ['about other things', { ec2_attributes: { serial_console_access: { status: assign('disabled') } } }],
  ])('%s is not', (_name, document) => expect(lintPolicy(document)).toEqual([]));
});
