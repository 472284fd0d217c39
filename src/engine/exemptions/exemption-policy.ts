import { Exemption } from './exemptions';
import { checkFlag } from '../surfaces/settings';

/** What an organization allows. */
export interface ExemptionPolicy {
  /** How far from today an end date may be. */
  readonly maxExemptionDays?: number;
  readonly forbidExemptions?: boolean;
  readonly forbidAcknowledgements?: boolean;

  /** Exemptions that the organization made itself: they count whatever else is forbidden. */
  readonly granted?: readonly Exemption[];
}

/** Throws when a prop is out of range, or of another type. */
export function checkPolicy({ maxExemptionDays: days, forbidExemptions, forbidAcknowledgements }: ExemptionPolicy): void {
  checkFlag('forbidExemptions', forbidExemptions);
  checkFlag('forbidAcknowledgements', forbidAcknowledgements);
  if (days !== undefined && !(Number.isInteger(days) && days >= 1)) {
    throw new Error(`'maxExemptionDays' must be a whole number of days from 1, got ${days}; 'forbidExemptions' allows none`);
  }
}

/** An inner scope may be stricter than the one around it, never laxer. */
export function strictest(policies: readonly ExemptionPolicy[]): ExemptionPolicy {
  const granted = policies.flatMap(each => each.granted ?? []);
  const days = policies.flatMap(({ maxExemptionDays }) => maxExemptionDays ?? []);
  return {
    maxExemptionDays: days.length > 0 ? Math.min(...days) : undefined,
    forbidExemptions: policies.some(each => each.forbidExemptions),
    forbidAcknowledgements: policies.some(each => each.forbidAcknowledgements),
    ...granted.length > 0 && { granted },
  };
}
