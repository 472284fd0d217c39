import { WRITTEN_PAGES } from './rule-pages.generated';
import { FindingVerdict, RuleId, RULES } from '../engine/findings/rules';

/** What `rules/` says about a rule beside its title and verdict. */
export interface WrittenPage {
  /** What goes wrong in production; for what is undecided, why it cannot be known. */
  readonly why: string;

  /** Whether an account that enforces IMDSv2, or the usual service control policy, refuses the launch. */
  readonly refused?: string;
  readonly fix: string;

  /** The fix as CDK code. `app`, `stack` and `vpc` are the reader's own. The passing template is the fix in CloudFormation. */
  readonly cdk?: string;

  /** How to exempt, or why there can be no exemption. */
  readonly exempt: string;

  /** Absent where the rule cannot be exempted. */
  readonly exemptCode?: string;

  /** What AWS says. */
  readonly page: string;

  /** Options of `imds-guard check`, and the day of the check, that the two templates are meant for. */
  readonly options?: string;
  readonly day?: string;

  /** Templates in YAML. */
  readonly failing?: string;
  readonly passing?: string;

  /** Why there are none. */
  readonly withoutTemplates?: string;
}

/** All that is written about a rule, for the terminal and for RULES.md. The engine never loads it. */
export interface RulePage extends WrittenPage {
  readonly rule: RuleId;
  readonly title: string;
  readonly verdict: FindingVerdict;
}

const WRITTEN: { readonly [rule in RuleId]: WrittenPage } = WRITTEN_PAGES;

/** What each verdict means for the exit code. */
export const CONSEQUENCES: { readonly [verdict in FindingVerdict]: string } = {
  'violation': 'fails the check',
  'cannot tell': 'warns; fails the check with --cannot-tell fail',
  'advice': 'never fails the check',
};

export function pageOf(rule: RuleId): RulePage {
  const { about: title, verdict } = RULES[rule];
  return { rule, title, verdict, ...WRITTEN[rule] };
}
