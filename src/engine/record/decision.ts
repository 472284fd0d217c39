import { MessageId } from '../exemptions/messages';

export type Action = 'leave' | 'write' | 'attach';

/** How a change reaches what runs already, once it is deployed. */
export type Reach = 'none' | 'in-place' | 'new-version' | 'replacement';

/**
 * What enforcement decided about one resource, as plain data: what JSON makes of it is what other tools read.
 *
 * Settings that are `undefined` are absent, in JSON as well.
 */
export interface Decision {
  /** The path of the construct. */
  readonly path: string;

  /** The path of its stack. */
  readonly stack: string;
  readonly logicalId: string;

  /** The type as CloudFormation receives it. */
  readonly type: string;

  /** `attach`: a launch template is added to it, which has a decision of its own. */
  readonly action: Action;

  /** Why it is left as it is: the id of a message, or `compliant` where there is nothing to write. */
  readonly reason?: MessageId | 'compliant';

  /** Each setting that is another than before. */
  readonly changes: readonly Change[];
  readonly reach: Reach;

  /** Paths of the groups whose instances are renewed by their own update policy or by their service, since the change reaches them. */
  readonly rolls: readonly string[];

  /** What is reported about it, by id. The construct is another one where a consumer is concerned. */
  readonly notices: readonly { readonly id: MessageId; readonly path: string; readonly message: string }[];
}

/** One setting before and after. Several possible values are a list under `anyOf`; what cannot be decided says why under `cannotTell`. */
export interface Change {
  /** The path below `Properties`. */
  readonly setting: string;
  readonly before: unknown;
  readonly after: unknown;
}
