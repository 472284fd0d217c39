import { allCases, Case, changesOfDefaults, launches, launchParts, modifications, roleIn } from './requests';
import { actionsOf, answersOtherThan, answerTo, documentFor, documentOf, Mode, MODES, PARTITIONS, Principal } from './simulation';
import { ImdsPolicies, ImdsPoliciesProps, ImdsPolicyStatement } from '../../../src';
import { ACCOUNT_DEFAULTS_ROLE_PATH } from '../../../src/engine/policies/account-defaults-role';
import { Statement } from '../../../src/engine/policies/policy-statement';
import { STATEMENTS } from '../../../src/engine/policies/policy-statements';

const EVERYTHING = Object.values(ImdsPolicyStatement);
const DEVELOPER = 'team/developer';

/** What users get, one statement by one. */
function statementsOf(props: ImdsPoliciesProps): Statement[] {
  return new ImdsPolicies(props).serviceControlPolicyDocuments().flatMap(({ Statement: statements }) => statements);
}

const WITH_IMDS = statementsOf({ includeStatements: EVERYTHING });
const WITHOUT_IMDS = statementsOf({ includeStatements: EVERYTHING, httpEndpoint: false });
const EACH = [...new Map([...WITH_IMDS, ...WITHOUT_IMDS].map(each => [each.Sid, each])).values()];

/** Every request that is not answered as it was meant to be by these statements. */
async function surprises(
  cases: readonly Case[], principal: Principal, statements: readonly Statement[], mode: Mode, documents = [documentFor(mode, statements)],
): Promise<string[]> {
  const isMeant = ({ deniedBy }: Case): boolean => deniedBy.some(sid => statements.some(({ Sid }) => Sid === sid));
  return [
    ...await answersOtherThan('denied', cases.filter(isMeant), principal, documents, mode),
    ...await answersOtherThan('allowed', cases.filter(each => !isMeant(each)), principal, documents, mode),
  ];
}

function isUnconditional({ Condition, Sid }: Statement): boolean {
  return Condition === undefined || Sid === 'DenyImdsDefaults'; // its condition is about the principal
}

test('every row of the table is evaluated', () => {
  expect(EACH.map(({ Sid }) => Sid).sort()).toEqual(STATEMENTS.map(({ sid }) => sid).sort());
});

describe.each(MODES)('as %s', mode => {
  test.each([['with IMDS', WITH_IMDS], ['without', WITHOUT_IMDS]])('all of them together deny exactly what they are for, %s', async (_name, statements) => {
    expect(await surprises(allCases('aws'), roleIn('aws', DEVELOPER), statements, mode)).toEqual([]);
  });

  describe.each(PARTITIONS)('in %s', partition => {
    const developer = roleIn(partition, DEVELOPER);
    const cases = allCases(partition);

    test.each(EACH.map(each => [each.Sid, each] as const))('%s alone denies what it is for, and nothing else', async (sid, statement) => {
      const actions = actionsOf(statement); // whole documents, below, are asked about all else as well
      const touched = cases.filter(({ action }) => actions.includes('*') || actions.includes(action));

      expect(touched.filter(({ deniedBy }) => deniedBy.includes(sid)).length).toBeGreaterThan(0);
      expect(touched.filter(({ deniedBy }) => !deniedBy.includes(sid)).length).toBeGreaterThan(isUnconditional(statement) ? -1 : 0);
      expect(await surprises(touched, developer, [statement], mode)).toEqual([]);
    });

    test('a launch that requires tokens within the hop limit passes with everything that EC2 asks for', async () => {
      const good = launches(partition).filter(({ context }) => context['ec2:MetadataHttpTokens'] === 'required' && context['ec2:MetadataHttpPutResponseHopLimit'] === '2');

      expect(good).toHaveLength(3);
      expect(await answersOtherThan('allowed', [...launchParts(partition), ...good], developer, [documentFor(mode, statementsOf({}))], mode)).toEqual([]);
    });

    test('remediation passes: requiring tokens of an instance that does not', async () => {
      const remedies = modifications(partition).filter(({ context }) => context['ec2:Attribute/HttpTokens'] === 'required' && context['ec2:Attribute/HttpPutResponseHopLimit'] !== '3');

      expect(remedies).toHaveLength(24);
      for (const props of [{}, { httpEndpoint: false }]) {
        expect(await answersOtherThan('allowed', remedies, developer, [documentFor(mode, statementsOf(props))], mode)).toEqual([]);
      }
    });

    test.each([[`${ACCOUNT_DEFAULTS_ROLE_PATH.slice(1)}Role`, 'allowed'], ['cdk-imds-guard/Role', 'denied'], [`x${ACCOUNT_DEFAULTS_ROLE_PATH}Role`, 'denied'], [DEVELOPER, 'denied']])(
      'the role %s that changes the defaults is %s', async (path, answer) => {
        const documents = [documentFor(mode, statementsOf({}))];
        const other = answer === 'denied' ? 'allowed' : 'denied';

        expect(await answersOtherThan(other, changesOfDefaults, roleIn(partition, path), documents, mode)).toEqual(changesOfDefaults.map(({ name }) => `${name}: ${answer}`));
      });
  });
});

describe.each(PARTITIONS)('in %s', partition => {
  test.each([
    ['the defaults', {}],
    ['no IMDS', { httpEndpoint: false }],
    ['this partition alone', { includeStatements: EVERYTHING, partition }],
  ] as const)('the policy that users get denies exactly what it is for: %s', async (_name, props: ImdsPoliciesProps) => {
    expect(await surprises(allCases(partition), roleIn(partition, DEVELOPER), statementsOf(props), 'service control policy')).toEqual([]);
  });
});

test.each([1, 2, 3])('the maximum hop limit is %i: higher ones are denied at launch and on change', async max => {
  const cases = [...launches('aws'), ...modifications('aws')]
    .map(each => ({ ...each, hops: each.context['ec2:Attribute/HttpPutResponseHopLimit'] ?? (each.name.startsWith('launch') ? each.context['ec2:MetadataHttpPutResponseHopLimit'] : undefined) }))
    .map(each => ({ ...each, deniedBy: Number(each.hops) > max ? ['MaxImdsHopLimit', 'DenyHopRaise'] : [] }));
  const statements = statementsOf({ maxHttpPutResponseHopLimit: max }).filter(({ Sid }) => ['MaxImdsHopLimit', 'DenyHopRaise'].includes(Sid));

  expect(await surprises(cases, roleIn('aws', DEVELOPER), statements, 'service control policy')).toEqual([]);
});

test('a document for one partition denies nothing in the others', async () => {
  const documents = [documentOf(statementsOf({ partition: 'aws-cn', excludeStatements: [ImdsPolicyStatement.ACCOUNT_DEFAULTS] }))];
  const bad = (partition: string): Case => launches(partition).find(({ deniedBy }) => deniedBy.includes('RequireImdsV2'))!;

  expect(await answerTo(bad('aws-cn'), roleIn('aws-cn', DEVELOPER), documents, 'service control policy')).toBe('denied');
  expect(await answerTo(bad('aws'), roleIn('aws', DEVELOPER), documents, 'service control policy')).toBe('allowed');
});

test.each(MODES)('several documents deny what one would, as %s', async mode => {
  const statements = statementsOf({ includeStatements: EVERYTHING });
  const documents = statements.map(each => documentOf([each]));
  const attached = mode === 'permission boundary' ? [documentFor(mode, statements)] : documents; // a principal has one boundary

  expect(await surprises(allCases('aws'), roleIn('aws', DEVELOPER), statements, mode, attached)).toEqual([]);
});

test('the permission boundary that users get allows what it does not deny', async () => {
  const policies = new ImdsPolicies({ includeStatements: EVERYTHING });
  const documents = [policies.permissionBoundaryDocument().toJSON()];

  expect(await surprises(allCases('aws'), roleIn('aws', DEVELOPER), statementsOf({ includeStatements: EVERYTHING }), 'permission boundary', documents)).toEqual([]);
});

test('the managed policies that users get deny the same', async () => {
  const documents = new ImdsPolicies({ includeStatements: EVERYTHING }).managedPolicyDocuments().map(each => each.toJSON());

  expect(await surprises(allCases('aws'), roleIn('aws', DEVELOPER), statementsOf({ includeStatements: EVERYTHING }), 'identity policy', documents)).toEqual([]);
});
