import { Acknowledgement } from './acknowledgements';
import { FileExemption } from './exemption-file';
import { ExemptionPolicy } from './exemption-policy';
import { TemplateSource } from '../evaluator/source';
import { Finding } from '../findings/finding';
import { CannotTell, PassedOver, Problem, ReportedParameter, ReportedSettings, SourceLine } from '../findings/report';
import type { Judgement } from '../judge/judge';

/** What a report is made from. */
export interface ReportInput {
  /** Of this package. */
  readonly version: string;

  /** What is checked, as its owner calls it. */
  readonly name?: string;

  /** The day that end dates are held against, `YYYY-MM-DD` in UTC. */
  readonly date: string;
  readonly templates: readonly JudgedTemplate[];

  /** What was found beside the templates, in the record of the guard. */
  readonly others?: readonly { readonly finding: Finding; readonly place: { readonly file: string; readonly stack: string } }[];
  readonly problems: readonly Problem[];
  readonly notes?: readonly Problem[];

  /** What parameters were given, as far as it decided. */
  readonly parameters?: readonly ReportedParameter[];
  readonly passedOver?: PassedOver;

  /** Whoever asked knows that there may be no template. */
  readonly mayBeEmpty?: boolean;
  readonly cannotTell: CannotTell;

  /** Fingerprints of known findings. */
  readonly baseline?: ReadonlySet<string>;
  readonly fileExemptions?: readonly FileExemption[];
  readonly policy?: ExemptionPolicy;
  readonly settings?: ReportedSettings;

  /** How the app would enforce, in its language. */
  readonly enforceCall?: () => string;

  /** Where in the text of a file something of the template is: keys from its root, as deep as they go. */
  readonly locate?: (file: string, path: readonly string[]) => Position | undefined;

  /** The line of the app that made what stands at a logical id of a file. */
  readonly sourceOf?: (file: string, logicalId: string) => SourceLine | undefined;
}

/** From 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface JudgedTemplate {
  /** As in `ExaminedTemplate`. */
  readonly file: string;
  readonly stack: string;

  /** What a template of no stack is known by from run to run: its file, and what holds it in there. */
  readonly address?: string;
  readonly source: TemplateSource;
  readonly judgement: Judgement;

  /** Paths of constructs by logical id, for a template without them in its metadata. */
  readonly constructPaths?: ReadonlyMap<string, string>;

  /** Those of the whole stack, for its nested stacks too: each holds for what is at or below its `scope`. */
  readonly acknowledgements?: readonly Acknowledgement[];

  /** The file that CDK took a resource from, in the words of a message, where it is known to be from one. */
  readonly includedFrom?: (logicalId: string) => string | undefined;

  /** An app of CDK made it, and nothing enforces there: then the report says what enforcing would fix. */
  readonly isUnguarded?: boolean;

  /** Where what is allowed differs from resource to resource; instead of the report's `policy`. */
  readonly policyOf?: (logicalId: string) => ExemptionPolicy;
}
