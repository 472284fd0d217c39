import { FormatOptions } from '../format';
import { exemptionTable, problemList } from './exemptions';
import { filterForm } from './filter';
import { FindingIds, findingGroups } from './findings';
import { groupsOf } from './groups';
import { Insert, Markup, markup } from './markup';
import { notGoverned, postureByStack, postureByType } from './posture';
import { Report } from '../../../engine/findings/report';
import { listed } from '../listed';
import { inputLinesOf } from '../wording';

/** A part of the page that the contents at its top lead to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly about: string;
  readonly content: Insert;
}

/** What there is to tell: unreadable inputs come first, since nothing is known about them. */
export function sectionsOf(report: Report, { quiet }: Pick<FormatOptions, 'quiet'>): readonly Section[] {
  return [...problems(report), ...posture(report, quiet), ...quiet ? [] : [exemptions(report), ...ungoverned(report), ...inputs(report)]];
}

function problems({ problems: all }: Report): readonly Section[] {
  const about = 'Nothing is known about what these hold.';
  return all.length === 0 ? [] : [{ id: 'problems', title: 'Unreadable inputs', count: all.length, about, content: problemList(all) }];
}

function posture(report: Report, quiet: boolean): readonly Section[] {
  const { templates, counts } = report;
  const findings = report.findings.filter(each => !quiet || (each.level === 'error' && each.status === 'new'));
  const decided = findings.filter(each => each.verdict !== 'cannot tell');
  const groups = groupsOf(decided, 'stack');
  const undecided = groupsOf(findings.filter(each => each.verdict === 'cannot tell'), 'undecided');
  const ids = new FindingIds();
  return [
    {
      id: 'posture',
      title: 'Posture',
      count: counts.resources,
      about: 'What CloudFormation will receive for every resource that launches instances.',
      content: [postureByStack(templates, [...groups, ...undecided]), postureByType(templates)],
    },
    {
      id: 'findings',
      title: 'Findings',
      count: decided.length,
      about: quiet ? 'Only what fails the check is listed: --quiet.'
        : decided.length === 0 ? 'There are none.' : 'By stack, what fails the check first.',
      content: [findings.length > 0 && filterForm(listed(findings).map(([each]) => each)), findingGroups(groups, ids, report)],
    },
    ...undecided.length > 0 || (counts.cannotTell > 0 && !quiet) ? [{
      id: 'undecided',
      title: 'Undecided',
      count: findings.length - decided.length,
      about: `What decides is not in the templates that were read. ${UNDECIDED[report.cannotTell]}`,
      content: findingGroups(undecided, ids, report),
    }] : [],
  ];
}

const UNDECIDED = {
  fail: 'What is new here fails the check: --cannot-tell fail.',
  warn: 'It does not fail the check.',
  ignore: 'It is counted, but not listed: --cannot-tell ignore.',
} as const;

function exemptions({ exemptions: all, date }: Report): Section {
  const about = all.length === 0 ? 'There are none.' : `Days are counted from ${date}, in UTC; the last one is included.`;
  return { id: 'exemptions', title: 'Exemptions', count: all.length, about, content: all.length > 0 && exemptionTable(all) };
}

function ungoverned({ counts, templates }: Report): readonly Section[] {
  if (counts.notGoverned === 0) { return []; }
  const about = 'CloudFormation has no IMDS setting for these: the service or the account decides.';
  return [{ id: 'not-governed', title: 'Not governed', count: counts.notGoverned, about, content: notGoverned(templates) }];
}

function inputs(report: Report): readonly Section[] {
  const { notes = [] } = report;
  const passedOver = inputLinesOf(report);
  if (notes.length + passedOver.length === 0) { return []; }
  const content = [notes.length > 0 && problemList(notes), passedOver.map(each => markup`<p>${each}</p>
`)];
  return [{ id: 'inputs', title: 'Notes on the inputs', count: notes.length + passedOver.length, about: 'Good to know. None of it fails the check.', content }];
}

export function section({ id, title, about, content }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p>${about}</p>
${content}</section>
`;
}
