import { RequireImdsv2Props } from '../scopes/require-imdsv2-props';

/**
 * How a scope is guarded: what is written, what is checked, and which exemptions are allowed.
 */
export interface ImdsGuardOptions extends RequireImdsv2Props {
  /**
   * How many days from today the end of an `ImdsExemption` may be away, from 1. One that is further away does not count and fails the check.
   *
   * Of nested scopes the strictest decides.
   *
   * @default - any number of days
   */
  readonly maxExemptionDays?: number;

  /**
   * Whether exemptions count for nothing and fail the check. An inner scope cannot allow them again.
   *
   * So do inner calls that ask for less: that observe, exclude a type, raise a hop limit or leave the endpoint on.
   *
   * @default false
   */
  readonly forbidExemptions?: boolean;

  /**
   * Whether CDK acknowledgements of rules (`Validations.of(x).acknowledge`), which have no owner and no end, count for nothing and fail the
   * check. An inner scope cannot allow them again.
   *
   * @default false
   */
  readonly forbidAcknowledgements?: boolean;
}
