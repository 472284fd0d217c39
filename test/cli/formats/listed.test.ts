import { findingOf, reportOf } from './sample-report';
import { FormatName, FORMATS } from '../../../src/cli/formats';
import { listed } from '../../../src/cli/formats/listed';
import { Report, ReportedFinding } from '../../../src/engine/findings/report';

const OPTIONS = { colour: false, quiet: false };

const call = (i: number, parts: Partial<ReportedFinding> = {}): ReportedFinding => (
  findingOf({ rule: 'imdsv1-call', level: 'warning', verdict: 'advice', reason: `reads line ${i};`, fingerprint: `f-${i}`, ...parts })
);
const calls = (count: number, parts: Partial<ReportedFinding> = {}): ReportedFinding[] => Array.from({ length: count }, (_, i) => call(i, parts));
const resources = [{ logicalId: 'Server', type: 'AWS::EC2::Instance', verdict: 'violation' }] as const;
const report = (findings: readonly ReportedFinding[]): Report => {
  const [{ file, stack }] = findings;
  return reportOf({ templates: [{ file, stack, resources }], findings });
};
const told = (name: FormatName, findings: readonly ReportedFinding[]): string => FORMATS[name].render(report(findings), OPTIONS);
const times = (text: string): number => new Set(text.match(/reads line \d+;/g)).size;

describe.each<FormatName>(['text', 'markdown', 'html', 'github', 'gitlab', 'junit'])('%s', name => {
  test('shows ten findings of one rule for a resource, and how many more there are', () => {
    expect(told(name, calls(10))).not.toContain('more of');
    expect(times(told(name, calls(10)))).toBe(10);
    expect(times(told(name, calls(11)))).toBe(10);
    expect(told(name, calls(11))).toMatch(/\b1 more of (<code>)?imdsv1-call/);
    expect(told(name, calls(25))).toMatch(/\b15 more of (<code>)?imdsv1-call/);
    expect(told(name, calls(25))).toContain('--format json');
    expect(times(told(name, calls(25, { level: 'error', verdict: 'violation' })))).toBe(10);
    expect(told(name, calls(25, { level: 'error', verdict: 'violation' }))).toMatch(/\b15 more of (<code>)?imdsv1-call/);
  });

  test.each<[string, Partial<ReportedFinding>]>([
    ['resource', { logicalId: 'Other' }], ['rule', { rule: 'hop-limit-not-set' }], ['file', { file: 'other.json' }],
  ])('counts each %s alone', (_, parts) => {
    const findings = [...calls(10), ...calls(20, parts).slice(10)];
    expect(times(told(name, findings))).toBe(20);
    expect(told(name, findings)).not.toContain('more of');
  });
});

test.each<FormatName>(['json', 'sarif'])('%s, which machines count, has all', name => {
  expect(times(told(name, calls(25)))).toBe(25);
  expect(told(name, calls(25))).not.toContain('more of');
});

test('no error is left out for what is exempt, known or no error', () => {
  const weaker = [...calls(10, { status: 'exempt' }), ...calls(10, { status: 'baseline' }), ...calls(10)];
  expect(listed([...weaker, call(1, { level: 'error', verdict: 'violation' })]).map(([, more]) => more)).toEqual(Array(31).fill(0));
});

test('GitLab keeps the rest apart from others', () => {
  const issues = JSON.parse(told('gitlab', [...calls(25), ...calls(25, { logicalId: 'Other' })])) as { check_name: string; fingerprint: string; location: object }[];
  expect(issues).toHaveLength(22);
  expect(new Set(issues.map(each => each.fingerprint)).size).toBe(22);
  expect(issues[10]).toMatchObject({ check_name: 'imdsv1-call', severity: 'major', location: issues[9].location });
});
