import { Decision } from './decision';
import { Settings } from '../surfaces/settings';

/** The file in each folder of a cloud assembly that says how the guard was on when it was made. */
export const RECORD_FILE = 'imds-guard.json';

/** The number of the format of the record; it grows when a reader has to know. */
export const RECORD_FORMAT = 1;

export type Mode = 'enforce' | 'observe';

/**
 * What the guard did while one folder of a cloud assembly was made. Settings that are `undefined` are absent, in JSON as well.
 *
 * The same app gives the same record, byte for byte: there is no time and no path of the machine in it.
 */
export interface GuardRecord {
  readonly format: typeof RECORD_FORMAT;

  /** Of the copy that did the work. */
  readonly version: string;

  /** Of every copy that was there. */
  readonly versions: readonly string[];

  /** How the preload was switched off, if it was; what the app itself calls holds all the same. */
  readonly switchedOff?: string;

  /** Those around the folder's stacks, and in them. */
  readonly calls: readonly RecordedCall[];
  readonly weaker: readonly RecordedWeakness[];
  readonly counts: RecordedCounts;
  readonly stacks: readonly RecordedStack[];

  /** The SHA-256 in hex of each template that the folder lists, by its path from the folder, with `/`. */
  readonly templates: { readonly [file: string]: string };
}

/** Who switched the guard on, and with what. */
export interface RecordedCall {
  readonly by: 'call' | 'preload';

  /** The path of the construct; empty for the app. */
  readonly scope: string;
  readonly mode: Mode;
  readonly settings: RecordedSettings;

  /** The settings files that the preload read, from the weakest to the strongest. */
  readonly files?: readonly string[];

  /** Why the organization's settings have another mode for this scope, and until when. */
  readonly override?: { readonly reason?: string; readonly owner?: string; readonly until?: string };
}

export interface RecordedSettings extends Settings {
  readonly allowReplacement?: readonly string[];
  readonly attachLaunchTemplate?: readonly string[];
  readonly includeResourceTypes?: readonly string[];
  readonly excludeResourceTypes?: readonly string[];
}

/** A call that asked for less than what held around it. */
export interface RecordedWeakness {
  readonly scope: string;
  readonly by: string;
  readonly what: readonly string[];
  readonly outcome: 'counts' | 'forbidden' | 'overruled' | 'outranked';

  /** Nothing is enforced there, so nothing fails. */
  readonly isObserved?: true;

  /** What holds there in the end. */
  readonly mode?: Mode;
  readonly settings?: RecordedSettings;
}

export interface RecordedCounts {
  /** Launch resources in guarded scopes. */
  readonly examined: number;

  /** Of these, those that enforcement changed. */
  readonly changed: number;
}

/** A stack, those inside a nested Stage aside, which have a folder of their own. */
export interface RecordedStack {
  readonly path: string;

  /** Its template in the folder. */
  readonly template: string;

  /** What held for the stack as a whole; absent where nobody guarded it. */
  readonly mode?: Mode;
  readonly settings?: RecordedSettings;

  /** What was decided about each of its launch resources that are enforced. */
  readonly decisions: readonly Decision[];
}
