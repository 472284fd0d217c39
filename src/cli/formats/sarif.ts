import type { ArtifactLocation, Invocation, Location, Log, Notification, PhysicalLocation, Result } from 'sarif';
import { FormatOptions } from './format';
import { HOME } from './pages';
import { Cut, leftOutText, withinLimits } from './sarif-limits';
import { descriptors, LEFT_OUT } from './sarif-rules';
import { exemptionOf, looseningsOf, mainPlaceOf, nameOf, outcomeOf, termsOf } from './wording';
import { Problem, Report, ReportedFinding } from '../../engine/findings/report';
import { RULE_IDS } from '../../engine/findings/rules';
import { visibleJson, wellFormed } from '../../engine/text/visible';

/**
 * SARIF 2.1.0, whole unless GitHub would refuse it, and then it says so. GitHub shows the 5,000 results that weigh most. It shows
 * suppressed results like any other; the action `advanced-security/dismiss-alerts` closes them.
 *
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
export function sarif(report: Report, { tell }: Partial<FormatOptions> = {}): string {
  const { text, cut } = withinLimits(report.findings, each => logOf(report, each));
  if (cut.leftOut.length > 0) { tell?.(`sarif: ${leftOutText(cut)}`); }
  return text;
}

function logOf(report: Report, cut: Cut): string {
  const isWhole = cut.leftOut.length === 0;
  const isFirst = firstOfLines(cut.kept);
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: report.tool.name,
          version: report.tool.version,
          informationUri: HOME,
          rules: [...descriptors(), ...isWhole ? [] : [LEFT_OUT]],
        },
      },
      automationDetails: { id: 'imds-guard/' },
      invocations: [invocation(report, isWhole ? [] : [{ level: 'warning', message: { text: leftOutText(cut) } }])],
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: {
        [ROOT]: { description: { text: 'the working directory of the check' } },
        ...report.findings.some(each => baseOf(each) === REPOSITORY) && { [REPOSITORY]: { description: { text: 'the root of the repository' } } },
      },
      artifacts: [...new Set(report.templates.map(({ file }) => file))].map(file => ({ location: artifact(file), roles: ['analysisTarget'] })),
      results: [...isWhole ? [] : [notice(cut)], ...cut.kept.map((each, i) => result(each, report, isFirst[i]))],
      properties: {
        date: report.date,
        counts: report.counts,
        cannotTell: report.cannotTell,
        ...report.parameters && { parameters: report.parameters },
        ...report.passedOver && { passedOver: report.passedOver },
      },
    }],
  };
  return visibleJson(log);
}

function invocation(report: Report, more: readonly Notification[]): Invocation {
  return {
    executionSuccessful: report.problems.length === 0,
    exitCode: report.exitCode,
    exitCodeDescription: outcomeOf(report),
    toolExecutionNotifications: [
      ...report.problems.map(each => notification('error', each)), ...(report.notes ?? []).map(each => notification('note', each)), ...more,
    ],
    ...report.settings && {
      toolConfigurationNotifications: looseningsOf(report).map((each): Notification => ({ level: 'note', message: { text: plain(each) } })),
    },
  };
}

function notification(level: 'error' | 'note', problem: Problem): Notification {
  return { level, message: { text: plain(problem.message) }, locations: [{ physicalLocation: place(problem) }] };
}

/** GitHub wants a place for each result: this one has that of the first finding that is not here. */
function notice(cut: Cut): Result {
  return {
    ruleId: LEFT_OUT.id,
    ruleIndex: RULE_IDS.length,
    level: 'error',
    message: { text: leftOutText(cut) },
    locations: [{ physicalLocation: { artifactLocation: artifact(cut.leftOut[0].file) } }],
    partialFingerprints: { primaryLocationLineHash: LEFT_OUT.id },
    properties: { leftOut: cut.leftOut.length },
  };
}

function result(finding: ReportedFinding, report: Report, isFirst: boolean): Result {
  const { rule, level, verdict, status, type, path, values, stack, fix, page, constructPath } = finding;
  const exemption = status === 'exempt' ? exemptionOf(report, finding) : undefined;
  return {
    ruleId: rule,
    ruleIndex: RULE_IDS.indexOf(rule),
    level,
    message: { text: message(finding) },
    locations: [location(finding)],
    ...isInRepository(finding) && { relatedLocations: [{ id: 0, message: { text: 'in the template' }, physicalLocation: place(finding) }] },
    partialFingerprints: fingerprints(finding, isFirst),
    baselineState: status === 'baseline' ? 'unchanged' : 'new',
    ...status === 'exempt' && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: exemption ? termsOf(exemption) : 'exempt' }],
    },
    properties: { verdict, status, stack, type, constructPath, path, values, fix, page },
  };
}

/** GitHub shows the first sentence where there is little room. */
function message(finding: ReportedFinding): string {
  const { path, reason, fix } = finding;
  const where = [nameOf(finding), path].filter(each => each !== '').join(' ');
  return plain(`${where}: ${reason}. To fix it: ${fix}.`);
}

/** In a message of SARIF, text in brackets before an address in parentheses is a link: a template makes none. */
function plain(text: string): string {
  return text.replaceAll('](', '\\](');
}

function location(finding: ReportedFinding): Location {
  const { logicalId, constructPath, stack } = finding;
  const inTemplate = [stack, logicalId].filter(each => each !== '').join('/');
  return {
    physicalLocation: place(mainPlaceOf(finding), baseOf(finding)),
    logicalLocations: [{ ...logicalId !== '' && { name: logicalId }, fullyQualifiedName: constructPath ?? inTemplate, kind: 'resource' }],
  };
}

function isInRepository({ source }: ReportedFinding): boolean {
  return source?.inRepository !== undefined;
}

/** Lines of the app are counted from the root of the repository, which most checks run in. */
function baseOf({ source }: ReportedFinding): string {
  return source?.inRepository === undefined || source.inRepository === source.file ? ROOT : REPOSITORY;
}

function place({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>, base = ROOT): PhysicalLocation {
  return {
    artifactLocation: artifact(file, base),
    ...line !== undefined && { region: { startLine: line, ...column !== undefined && { startColumn: column } } },
  };
}

const ROOT = '%SRCROOT%';
const REPOSITORY = '%REPOSITORY%';

/** A path is relative to the working directory unless it says otherwise. */
function artifact(file: string, base = ROOT): ArtifactLocation {
  const uri = wellFormed(file).replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/');
  if (file.startsWith('/')) { return { uri: `file://${uri}` }; }
  return /^[A-Za-z]:\//.test(file) ? { uri: `file:///${file[0]}:${uri.slice('C%3A'.length)}` } : { uri, uriBaseId: base };
}

/**
 * GitHub tells results apart by `primaryLocationLineHash` alone. Its upload action computes it from the line, and warns where it finds
 * another; where there is no line it computes none. A loop makes many resources in one line: all but the first have their own, or they
 * would be one alert.
 */
function fingerprints({ fingerprint, line, source }: ReportedFinding, isFirst: boolean): { [name: string]: string } {
  const isOwn = source?.inRepository === undefined ? line === undefined : !isFirst;
  return { 'imdsGuard/v1': fingerprint, ...isOwn && { primaryLocationLineHash: fingerprint } };
}

/** Whether a finding is the first of its rule at its line. */
function firstOfLines(findings: readonly ReportedFinding[]): boolean[] {
  const met = new Set<string>();
  return findings.map(finding => {
    const { file, line } = mainPlaceOf(finding);
    const key = JSON.stringify([finding.rule, file, line]);
    const isFirst = !met.has(key);
    met.add(key);
    return isFirst;
  });
}
