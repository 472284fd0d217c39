import { findingOf, reportOf, ReportParts, sampleReport, sampleReportWithProblems } from './sample-report';
import { daysLeftOf, exemptionOf, locationOf, outcomeOf, propertyOf, summaryOf, termsOf } from '../../../src/cli/formats/wording';
import { ExaminedResource } from '../../../src/engine/findings/finding';

const FILE = 'template.json';

function report(verdicts: readonly ExaminedResource['verdict'][], parts: ReportParts = {}): ReturnType<typeof reportOf> {
  const resources = verdicts.map((verdict, i) => ({ logicalId: `Server${i}`, type: 'AWS::EC2::Instance', verdict }));
  return reportOf({ templates: [{ file: FILE, stack: FILE, resources }], ...parts });
}

describe('the summary', () => {
  test('tells what was examined and every verdict, the undecided ones also where there are none', () => {
    expect(summaryOf(report(['compliant', 'compliant', 'violation'])))
      .toBe('1 template, 3 resources that launch instances: 2 compliant, 1 with violations, 0 cannot tell, 0 not governed');
  });

  test('adds what is exempt and what is in the baseline', () => {
    expect(summaryOf(sampleReport())).toBe(
      '4 templates, 12 resources that launch instances: 3 compliant, 6 with violations, 2 cannot tell, 1 not governed · 1 finding exempt · 1 finding in the baseline',
    );
  });

  test('says it where nothing launches instances, and where there is no template', () => {
    expect(summaryOf(report([]))).toBe('1 template, no resource that launches instances');
    expect(summaryOf(reportOf())).toBe('no template');
  });

  test('counts what is undecided also where it is ignored', () => {
    expect(summaryOf(sampleReport({ cannotTell: 'ignore' }))).toContain(' 2 cannot tell');
  });
});

describe('the outcome', () => {
  const violation = findingOf({ rule: 'imdsv1-allowed', logicalId: 'Server0' });
  const undecided = findingOf({ rule: 'undecided-value', logicalId: 'Server0' });

  test.each<[string, ReturnType<typeof reportOf>]>([
    ['passed', report(['compliant'])],
    ['passed, 1 resource undecided', report(['compliant', 'cannot tell'], { findings: [undecided] })],
    ['passed, 1 resource undecided and not listed', report(['cannot tell'], { findings: [undecided], cannotTell: 'ignore' })],
    ['passed, 1 warning', report(['compliant'], { findings: [{ ...violation, level: 'warning' }] })],
    ['passed: every violation is exempt', report(['violation'], { findings: [{ ...violation, status: 'exempt' }] })],
    ['passed: no new violations', report(['violation'], { findings: [{ ...violation, status: 'baseline' }] })],
    ['passed: nothing launches instances', report([])],
    ['nothing was examined: there is no template', reportOf()],
    ['failed: 1 resource with violations, 1 finding', report(['violation'], { findings: [violation] })],
    ['failed: 1 resource with violations, 2 findings', report(['violation'], { findings: [violation, { ...violation, rule: 'invalid-value' }] })],
    ['failed: 1 undecided finding in 1 resource', report(['cannot tell'], { findings: [undecided], cannotTell: 'fail' })],
    ['failed: 1 resource with violations, 1 finding, 1 undecided finding in 1 resource', report(['violation'], { findings: [violation, undecided], cannotTell: 'fail' })],
    ['failed: 2 undecided findings in 1 resource', report(['cannot tell'], { findings: [undecided, { ...undecided, rule: 'undecided-default' }], cannotTell: 'fail' })],
    ['failed: 1 resource with violations, 1 finding, 1 warning',
      report(['violation', 'cannot tell'], { findings: [violation, undecided, { ...violation, rule: 'imdsv1-call', verdict: 'advice', level: 'warning' }] })],
    ['failed: 2 resources with violations (1 by what it launches from), 1 finding', report(['violation', 'violation'], { findings: [violation] })],
    ['failed: 3 resources with violations (2 by what they launch from), 1 finding', report(['violation', 'violation', 'violation'], { findings: [violation] })],
    ['failed: 1 of 2 resources with violations, 1 finding',
      report(['violation', 'violation'], { findings: [violation, { ...violation, logicalId: 'Server1', status: 'exempt' }] })],
    ['failed: 1 of 2 resources with violations, 1 new finding',
      report(['violation', 'violation'], { findings: [violation, { ...violation, logicalId: 'Server1', status: 'baseline' }] })],
    ['failed: 1 finding', report(['compliant'], { findings: [{ ...violation, rule: 'exemption-expired' }] })], // about the exemption alone
    ['incomplete: 1 input could not be read', report(['compliant'], { problems: [{ file: FILE, message: 'is empty' }] })],
    ['incomplete: 2 inputs could not be read, 4 of 6 resources with violations, 6 new findings', sampleReportWithProblems()],
  ])('%s', (expected, given) => {
    expect(outcomeOf(given)).toBe(expected);
  });

  test.each([0, 1, 2])('begins with passed for exit code 0 alone, here %d', exitCode => {
    const given = [report(['compliant']), report(['violation'], { findings: [violation] }), sampleReportWithProblems()][exitCode];
    expect(given.exitCode).toBe(exitCode);
    expect(outcomeOf(given).startsWith('passed')).toBe(exitCode === 0);
  });
});

test('a location reads as compilers write it, a column only with its line', () => {
  expect(locationOf({ file: 'a.json', line: 3, column: 7 })).toBe('a.json:3:7');
  expect(locationOf({ file: 'a.json', line: 3 })).toBe('a.json:3');
  expect(locationOf({ file: 'a.json', column: 7 })).toBe('a.json');
});

test('a property is told with the values seen, a large one cut', () => {
  expect(propertyOf({ path: 'Properties.X', values: ['optional', { Ref: 'P' }] })).toBe('Properties.X: "optional" or {"Ref":"P"}');
  expect(propertyOf({ path: 'Properties.X', values: [] })).toBe('Properties.X');
  expect(propertyOf({ path: '', values: ['x'.repeat(1000)] })).toHaveLength(200);
});

test.each([
  [{ until: '2026-03-20', daysLeft: 6 }, '6 days left (until 2026-03-20)'],
  [{ until: '2026-03-15', daysLeft: 1 }, '1 day left (until 2026-03-15)'],
  [{ until: '2026-03-14', daysLeft: 0 }, 'last day (until 2026-03-14)'],
  [{ until: '2026-03-13', daysLeft: -1 }, 'ended 1 day ago (until 2026-03-13)'],
  [{}, 'no end date'],
  [{ until: 'someday' }, 'until someday'],
])('an exemption with %j says: %s', (exemption, expected) => {
  expect(daysLeftOf(exemption)).toBe(expected);
});

test.each([
  [{ owner: 'team-edge', until: '2026-03-24', daysLeft: 10 }, 'vendor; owner team-edge; 10 days left (until 2026-03-24)'],
  [{}, 'vendor; no end date'],
])('an exemption with %j is on the terms: %s', (parts, expected) => {
  expect(termsOf({ file: FILE, stack: FILE, logicalId: 'I', source: 'exemption', reason: 'vendor', state: 'active', ...parts })).toBe(expected);
});

test('the exemption of a finding is found for the rules that it covers, while it holds', () => {
  const finding = findingOf({ rule: 'imdsv1-allowed', logicalId: 'Server0' });
  const exemption = { file: FILE, stack: FILE, logicalId: 'Server0', source: 'exemption', reason: 'vendor', state: 'active' } as const;
  expect(exemptionOf(reportOf({ exemptions: [exemption] }), finding)?.reason).toBe('vendor');
  expect(exemptionOf(reportOf({ exemptions: [{ ...exemption, rules: ['hop-limit-too-high'] }] }), finding)).toBeUndefined();
  expect(exemptionOf(reportOf({ exemptions: [{ ...exemption, state: 'expired' }] }), finding)).toBeUndefined();
  expect(exemptionOf(reportOf({ exemptions: [{ ...exemption, logicalId: 'Other' }] }), finding)).toBeUndefined();
});
