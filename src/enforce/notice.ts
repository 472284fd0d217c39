import { CfnResource } from '../cdk/cdk';
import { MessageId } from '../engine/exemptions/messages';
import { annotate } from '../tree/annotate';

/** What somebody should know about a resource: data, so that it can be decided in one place and read in several. */
export interface Notice {
  readonly id: MessageId;
  readonly resource: CfnResource;
  readonly message: string;
}

export const NO_NOTICES: readonly Notice[] = [];

export function notice(resource: CfnResource, id: MessageId, message: string): Notice {
  return { id, resource, message };
}

/** The one place where enforcement writes annotations. */
export function report(notices: readonly Notice[]): void {
  for (const { resource, id, message } of notices) { annotate(resource, id, message); }
}
