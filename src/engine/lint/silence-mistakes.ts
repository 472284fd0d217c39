import { LAUNCHES } from './keys';
import { isDeny, Mistake, OPERATORS, operatorsOf } from './mistake';

/** A request that does not say passes. */
export const SILENCE_MISTAKES: readonly Mistake[] = [
  {
    id: 'silence-passes',
    rule: 'policy-holds-in-part',
    isSeen: one => isDeny(one) && LAUNCHES.includes(one.action) && one.isCarried && one.row!.setting === 'tokens' && !one.onMissing,
    reason: one => `${operatorsOf(one)} is false for a missing key, so a request that does not say passes; StringNotEquals denies it as well`,
    page: OPERATORS,
  },
  {
    id: 'allowed-if-silent',
    rule: 'policy-holds-in-part',
    isSeen: one => one.statement.effect === 'Allow' && LAUNCHES.includes(one.action) && one.isCarried && one.row!.setting === 'tokens' && one.onMissing
      && one.onStrong === true && one.onWeak === false,
    reason: one => `${operatorsOf(one)} is true for a missing key, so a request that does not say is allowed; a Deny with StringNotEquals stops it`,
    page: OPERATORS,
  },
];
