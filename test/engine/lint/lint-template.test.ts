import { JsonObject } from '../../../src/engine/json/json';
import { judge, judgeAll } from '../../../src/engine/judge/judge';
import { POLICY_HOLDER_TYPES, policyHolderOf } from '../../../src/engine/templates/policy-holders';
import { relevantPart } from '../../../src/engine/templates/relevant-part';

const launch = (changed: object = {}): JsonObject => ({
  Effect: 'Deny', Action: 'ec2:RunInstances', Resource: 'arn:*:ec2:*:*:instance/*', Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } }, ...changed,
});
const tokens = (value: unknown): JsonObject => launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': value } } });
const BAD = launch({ Resource: '*' });
const document = (...statements: unknown[]): JsonObject => ({ Version: '2012-10-17', Statement: statements });
const scp = (Content: unknown, more: object = {}): JsonObject => ({ Type: 'AWS::Organizations::Policy', Properties: { Type: 'SERVICE_CONTROL_POLICY', Name: 'imds', Content }, ...more });
const found = (resource: JsonObject, sections: object = {}): string[] => (
  judge({ Resources: { P: resource }, ...sections }).findings.map(({ rule, path }) => `${rule} ${path}`)
);

describe.each(POLICY_HOLDER_TYPES)('%s', type => {
  const holder = policyHolderOf(type)!;
  const holding = (statement: object): JsonObject => (
    { Type: type, Properties: 'document' in holder ? { [holder.document]: document(statement) } : { [holder.list]: [{ PolicyName: 'p', PolicyDocument: document(statement) }] } }
  );

  test('has its policies looked at', () => {
    expect(found(holding(BAD))).toEqual([`policy-denies-too-much Properties.${'document' in holder ? holder.document : `${holder.list}.0.PolicyDocument`}.Statement.0.Resource`]);
    expect(found(holding(launch()))).toEqual([]);
  });

  test('is kept of a template where it is about IMDS, and not otherwise', () => {
    const other = { Type: type, Properties: { PolicyDocument: document({ Effect: 'Deny', Action: 's3:*', Resource: '*' }) } };

    expect(relevantPart({ Resources: { P: holding(launch()), Other: other } }).template.Resources).toEqual({ P: holding(launch()) });
  });
});

test('a policy is no resource that launches instances', () => expect(judge({ Resources: { P: scp(document(BAD)) } }).resources).toEqual([]));

test('a policy without properties, or with something else in place of a document, is left alone', () => {
  expect([undefined, null, 'metadata', ['metadata'], { Statement: 'metadata' }, { Ref: 'ec2:MetadataHttpToken' }].flatMap(each => found(scp(each)))).toEqual([]);
  expect(found({ Type: 'AWS::IAM::Role', Properties: { Policies: 'metadata' } })).toEqual([]);
});

describe('text', () => {
  test('that is JSON is read', () => {
    expect(found(scp(JSON.stringify(document(BAD))))).toEqual(['policy-denies-too-much Properties.Content']);
    expect(found(scp(JSON.stringify(document(launch()))))).toEqual([]);
  });

  test('with a function in it is read', () => {
    const text = (resource: string): object => ({ 'Fn::Sub': JSON.stringify(document(launch({ Resource: resource }))) });

    expect(found(scp(text('arn:${AWS::Partition}:ec2:*:*:instance/i-*')))).toEqual(['policy-denies-too-little Properties.Content']);
    expect(found(scp(text('arn:${AWS::Partition}:ec2:*:*:instance/*')))).toEqual([]);
    expect(found(scp({ 'Fn::ToJsonString': document(BAD) }))).toEqual(['policy-denies-too-much Properties.Content.Statement.0.Resource']);
  });
});

describe('functions', () => {
  const Parameters = {
    Free: { Type: 'String' },
    Fixed: { Type: 'String', AllowedValues: ['required'] },
    Weak: { Type: 'String', AllowedValues: ['optional'] },
    Either: { Type: 'String', Default: 'required', AllowedValues: ['required', 'optional'] },
    Flag: { Type: 'String', AllowedValues: ['a', 'b'] },
  };
  const Conditions = { IsA: { 'Fn::Equals': [{ Ref: 'Flag' }, 'a'] }, Never: { 'Fn::Equals': ['a', 'b'] } };
  const sections = { Parameters, Conditions };
  const at = 'Properties.Content.Statement.0';

  test.each([
    ['a parameter with the one right value', tokens({ Ref: 'Fixed' }), []],
    ['a parameter with the one wrong value', tokens({ Ref: 'Weak' }), [`policy-denies-too-little ${at}.Condition.StringNotEquals.ec2:MetadataHttpTokens`]],
    ['a parameter that allows both', tokens({ Ref: 'Either' }), [`undecided-value ${at}.Condition.StringNotEquals.ec2:MetadataHttpTokens`]],
    ['a parameter that allows anything', tokens({ Ref: 'Free' }), [`undecided-value ${at}.Condition.StringNotEquals.ec2:MetadataHttpTokens`]],
    ['the partition of the stack', launch({ Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:*:', { Ref: 'AWS::AccountId' }, ':instance/*']] } }), []],
    ['a resource that is not known', launch({ Resource: { Ref: 'Free' } }), [`undecided-value ${at}.Resource`]],
    ['a resource of which the end is not known', launch({ Resource: { 'Fn::Sub': 'arn:aws:ec2:*:*:${Free}' } }), [`undecided-value ${at}.Resource`]],
    ['an exemption that is not known', launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' }, ArnNotLike: { 'aws:PrincipalArn': { Ref: 'Free' } } } }), []],
    ['a Region that is not known', launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' }, StringEquals: { 'aws:RequestedRegion': { Ref: 'Free' } } } }), []],
    ['a time that is not known', launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' }, DateLessThan: { 'aws:CurrentTime': { Ref: 'Free' } } } }), []],
    ['principals of the account, of which the rest is known', launch({
      Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' }, ArnLike: { 'aws:PrincipalArn': { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/x' } } },
    }), [`policy-holds-in-part ${at}.Condition.ArnLike.aws:PrincipalArn`]],
    ['a condition that is not known, of a statement about something else', launch({ Condition: { StringNotEquals: { 'aws:x': { Ref: 'Free' } } } }), []],
    ['one branch that is wrong', { 'Fn::If': ['IsA', BAD, launch()] }, [`policy-denies-too-much ${at}.Resource`]],
    ['a branch that is never taken', { 'Fn::If': ['Never', BAD, launch()] }, []],
    ['branches in a value', launch({ Resource: { 'Fn::If': ['IsA', '*', 'arn:*:ec2:*:*:instance/*'] } }), [`policy-denies-too-much ${at}.Resource`]],
    ['branches that never meet', launch({
      Resource: { 'Fn::If': ['IsA', '*', 'arn:*:ec2:*:*:instance/*'] },
      Condition: { 'Fn::If': ['IsA', { StringEquals: { 'aws:x': 'y' } }, { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } }] },
    }), []],
  ])('%s', (_name, statement, expected) => expect(found(scp(document(statement)), sections)).toEqual(expected));

  const silent = launch({ Condition: { Null: { 'ec2:MetadataHttpTokens': 'true' } } });
  const few = `policy-denies-too-little ${at}.Condition.Null.ec2:MetadataHttpTokens`;
  const orNone = (condition: string, statement: unknown): object => ({ 'Fn::If': [condition, statement, { Ref: 'AWS::NoValue' }] });

  test.each([
    ['alone', [silent], [few]],
    ['beside what denies optional', [silent, launch()], []],
    ['beside what denies optional under a condition', [silent, orNone('IsA', launch())], [few]],
    ['beside what denies optional under the same condition', [orNone('IsA', silent), orNone('IsA', launch())], []],
    ['beside what denies optional otherwise', [{ 'Fn::If': ['IsA', silent, launch()] }, { 'Fn::If': ['IsA', { Effect: 'Deny', Action: 's3:*', Resource: '*' }, launch()] }], [few]],
    ['beside another value that a parameter allows', [silent, tokens({ Ref: 'Weak' })], [few, few.replace('0.Condition.Null', '1.Condition.StringNotEquals')]],
  ])('that the tokens are not said, %s', (_name, statements, expected) => expect(found(scp(document(...statements)), sections)).toEqual(expected));

  test('a policy that is never made is left alone', () => expect(found(scp(document(BAD), { Condition: 'Never' }), sections)).toEqual([]));

  test('too many possible values cannot be decided', () => {
    const names = Array.from({ length: 8 }, (_, i) => `C${i}`);
    const many = {
      Conditions: Object.fromEntries(names.map(name => [name, { 'Fn::Equals': [{ Ref: `P${name}` }, 'a'] }])),
      Parameters: Object.fromEntries(names.map(name => [`P${name}`, { Type: 'String' }])),
    };
    const either = Object.fromEntries(names.map(name => [`aws:${name}`, { 'Fn::If': [name, 'a', 'b'] }]));

    expect(found(scp(document(launch({ Condition: { StringNotEquals: { 'ec2:MetadataHttpToken': 'required', ...either } } }))), many)).toEqual([`undecided-value ${at}.Condition.StringNotEquals`]);
    expect(found(scp(document({ ...launch(), ...either })), many)).toEqual([`undecided-value ${at}`]);
  });
});

test.each([['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']])('the partition of the stack decides: %s', (partition, region) => {
  const rules = (Resource: string): string[] => judgeAll([
    { id: 'one', template: { Resources: { P: scp(document(launch({ Resource }))) } }, environment: `aws://111122223333/${region}` },
  ]).get('one')!.findings.map(({ rule }) => rule);

  expect(rules('arn:aws:ec2:*:*:instance/*')).toEqual(['policy-denies-too-little']);
  expect(rules(`arn:${partition}:ec2:*:*:instance/*`)).toEqual([]);
});

test('an EC2 policy says what it makes the default', () => {
  const content = { ec2_attributes: { instance_metadata_defaults: { http_tokens: { '@@assign': 'optional' }, http_put_response_hop_limit: { '@@assign': '2' } } } };

  expect(found({ Type: 'AWS::Organizations::Policy', Properties: { Type: 'DECLARATIVE_POLICY_EC2', Content: content } })).toEqual([
    'policy-denies-too-little Properties.Content.ec2_attributes.instance_metadata_defaults.http_tokens.@@assign',
  ]);
});

test('a resource control policy is told to be the wrong kind', () => {
  expect(found({ Type: 'AWS::Organizations::Policy', Properties: { Type: 'RESOURCE_CONTROL_POLICY', Content: document(launch()) } }))
    .toEqual(['policy-denies-too-little Properties.Content.Statement.0.Action']);
});
