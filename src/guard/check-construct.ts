import { Construct } from '../cdk/cdk';
import { described } from '../engine/surfaces/settings';

/** Plain JavaScript takes any value, such as the options alone. */
export function checkConstruct(call: string, value: unknown, example: string): void {
  if (!Construct.isConstruct(value)) { throw new TypeError(`${call} must be given a construct, such as ${example}, got ${described(value)}`); }
}
