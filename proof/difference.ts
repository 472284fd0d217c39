import { renewedBetween, renewedByService } from './rolled';
import { changesBetween } from '../examples/demo/changes';
import { Templates } from '../examples/demo/template';

/** What the guard makes of an app, read from its templates before and after, without the engine. Each is a construct path or a logical id. */
export interface Difference {
  readonly changed: number;
  readonly added: readonly string[];
  /** Also what is there under another logical id. */
  readonly removed: readonly string[];
  readonly replaced: readonly string[];
  /** Launch configurations have no update: CloudFormation makes a new one and the group stays. */
  readonly newConfigurations: readonly string[];
  /** Groups whose own update policy renews their instances. */
  readonly rolled: readonly string[];
  /** Groups that their own update policy replaces. */
  readonly replacedGroups: readonly string[];
  /** What a service renews by itself. */
  readonly renewedByService: readonly string[];
  /** What changes that is no setting of IMDS, and no hash of a template that holds one. */
  readonly besides: readonly string[];
}

export function differenceBetween(before: Templates, after: Templates): Difference {
  const changes = changesBetween(before, after);
  const renewed = renewedBetween(before, after);
  const paths = (is: (change: typeof changes[number]) => boolean) => changes.filter(is).map(({ path }) => path);
  return {
    changed: changes.length,
    added: paths(({ impact }) => impact === 'addition'),
    removed: paths(({ impact }) => impact === 'removal'),
    replaced: paths(({ impact, objection }) => impact === 'replacement' && objection !== undefined),
    newConfigurations: paths(({ impact, objection }) => impact === 'replacement' && objection === undefined),
    rolled: renewed.rolled,
    replacedGroups: renewed.replaced,
    renewedByService: renewedByService(before, after),
    besides: changes.filter(({ impact, objection }) => impact === 'update' && objection).map(({ path, objection }) => `${path}: ${objection}`),
  };
}
