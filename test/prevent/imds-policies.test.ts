import { Aws, aws_iam as iam, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ImdsPolicies, ImdsPolicyExemption, ImdsPolicyStatement } from '../../src';
import { OPT_IN, STATEMENT_IDS } from '../../src/engine/policies/policy-statement';
import { newApp } from '../support/support';

const ROLE = 'arn:*:iam::*:role/imds-exempt/*';
const EVERYTHING = Object.values(ImdsPolicyStatement);

function sids(policies: ImdsPolicies): (string | undefined)[] {
  return policies.statements().map(({ sid }) => sid);
}

/** Roles that take so many characters together in each statement. */
function roles(count: number): ImdsPolicyExemption[] {
  return Array.from({ length: count }, (_, i) => ImdsPolicyExemption.roles(`arn:*:iam::*:role/imds-exempt/application-${String(i).padStart(3, '0')}`));
}

describe('which statements', () => {
  test('the enumeration names all there are, as the command line does', () => {
    expect(EVERYTHING).toEqual(STATEMENT_IDS);
  });

  test('by default those that break nothing that is compliant', () => {
    expect(sids(new ImdsPolicies())).toEqual([
      'RequireImdsV2', 'MaxImdsHopLimit', 'DenyIMDSv1HttpTokensModification', 'DenyHopRaise', 'DenyEnablingImdsV1', 'DenyImdsDefaults',
      'SageMakerNotebookImdsV2', 'SageMakerNotebookNoDowngrade', 'ImageBuilderImdsV2',
    ]);
  });

  test.each(EVERYTHING)('%s can be left out, and comes only where it is on by default or included', statement => {
    const [alone, without] = [
      new ImdsPolicies({ includeStatements: [statement], excludeStatements: EVERYTHING.filter(each => each !== statement) }),
      new ImdsPolicies({ excludeStatements: [statement], includeStatements: EVERYTHING.filter(each => each !== statement) }),
    ];

    expect(sids(alone)).not.toEqual([]);
    expect(sids(without).filter(sid => sids(alone).includes(sid))).toEqual([]);
    expect(sids(new ImdsPolicies()).some(sid => sids(alone).includes(sid))).toBe(!(OPT_IN as readonly string[]).includes(statement));
  });

  test('without IMDS, one statement asks for tokens or a disabled endpoint', () => {
    const [first, ...others] = new ImdsPolicies({ httpEndpoint: false, excludeStatements: [ImdsPolicyStatement.MAX_HOP_LIMIT] }).statements();

    expect(first.toJSON()).toEqual({
      Sid: 'RequireImdsV2OrNoImds',
      Effect: 'Deny',
      Action: 'ec2:RunInstances',
      Resource: 'arn:*:ec2:*:*:instance/*',
      Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required', 'ec2:MetadataHttpEndpoint': 'disabled' } },
    });
    expect(others.filter(each => each.actions.includes('ec2:RunInstances'))).toEqual([]);
  });

  test.each([
    ['a statement twice', { includeStatements: [ImdsPolicyStatement.LEGACY_SPOT], excludeStatements: EVERYTHING }, 'both included and excluded'],
    ['none left', { excludeStatements: EVERYTHING }, 'nothing is left to deny'],
    ['an endpoint that is both', { httpEndpoint: true, includeStatements: [ImdsPolicyStatement.ENDPOINT_DISABLED] }, 'which the settings ask for'],
    ['a hop limit of 0', { maxHttpPutResponseHopLimit: 0 }, "'maxHttpPutResponseHopLimit' must be a whole number from 1 to 64, got 0"],
    ['a hop limit that is a token', { maxHttpPutResponseHopLimit: Lazy.number({ produce: () => 2 }) }, 'got a token'],
    ['a hop limit above the usual maximum', { httpPutResponseHopLimit: 3 }, "'httpPutResponseHopLimit' 3 is above 'maxHttpPutResponseHopLimit' 2"],
    ['a partition that there is not', { partition: 'amazon' }, 'the partition must be *'],
    ['a partition that is a token', { partition: Aws.PARTITION }, "'partition' must be plain text, got a token"],
  ])('refuses %s', (_name, props, text) => {
    expect(() => new ImdsPolicies(props)).toThrow(text);
  });
});

describe('exemptions', () => {
  test('of a kind become one list, of several kinds each a condition, beside those of the statement', () => {
    const [first] = new ImdsPolicies({
      exemptions: [
        ImdsPolicyExemption.roles(ROLE, 'arn:*:iam::*:role/a'),
        ImdsPolicyExemption.roles('arn:*:iam::*:role/b', ROLE),
        ImdsPolicyExemption.principalTag('imds-exempt', 'true'),
        ImdsPolicyExemption.principalTag('imds-exempt', 'yes'),
        ImdsPolicyExemption.organizationPaths('o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'),
      ],
    }).statements();

    expect(first.conditions).toEqual({
      'StringNotEquals': { 'ec2:MetadataHttpTokens': 'required', 'aws:PrincipalTag/imds-exempt': ['true', 'yes'] },
      'ArnNotLike': { 'aws:PrincipalArn': [ROLE, 'arn:*:iam::*:role/a', 'arn:*:iam::*:role/b'] },
      'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/' },
    });
  });

  test('are in every statement', () => {
    const statements = new ImdsPolicies({ includeStatements: EVERYTHING, exemptions: [ImdsPolicyExemption.roles(ROLE)] }).statements();

    expect(statements.filter(({ conditions }) => ![conditions.ArnNotLike?.['aws:PrincipalArn']].flat().includes(ROLE))).toEqual([]);
  });

  test.each([
    'arn:*:iam::*:role/a', 'arn:aws:iam::111122223333:role/path/to/name', 'arn:aws-cn:iam::1111*:role/x*', 'arn:aws-us-gov:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*',
  ])('of the role %s are taken', arn => {
    expect(() => ImdsPolicyExemption.roles(arn)).not.toThrow();
  });

  test.each([
    ['arn:aws:sts::111122223333:assumed-role/name/session', 'a session cannot be exempted'],
    ['arn:aws:iam::111122223333:user/name', 'must be the ARN of a role'],
    ['arn:aws:iam::aws:role/name', 'must be the ARN of a role'],
    ['name', 'must be the ARN of a role'],
    ['*', 'must be the ARN of a role'],
    ['arn:*:iam::*:role/*', 'would exempt every role'],
    ['arn:*:iam::*:role/**/*', 'would exempt every role'],
    ['arn:*:iam::*:role/${aws:PrincipalTag/x}', 'must be the ARN of a role'],
    [`arn:${Aws.PARTITION}:iam::*:role/x`, 'must be plain text, got a token'],
    [Token.asString({ Ref: 'Role' }), 'must be plain text, got a token'],
  ])('of %s are refused', (arn, text) => {
    expect(() => ImdsPolicyExemption.roles(arn)).toThrow(text);
  });

  test.each([
    ['', 'true', 'the key of a tag'],
    ['aws:tag', 'true', 'must not begin with aws:'],
    ['key', '', 'the value of tag \'key\''],
    ['key', '*', 'the value of tag \'key\''],
    ['key', '${aws:username}', 'the value of tag \'key\''],
    ['key', Aws.REGION, 'got a token'],
    [Aws.REGION, 'value', 'got a token'],
    ['k'.repeat(129), 'value', 'the key of a tag'],
  ])('of the tag %p with %p are refused', (key, value, text) => {
    expect(() => ImdsPolicyExemption.principalTag(key, value)).toThrow(text);
  });

  test.each([
    'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/', 'o-a1b2c3d4e5/r-ab12/*/ou-ab12-22222222/*',
  ])('of the unit %s are taken', path => {
    expect(() => ImdsPolicyExemption.organizationPaths(path)).not.toThrow();
  });

  test.each([
    'ou-ab12-11111111', 'o-a1b2c3d4e5/*', 'o-a1b2c3d4e5/r-ab12/*', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111', '*/ou-ab12-11111111/*', 'o-a1b2c3d4e5/r-ab12/legacy/*', '',
  ])('of the path %p are refused', path => {
    expect(() => ImdsPolicyExemption.organizationPaths(path)).toThrow('a path to exempt must lead from the organization to an organizational unit');
  });

  test('of nobody are refused', () => {
    expect(() => ImdsPolicyExemption.roles()).toThrow("'roles' must name at least one, got none");
    expect(() => ImdsPolicyExemption.organizationPaths()).toThrow("'organizationPaths' must name at least one, got none");
  });
});

describe('documents', () => {
  test.each([[{}, 9], [{ includeStatements: EVERYTHING }, 18], [{ includeStatements: EVERYTHING, httpEndpoint: false }, 18]])('hold every statement: %j', (props, count) => {
    const policies = new ImdsPolicies({ ...props, exemptions: [ImdsPolicyExemption.roles(ROLE)] });

    expect(policies.statements()).toHaveLength(count);
    for (const documents of [policies.serviceControlPolicyDocuments(), policies.managedPolicyDocuments().map(each => each.toJSON())]) {
      expect(documents.map(each => each.Statement.map(({ Sid }: { Sid: string }) => Sid))).toEqual([sids(policies)]);
    }
    expect(policies.permissionBoundaryDocument().toJSON().Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(['AllowTheRest', ...sids(policies)]);
  });

  test.each([0, 5, 10, 20, 40, 60, 100, 180])('are split and never cut: %i roles', count => {
    const policies = new ImdsPolicies({ includeStatements: EVERYTHING, exemptions: roles(count) });
    const attempts = [
      { most: 10_240, parts: 9, documents: () => policies.serviceControlPolicyDocuments() },
      { most: 6_144, parts: 10, documents: () => policies.managedPolicyDocuments().map(each => each.toJSON()) },
      { most: 6_144, parts: 1, documents: () => [policies.permissionBoundaryDocument().toJSON()] },
    ];
    for (const { most, parts, documents } of attempts) {
      let made: Record<string, any>[] = [];
      try { made = documents(); } catch (error) {
        expect((error as Error).message).toMatch(/^(?:(?:statement \w+: )?a .* may have|the statements need \d+ documents, but) .*name fewer exemptions.*https:/);
        continue;
      }
      expect(made.length).toBeLessThanOrEqual(parts);
      expect(made.filter(each => JSON.stringify(each).length > most)).toEqual([]);
      expect(made.flatMap(each => each.Statement.map(({ Sid }: { Sid: string }) => Sid)).filter(sid => sid !== 'AllowTheRest')).toEqual(sids(policies));
    }
    if (count === 0) { expect(() => attempts.forEach(({ documents }) => documents())).not.toThrow(); }
    if (count === 180) { expect(() => attempts[0].documents()).toThrow('the statements need 18 documents, but 9 can be attached in one place'); }
  });

  test('go into constructs of CDK as they are, minimized or not', () => {
    for (const minimize of [true, false]) {
      const stack = new Stack(newApp({ '@aws-cdk/aws-iam:minimizePolicies': minimize }), 'Stack');
      const policies = new ImdsPolicies({ exemptions: [ImdsPolicyExemption.roles(ROLE)] });
      new iam.ManagedPolicy(stack, 'Boundary', { document: policies.permissionBoundaryDocument() });
      new iam.ManagedPolicy(stack, 'Managed', { document: policies.managedPolicyDocuments()[0] });
      new iam.ManagedPolicy(stack, 'Own', { statements: policies.statements() });

      const found = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties.PolicyDocument);
      expect(found[0].Statement).toHaveLength(10);
      expect(found[1]).toEqual(policies.serviceControlPolicyDocuments()[0]);
      expect(found[2]).toEqual(found[1]);
    }
  });

  test('are new each time, so that a change of one is none of another', () => {
    const policies = new ImdsPolicies();
    policies.serviceControlPolicyDocuments()[0].Statement.pop();

    expect(policies.serviceControlPolicyDocuments()[0].Statement).toHaveLength(9);
  });
});

describe('the EC2 policy', () => {
  const defaults = (props: ConstructorParameters<typeof ImdsPolicies>[0], options?: Parameters<ImdsPolicies['ec2PolicyDocument']>[0]): Record<string, any> => (
    new ImdsPolicies(props).ec2PolicyDocument(options).ec2_attributes.instance_metadata_defaults
  );

  test.each([
    [{}, '2', 'no_preference'],
    [{ maxHttpPutResponseHopLimit: 1 }, '1', 'no_preference'],
    [{ maxHttpPutResponseHopLimit: 64 }, '2', 'no_preference'],
    [{ maxHttpPutResponseHopLimit: 4, httpPutResponseHopLimit: 3, httpEndpoint: true }, '3', 'enabled'],
    [{ httpEndpoint: false }, '2', 'disabled'],
  ])('takes what a launch gets from the settings: %j', (props, hops, endpoint) => {
    expect(defaults(props)).toMatchObject({
      http_tokens: { '@@assign': 'required' },
      http_tokens_enforced: { '@@assign': 'enabled' },
      http_put_response_hop_limit: { '@@assign': hops },
      http_endpoint: { '@@assign': endpoint },
    });
  });

  test('sets defaults alone where it is asked to', () => {
    expect(defaults({}, { httpTokensEnforced: false })).not.toHaveProperty('http_tokens_enforced');
    expect(defaults({}, { httpTokensEnforced: true })).toHaveProperty('http_tokens_enforced');
  });

  test('cannot be loosened by a child', () => {
    expect(defaults({}).http_tokens).toEqual({ '@@assign': 'required', '@@operators_allowed_for_child_policies': ['@@none'] });
  });

  test.each([
    ['', 'must not be empty'], ['x'.repeat(9_800), 'an EC2 policy may have 10,000 characters'], [Aws.REGION, "'exceptionMessage' must be plain text, got a token"],
  ])('refuses a message', (exceptionMessage, text) => {
    expect(() => new ImdsPolicies().ec2PolicyDocument({ exceptionMessage })).toThrow(text);
  });
});
