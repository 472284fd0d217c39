import { CHANGES, isMisspelt, KeyRow, keyRowOf, LAUNCHES, WITHOUT_KEYS } from './keys';
import { holds, KeyCondition } from './operators';
import { isAboutImds, StatementView } from './statement-view';
import { STATEMENTS } from '../policies/policy-statements';
import { matches } from '../text/wildcard';

/** Where a policy is, as far as that is known. */
export interface Circumstances {
  /** Where it is to hold. */
  readonly partition?: string;

  /** As Organizations calls it, such as `RESOURCE_CONTROL_POLICY`. */
  readonly type?: string;

  /** The day that is held against conditions on the time. */
  readonly date?: string;

  /** The partitions that other ARNs of the document name. */
  readonly partitions: readonly string[];

  /** Whether another statement of the document is so, whenever the statement is there. */
  readonly isBeside?: (isSo: (other: StatementView) => boolean) => boolean;
}

/** One condition key of a statement, and one of the actions that it is about. */
export interface Case {
  readonly statement: StatementView;
  readonly circumstances: Circumstances;

  /** Undefined for a statement that is about IMDS by its action alone. */
  readonly key?: string;
  readonly row?: KeyRow;

  /** The conditions on the key, all of which must hold. */
  readonly conditions: readonly KeyCondition[];

  /** `*` where the statement is about no action of IMDS. */
  readonly action: string;

  /** Whether the statement names it, and not just a pattern for it. */
  readonly isNamed: boolean;

  /** Whether the action has the key. */
  readonly isCarried: boolean;

  /** Whether the conditions hold where the key has its weak or its strong value, or is missing. Undefined where it has none such. */
  readonly onWeak?: boolean;
  readonly onStrong?: boolean;
  readonly onMissing: boolean;
}

/** What is launched, changed or set by an action that has to do with IMDS. */
const ACTIONS: readonly string[] = [...new Set([...STATEMENTS.flatMap(({ actions }) => actions), ...LAUNCHES, ...CHANGES, ...WITHOUT_KEYS])].filter(each => each !== '*');

/** Every question that the table of mistakes asks of a statement. */
export function casesOf(statement: StatementView, circumstances: Circumstances): Case[] {
  const keys = [...statement.aboutImds.values()].map(same => same[same.length - 1].key);
  const actions = ACTIONS.filter(each => isMeant(statement, each));
  const asked: readonly (string | undefined)[] = keys.length > 0 ? keys : [undefined];
  return asked.flatMap(key => {
    const row = key === undefined ? undefined : keyRowOf(key);
    const ofAny = row?.of === 'session' || (actions.length === 0 && key !== undefined && (statement.isNotAction || isMisspelt(key)));
    return (ofAny ? ['*'] : actions).map(action => caseOf(statement, circumstances, key, action));
  });
}

function caseOf(statement: StatementView, circumstances: Circumstances, key: string | undefined, action: string): Case {
  const row = key === undefined ? undefined : keyRowOf(key);
  const conditions = statement.aboutImds.get(key?.toLowerCase() ?? '') ?? [];
  const on = (actual: string | undefined): boolean => conditions.every(each => holds(each, actual));
  return {
    statement,
    circumstances,
    key,
    row,
    conditions,
    action,
    isNamed: statement.actions.some(each => each.toLowerCase() === action.toLowerCase()),
    isCarried: row !== undefined && (row.of === 'session' || row.actions.includes(action)),
    ...row?.weak !== undefined && { onWeak: on(row.weak), onStrong: on(row.strong) },
    onMissing: on(undefined),
  };
}

/** IAM does not mind capitals in actions. */
function isMeant({ actions, isNotAction }: StatementView, action: string): boolean {
  return actions.some(each => matches(each.toLowerCase().replace(/\?/g, '*'), action.toLowerCase())) !== isNotAction;
}

/** Whether an action is among those that a statement names or leaves out. */
export function isListed({ actions }: StatementView, action: string): boolean {
  return actions.some(each => matches(each.toLowerCase().replace(/\?/g, '*'), action.toLowerCase()));
}

/** Whether every condition on IMDS, and on EC2 otherwise, holds where its key is missing: whatever lacks the keys is denied. */
export function holdsWithoutKeys({ conditions }: StatementView): boolean {
  return conditions.every(each => holds(each, undefined) || !(/^(?:ec2|autoscaling|sagemaker|imagebuilder):/i.test(each.key) || isAboutImds(each.key)));
}

/** Whether a change is denied that asks for nothing of what the statement is about. */
export function holdsForOtherChanges({ conditions }: StatementView): boolean {
  const asked = conditions.filter(({ key }) => { const row = keyRowOf(key); return row !== undefined && row.of !== 'state' && row.of !== 'session'; });
  return asked.length > 0 && asked.every(each => holds(each, undefined));
}
