import { Counts, Problem, Report, ReportedExemption, ReportedFinding, ReportedSettings } from '../../engine/findings/report';
import { clipped, visible } from '../../engine/text/visible';

/** The number with its noun, in the plural where it takes one. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** What was examined, and what is known of it. Never tells the compliant ones without the undecided ones. */
export function summaryOf({ counts, about }: Report): string {
  return [
    about ? counted(counts.templates, 'policy', 'policies') : examined(counts),
    ...counts.exempt > 0 ? [`${counted(counts.exempt, 'finding')} exempt`] : [],
    ...counts.baseline > 0 ? [`${counted(counts.baseline, 'finding')} in the baseline`] : [],
    ...counts.withoutHopLimit > 0 ? [`${counts.withoutHopLimit} without a hop limit`] : [],
  ].join(' · ');
}

function examined(counts: Counts): string {
  if (counts.templates === 0) { return 'no template'; }
  const templates = counted(counts.templates, 'template');
  if (counts.resources === 0) { return `${templates}, no resource that launches instances`; }
  const resources = counts.resources === 1 ? '1 resource that launches instances' : `${counts.resources} resources that launch instances`;
  return `${templates}, ${resources}: ${counts.compliant} compliant, ${counts.violation} with violations, `
    + `${counts.cannotTell} cannot tell, ${counts.notGoverned} not governed`;
}

/** Which files the options come from, and what in them lets more pass: a line each. */
export function settingsLines(settings: ReportedSettings): string[] {
  const named = settings.files.map(({ file, by }) => by === 'organization' ? `${file} (of the organization)` : file);
  return [
    ...named.length > 0 ? [visible(`options are taken from ${named.join(' and ')}`)] : [],
    ...looseningsOf({ settings }),
  ];
}

/** What settings let more pass, a line each. */
export function looseningsOf({ settings }: Pick<Report, 'settings'>): string[] {
  return settings?.loosened.map(({ option, value, file }) => visible(`${file ?? 'the command line'} loosens the check: ${option}: ${value}`)) ?? [];
}

/** So many endings tell what kind of files they are. */
const ENDINGS = 8;

/** What holds for the inputs as a whole, a line each: what their parameters were given, and which files are not among them. */
export function inputLinesOf(report: Pick<Report, 'parameters' | 'passedOver'>): string[] {
  const given = (report.parameters ?? []).map(({ name, value, from }) => `${name}=${clipped(value, LONGEST)} from ${from}`);
  return [...given.length > 0 ? [visible(`judged with ${given.join(', ')}`)] : [], ...passedOverOf(report)];
}

/** How many files were no templates, in a line, or none. */
function passedOverOf({ passedOver }: Pick<Report, 'passedOver'>): string[] {
  if (!passedOver) { return []; }
  const { count, excluded = [] } = passedOver;
  const endings = Object.entries(passedOver.endings).map(([ending, times]) => `${times} ${ending === '' ? 'without an ending' : ending}`);
  const shown = [...endings.slice(0, ENDINGS), ...endings.length > ENDINGS ? ['…'] : []].join(', ');
  return [
    ...count > 0 ? [visible(`passed over: ${counted(count, 'file')} that ${count === 1 ? 'is no template' : 'are no templates'} (${shown})`)] : [],
    ...excluded.length > 0 ? [visible(`passed over: ${counted(excluded.length, 'excluded path')} (${[...excluded.slice(0, ENDINGS), ...excluded.length > ENDINGS ? ['…'] : []].join(', ')})`)] : [],
  ];
}

/** The one line that fixes many findings, or none. */
export function enforcingOf(report: Report): string[] {
  const { enforcing } = report;
  if (!enforcing) { return []; }
  const all = news(report).length;
  const these = enforcing.findings < all ? `${enforcing.findings} of these ${counted(all, 'finding')}` : all === 1 ? 'this finding' : `these ${all} findings`;
  return [`${enforcing.call} fixes ${these}: a line right after the app is made, which imds-guard init adds`];
}

/** What the exit code means, in words. */
export function outcomeOf(report: Report): string {
  const { counts, problems } = report;
  if (problems.length > 0) {
    const unread = `incomplete: ${counted(new Set(problems.map(({ file }) => file)).size, 'input')} could not be read`;
    return counts.newErrors > 0 ? `${unread}, ${failures(report)}` : unread;
  }
  if (counts.newErrors > 0) { return [`failed: ${failures(report)}`, ...warningsIn(report)].join(', '); }
  if (counts.templates === 0) { return 'nothing was examined: there is no template'; }
  if (counts.resources === 0) { return [report.about ? 'passed' : 'passed: nothing launches instances', ...warningsIn(report)].join(', '); }
  return [
    counts.violation === 0 ? 'passed' : counts.baseline > 0 ? 'passed: no new violations' : 'passed: every violation is exempt',
    ...counts.cannotTell > 0 ? [`${counted(counts.cannotTell, 'resource')} undecided${report.cannotTell === 'ignore' ? ' and not listed' : ''}`] : [],
    ...warningsIn(report),
  ].join(', ');
}

/** Beside the resources that are undecided, which are counted by themselves. */
function warningsIn(report: Report): string[] {
  const warnings = news(report).filter(each => each.level === 'warning' && (each.verdict !== 'cannot tell' || report.counts.resources === 0)).length;
  return warnings > 0 ? [counted(warnings, 'warning')] : [];
}

/** What is undecided fails only where the user wants it so. */
function failures(report: Report): string {
  const errors = news(report).filter(each => each.level === 'error');
  const violations = errors.filter(each => each.verdict !== 'cannot tell');
  const undecided = errors.filter(each => each.verdict === 'cannot tell');
  const resources = new Set(undecided.filter(each => each.logicalId !== '').map(keyOf)).size;
  return [
    ...violations.length > 0 ? [...failing(report, violations), counted(violations.length, report.counts.baseline > 0 ? 'new finding' : 'finding')] : [],
    ...undecided.length > 0 ? [counted(undecided.length, 'undecided finding') + (resources > 0 ? ` in ${counted(resources, 'resource')}` : '')] : [],
  ].join(', ');
}

/**
 * Of the resources that the summary counts, those that fail: all, unless some of their findings are exempt or known.
 *
 * A resource that launches from a template has the violations of the template, and no finding of its own.
 */
function failing({ counts, templates }: Report, findings: readonly ReportedFinding[]): string[] {
  const found = new Set(findings.map(keyOf));
  const all = templates.flatMap(({ file, resources }) => resources.filter(each => each.verdict === 'violation').map(each => keyOf({ ...each, file })));
  const count = counts.exempt + counts.baseline === 0 ? all.length : all.filter(each => found.has(each)).length;
  if (count === 0) { return []; }
  const inherited = all.length - all.filter(each => found.has(each)).length;
  const why = count === all.length && inherited > 0 ? ` (${inherited} by what ${inherited === 1 ? 'it launches' : 'they launch'} from)` : '';
  return [`${count === all.length ? '' : `${count} of `}${counted(all.length, 'resource')} with violations${why}`];
}

function keyOf({ file, logicalId }: { readonly file: string; readonly logicalId: string }): string {
  return JSON.stringify([file, logicalId]);
}

const LEVELS = ['error', 'warning', 'note'] as const;

/** What is neither exempt nor in the baseline, by level, in the order of the report otherwise. */
export function news({ findings }: Report): ReportedFinding[] {
  return LEVELS.flatMap(level => findings.filter(each => each.status === 'new' && each.level === level));
}

/** As compilers write it, so that editors and terminals can jump there. */
export function locationOf({ file, line, column }: { readonly file: string; readonly line?: number; readonly column?: number }): string {
  return [file, line, line === undefined ? undefined : column].filter(each => each !== undefined).join(':');
}

/** Where a finding is: the line that made the construct, where it is known, then the template. */
export function locationsOf(finding: ReportedFinding): string[] {
  return [...finding.source ? [locationOf(finding.source)] : [], locationOf(finding)];
}

/** What platforms show in a pull request: the line that made the construct, where the repository has it, else the template. */
export function mainPlaceOf({ source, file, line, column }: ReportedFinding): Pick<Problem, 'file' | 'line' | 'column'> {
  return source?.inRepository === undefined ? { file, line, column } : { file: source.inRepository, line: source.line, column: source.column };
}

/** The construct path where it is known, else the logical id. */
export function nameOf({ constructPath, logicalId }: { readonly constructPath?: string; readonly logicalId: string }): string {
  return (constructPath ?? logicalId) || 'the template';
}

const LONGEST = 200;

/** The property with the values seen, cut where a value is a whole block of a template. */
export function propertyOf({ path, values }: Pick<ReportedFinding, 'path' | 'values'>): string {
  const seen = values.map(each => clipped(JSON.stringify(each) ?? String(each), LONGEST)).join(' or ');
  return [path, seen].filter(each => each !== '').join(': ');
}

/** How long an exemption still holds. */
export function daysLeftOf({ until, daysLeft }: Pick<ReportedExemption, 'until' | 'daysLeft'>): string {
  if (daysLeft === undefined) { return until === undefined ? 'no end date' : `until ${until}`; }
  const days = daysLeft < 0 ? `ended ${counted(-daysLeft, 'day')} ago` : daysLeft === 0 ? 'last day' : `${counted(daysLeft, 'day')} left`;
  return until === undefined ? days : `${days} (until ${until})`;
}

/** Why there is an exemption, who answers for it and how long it still holds, where there is room for one line. */
export function termsOf(exemption: ReportedExemption): string {
  const { reason, owner } = exemption;
  return [reason, ...owner === undefined ? [] : [`owner ${owner}`], daysLeftOf(exemption)].filter(each => each !== '').join('; ');
}

/** The exemption that a finding is under. */
export function exemptionOf({ exemptions }: Report, { file, logicalId, rule }: ReportedFinding): ReportedExemption | undefined {
  return exemptions.find(each => (
    each.file === file && each.logicalId === logicalId && ['active', 'expiring'].includes(each.state) && (each.rules?.includes(rule) ?? true)
  ));
}

/** Groups of what has the same key, in the order of the first of each. */
export function grouped<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) { group.push(item); } else { groups.set(key(item), [item]); }
  }
  return [...groups.values()];
}
