import { matches } from '../text/wildcard';

/** A condition of a statement on one key. */
export interface KeyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];

  /** Whether one of the values is only known when the stack is deployed: `*` stands for what is not. */
  readonly isOpen?: boolean;
}

export interface Operator {
  readonly kind: 'text' | 'number' | 'bool' | 'null' | 'other';
  readonly isNegated: boolean;

  /** True where the key is missing. */
  readonly ifExists: boolean;
  readonly set?: 'any' | 'all';
  readonly name: string;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const NAMES: readonly (readonly [kind: Operator['kind'], names: readonly string[]])[] = [
  ['text', ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike']],
  ['number', ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals']],
  ['bool', ['Bool']],
  ['null', ['Null']],
  ['other', [
    'DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals', 'BinaryEquals',
    'IpAddress', 'NotIpAddress', 'ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike',
  ]],
];

export const OPERATOR_NAMES: readonly string[] = NAMES.flatMap(([, names]) => names);

/** Undefined for one that IAM does not know. */
export function operatorOf(text: string): Operator | undefined {
  const [, set, name, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/i.exec(text)!;
  const kind = NAMES.find(([, names]) => names.some(each => each.toLowerCase() === name.toLowerCase()))?.[0];
  return kind && {
    kind, name: name.toLowerCase(), isNegated: /not/i.test(name), ifExists: ifExists !== undefined, ...set && { set: /any/i.test(set) ? 'any' : 'all' },
  };
}

/**
 * Whether a condition holds where its key has a value, or is missing. Of an operator that IAM does not know nothing holds.
 *
 * A negated operator holds where the key is missing, and so does each with `…IfExists`.
 */
export function holds({ operator: text, values }: KeyCondition, actual: string | undefined): boolean {
  const operator = operatorOf(text);
  if (!operator) { return false; }
  if (operator.kind === 'null') { return values.some(each => (each.toLowerCase() === 'true') === (actual === undefined)); }
  if (actual === undefined) { return operator.set === 'any' ? false : operator.set === 'all' || operator.ifExists || operator.isNegated; }
  const isOne = values.some(each => isMet(operator, each, actual));
  return operator.isNegated ? !isOne : isOne;
}

function isMet({ kind, name }: Operator, wanted: string, actual: string): boolean {
  if (kind === 'number') { return compares(name, Number(wanted), Number(actual)); }
  const [one, other] = /ignorecase|bool/.test(name) ? [wanted.toLowerCase(), actual.toLowerCase()] : [wanted, actual];
  return /like/.test(name) ? matches(one, other) : one === other;
}

function compares(name: string, wanted: number, actual: number): boolean {
  switch (name) {
    case 'numericlessthan': return actual < wanted;
    case 'numericlessthanequals': return actual <= wanted;
    case 'numericgreaterthan': return actual > wanted;
    case 'numericgreaterthanequals': return actual >= wanted;
    default: return actual === wanted;
  }
}
