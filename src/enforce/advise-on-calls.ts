import { Notice, NO_NOTICES, notice } from './notice';
import { CfnResource } from '../cdk/cdk';
import { callFindings } from '../engine/judge/judge-calls';
import { LaunchSurface } from '../engine/surfaces/surface';
import { renderedProperties } from '../tree/properties';
import { contextOfStack } from '../tree/stack-context';

/** Calls of APIs are not edited: what they ask for stands in texts of whatever form, which are the author's. */
export function adviceOnCalls(resource: CfnResource, surface: LaunchSurface): readonly Notice[] {
  if (!surface.calls) { return NO_NOTICES; }
  return callFindings(surface, renderedProperties(resource), contextOfStack(resource.stack))
    .map(({ reason, fix, path }) => notice(resource, 'cannot-enforce', `IMDSv2 cannot be required here: ${reason} (${path}); ${fix}`));
}
