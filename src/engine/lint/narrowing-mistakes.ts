import { Case, casesOf } from './case';
import { DEFAULTS, keyRowOf, MODIFY } from './keys';
import { IAM, isDeny, Mistake } from './mistake';
import { Narrowing, narrowingsOf } from './narrowing';
import { StatementView } from './statement-view';

const SAME = {
  reason: (one: Case) => narrowingOf(one)!.reason,
  path: (one: Case) => { const { operator, key } = narrowingOf(one)!.condition; return ['Condition', operator, key]; },
  isLeftOut: ({ key }: { readonly key: string }, one: Case) => narrowings(one).some(({ condition }) => condition.key === key),
  page: `${IAM}/reference_policies_condition-keys.html`,
};

/** Conditions on other keys than those of IMDS, with which a Deny holds in some places, for some or for some time only. */
export const NARROWING_MISTAKES: readonly Mistake[] = [
  { id: 'void', rule: 'policy-denies-too-little', isSeen: one => isSubject(one) && narrowingOf(one)?.isVoid === true && !isDeniedBeside(one), ...SAME },
  { id: 'narrowed-down', rule: 'policy-holds-in-part', isSeen: one => isSubject(one) && narrowingOf(one) !== undefined && !isDeniedBeside(one), ...SAME },
];

function narrowings({ statement, circumstances }: Case): Narrowing[] {
  return narrowingsOf(statement.others, circumstances.date);
}

/** What leaves most open. */
function narrowingOf(one: Case): Narrowing | undefined {
  const all = narrowings(one);
  return all.find(({ isVoid }) => isVoid) ?? all[0];
}

/** Whether the statement is there for this: its key, or the action by its name. An endpoint beside another key is an exemption. */
function isSubject(one: Case): boolean {
  if (!isDeny(one)) { return false; }
  const { row, statement, action } = one;
  if (row === undefined) { return one.key === undefined && one.isNamed && [MODIFY, DEFAULTS].includes(action); }
  const isBeside = row.setting === 'endpoint' && statement.conditions.some(({ key }) => { const other = keyRowOf(key); return other !== undefined && other.setting !== 'endpoint'; });
  return one.isCarried && row.setting !== 'template version' && !isBeside;
}

/** Whether the document denies the same in another statement that leaves nothing open. */
function isDeniedBeside({ action, row, circumstances }: Case): boolean {
  const isSame = (each: Case): boolean => isDeny(each) && each.action === action && each.row?.setting === row?.setting && each.onWeak !== false;
  const isSo = (other: StatementView): boolean => (
    narrowingsOf(other.others, circumstances.date).length === 0 && casesOf(other, circumstances).some(isSame)
  );
  return circumstances.isBeside?.(isSo) === true;
}
