import { FormatOptions } from '../format';
import { exemptionTable, problemList } from './exemptions';
import { filterForm } from './filter';
import { FindingIds, findingGroups } from './findings';
import { Group, groupsOf } from './groups';
import { Insert, Markup, markup } from './markup';
import { notGoverned, postureOf } from './posture';
import { Report, ReportedFinding } from '../../../engine/findings/report';
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

/** What there is to tell: unreadable inputs come first, since nothing is known about them, then what somebody has to do something about. */
export function sectionsOf(report: Report, { quiet }: Pick<FormatOptions, 'quiet'>): readonly Section[] {
  const findings = report.findings.filter(each => !quiet || (each.level === 'error' && each.status === 'new'));
  const decided = groupsOf(findings.filter(each => each.verdict !== 'cannot tell'), 'stack');
  const undecided = groupsOf(findings.filter(each => each.verdict === 'cannot tell'), 'undecided');
  return [
    ...problems(report),
    ...findingSections(report, quiet, decided, undecided),
    posture(report, [...decided, ...undecided]),
    ...quiet ? [] : [exemptions(report), ...ungoverned(report), ...inputs(report)],
  ];
}

function problems({ problems: all }: Report): readonly Section[] {
  const about = 'Nothing is known about what these hold.';
  return all.length === 0 ? [] : [{ id: 'problems', title: 'Unreadable inputs', count: all.length, about, content: problemList(all) }];
}

function findingSections(report: Report, quiet: boolean, decided: readonly Group[], undecided: readonly Group[]): readonly Section[] {
  const ids = new FindingIds();
  const [count, left] = [decided, undecided].map(findingsIn).map(({ length }) => length);
  const all = listed(findingsIn([...decided, ...undecided])).map(([each]) => each);
  return [
    {
      id: 'findings',
      title: 'Findings',
      count,
      about: quiet ? 'Only what fails the check is listed: --quiet.' : count === 0 ? 'There are none.' : 'By stack, what fails the check first.',
      content: [all.length > 0 && filterForm(all), findingGroups(decided, ids, report)],
    },
    ...left > 0 || (report.counts.cannotTell > 0 && !quiet) ? [{
      id: 'undecided',
      title: 'Undecided',
      count: left,
      about: `What decides is not in the templates that were read. ${UNDECIDED[report.cannotTell]}`,
      content: findingGroups(undecided, ids, report),
    }] : [],
  ];
}

function findingsIn(groups: readonly Group[]): ReportedFinding[] {
  return groups.flatMap(({ findings }) => findings);
}

function posture(report: Report, groups: readonly Group[]): Section {
  return {
    id: 'posture',
    title: 'Posture',
    count: report.counts.resources,
    about: 'What CloudFormation will receive for every resource that launches instances.',
    content: postureOf(report, groups),
  };
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

function ungoverned(report: Report): readonly Section[] {
  const { notGoverned: count } = report.counts;
  if (count === 0) { return []; }
  const about = 'CloudFormation has no IMDS setting for these: the service or the account decides.';
  return [{ id: 'not-governed', title: 'Not governed', count, about, content: notGoverned(report) }];
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
