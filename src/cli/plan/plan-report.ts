import { Counts, Problem } from '../../engine/findings/report';
import { Action, Change, Reach } from '../../engine/record/decision';
import { Mode } from '../../engine/record/guard-record';

/** What enforcing would change, as every format of `imds-guard plan` shows it. `--format json` is this very object. */
export interface PlanReport {
  /** Raised when a field changes its meaning or goes away. */
  readonly schemaVersion: 1;

  /** Tells it from the report of a check. */
  readonly kind: 'plan';
  readonly tool: { readonly name: string; readonly version: string };

  /** What was run to synthesize the app. */
  readonly command: string;

  /** 0, 1 for what `--fail-on` names, 2 where the app did not end well. */
  readonly exitCode: 0 | 1 | 2;
  readonly totals: PlanTotals;

  /** In the order in which the app was synthesized. Stacks that no launch resource is in are not listed. */
  readonly stacks: readonly PlannedStack[];

  /** Good to know about the whole. */
  readonly notes: readonly string[];

  /** Why this may not be all. */
  readonly problems: readonly Problem[];
}

export interface PlanTotals {
  readonly stacks: number;

  /** Launch resources that enforcement met. */
  readonly examined: number;

  /** Of these, such as would change: the sum of the next three. */
  readonly changed: number;
  readonly inPlace: number;
  readonly newVersion: number;
  readonly replacement: number;

  /** Others that are replaced, since they are pinned to a template that gets a new version, or their update policy says so. */
  readonly replacedAlong: number;

  /** Groups whose update policy renews their instances. */
  readonly rolled: number;

  /** What stays uncontrolled: resources. */
  readonly uncontrolled: number;
  readonly notes: number;

  /** What a check of the templates says once all is written. */
  readonly afterwards: Pick<Counts, 'resources' | 'compliant' | 'violation' | 'cannotTell' | 'notGoverned'>;
}

export interface PlannedStack {
  /** The path of the stack. */
  readonly stack: string;
  readonly template: string;

  /** Absent where nobody guards it, and for templates that only the check met. */
  readonly mode?: Mode;
  readonly changes: readonly PlannedChange[];
  readonly uncontrolled: readonly Remark[];
  readonly notes: readonly Remark[];
}

/** A resource that would change. */
export interface PlannedChange {
  readonly path: string;
  readonly logicalId: string;
  readonly type: string;
  readonly action: Action;
  readonly changes: readonly Change[];
  readonly reach: Reach;

  /** Paths of the groups whose instances are renewed by their own update policy. */
  readonly rolls: readonly string[];

  /** Paths of the other resources that are replaced along with it. */
  readonly replaces: readonly string[];
}

export interface Remark {
  /** The path of the construct; stack and logical id where there is none. */
  readonly path: string;

  /** The id of a message or of a rule. */
  readonly id: string;
  readonly message: string;
}

export const FAIL_ON = ['replacement', 'roll', 'any'] as const;
export type FailOn = typeof FAIL_ON[number];
