import { KeyCondition, Operator, operatorOf } from './operators';

/** What a condition on another key than those of IMDS leaves open in a Deny. */
export interface Narrowing {
  readonly condition: KeyCondition;
  readonly reason: string;

  /** Whether nothing is denied at all, now and later. */
  readonly isVoid?: boolean;
}

interface Row {
  readonly isMeant: (key: string, operator: Operator) => boolean;

  /** Undefined where it leaves nothing open, or nobody can tell. */
  readonly reason: (condition: KeyCondition, operator: Operator, date: string | undefined) => Omit<Narrowing, 'condition'> | undefined;
}

const PLACES = /^(?:aws:requestedregion|ec2:region)$/i;
const IN_ALL_REQUESTS = /^aws:principalarn$/i;
const TAGS = /^\w+:\w*tag\//i;
const TIMES = /^aws:(?:currenttime|epochtime)$/i;

/** All who are bound may have it: those of an organization, or of the account that the policy is in. */
const MAY_BE_THE_SAME_FOR_ALL = /^aws:(?:principal|resource|source)(?:orgid|account)$/i;

/**
 * The first that says it of a condition counts. A negated condition exempts whom it names, such as a role or a tag, and holds for all others: that
 * is what exemptions are. Of Regions it leaves out all that is launched there. The time, the Region and the principal are in
 * every request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ROWS: readonly Row[] = [
  { isMeant: key => TIMES.test(key), reason: ofTime },
  { isMeant: (key, { isNegated }) => PLACES.test(key) && isNegated, reason: allBut },
  { isMeant: (key, { isNegated }) => IN_ALL_REQUESTS.test(key) && isNegated, reason: allButIfMost },
  { isMeant: (key, { kind }) => kind === 'null' && TAGS.test(key), reason: onlyWithTag },
  { isMeant: (key, operator) => PLACES.test(key) && operator.kind === 'text', reason: onlyWhere },
  { isMeant: (key, operator) => MAY_BE_THE_SAME_FOR_ALL.test(key) || (operator.kind === 'bool' && /^aws:/i.test(key)), reason: () => undefined },
  { isMeant: (_, { kind, isNegated, ifExists, set }) => kind !== 'null' && !isNegated && !ifExists && set !== 'all', reason: onlyWhere },
];

/** What the conditions of a Deny on other keys leave open, of what is known before deployment. Without a date nothing is over, or has begun. */
export function narrowingsOf(conditions: readonly KeyCondition[], date?: string): Narrowing[] {
  return conditions.flatMap(condition => {
    const operator = operatorOf(condition.operator);
    if (!operator || condition.values.length === 0) { return []; }
    const found = ROWS.find(({ isMeant }) => isMeant(condition.key, operator))?.reason(condition, operator, date);
    return found ? [{ condition, ...found }] : [];
  });
}

function onlyWhere({ operator, key, values }: KeyCondition, { kind, name }: Operator): { reason: string } | undefined {
  if (values.some(isMost)) { return undefined; }
  const where = kind === 'number' && name !== 'numericequals' ? `${operator} is true of ${key} and ${oneOf(values)}` : `${key} is ${oneOf(values)}`;
  return { reason: `it denies only where ${where}, and everything else passes` };
}

function allBut({ key, values, isOpen }: KeyCondition): Omit<Narrowing, 'condition'> {
  return { reason: `everything passes where ${key} is ${oneOf(values)}`, isVoid: !isOpen && values.some(isEverything) };
}

function allButIfMost(one: KeyCondition): Omit<Narrowing, 'condition'> | undefined {
  return !one.isOpen && one.values.some(isMost) ? allBut(one) : undefined;
}

function onlyWithTag({ key, values }: KeyCondition): { reason: string } | undefined {
  return values.some(each => each.toLowerCase() === 'true') ? undefined : { reason: `it denies only where ${key} is there, and everything else passes` };
}

function isEverything(pattern: string): boolean {
  return /^(?:\*+|arn:\*|arn:[\w*-]+:iam::\*:\*)$/.test(pattern);
}

/** Everything, or every role. */
function isMost(pattern: string): boolean {
  return isEverything(pattern) || /^arn:[\w*-]+:iam::\*:role\/\*$/.test(pattern);
}

/** One of several times is enough: the first to begin, and the last to end. */
function ofTime(condition: KeyCondition, operator: Operator, date: string | undefined): Omit<Narrowing, 'condition'> | undefined {
  const { name } = operator;
  const times = condition.values.map(value => ({ value, time: timeOf(value) })).sort((a, b) => a.time - b.time);
  if (times.some(({ time }) => Number.isNaN(time))) { return undefined; }
  const now = date === undefined ? undefined : Date.parse(date);
  const [first, last] = [times[0], times[times.length - 1]];
  if (/greaterthan/.test(name)) { return now !== undefined && first.time <= now ? undefined : { reason: `it denies nothing before ${first.value}` }; }
  if (!/lessthan/.test(name)) { return operator.isNegated ? undefined : onlyWhere(condition, operator); }
  return now !== undefined && last.time <= now ? { reason: `it denies nothing any more: it ended with ${last.value}`, isVoid: true }
    : { reason: `it denies nothing after ${last.value}` };
}

/** A date of ISO 8601, in UTC where it names no zone, or seconds since 1970. */
function timeOf(value: string): number {
  return /^\d{5,}$/.test(value) ? Number(value) * 1000 : Date.parse(value.replace(/T[\d:.]+$/, '$&Z'));
}

const MOST = 3;

function oneOf(values: readonly string[]): string {
  if (values.length === 1) { return values[0]; }
  if (values.length <= MOST + 1) { return `${values.slice(0, -1).join(', ')} or ${values[values.length - 1]}`; }
  return `${values.slice(0, MOST).join(', ')} or one of ${values.length - MOST} others`;
}
