import { Undecided } from './concrete';
import { isMisspelt, keyRowOf } from './keys';
import { KeyCondition } from './operators';
import { isObject, isScalar } from '../json/json';

/** Where something is below the statement. */
export type Path = readonly string[];

/** A statement of IAM, with lists in place of what may be one or many. */
export interface StatementView {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';

  /** With `isNot`, all but these. */
  readonly actions: readonly string[];
  readonly isNotAction: boolean;
  readonly resources: readonly string[];
  readonly isNotResource: boolean;
  readonly conditions: readonly KeyCondition[];

  /** The conditions on something else than IMDS. */
  readonly others: readonly KeyCondition[];

  /** The conditions on each key about IMDS, in small letters. */
  readonly aboutImds: ReadonlyMap<string, readonly KeyCondition[]>;

  /** What is not known before deployment, of what decides. */
  readonly undecided: readonly { readonly path: Path; readonly reason: string }[];
}

/** Undefined for what is no statement. */
export function statementView(statement: unknown): StatementView | undefined {
  if (!isObject(statement) || (statement.Effect !== 'Allow' && statement.Effect !== 'Deny')) { return undefined; }
  const isNotAction = statement.Action === undefined && statement.NotAction !== undefined;
  const isNotResource = statement.Resource === undefined && statement.NotResource !== undefined;
  const [action, resource] = [isNotAction ? 'NotAction' : 'Action', isNotResource ? 'NotResource' : 'Resource'];
  const conditions = isObject(statement.Condition) ? statement.Condition : {};
  const pairs = Object.entries(conditions).flatMap(([operator, keys]) => (
    isObject(keys) ? Object.entries(keys).map(([key, value]) => ({ operator, key, value })) : []
  ));
  const all = pairs.map(({ operator, key, value }) => ({ operator, key, values: textsIn(value), ...isUndecided(value) && { isOpen: true } }));
  const [about, others] = [all.filter(({ key }) => isAboutImds(key)), all.filter(({ key }) => !isAboutImds(key))];
  return {
    sid: isScalar(statement.Sid) ? String(statement.Sid) : undefined,
    effect: statement.Effect,
    actions: textsIn(statement[action]),
    isNotAction,
    resources: textsIn(statement[resource]),
    isNotResource,
    conditions: all,
    others,
    aboutImds: byKey(about),
    undecided: [
      ...undecidedIn(statement[action], [action]),
      ...undecidedIn(statement[resource], [resource]).filter(each => each.decides),
      ...undecidedIn(statement.Condition, ['Condition']),
      ...Object.entries(conditions).flatMap(([operator, keys]) => undecidedIn(keys, ['Condition', operator])),
      ...pairs.filter(({ key }) => isAboutImds(key)).flatMap(({ operator, key, value }) => undecidedIn(value, ['Condition', operator, key])),
    ],
  };
}

function byKey(conditions: readonly KeyCondition[]): Map<string, KeyCondition[]> {
  const found = new Map<string, KeyCondition[]>();
  for (const each of conditions) {
    const key = each.key.toLowerCase();
    const same = found.get(key);
    if (same) { same.push(each); } else { found.set(key, [each]); }
  }
  return found;
}

/** Whether a condition key is about IMDS, or meant to be. */
export function isAboutImds(key: string): boolean {
  return keyRowOf(key) !== undefined || isMisspelt(key);
}

/** Numbers and true stand for their text. An ARN that is only known in part is a pattern. */
function textsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap(each => {
    if (isScalar(each)) { return [String(each)]; }
    return each instanceof Undecided && each.text !== undefined ? [each.text.replace(/\$\{\}/g, '*')] : [];
  });
}

function isUndecided(value: unknown): boolean {
  return (Array.isArray(value) ? value : [value]).some(each => each instanceof Undecided);
}

/** An ARN decides where its last part is not known: its partition, Region and account narrow it down, whatever they are. */
function undecidedIn(value: unknown, path: Path): { path: Path; reason: string; decides: boolean }[] {
  return (Array.isArray(value) ? value : [value]).flatMap(each => (
    each instanceof Undecided ? [{ path, reason: each.reason, decides: !/^arn:[^:]*:ec2:[^:]*:[^:]*:[^$]+$/.test(each.text ?? '') }] : []
  ));
}
