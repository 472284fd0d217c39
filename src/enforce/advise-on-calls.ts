import { Notice, NO_NOTICES, notice } from './notice';
import { CfnResource } from '../cdk/cdk';
import { callFindings } from '../engine/judge/judge-calls';
import { LaunchSurface } from '../engine/surfaces/surface';
import { renderedProperties } from '../tree/properties';
import { contextOfStack } from '../tree/stack-context';

/** Calls of APIs and starts of automations are not edited: what they ask for is the author's to write, in texts of whatever form. */
export function adviceOnCalls(resource: CfnResource, surface: LaunchSurface): readonly Notice[] {
  if (!surface.calls && !surface.starts) { return NO_NOTICES; }
  const found = callFindings(surface, renderedProperties(resource), contextOfStack(resource.stack));
  return [...new Set(found.map(({ reason, fix, path }) => `IMDSv2 cannot be required here: ${reason} (${path}); ${fix}`))]
    .map(message => notice(resource, 'cannot-enforce', message));
}
