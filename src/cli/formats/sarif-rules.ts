import type { ReportingDescriptor } from 'sarif';
import { AWS_PAGE, HOME, pageOfRule } from './pages';
import { FindingVerdict, RULE_IDS, RuleId, RULES } from '../../engine/findings/rules';

const LEVELS = { 'violation': 'error', 'cannot tell': 'warning', 'advice': 'note' } as const satisfies { [verdict in FindingVerdict]: string };

/** What GitHub makes high and medium of. Advice is about what works, not about what is safe, so it has none. */
const SECURITY_SEVERITIES = { 'violation': '7.5', 'cannot tell': '5.0', 'advice': undefined } as const;

/** Every rule, also those that found nothing: they were checked. */
export function descriptors(): ReportingDescriptor[] {
  return RULE_IDS.map(descriptor);
}

/** Of the result that says that the file is not whole. It is no rule of ours, and there only where it is needed. */
export const LEFT_OUT: ReportingDescriptor = {
  id: 'results-left-out',
  name: 'ResultsLeftOut',
  shortDescription: { text: 'Not every finding is in this file' },
  fullDescription: { text: 'Not every finding is in this file, since GitHub refuses larger ones.' },
  help: { text: 'GitHub refuses larger files. Check fewer templates at once, or read the report of --format json, which has all findings.' },
  helpUri: `${HOME}/blob/main/docs/check.md#formats`,
  defaultConfiguration: { level: 'error' },
  // GitHub shows the 5,000 results that weigh most: this one has to be among them
  properties: { 'security-severity': '9.0', 'tags': ['security', 'imds'] },
};

function descriptor(id: RuleId): ReportingDescriptor {
  const { verdict, about } = RULES[id];
  const severity = SECURITY_SEVERITIES[verdict];
  return {
    id,
    name: id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: about },
    fullDescription: { text: `${about}. ${CONSEQUENCES[verdict]}` },
    help: {
      text: `${about}. ${CONSEQUENCES[verdict]} More: imds-guard explain ${id}, or ${AWS_PAGE}`,
      markdown: `${about}. ${CONSEQUENCES[verdict]}\n\nMore: \`imds-guard explain ${id}\`, or [what AWS says](${AWS_PAGE}).`,
    },
    helpUri: pageOfRule(id),
    defaultConfiguration: { level: LEVELS[verdict] },
    properties: {
      ...severity && { 'security-severity': severity },
      // GitHub reads the severity of rules with this tag only; CWE-918 is server-side request forgery, which version 2 stops
      tags: severity ? ['security', 'imds', 'external/cwe/cwe-918'] : ['imds'],
      precision: verdict === 'violation' ? 'very-high' : 'high',
    },
  };
}

const CONSEQUENCES = {
  'violation': 'It fails the check.',
  'cannot tell': 'The template alone does not decide it; whether that fails the check is set by --cannot-tell.',
  'advice': 'It never fails the check.',
} as const satisfies { [verdict in FindingVerdict]: string };
