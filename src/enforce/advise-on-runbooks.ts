import { Notice, notice } from './notice';
import { CfnResource } from '../cdk/cdk';
import { flawsOf } from '../engine/judge/judge-runbooks';
import { LaunchSurface } from '../engine/surfaces/surface';
import { runbooksStartedBy } from '../engine/templates/started-runbooks';
import { renderedProperties } from '../tree/properties';
import { contextOfStack } from '../tree/stack-context';

/** What an automation is given is the author's to write, so this is told and nothing is written. */
export function adviceOnRunbooks(resource: CfnResource, surface: LaunchSurface): readonly Notice[] {
  if (!surface.starts) { return []; }
  const flaws = runbooksStartedBy(surface, renderedProperties(resource), contextOfStack(resource.stack)).flatMap(flawsOf);
  return [...new Set(flaws.map(({ reason, fix }) => `${reason}; ${fix}`))]
    .map(why => notice(resource, 'cannot-enforce', `IMDSv2 cannot be required here: ${why}`));
}
