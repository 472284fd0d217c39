import { daysBetween } from './calendar';
import { ExemptionPolicy } from './exemption-policy';
import { CarriedExemption, Exemption } from './exemptions';
import { ReportedExemption } from '../findings/report';
import { RuleId } from '../findings/rules';

/** What an exemption is worth on a day. */
export interface Standing {
  readonly state: ReportedExemption['state'];

  /** 0 on the last day, negative after it. */
  readonly daysLeft?: number;

  /** What is reported about it. */
  readonly notice?: Notice;
}

export interface Notice {
  readonly rule: RuleId;
  readonly reason: string;
  readonly fix: string;
  readonly values?: readonly unknown[];
}

/** Warnings begin so many days before the end. */
const WARNING_DAYS = 14;

export function standingOf(exemption: CarriedExemption, date: string, policy: ExemptionPolicy): Standing {
  const { problem, until, reason, owner } = exemption;
  if (problem !== undefined || until === undefined) { return invalid(problem ?? '\'until\' is missing'); }
  const daysLeft = daysBetween(date, until);
  const values = [until];
  const why = notAllowed(exemption, daysLeft, policy);
  if (why) { return { state: 'not allowed', daysLeft, notice: { rule: 'exemption-not-allowed', values, ...why } }; }
  const what = `${reason}, owner ${owner}`;
  if (daysLeft < 0) {
    const notice = { reason: `the exemption ended on ${until}, ${inDays(-daysLeft)} ago: ${what}`, fix: 'require IMDSv2 and remove the exemption, or agree on a new end date' };
    return { state: 'expired', daysLeft, notice: { rule: 'exemption-expired', values, ...notice } };
  }
  if (daysLeft > WARNING_DAYS) { return { state: 'active', daysLeft }; }
  const end = daysLeft === 0 ? 'today' : `in ${inDays(daysLeft)}`;
  const notice = { reason: `the exemption ends ${end}, on ${until}: ${what}`, fix: 'require IMDSv2 before then, or agree on a new end date' };
  return { state: 'expiring', daysLeft, notice: { rule: 'exemption-expiring', values, ...notice } };
}

/** Whether it has an effect. */
export function isInForce({ state }: Standing): boolean {
  return state === 'active' || state === 'expiring';
}

/** The same, where it turned out that nothing needs it; with the rules that it covers, and what was found in their stead. */
export function unused(standing: Standing, what: string, covered: readonly string[] = [], found: readonly string[] = []): Standing {
  const [reason, fix] = found.length > 0 && covered.length > 0
    ? [`${what} covers ${covered.join(', ')}, but ${found.join(', ')} was found`, 'add what was found to the rules that it covers if it is meant for that, or remove it']
    : [`${what} covers nothing that needs one`, 'remove it, or correct what it is meant for'];
  return { ...standing, state: 'unused', notice: { rule: 'exemption-unused', reason, fix } };
}

/** That others apply to the same resource. */
export function overlap(counting: string, others: readonly string[]): Notice {
  return {
    rule: 'exemption-overlap',
    reason: `the exemption of ${counting} counts, but that of ${others.join(', ')} applies too`,
    fix: 'keep one of them',
  };
}

function invalid(problem: string): Standing {
  return { state: 'invalid', notice: { rule: 'exemption-invalid', reason: problem, fix: 'give a reason, an owner and an end date, as ImdsExemption.add does' } };
}

/** Why, and what to do about it. */
function notAllowed(exemption: CarriedExemption, daysLeft: number, policy: ExemptionPolicy): Pick<Notice, 'reason' | 'fix'> | undefined {
  const { until, notAllowed: before } = exemption;
  const { forbidExemptions, maxExemptionDays: max, granted = [] } = policy;
  if (granted.some(each => isSameExemption(each, exemption))) { return undefined; }
  if (forbidExemptions) { return { reason: 'exemptions are forbidden here', fix: 'require IMDSv2 and remove the exemption' }; }
  if (max !== undefined && daysLeft > max) {
    return { reason: `the exemption ends on ${until}, in ${inDays(daysLeft)}, but at most ${inDays(max)} are allowed`, fix: 'agree on an earlier end date' };
  }
  return before === undefined ? undefined : { reason: before, fix: 'require IMDSv2 and remove the exemption, or agree on what is allowed' };
}

function isSameExemption(one: Exemption, other: CarriedExemption): boolean {
  return one.reason === other.reason && one.owner === other.owner && one.until === other.until && String(one.allow) === String(other.allow);
}

export function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
