import { contextOf } from '../../../src/engine/evaluator/context';
import { lintDocument } from '../../../src/engine/lint/lint-document';
import { ec2PolicyOf } from '../../../src/engine/policies/policy-ec2';
import { ExemptionCondition, exemptionOf } from '../../../src/engine/policies/policy-exemptions';
import { ALLOW_THE_REST, statementsOf } from '../../../src/engine/policies/policy-render';
import { PolicyChoices, policySettings } from '../../../src/engine/policies/policy-settings';
import { STATEMENT_IDS, StatementId } from '../../../src/engine/policies/policy-statement';

/** Every option of `imds-guard policy`, each value with each of the others. */
const PARTITIONS = ['*', 'aws', 'aws-cn', 'aws-us-gov'];
const STATEMENTS = (httpEndpoint?: boolean): StatementId[] => STATEMENT_IDS.filter(each => httpEndpoint !== true || each !== 'endpoint-disabled');
const EXEMPTIONS = (partition: string): ExemptionCondition[] => [
  exemptionOf.roles([`arn:${partition}:iam::*:role/x/*`]),
  exemptionOf.principalTag('imds-exempt', 'true'),
  exemptionOf.organizationPaths(['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*']),
];
const CHOICES: PolicyChoices[] = PARTITIONS
  .flatMap((partition): PolicyChoices[] => [undefined, true, false].map(httpEndpoint => ({ partition, httpEndpoint })))
  .flatMap(each => [1, 2, 64].map(maxHttpPutResponseHopLimit => ({ ...each, maxHttpPutResponseHopLimit })))
  .flatMap(each => [[], EXEMPTIONS(each.partition!)].map(exemptions => ({ ...each, exemptions })))
  .flatMap(each => [[], STATEMENTS(each.httpEndpoint)].map(includeStatements => ({ ...each, includeStatements })));
const lint = (document: unknown): unknown => lintDocument(document, contextOf(), {});

test.each(CHOICES.map(each => [JSON.stringify(each), each] as const))('a policy of ours has no mistake: %s', (_name, choices) => {
  const statements = statementsOf(policySettings(choices));

  expect(lint({ Statement: statements })).toEqual([]);
  expect(lint({ Statement: [ALLOW_THE_REST, ...statements] })).toEqual([]);
  expect(statements.flatMap(each => lint({ Statement: each }))).toEqual([]);
});

describe.each([undefined, true, false])('nor has an EC2 policy of ours, endpoint %s', httpEndpoint => {
  test.each([[true, 1], [true, 2], [true, 64], [false, 1], [false, 64]])('enforced %s, %s hops', (httpTokensEnforced, httpPutResponseHopLimit) => {
    const settings = policySettings({ httpEndpoint, httpPutResponseHopLimit, maxHttpPutResponseHopLimit: 64 });

    expect(lint(ec2PolicyOf(settings, { httpTokensEnforced, exceptionMessage: 'IMDSv2 only' }))).toEqual([]);
  });
});
