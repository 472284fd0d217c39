import { allCases, Case, roleIn } from './requests';
import { ACCOUNT, answersOtherThan, Context, documentFor, Mode, MODES, PARTITIONS, Principal } from './simulation';
import { ImdsPolicies, ImdsPolicyExemption, ImdsPolicyStatement } from '../../../src';

const EVERYTHING = Object.values(ImdsPolicyStatement);
const LEGACY = 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/';

const BY = {
  role: ImdsPolicyExemption.roles('arn:*:iam::*:role/imds-exempt/*', 'arn:*:iam::*:role/break-glass'),
  tag: ImdsPolicyExemption.principalTag('imds-exempt', 'true'),
  path: ImdsPolicyExemption.organizationPaths(`${LEGACY}*`),
};

function principal(partition: string, path: string, context: Context = {}): Principal {
  return { ...roleIn(partition, path), context };
}

/** Who is meant to be exempt by what. */
const PRINCIPALS: readonly { name: string; path: string; context?: Context; by?: keyof typeof BY }[] = [
  { name: 'a role on the path', path: 'imds-exempt/legacy', by: 'role' },
  { name: 'the second role', path: 'break-glass', by: 'role' },
  { name: 'a role whose path only ends so', path: 'team/imds-exempt/legacy' },
  { name: 'a role whose name only begins so', path: 'break-glass-not' },
  { name: 'a role with the tag', path: 'developer', context: { 'aws:PrincipalTag/imds-exempt': 'true' }, by: 'tag' },
  { name: 'a role with another value', path: 'developer', context: { 'aws:PrincipalTag/imds-exempt': 'false' } },
  { name: 'a role with the value in capitals', path: 'developer', context: { 'aws:PrincipalTag/imds-exempt': 'True' } },
  { name: 'a role with another tag', path: 'developer', context: { 'aws:PrincipalTag/exempt': 'true' } },
  { name: 'a role in the unit', path: 'developer', context: { 'aws:PrincipalOrgPaths': [LEGACY] }, by: 'path' },
  { name: 'a role in a unit below', path: 'developer', context: { 'aws:PrincipalOrgPaths': [`${LEGACY}ou-ab12-22222222/`] }, by: 'path' },
  { name: 'a role in another unit', path: 'developer', context: { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-33333333/'] } },
  { name: 'a role in no organization', path: 'developer' },
];

/** What would be denied: one request for each statement, since exemptions are the same in all of them. */
function denied(partition: string): Case[] {
  const cases = allCases(partition);
  const statements = new ImdsPolicies({ includeStatements: EVERYTHING }).statements();
  return statements.flatMap(({ sid }) => cases.find(({ deniedBy }) => deniedBy.includes(sid!)) ?? []);
}

/** Those whom a policy with these exemptions binds wrongly, or not. */
async function surprises(partition: string, mode: Mode, by: readonly (keyof typeof BY)[]): Promise<string[]> {
  const policies = new ImdsPolicies({ includeStatements: EVERYTHING, exemptions: by.map(each => BY[each]) });
  const statements = policies.statements().map(each => each.toJSON());
  const documents = [documentFor(mode, statements)];
  const harmless = allCases(partition).filter(({ deniedBy }) => deniedBy.length === 0);
  const passes = ['ec2:RunInstances', 'ec2:StartInstances', 's3:GetObject'].map(action => harmless.find(each => each.action === action)!);
  const found = await Promise.all(PRINCIPALS.map(async ({ name, path, context, by: how }) => {
    const who = principal(partition, path, context);
    return [
      ...await answersOtherThan(how && by.includes(how) ? 'allowed' : 'denied', denied(partition), who, documents, mode),
      ...await answersOtherThan('allowed', passes, who, documents, mode),
    ].map(answer => `${name}: ${answer}`);
  }));
  return found.flat();
}

describe.each(PARTITIONS)('in %s', partition => {
  test.each(MODES)('exempt by role, tag or path, as %s: those who are meant to be, and nobody else', async mode => {
    expect(await surprises(partition, mode, ['role', 'tag', 'path'])).toEqual([]);
  });
});

test.each(['role', 'tag', 'path'] as const)('exempt by %s alone', async by => {
  expect(await surprises('aws', 'service control policy', [by])).toEqual([]);
});

test('nobody is exempt where nothing is said', async () => {
  expect(await surprises('aws', 'service control policy', [])).toEqual([]);
});

test('what is asked covers every statement', () => {
  const applying = new ImdsPolicies({ includeStatements: EVERYTHING }).statements().map(({ sid }) => sid);

  expect(applying.filter(sid => !denied('aws').some(({ deniedBy }) => deniedBy.includes(sid!)))).toEqual([]);
});

test('the role of ImdsAccountDefaults stays exempt from its own ban beside other exemptions', async () => {
  const documents = [documentFor('service control policy', new ImdsPolicies({ exemptions: Object.values(BY) }).statements().map(each => each.toJSON()))];
  const change = denied('aws').filter(({ deniedBy }) => deniedBy.includes('DenyImdsDefaults'));

  expect(change).not.toEqual([]);
  expect(await answersOtherThan('allowed', change, principal('aws', 'cdk-imds-guard/account-defaults/Role'), documents, 'service control policy')).toEqual([]);
  expect(await answersOtherThan('denied', change, { role: `arn:aws:iam::${ACCOUNT}:role/other` }, documents, 'service control policy')).toEqual([]);
});
