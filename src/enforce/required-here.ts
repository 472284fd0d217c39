import { CfnResource } from '../cdk/cdk';
import { haveSameEntries, JsonObject } from '../engine/json/json';
import { LaunchSurface } from '../engine/surfaces/surface';
import { givenOptionsOf } from '../tree/properties';

/** Resources that did not require tokens, or not in every branch, and the options that enforcement wrote there. */
const WRITTEN = new WeakMap<CfnResource, JsonObject | 'hidden'>();

/** To be called after tokens were required. */
export function noteRequired(resource: CfnResource, surface: LaunchSurface): void {
  WRITTEN.set(resource, givenOptionsOf(resource, surface));
}

/** To be called where a token turns out not to require tokens when it is resolved. Nothing is read here, since that would resolve it again. */
export function noteRequiredLater(resource: CfnResource): void {
  if (!WRITTEN.has(resource)) { WRITTEN.set(resource, 'hidden'); }
}

/**
 * Who requires tokens on a resource that an earlier look has written: enforcement, or the author as well.
 *
 * CDK's own aspects, such as the one of `requireImdsv2`, run after the first look and put options of the same content in place of those
 * that were written. Nobody would do that but to require tokens, so without enforcement the template would be the same.
 */
export function requiredEarlierBy(resource: CfnResource, surface: LaunchSurface): 'nobody' | 'enforcement' | 'author' {
  const written = WRITTEN.get(resource);
  if (written === undefined) { return 'nobody'; }
  const present = written === 'hidden' ? written : givenOptionsOf(resource, surface);
  if (present === 'hidden' || written === 'hidden' || present === written) { return 'enforcement'; }
  if (Object.keys(written).length === 0) { return 'enforcement'; } // in an override, since the class of an older CDK lacks the property
  return haveSameEntries(present, written) ? 'author' : 'enforcement';
}
