import { FormatOptions } from './format';
import { listed, moreOf } from './listed';
import { ROOM, Row, Section, fitted, row, section, size } from './markdown-sections';
import { code, link, plain } from './markdown-text';
import { daysLeftOf, enforcingOf, grouped, locationOf, locationsOf, looseningsOf, nameOf, news, outcomeOf, inputLinesOf, propertyOf, summaryOf } from './wording';
import { Problem, Report, ReportedExemption, ReportedFinding } from '../../engine/findings/report';

/** For a comment on a pull request or the summary of a job. */
export function markdown(report: Report, { quiet, room = ROOM }: FormatOptions): string {
  const findings = news(report);
  const level = (name: string): ReportedFinding[] => findings.filter(each => each.level === name);
  const [unread, errors, exempt] = [problems(report), findingTable('Violations', level('error')), exemptions(report)];
  const more = [findingTable('Warnings', level('warning'), true), findingTable('Good to know', level('note'), true), exempt, notGoverned(report), notes(report)];
  const head = [`## ${markOf(report)} imds-guard: ${plain(outcomeOf(report))}`, '', ...summary(report), ...looseningsOf(report).flatMap(each => ['', plain(each)])];
  const sections = [unread, errors, ...quiet ? [] : more].filter(each => each.rows.length > 0);
  const tail = quiet ? [] : [...inputLinesOf(report), ...enforcingOf(report)].flatMap(each => ['', plain(each)]);
  return `${[...head, ...fitted(sections, [unread, exempt].filter(each => sections.includes(each)), room - size([...head, ...tail])), ...tail].join('\n')}\n`;
}

function markOf({ exitCode, counts }: Report): string {
  if (exitCode > 0) { return '❌'; }
  return counts.cannotTell > 0 || counts.newWarnings > 0 || counts.resources === 0 ? '⚠️' : '✅';
}

function summary(report: Report): string[] {
  const { counts } = report;
  if (counts.resources === 0) { return [summaryOf(report)]; }
  const columns = [
    ['Templates', counts.templates], ['Resources', counts.resources], ['Compliant', counts.compliant], ['With violations', counts.violation],
    ['Cannot tell', counts.cannotTell], ['Not governed', counts.notGoverned], ['Exempt findings', counts.exempt],
    ['Findings in the baseline', counts.baseline],
  ];
  return [row(columns.map(([name]) => String(name))), row(columns.map(() => '---:')), row(columns.map(([, count]) => String(count)))];
}

/** As many resources in one row as one can read. */
const TOGETHER = 20;

/** What reads the same about many resources is one row. */
function findingTable(title: string, findings: readonly ReportedFinding[], folded = false): Section {
  const alike = grouped(listed(findings), ([{ rule, path, values, reason, fix, page }]) => JSON.stringify([rule, path, values, reason, fix, page]));
  const rows = alike.flatMap(chunks).flatMap(each => [
    { line: findingRow(each.map(([finding]) => finding)), tells: each.length },
    ...each.flatMap(([finding, more]) => moreRows(finding, more)),
  ]);
  return section(`${title}: ${findings.length}`, ['Finding', 'Resource', 'Fix'], rows, folded);
}

function moreRows(finding: ReportedFinding, more: number): Row[] {
  return moreOf(finding, more).map(line => ({ line: row([plain(line), resource(finding), '']), tells: more }));
}

function chunks<T>(findings: readonly T[]): T[][] {
  const count = Math.ceil(findings.length / TOGETHER);
  return Array.from({ length: count }, (_, i) => findings.slice(i * TOGETHER, (i + 1) * TOGETHER));
}

function findingRow(findings: readonly ReportedFinding[]): string {
  const [first] = findings;
  return row([
    [code(first.rule), plain(first.reason), code(propertyOf(first))].filter(each => each !== '').join('<br>'),
    findings.map(resource).join('<br>'),
    [plain(first.fix), first.page === '' ? '' : link('AWS page', first.page)].filter(each => each !== '').join('<br>'),
  ]);
}

function resource(finding: ReportedFinding): string {
  const { logicalId, constructPath, type } = finding;
  const beside = [constructPath === undefined ? '' : logicalId, type].filter(each => each !== '').join(', ');
  return [code(nameOf(finding)), plain(beside), ...locationsOf(finding).map(code)].filter(each => each !== '').join(' ');
}

const SHARE = 10_000;

function exemptions({ exemptions: all }: Report): Section {
  const rows = all.map(each => ({ line: exemptionRow(each), tells: 1 }));
  return { ...section(`Exemptions: ${all.length}`, ['Resource', 'State', 'Days left', 'Owner', 'Reason'], rows, false), most: SHARE };
}

function exemptionRow(exemption: ReportedExemption): string {
  const { state, owner, reason, rules, file } = exemption;
  return row([
    `${code(nameOf(exemption))} ${code(file)}`,
    plain(state),
    plain(daysLeftOf(exemption)),
    code(owner ?? ''),
    [plain(reason), ...rules === undefined ? [] : [`covers ${rules.map(code).join(', ')}`]].join('<br>'),
  ]);
}

function problems({ problems: all }: Report): Section {
  return { ...section(`Could not be read: ${all.length}`, [], all.map(problemRow), false), most: SHARE };
}

function notes({ notes: all = [] }: Report): Section {
  return section(`Notes on the inputs: ${all.length}`, [], all.map(problemRow), true);
}

function problemRow(problem: Problem): Row {
  return { line: `- ${code(locationOf(problem))} ${plain(problem.message)}`, tells: 1 };
}

function notGoverned({ templates }: Report): Section {
  const all = templates.flatMap(({ file, resources }) => resources.filter(each => each.verdict === 'not governed').map(each => ({ ...each, file })));
  const rows = all.map(each => ({ line: `- ${code(nameOf(each))} ${plain(each.type)} ${code(each.file)}`, tells: 1 }));
  return section(`Not governed, since CloudFormation has no IMDS setting: ${all.length}`, [], rows, true);
}
