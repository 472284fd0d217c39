import * as fc from 'fast-check';
import { anyReport, newErrors } from './any-report';
import { findingOf, reportOf, sampleReport, sampleReportWithProblems } from './sample-report';
import { gitlab } from '../../../src/cli/formats/gitlab';
import { Report } from '../../../src/engine/findings/report';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function issuesOf(report: Report): Issue[] {
  return JSON.parse(gitlab(report)) as Issue[];
}

test('has what GitLab asks for', () => {
  const finding = findingOf({
    rule: 'imdsv1-allowed', file: './a.json', line: 3, constructPath: 'App/Server', reason: 'it is wrong', fix: 'mend it', values: ['optional'], fingerprint: 'abc',
  });
  expect(issuesOf(reportOf({ findings: [finding] }))).toEqual([{
    description: 'App/Server (Server): it is wrong (Properties.MetadataOptions.HttpTokens: "optional"). To fix it: mend it',
    check_name: 'imdsv1-allowed',
    fingerprint: 'abc',
    severity: 'critical',
    location: { path: 'a.json', lines: { begin: 3 } },
  }]);
});

test.each([['imdsv1-allowed', 'critical'], ['undecided-value', 'major'], ['hop-limit-too-low', 'info']] as const)('%s is %s', (rule, severity) => {
  expect(issuesOf(reportOf({ findings: [findingOf({ rule })] }))[0].severity).toBe(severity);
});

test('has a line also where none is known', () => {
  expect(issuesOf(reportOf({ findings: [findingOf({ rule: 'invalid-value' })] }))[0].location.lines).toEqual({ begin: 1 });
});

test('an empty report is an empty list', () => {
  expect(gitlab(reportOf())).toBe('[]\n');
});

test('what is exempt or in the baseline is left out', () => {
  expect(issuesOf(sampleReport()).map(each => each.fingerprint)).toEqual(sampleReport().findings.flatMap(each => each.status === 'new' ? [each] : [])
    .sort((a, b) => ['error', 'warning', 'note'].indexOf(a.level) - ['error', 'warning', 'note'].indexOf(b.level)).map(each => each.fingerprint));
  expect(issuesOf(sampleReport())).toHaveLength(9);
});

test('an input that could not be read blocks', () => {
  expect(issuesOf(sampleReportWithProblems()).filter(each => each.severity === 'blocker')).toEqual([
    expect.objectContaining({ check_name: 'unreadable-input', location: { path: 'legacy/broken.yaml', lines: { begin: 3 } } }),
    expect.objectContaining({ check_name: 'unreadable-input', location: { path: 'cdk.out/manifest.json', lines: { begin: 1 } } }),
  ]);
});

test('two findings never have one fingerprint', () => {
  const findings = ['a', 'a-2', 'a', 'a'].map(fingerprint => findingOf({ rule: 'invalid-value', fingerprint }));
  expect(issuesOf(reportOf({ findings })).map(each => each.fingerprint)).toEqual(['a', 'a-2', 'a-3', 'a-4']);
});

test('fingerprints are unique and no error is lost, whatever is in the report', () => {
  fc.assert(fc.property(anyReport(), report => {
    const issues = issuesOf(report);
    expect(new Set(issues.map(each => each.fingerprint)).size).toBe(issues.length);
    for (const { rule, logicalId, reason } of newErrors(report)) {
      expect(issues.some(each => each.check_name === rule && each.description.includes(logicalId) && each.description.includes(reason))).toBe(true);
    }
    for (const { location, severity } of issues) {
      expect(location.lines.begin).toBeGreaterThanOrEqual(1);
      expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
    }
  }));
});
