import { listed, moreOf } from './listed';
import { locationOf, mainPlaceOf, nameOf, news, propertyOf } from './wording';
import { Report, ReportedFinding } from '../../engine/findings/report';
import { visibleJson } from '../../engine/text/visible';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const SEVERITIES = { error: 'critical', warning: 'major', note: 'info' } as const;

/**
 * A Code Quality report. What is exempt or in the baseline is left out: GitLab has no way to tell it apart.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlab(report: Report): string {
  const unread = report.problems.map((each): Issue => ({
    description: `could not be read: ${each.message}`,
    check_name: 'unreadable-input',
    fingerprint: `unreadable-input:${each.file}:${each.message}`,
    severity: 'blocker',
    location: placeOf(each),
  }));
  const found = listed(news(report)).flatMap(([each, more]) => [issue(each), ...moreOf(each, more).map(line => rest(each, line))]);
  return visibleJson(withOwnFingerprints([...unread, ...found]));
}

function issue(finding: ReportedFinding): Issue {
  return {
    description: description(finding),
    check_name: finding.rule,
    fingerprint: finding.fingerprint,
    severity: SEVERITIES[finding.level],
    location: placeOf(mainPlaceOf(finding)),
  };
}

/** Findings that are not listed, as one: where some are mended, GitLab finds the same issue again. */
function rest(finding: ReportedFinding, line: string): Issue {
  const { file, stack, logicalId, rule } = finding;
  return { ...issue(finding), description: `${nameOf(finding)}: ${line}`, fingerprint: `more:${file}:${stack}:${logicalId}:${rule}` };
}

function description(finding: ReportedFinding): string {
  const { logicalId, constructPath, reason, fix } = finding;
  const name = constructPath === undefined || logicalId === '' ? nameOf(finding) : `${constructPath} (${logicalId})`;
  const property = propertyOf(finding);
  const template = finding.source ? `. In the template: ${locationOf(finding)}` : '';
  return `${name}: ${reason}${property === '' ? '' : ` (${property})`}. To fix it: ${fix}${template}`;
}

/** GitLab wants a line, and paths without `./`. */
function placeOf({ file, line }: { readonly file: string; readonly line?: number }): Issue['location'] {
  return { path: file.replace(/^\.\//, ''), lines: { begin: line ?? 1 } };
}

/** GitLab drops an issue whose fingerprint another has. */
function withOwnFingerprints(issues: readonly Issue[]): Issue[] {
  const used = new Set<string>();
  return issues.map(each => {
    let fingerprint = each.fingerprint;
    for (let times = 2; used.has(fingerprint); times += 1) { fingerprint = `${each.fingerprint}-${times}`; }
    used.add(fingerprint);
    return { ...each, fingerprint };
  });
}
