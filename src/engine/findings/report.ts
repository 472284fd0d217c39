import { ExaminedResource, Finding } from './finding';

/**
 * The result of a check, as every output format shows it. `--format json` is this very object.
 */
export interface Report {
  /** Raised when a field changes its meaning or goes away. */
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };

  /** What is checked, as its owner calls it; absent where nobody says. */
  readonly name?: string;

  /** What the templates are where they are policies, as `imds-guard policy lint` reads them; absent for templates of CloudFormation. */
  readonly about?: 'policies';

  /** The day that end dates are held against, `YYYY-MM-DD` in UTC. */
  readonly date: string;

  readonly templates: readonly ExaminedTemplate[];
  readonly findings: readonly ReportedFinding[];
  readonly exemptions: readonly ReportedExemption[];

  /** Inputs that could not be read, or not whole. Any of them makes the exit code 2. */
  readonly problems: readonly Problem[];

  /** What is good to know about inputs that were read, such as a key that stands twice; absent where there is nothing. */
  readonly notes?: readonly Problem[];

  /** What parameters were given, and decided; absent where none did. */
  readonly parameters?: readonly ReportedParameter[];

  /** Files of folders and globs that are no templates, or are left out by choice; absent where there are none. */
  readonly passedOver?: PassedOver;
  readonly counts: Counts;

  /** How many of the new findings one call in the app would fix; absent where there is none, or no app of CDK, or where the guard is on. */
  readonly enforcing?: { readonly call: string; readonly findings: number };

  /** What `cannot tell` does. With `ignore` the findings are not listed, but counted. */
  readonly cannotTell: CannotTell;

  /** Where the options of the command line come from; absent where there is none, as in a synthesis. */
  readonly settings?: ReportedSettings;

  /** 0 clean, 1 findings, 2 misuse or unreadable input. */
  readonly exitCode: 0 | 1 | 2;
}

export interface ReportedParameter {
  /** `Stack:Name` where it was given for one stack. */
  readonly name: string;
  readonly value: string;

  /** The file, or `--parameter`. */
  readonly from: string;
}

export interface ReportedSettings {
  /** The settings files that were read. */
  readonly files: readonly { readonly file: string; readonly by: string }[];

  /** What lets more pass than without the file; from the command line, more than the organization's file does. */
  readonly loosened: readonly LoosenedSetting[];
}

export interface LoosenedSetting {
  readonly option: string;

  /** As a person reads it. */
  readonly value: string;

  /** `organization`, `repository` or `command line`. */
  readonly by: string;

  /** Absent for the command line. */
  readonly file?: string;
}

export type CannotTell = 'fail' | 'warn' | 'ignore';

export interface ExaminedTemplate {
  /** The file as the user knows it, relative to the working directory, with `/`; `<stdin>` for standard input without a name. */
  readonly file: string;

  /** The stack it belongs to, nested stacks with the parent's name in front (`App/Network`); the file's name where no assembly tells. */
  readonly stack: string;

  /** Every resource that launches instances. */
  readonly resources: readonly ExaminedResource[];
}

export interface ReportedFinding extends Omit<Finding, 'remedy'> {
  /** The same from run to run, whatever the order and the lines of the template. */
  readonly fingerprint: string;
  readonly file: string;
  readonly stack: string;

  /** From 1; absent where the text is not at hand. */
  readonly line?: number;
  readonly column?: number;

  /** The line of the app that made the construct, as far as its runtime left it; absent otherwise. */
  readonly source?: SourceLine;

  /** `error` fails the check, `warning` asks for a decision, `note` is good to know. */
  readonly level: 'error' | 'warning' | 'note';

  /** `exempt` and `baseline` never fail. */
  readonly status: 'new' | 'baseline' | 'exempt';
}

export interface SourceLine {
  /** As the user knows it: from the working directory, with `/`; absolute where it is outside the repository. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;

  /** From the root of the repository, which is what platforms count from; absent where the file is not in it. */
  readonly inRepository?: string;
}

/** A dated exemption, or a CDK acknowledgement, which has no end date. */
export interface ReportedExemption {
  readonly file: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  readonly source: 'exemption' | 'acknowledgement' | 'file';
  readonly reason: string;
  readonly owner?: string;

  /** `YYYY-MM-DD`, inclusive, UTC. */
  readonly until?: string;

  /** Whole days left: 0 on the last day, negative after it. */
  readonly daysLeft?: number;

  /** Rules it covers; absent: all that can be exempted. */
  readonly rules?: readonly string[];
  readonly state: 'active' | 'expiring' | 'expired' | 'invalid' | 'unused' | 'not allowed';
}

/** Something about an input that kept it from being checked. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;

  /** One line: what is wrong and what to do. Lower case, no full stop. */
  readonly message: string;
}

export interface PassedOver {
  readonly count: number;

  /** How many files there are with each ending (`.md`), in lower case; those without one are under the empty text. */
  readonly endings: { readonly [ending: string]: number };

  /** Files, folders and assemblies that were left out by choice; absent where there are none. `count` is without them. */
  readonly excluded?: readonly string[];
}

export interface Counts {
  readonly templates: number;

  /** Resources that launch instances; the sum of the four verdicts. */
  readonly resources: number;
  readonly compliant: number;
  readonly violation: number;
  readonly cannotTell: number;
  readonly notGoverned: number;

  /** Findings by what becomes of them. */
  readonly newErrors: number;
  readonly newWarnings: number;
  readonly newNotes: number;
  readonly exempt: number;
  readonly baseline: number;

  /** Resources that write no hop limit, so that the account or the image decides, where there is no maximum that it may exceed. */
  readonly withoutHopLimit: number;
}
