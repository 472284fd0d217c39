import { FormatOptions } from './format';
import { listed, moreOf } from './listed';
import { enforcingOf, locationOf, locationsOf, looseningsOf, mainPlaceOf, nameOf, news, outcomeOf, inputLinesOf, propertyOf, summaryOf, termsOf } from './wording';
import { Problem, Report, ReportedExemption, ReportedFinding } from '../../engine/findings/report';
import { visible } from '../../engine/text/visible';

/** GitHub shows so many annotations of each kind that a step makes, the first ones; all of them are in its log. */
const SHOWN = 10;

const KINDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/**
 * Workflow commands that make annotations, one a line, what weighs most first, then the exemptions and the summary.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function github(report: Report, { quiet }: FormatOptions): string {
  const findings = listed(news(report).filter(each => !quiet || each.level === 'error'));
  const notes = quiet ? [] : report.notes ?? [];
  const kinds = [...report.problems.map(() => 'error'), ...findings.map(([each]) => KINDS[each.level]), ...notes.map(() => 'notice')];
  const hidden = Object.values(KINDS).some(kind => kinds.filter(each => each === kind).length > SHOWN);
  return [
    ...report.problems.map(ofProblem),
    ...findings.flatMap(([each, more]) => [ofFinding(each), ...moreOf(each, more).map(line => visible(`${line} (${nameOf(each)})`))]),
    ...notes.map(ofNote),
    ...hidden ? [`GitHub shows ${SHOWN} annotations of each kind per step; all ${kinds.length} are in this log`] : [],
    ...quiet ? [] : [...report.exemptions.map(ofExemption), ...inputLinesOf(report)],
    ...looseningsOf(report).map(each => `settings: ${each}`), // a line that begins with a name could be a command
    ...quiet ? [] : enforcingOf(report),
    summaryOf(report),
    outcomeOf(report),
  ].map(line => `${line}\n`).join('');
}

function ofProblem(problem: Problem): string {
  return command('error', { ...place(problem), title: 'could not be read' }, [`${locationOf(problem)}: ${problem.message}`]);
}

function ofNote(note: Problem): string {
  return command('notice', { ...place(note), title: 'note' }, [note.message]);
}

/** No annotation, since nothing is to be done about most: a line of the log. */
function ofExemption(exemption: ReportedExemption): string {
  return visible(`exemption, ${exemption.state}: ${nameOf(exemption)} in ${exemption.file}: ${termsOf(exemption)}`);
}

function ofFinding(finding: ReportedFinding): string {
  const { rule, level, reason, fix, page, constructPath, logicalId, type } = finding;
  return command(KINDS[level], { ...place(mainPlaceOf(finding)), title: `${rule}: ${nameOf(finding)}` }, [
    reason,
    propertyOf(finding),
    `fix: ${fix}`,
    [constructPath === undefined ? '' : logicalId, type].filter(each => each !== '').join(', '),
    page,
    ...finding.source ? locationsOf(finding).slice(finding.source.inRepository === undefined ? 0 : 1) : [],
  ]);
}

/** A column without a line has no meaning, and standard input is no file. */
function place({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>): { [name: string]: string | number | undefined } {
  return file === '<stdin>' ? {} : { file, line, col: line === undefined ? undefined : column };
}

function command(kind: string, properties: { [name: string]: string | number | undefined }, lines: readonly string[]): string {
  const given = Object.entries(properties).flatMap(([name, value]) => value === undefined ? [] : [`${name}=${property(visible(String(value)))}`]);
  return `::${kind} ${given.join(',')}::${lines.filter(each => each !== '').map(each => data(visible(each))).join('%0A')}`;
}

function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
