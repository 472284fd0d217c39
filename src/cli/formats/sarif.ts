import type { ArtifactLocation, Invocation, Location, Log, Notification, PhysicalLocation, Result } from 'sarif';
import { HOME } from './pages';
import { descriptors } from './sarif-rules';
import { exemptionOf, looseningsOf, nameOf, outcomeOf, termsOf } from './wording';
import { Problem, Report, ReportedFinding } from '../../engine/findings/report';
import { RULE_IDS } from '../../engine/findings/rules';
import { visibleJson, wellFormed } from '../../engine/text/visible';

/**
 * SARIF 2.1.0, whole whatever its size. GitHub shows the 5,000 results that weigh most, and refuses a file of more than 25,000, or one
 * that is larger than 10 MB compressed. It shows suppressed results like any other; the action `advanced-security/dismiss-alerts`
 * closes them.
 *
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
export function sarif(report: Report): string {
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: report.tool.name, version: report.tool.version, informationUri: HOME, rules: descriptors() } },
      automationDetails: { id: 'imds-guard/' },
      invocations: [invocation(report)],
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { [ROOT]: { description: { text: 'the working directory of the check' } } },
      artifacts: [...new Set(report.templates.map(({ file }) => file))].map(file => ({ location: artifact(file), roles: ['analysisTarget'] })),
      results: report.findings.map(each => result(each, report)),
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

function invocation(report: Report): Invocation {
  return {
    executionSuccessful: report.problems.length === 0,
    exitCode: report.exitCode,
    exitCodeDescription: outcomeOf(report),
    toolExecutionNotifications: [...report.problems.map(each => notification('error', each)), ...(report.notes ?? []).map(each => notification('note', each))],
    ...report.settings && {
      toolConfigurationNotifications: looseningsOf(report).map((each): Notification => ({ level: 'note', message: { text: plain(each) } })),
    },
  };
}

function notification(level: 'error' | 'note', problem: Problem): Notification {
  return { level, message: { text: plain(problem.message) }, locations: [{ physicalLocation: place(problem) }] };
}

function result(finding: ReportedFinding, report: Report): Result {
  const { rule, level, verdict, status, type, path, values, stack, fix, page, constructPath } = finding;
  const exemption = status === 'exempt' ? exemptionOf(report, finding) : undefined;
  return {
    ruleId: rule,
    ruleIndex: RULE_IDS.indexOf(rule),
    level,
    message: { text: message(finding) },
    locations: [location(finding)],
    partialFingerprints: fingerprints(finding),
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
    physicalLocation: place(finding),
    logicalLocations: [{ ...logicalId !== '' && { name: logicalId }, fullyQualifiedName: constructPath ?? inTemplate, kind: 'resource' }],
  };
}

function place({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>): PhysicalLocation {
  return {
    artifactLocation: artifact(file),
    ...line !== undefined && { region: { startLine: line, ...column !== undefined && { startColumn: column } } },
  };
}

const ROOT = '%SRCROOT%';

/** A path is relative to the working directory unless it says otherwise. */
function artifact(file: string): ArtifactLocation {
  const uri = wellFormed(file).replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/');
  if (file.startsWith('/')) { return { uri: `file://${uri}` }; }
  return /^[A-Za-z]:\//.test(file) ? { uri: `file:///${file[0]}:${uri.slice('C%3A'.length)}` } : { uri, uriBaseId: ROOT };
}

/**
 * GitHub tells results apart by `primaryLocationLineHash` alone. Its upload action computes it from the line, and warns where it finds
 * another; where there is no line it computes none.
 */
function fingerprints({ fingerprint, line }: ReportedFinding): { [name: string]: string } {
  return { 'imdsGuard/v1': fingerprint, ...line === undefined && { primaryLocationLineHash: fingerprint } };
}
