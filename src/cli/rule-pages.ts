import { isExemptable } from '../engine/exemptions/exemptions';
import { ACKNOWLEDGEMENT_PAGES } from './rule-pages-acknowledgements';
import { DEPLOYMENT_PAGES } from './rule-pages-deployment';
import { ELSEWHERE_PAGES } from './rule-pages-elsewhere';
import { ENDPOINT_PAGES } from './rule-pages-endpoint';
import { EXEMPTION_PAGES } from './rule-pages-exemptions';
import { HOP_LIMIT_PAGES } from './rule-pages-hop-limit';
import { LAUNCH_PAGES } from './rule-pages-launches';
import { dedented, paragraph, WrittenPage } from './rule-pages-parts';
import { RUN_PAGES } from './rule-pages-runs';
import { SCRIPT_PAGES } from './rule-pages-scripts';
import { TOKEN_PAGES } from './rule-pages-tokens';
import { FindingVerdict, RuleId, RULES } from '../engine/findings/rules';

/** All that is written about a rule, for the terminal and for RULES.md. The engine never loads it. */
export interface RulePage extends Omit<WrittenPage, 'notExempt'> {
  readonly rule: RuleId;
  readonly title: string;
  readonly verdict: FindingVerdict;
  readonly exempt: string;

  /** Absent where the rule cannot be exempted. */
  readonly exemptCode?: string;
}

const WRITTEN: { readonly [rule in RuleId]: WrittenPage } = {
  ...ACKNOWLEDGEMENT_PAGES,
  ...DEPLOYMENT_PAGES,
  ...ELSEWHERE_PAGES,
  ...ENDPOINT_PAGES,
  ...EXEMPTION_PAGES,
  ...HOP_LIMIT_PAGES,
  ...LAUNCH_PAGES,
  ...RUN_PAGES,
  ...SCRIPT_PAGES,
  ...TOKEN_PAGES,
};

/** What each verdict means for the exit code. */
export const CONSEQUENCES: { readonly [verdict in FindingVerdict]: string } = {
  'violation': 'fails the check',
  'cannot tell': 'warns; fails the check with --cannot-tell fail',
  'advice': 'never fails the check',
};

export function pageOf(rule: RuleId): RulePage {
  const { notExempt, ...written } = WRITTEN[rule];
  const { about: title, verdict } = RULES[rule];
  return { rule, title, verdict, ...written, ...isExemptable(rule) ? exemptionFrom(rule, verdict) : { exempt: notExempt ?? '' } };
}

function exemptionFrom(rule: RuleId, verdict: FindingVerdict): Pick<RulePage, 'exempt' | 'exemptCode'> {
  if (verdict === 'advice') { return { exempt: NEEDS_NONE, exemptCode: acknowledgement(rule) }; }
  return { exempt: HOW_TO_EXEMPT, exemptCode: `${exemption(rule)}\n\n// or, without an end date, as CDK has it\n${acknowledgement(rule)}` };
}

const NEEDS_NONE = 'It never fails the check and needs no exemption. An acknowledgement says that it is known:';

const HOW_TO_EXEMPT = paragraph(`
  Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as
  it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called
  exemptions of { logicalId, file, stack, reason, owner, until, allow }.
`);

function exemption(rule: RuleId): string {
  return dedented(`
    ImdsExemption.add(construct, {
      reason: 'why it has to be, and what is done about it',
      owner: 'who answers for it',
      until: 'YYYY-MM-DD',
      allow: ['${rule}'],
    });
  `);
}

function acknowledgement(rule: RuleId): string {
  return dedented(`
    Validations.of(construct).acknowledge({
      id: 'cdk-imds-guard::${rule}',
      reason: 'why it has to be, and what is done about it',
    });
  `);
}
