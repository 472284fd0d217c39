import { Remedy } from './remedy';
import { FindingVerdict, RuleId } from './rules';

/** What is known about a resource that launches instances. `not governed`: CloudFormation has no IMDS setting for it. */
export type Verdict = 'compliant' | 'violation' | 'cannot tell' | 'not governed';

export const VERDICTS: readonly Verdict[] = ['compliant', 'violation', 'cannot tell', 'not governed'];

/** Something that was found in a template. */
export interface Finding {
  readonly rule: RuleId;

  /** What it means for the exit code: `violation` fails, `cannot tell` is the user's choice, `advice` never fails. */
  readonly verdict: FindingVerdict;

  /** Empty where the finding is about the template as a whole. */
  readonly logicalId: string;
  readonly type: string;

  /** Where CDK has the construct, as far as the template's metadata tell. */
  readonly constructPath?: string;

  /** Below the resource, as CloudFormation spells it: `Properties.MetadataOptions.HttpTokens`. */
  readonly path: string;

  /** The values seen, as JSON; empty where there is none. */
  readonly values: readonly unknown[];

  /** In words. */
  readonly reason: string;
  readonly fix: string;

  /** What the fix is made of, where it is one setting. A report has the words alone. */
  readonly remedy?: Remedy;
  readonly page: string;
}

/** A resource that launches instances, or what may hide one. */
export interface ExaminedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly verdict: Verdict;
  readonly constructPath?: string;
}
