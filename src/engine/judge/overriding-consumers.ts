import { JudgeContext } from './judge-context';
import { logicalIdIn } from '../evaluator/scope';
import { LaunchReferrer } from '../templates/launch-references';
import { hasName } from '../templates/launch-referrer';
import { strayMention } from '../templates/other-uses';

/** All that is known to use a template has an option of its own, which wins over the template's. */
export interface Cover {
  /** Who else may use it: then what the template says matters all the same. */
  readonly leak?: string;
}

/** Whether a template launches nothing that takes an option from it, as far as its consumers are known. */
export function coverOf({ launcher, connections }: Pick<JudgeContext, 'launcher' | 'connections'>, hasOption: (consumer: LaunchReferrer) => boolean): Cover | undefined {
  const consumers = connections.to(launcher.address);
  const isCovered = consumers.length > 0 && consumers.every(({ from, reference }) => hasOption({ ...from, context: reference.context }));
  return isCovered ? { leak: leakOf(launcher) } : undefined;
}

/** Whether nobody else can use the template, so that what it says does not matter. */
export function isComplete(cover: Cover | undefined): boolean {
  return cover !== undefined && cover.leak === undefined;
}

export function leakIn(cover: Cover | undefined): string {
  return cover?.leak === undefined ? '' : `; its consumers here have options of their own, but ${cover.leak}`;
}

/**
 * Whether an edit of the template would replace a consumer, so that it is best left as it is.
 *
 * Where it would not, nothing is gained by leaving a weak value there.
 */
export function isPinned({ launcher, connections }: Pick<JudgeContext, 'launcher' | 'connections'>): boolean {
  return connections.replacedByEditOf(launcher.address).length > 0;
}

/** What an edit of a template does to consumers that are pinned to its version number. */
export function replacementBy({ launcher, connections }: Pick<JudgeContext, 'launcher' | 'connections'>): string {
  const pinned = connections.replacedByEditOf(launcher.address);
  return pinned.length === 0 ? '' : `, which makes a new version and so replaces ${pinned.map(({ address }) => logicalIdIn(address)).join(', ')}`;
}

/** How others than those who are known to use a template may come to use it. */
function leakOf({ surface, properties, logicalId, context: { scope } }: JudgeContext['launcher']): string | undefined {
  return hasName(surface, properties) ? `${surface.nameProperty} lets others use it` : strayMention(scope, logicalId);
}
