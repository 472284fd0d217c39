import { Counts } from '../../engine/findings/report';

/** What many reports say together, as every format of `imds-guard summary` shows it. `--format json` is this very object. */
export interface Fleet {
  /** Raised when a field changes its meaning or goes away. */
  readonly schemaVersion: 1;

  /** Tells it from the report of one check. */
  readonly kind: 'summary';
  readonly tool: { readonly name: string; readonly version: string };

  /** The day that end dates are held against, `YYYY-MM-DD` in UTC. */
  readonly date: string;

  /** 0 all passed, 1 at least one failed, 2 at least one could not be read, or is of a check that could not read everything. */
  readonly exitCode: 0 | 1 | 2;
  readonly totals: Totals;

  /** Those that need somebody first. */
  readonly apps: readonly App[];

  /** The most frequent first. */
  readonly rules: readonly RuleCount[];
  readonly owners: readonly OwnerCount[];

  /** Files that were named, or that folders and globs led to, and that are no reports. */
  readonly problems: readonly { readonly file: string; readonly message: string }[];

  /** How many files of folders and globs are something else. */
  readonly passedOver: number;
}

/** From what needs somebody most. `incomplete`: the check could not read everything; `not readable`: there is no report in the file. */
export const VERDICTS = ['not readable', 'incomplete', 'failed', 'undecided', 'passed'] as const;
export type AppVerdict = typeof VERDICTS[number];

/** A report; `figures` is absent where it could not be read. */
export interface App {
  /** What the report calls itself, else what of its path tells it from the others. */
  readonly name: string;
  readonly file: string;
  readonly verdict: AppVerdict;
  readonly figures?: Figures;
}

/** What of the counts of a check a summary has, too. */
export const COUNTS = [
  'templates', 'resources', 'compliant', 'violation', 'cannotTell', 'notGoverned', 'newErrors', 'exempt', 'baseline',
] as const satisfies readonly (keyof Counts)[];

export interface Figures extends Pick<Counts, typeof COUNTS[number]> {
  /** The day of the check. */
  readonly date: string;

  /** Version of the guard. */
  readonly guard: string;

  /** When the next exemption that holds, or held on the day of the check, ends; absent where none has an end. */
  readonly nextEnd?: string;

  /** Inputs that the check could not read. */
  readonly unreadable: number;

  /** Files that the check passed over. */
  readonly passedOver: number;

  /** Whose settings files were read, and how many options let more pass; absent where the report says nothing of it. */
  readonly settings?: { readonly by: readonly string[]; readonly loosened: number };
}

export type Totals = { readonly reports: number; readonly byVerdict: Readonly<Record<AppVerdict, number>> } & Readonly<Record<TotalName, number>>;

export const TOTALS = [...COUNTS, 'unreadable', 'passedOver'] as const;
export type TotalName = typeof TOTALS[number];

/** New findings of a rule. */
export interface RuleCount {
  readonly rule: string;
  readonly findings: number;
  readonly apps: number;
}

/** Exemptions that one owner answers for. */
export interface OwnerCount {
  /** Absent where none is named. */
  readonly owner?: string;
  readonly exemptions: number;
  readonly apps: number;

  /** Of these, such as do not hold any more, or never did. */
  readonly void: number;
  readonly nextEnd?: string;
}
