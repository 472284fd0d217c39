import * as fc from 'fast-check';
import { anyLogicalId, anyReport, anyText, HOSTILE, newErrors } from './any-report';
import { findingOf, reportOf, sampleReport, sampleReportWithProblems } from './sample-report';
import { markdown } from '../../../src/cli/formats/markdown';
import { Report, ReportedExemption } from '../../../src/engine/findings/report';

/** What GitHub takes as a comment. */
const LIMIT = 65_536;

function shown(report: Report, quiet = false): string {
  return markdown(report, { colour: false, quiet });
}

function cellsOf(line: string): string[] {
  return line.split('|').slice(1, -1).map(each => each.trim());
}

test('reads well', () => {
  expect(shown(sampleReportWithProblems())).toMatchSnapshot();
});

test('quiet leaves what fails and the summary', () => {
  const result = shown(sampleReport(), true);
  expect(result).toContain('### Violations: 6');
  expect(result).not.toMatch(/Warnings|Good to know|Exemptions|Not governed,/);
  expect(result).toContain('| Cannot tell |');
});

test.each([
  ['❌', 'failed: 4 of 6 resources with violations, 6 new findings', sampleReport()],
  ['❌', 'incomplete: 2 inputs could not be read, 4 of 6 resources with violations, 6 new findings', sampleReportWithProblems()],
  ['⚠️', 'nothing was examined: there is no template', reportOf()],
  ['⚠️', 'passed, 2 resources undecided', sampleReport({ findings: sampleReport().findings.filter(each => each.verdict === 'cannot tell'), templates: undecided() })],
  ['✅', 'passed', reportOf({ templates: [{ file: 'a', stack: 'a', resources: [{ logicalId: 'A', type: 'T', verdict: 'compliant' }] }] })],
])('begins with %s %s', (mark, outcome, report) => {
  expect(shown(report).split('\n')[0]).toBe(`## ${mark} imds-guard: ${outcome}`);
});

function undecided(): Report['templates'] {
  return [{ file: 'a', stack: 'a', resources: ['A', 'B'].map(logicalId => ({ logicalId, type: 'T', verdict: 'cannot tell' as const })) }];
}

test('counts every verdict in the table at the top', () => {
  const [head, , numbers] = shown(sampleReport()).split('\n').slice(2);
  expect(cellsOf(head).map((name, i) => [name, cellsOf(numbers)[i]])).toEqual([
    ['Templates', '4'], ['Resources', '12'], ['Compliant', '3'], ['With violations', '6'], ['Cannot tell', '2'], ['Not governed', '1'], ['Exempt findings', '1'],
    ['Findings in the baseline', '1'],
  ]);
});

test('says it where nothing launches instances', () => {
  expect(shown(reportOf({ templates: [{ file: 'a', stack: 'a', resources: [] }] }))).toContain('1 template, no resource that launches instances');
});

test('what is the same about many resources is one row, up to what one can read', () => {
  const findings = Array.from({ length: 45 }, (_, i) => findingOf({ rule: 'imdsv1-allowed', logicalId: `Server${i}` }));
  const rows = shown(reportOf({ findings })).split('\n').filter(line => line.includes('<code>imdsv1-allowed</code>'));
  expect(rows.map(row => row.split('<code>Server').length - 1)).toEqual([20, 20, 5]);
});

test('what is undecided is folded, what fails is not', () => {
  const result = shown(sampleReport());
  const folded = result.slice(result.indexOf('<details>'), result.indexOf('</details>'));
  expect(folded).toContain('undecided-launch-template');
  expect(folded).not.toContain('imdsv1-allowed');
});

test('lists exemptions with the days left', () => {
  expect(shown(sampleReport()).split('\n').filter(line => line.includes('days left (until 2026-03-20)'))).toEqual([
    expect.stringMatching(/^\| <code>Production\/Web\/Cache\/Resource<\/code> .* \| expiring \| 6 days left .* \| <code>platform@example.com<\/code> \| the vendor/),
  ]);
});

describe('a report that is too long for a comment', () => {
  const findings = Array.from({ length: 2_000 }, (_, i) => findingOf({ rule: 'imdsv1-allowed', logicalId: `Server${i}`, reason: `reason ${i}` }));
  const exemptions = Array.from({ length: 500 }, (_, i): ReportedExemption => (
    { file: 'a.json', stack: 'a.json', logicalId: `Exempt${i}`, source: 'exemption', reason: 'vendor', state: 'active' }
  ));
  const problems = Array.from({ length: 500 }, (_, i) => ({ file: `broken${i}.yaml`, message: 'is empty' }));
  const result = shown(reportOf({ findings, exemptions, problems }));

  test('stays below the limit, and uses it', () => {
    expect(result.length).toBeLessThanOrEqual(LIMIT);
    expect(result.length).toBeGreaterThan(LIMIT * 0.9);
  });

  test.each([
    ['Violations', /<code>Server\d+<\/code>/g, 2_000], ['Exemptions', /<code>Exempt\d+<\/code>/g, 500], ['Could not be read', /^- <code>broken/gm, 500],
  ])('%s: every one is shown or counted as left out', (title, pattern, count) => {
    const section = result.split('### ').find(each => each.startsWith(title))!;
    const shownOnes = section.match(pattern)!.length;
    const leftOut = Number(/… and (\d+) more/.exec(section)![1]);
    expect(shownOnes).toBeGreaterThan(10);
    expect(shownOnes + leftOut).toBe(count);
  });

  test('says where the whole list is', () => {
    expect(result).toContain('`--format json` has all');
  });

  test('says nothing of the kind where all fits', () => {
    expect(shown(sampleReport())).not.toContain('left out');
  });
});

test.each(HOSTILE)('%j does not break out of its cell', hostile => {
  const finding = findingOf({
    rule: 'imdsv1-allowed', logicalId: hostile, constructPath: hostile, reason: hostile, fix: hostile, path: hostile, page: hostile, file: hostile, type: hostile,
  });
  const exemption = { file: hostile, stack: hostile, logicalId: hostile, source: 'file', reason: hostile, owner: hostile, state: 'active' } as const;
  const result = shown(reportOf({ findings: [finding], exemptions: [exemption], problems: [{ file: hostile, message: hostile }] }));
  const row = result.split('\n').find(line => line.includes('imdsv1-allowed'))!;
  expect(cellsOf(row)).toHaveLength(3);
  expect(result).not.toMatch(/<script|<x>|\*bold\*|\[click\]/);
  expect(result.replace(/<code>.*?<\/code>/g, '')).not.toContain('@everyone'); // in code nobody is told
});

test('an address that is none becomes text', () => {
  const page = (address: string): string => shown(reportOf({ findings: [findingOf({ rule: 'invalid-value', page: address })] }));
  expect(page('https://docs.aws.amazon.com/a#b')).toContain('[AWS page](https://docs.aws.amazon.com/a#b)');
  expect(page('javascript:alert(1)')).toContain('<code>javascript:alert(1)</code>');
  expect(page('https://x) [y](z')).not.toContain('[AWS page]');
});

test('loses no error, stays below the limit and keeps its tables whole', () => {
  fc.assert(fc.property(anyReport(anyLogicalId(), anyText().filter(each => each.length < 40)), report => {
    const result = shown(report);
    expect(result.length).toBeLessThanOrEqual(LIMIT);
    for (const line of result.split('\n').filter(each => each.startsWith('|'))) {
      expect([3, 5, 8]).toContain(cellsOf(line).length);
    }
    for (const { rule, logicalId } of newErrors(report)) {
      expect(result).toContain(`<code>${rule}</code>`);
      expect(result).toContain(logicalId);
    }
  }));
});

test('stays below the limit with text of any length', () => {
  const long = fc.constantFrom('|'.repeat(5_000), '🦊'.repeat(5_000), 'x'.repeat(100_000));
  fc.assert(fc.property(anyReport(long, long), report => {
    expect(shown(report).length).toBeLessThanOrEqual(LIMIT);
  }), { numRuns: 30 });
});
