import { ExemptionCondition, exemptionOf } from './policy-exemptions';
import { PolicySettings } from './policy-settings';
import { ConditionValue, Statement, StatementRow } from './policy-statement';
import { STATEMENTS } from './policy-statements';

/** A boundary or a set of service control policies without any Allow denies everything. */
export const ALLOW_THE_REST: Statement = { Sid: 'AllowTheRest', Effect: 'Allow', Action: '*', Resource: '*' };

/** What the settings deny, as IAM and Organizations take it. */
export function statementsOf(settings: PolicySettings): Statement[] {
  const endpoint = settings.httpEndpoint === false ? 'off' : 'on';
  return STATEMENTS
    .filter(row => settings.statements.has(row.statement) && (row.endpoint ?? endpoint) === endpoint)
    .map(row => statementOf(row, settings));
}

/** What one row denies, whether the settings ask for it or not. */
export function statementOf(row: StatementRow, settings: PolicySettings): Statement {
  const condition = conditionOf(row, settings);
  return {
    Sid: row.sid,
    Effect: 'Deny',
    Action: oneOrMore(row.actions),
    Resource: row.resource === 'instance' ? `arn:${settings.partition}:ec2:*:*:instance/*` : '*',
    ...Object.keys(condition).length > 0 && { Condition: condition },
  };
}

function conditionOf({ conditions = {}, neededByRoles = [] }: StatementRow, settings: PolicySettings): NonNullable<Statement['Condition']> {
  const own = Object.entries(conditions)
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => ({ operator, key, values: [textOf(value, settings)] })));
  const needed = neededByRoles.length > 0 ? [exemptionOf.roles(neededByRoles.map(role => `arn:${settings.partition}:iam::*:role${role}`))] : [];
  return merged([...own, ...needed, ...settings.exemptions]);
}

/** Several values below one key of a negated operator: none of them. So exemptions of the same kind become one list. */
function merged(conditions: readonly (Omit<ExemptionCondition, 'operator'> & { readonly operator: string })[]): NonNullable<Statement['Condition']> {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const { operator, key, values } of conditions) {
    const keys = found.get(operator) ?? new Map<string, Set<string>>();
    found.set(operator, keys.set(key, new Set([...keys.get(key) ?? [], ...values])));
  }
  return Object.fromEntries([...found].map(([operator, keys]) => [
    operator, Object.fromEntries([...keys].map(([key, values]) => [key, oneOrMore([...values])])),
  ]));
}

function textOf(value: ConditionValue, settings: PolicySettings): string {
  return typeof value === 'string' ? value : String(settings[value.setting]);
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0] : values;
}
