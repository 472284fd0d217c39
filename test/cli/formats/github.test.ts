import * as fc from 'fast-check';
import { anyReport, HOSTILE, newErrors } from './any-report';
import { findingOf, reportOf, sampleReport, sampleReportWithProblems } from './sample-report';
import { readCommand, WorkflowCommand } from './workflow-command';
import { github } from '../../../src/cli/formats/github';
import { Report } from '../../../src/engine/findings/report';
import { visible } from '../../../src/engine/text/visible';

function linesOf(report: Report, quiet = false): string[] {
  return github(report, { colour: false, quiet }).trimEnd().split('\n');
}

function commandsOf(report: Report, quiet = false): WorkflowCommand[] {
  return linesOf(report, quiet).map(readCommand).filter(each => each !== undefined);
}

test('reads well', () => {
  expect(github(sampleReportWithProblems(), { colour: false, quiet: false })).toMatchSnapshot();
});

test('annotates the line, with what is wrong and what to do', () => {
  const finding = findingOf({
    rule: 'imdsv1-allowed', file: 'a b.json', line: 3, column: 7, constructPath: 'App/Server', reason: 'it is wrong', fix: 'mend it', values: ['optional'],
  });
  expect(commandsOf(reportOf({ findings: [finding] }))).toEqual([{
    name: 'error',
    properties: { file: 'a b.json', line: '3', col: '7', title: 'imdsv1-allowed: App/Server' },
    message: `it is wrong\nProperties.MetadataOptions.HttpTokens: "optional"\nfix: mend it\nServer, AWS::EC2::Instance\n${finding.page}`,
  }]);
});

test('errors come first, then warnings, then notices', () => {
  const order = ['imdsv1-call', 'undecided-value', 'imdsv1-allowed', 'hop-limit-too-low', 'invalid-value'] as const;
  expect(commandsOf(reportOf({ findings: order.map(rule => findingOf({ rule })) })).map(each => each.name))
    .toEqual(['error', 'error', 'warning', 'notice', 'notice']);
});

test('inputs that could not be read come before all', () => {
  expect(commandsOf(sampleReportWithProblems()).slice(0, 2)).toEqual([
    { name: 'error', properties: { file: 'legacy/broken.yaml', line: '3', col: '14', title: 'could not be read' }, message: expect.any(String) as string },
    { name: 'error', properties: { file: 'cdk.out/manifest.json', title: 'could not be read' }, message: expect.any(String) as string },
  ]);
});

test('exemptions are in the log with the days left, in every state, and give no command', () => {
  const exemption = { file: 't.json', stack: 't', source: 'exemption', reason: '\n::error::pwned', owner: 'edge', until: '2026-03-24', daysLeft: 10 } as const;
  const report = reportOf({ exemptions: [{ ...exemption, logicalId: 'A', state: 'expiring' }, { ...exemption, logicalId: 'B', state: 'expired', daysLeft: -1 }] });
  expect(linesOf(report).slice(0, 2)).toEqual([
    'exemption, expiring: A in t.json: \\n::error::pwned; owner edge; 10 days left (until 2026-03-24)',
    'exemption, expired: B in t.json: \\n::error::pwned; owner edge; ended 1 day ago (until 2026-03-24)',
  ]);
  expect(linesOf(report, true)).toHaveLength(2);
});

test('what is exempt or in the baseline is not annotated', () => {
  const findings = (['exempt', 'baseline'] as const).map(status => findingOf({ rule: 'imdsv1-allowed', status }));
  expect(commandsOf(reportOf({ findings }))).toEqual([]);
});

test('quiet annotates errors alone', () => {
  expect(new Set(commandsOf(sampleReport(), true).map(each => each.name))).toEqual(new Set(['error']));
});

test('a column is written only with its line, and standard input is no file', () => {
  const finding = findingOf({ rule: 'invalid-value', column: 3 });
  expect(commandsOf(reportOf({ findings: [finding] }))[0].properties).not.toHaveProperty('col');
  expect(commandsOf(reportOf({ findings: [{ ...finding, file: '<stdin>', line: 3 }] }))[0].properties).toEqual({ title: 'invalid-value: Server' });
});

test('ends with the summary', () => {
  expect(linesOf(sampleReport()).slice(-2)).toEqual([
    '4 templates, 12 resources that launch instances: 3 compliant, 6 with violations, 2 cannot tell, 1 not governed · 1 finding exempt · 1 finding in the baseline',
    'failed: 4 of 6 resources with violations, 6 new findings',
  ]);
});

test.each([[10, false], [11, true]])('with %d errors it says that GitHub shows ten of a kind: %s', (count, told) => {
  const findings = Array.from({ length: count }, (_, i) => findingOf({ rule: 'imdsv1-allowed', logicalId: `Server${i}` }));
  const result = linesOf(reportOf({ findings }));
  expect(result.filter(line => line.startsWith('::error'))).toHaveLength(count);
  expect(result.includes(`GitHub shows 10 annotations of each kind per step; all ${count} are in this log`)).toBe(told);
});

test.each(HOSTILE)('%j gives no command of its own and arrives whole', hostile => {
  const finding = findingOf({ rule: 'imdsv1-allowed', logicalId: hostile, reason: `r ${hostile}`, fix: hostile, file: `f ${hostile}`, line: 1, type: hostile });
  const commands = commandsOf(reportOf({ findings: [finding] }));
  expect(commands).toHaveLength(1);
  expect(commands[0].properties).toEqual({ file: `f ${visible(hostile)}`, line: '1', title: `imdsv1-allowed: ${visible(hostile) || 'the template'}` });
  expect(commands[0].message.split('\n')[0]).toBe(`r ${visible(hostile)}`);
});

test('has one command a line and loses no error, whatever is in the report', () => {
  fc.assert(fc.property(anyReport(), report => {
    const commands = commandsOf(report);
    expect(commands).toHaveLength(report.problems.length + report.notes!.length + report.findings.filter(each => each.status === 'new').length);
    expect(commands.every(({ name }) => ['error', 'warning', 'notice'].includes(name))).toBe(true);
    for (const { rule, logicalId, constructPath } of newErrors(report)) {
      const title = `${rule}: ${visible((constructPath ?? logicalId) || 'the template')}`.trimEnd();
      const found = commands.filter(each => each.name === 'error' && each.properties.title === title);
      expect(found.some(each => constructPath === undefined || each.message.includes(visible(logicalId)))).toBe(true);
    }
  }));
});
