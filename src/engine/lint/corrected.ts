import { Case, isListed } from './case';
import { KEYS, meantBy } from './keys';
import { KeyCondition } from './operators';
import { ExemptionCondition } from '../policies/policy-exemptions';
import { statementOf } from '../policies/policy-render';
import { policySettings } from '../policies/policy-settings';
import { Statement, StatementRow } from '../policies/policy-statement';
import { STATEMENTS } from '../policies/policy-statements';
import { HOP_LIMITS } from '../surfaces/settings';

/** Which of the other conditions are not kept. */
type IsLeftOut = (condition: KeyCondition) => boolean;

/** The statement of the policies for the same, with the name, the maximum and the other conditions of the one that is wrong. */
function correctedOf(one: Case, isLeftOut: IsLeftOut): Statement | undefined {
  const row = rowFor(one);
  if (!row) { return undefined; }
  const kept = one.statement.others.filter(each => !isLeftOut(each));
  const others = kept as readonly { operator: string }[] as readonly ExemptionCondition[];
  const isDeny = one.statement.effect === 'Deny';
  const corrected = statementOf(row, policySettings({ maxHttpPutResponseHopLimit: hopLimitOf(one), exemptions: isDeny ? others : [] }));
  return one.statement.sid === undefined || isShared(one) || !isDeny ? corrected : { ...corrected, Sid: one.statement.sid };
}

const ENDPOINTS = KEYS.filter(({ setting }) => setting === 'endpoint').map(({ key }) => key.toLowerCase());

/** How to mend a statement, in words. */
export function fixFor(one: Case, isLeftOut: IsLeftOut): string {
  const corrected = correctedOf(one, isLeftOut);
  if (!corrected) { return 'see the page'; }
  const text = JSON.stringify(corrected);
  if (one.statement.effect === 'Allow') { return `add ${text}`; }
  if (isShared(one) && one.isCarried) { return `give ${one.action} a statement of its own: ${text}`; }
  return isShared(one) && one.row ? `leave ${one.action} out of it, and have ${text}` : `write instead ${text}`;
}

/** Whether the statement is about several actions that need other conditions each. */
function isShared({ statement, action }: Case): boolean {
  return STATEMENTS.some(({ actions }) => !actions.includes(action) && !actions.includes('*') && actions.some(each => isListed(statement, each)));
}

/** The row for the same action and setting: the one that asks for no more than the statement does. */
function rowFor(one: Case): StatementRow | undefined {
  const { action, key, statement } = one;
  const setting = key === undefined ? undefined : (one.row ?? meantBy(key, action === '*' ? undefined : action))?.setting;
  const hasEndpoint = ENDPOINTS.some(each => statement.aboutImds.has(each));
  const wanted = new Set<string | undefined>([setting, ...hasEndpoint && setting === 'tokens' ? ['endpoint'] : []]);
  const rows = (of: string): readonly StatementRow[] => STATEMENTS.filter(({ actions }) => actions.includes(of));
  const blunt = one.row && !one.isCarried ? rows(action).find(({ conditions }) => conditions === undefined) : undefined;
  if (blunt) { return blunt; }
  const candidates = [...rows(action), ...rows('ec2:RunInstances')].filter(each => setting === undefined || settingsOf(each).includes(setting));
  const isSame = (settings: readonly string[]): boolean => settings.length === wanted.size && settings.every(each => wanted.has(each));
  return candidates.find(each => isSame(settingsOf(each))) ?? candidates[0];
}

function settingsOf({ conditions = {} }: StatementRow): string[] {
  const keys = Object.values(conditions).flatMap(each => Object.keys(each));
  return [...new Set(keys.flatMap(key => KEYS.find(each => each.key === key)?.setting ?? []))];
}

/** The maximum that the statement means. */
function hopLimitOf({ statement }: Case): number | undefined {
  const numbers = statement.conditions.filter(({ key }) => /hop/i.test(key)).flatMap(({ values }) => values.map(Number));
  return numbers.find(each => Number.isInteger(each) && each >= HOP_LIMITS.min && each <= HOP_LIMITS.max);
}
