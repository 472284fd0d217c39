import * as fc from 'fast-check';
import { anyReport, HOSTILE, newErrors } from './any-report';
import { findingOf, reportOf, sampleReport, sampleReportWithProblems } from './sample-report';
import { text } from '../../../src/cli/formats/text';
import { Report } from '../../../src/engine/findings/report';
import { visible } from '../../../src/engine/text/visible';

const PLAIN = { colour: false, quiet: false };
const QUIET = { colour: false, quiet: true };

function plain(report: Report): string {
  return text(report, PLAIN);
}

function lines(report: Report, options = PLAIN): string[] {
  return text(report, options).trimEnd().split('\n');
}

test('reads well', () => {
  expect(plain(sampleReportWithProblems())).toMatchSnapshot();
});

test('quiet leaves what fails and the summary', () => {
  expect(text(sampleReport(), QUIET)).toMatchSnapshot();
});

test('the last two lines are what was examined and what that means, quiet or not', () => {
  for (const options of [PLAIN, QUIET]) {
    expect(lines(sampleReport(), options).slice(-2)).toEqual([
      '4 templates, 12 resources that launch instances: 3 compliant, 6 with violations, 2 cannot tell, 1 not governed · 1 finding exempt · 1 finding in the baseline',
      'failed: 4 of 6 resources with violations, 6 new findings',
    ]);
  }
});

test('a clean report is its summary alone', () => {
  const resources = [{ logicalId: 'Server', type: 'AWS::EC2::Instance', verdict: 'compliant' }] as const;
  expect(plain(reportOf({ templates: [{ file: 'a.json', stack: 'a.json', resources }] })))
    .toBe('1 template, 1 resource that launches instances: 1 compliant, 0 with violations, 0 cannot tell, 0 not governed\npassed\n');
});

test('where nothing was examined, that is told', () => {
  expect(plain(reportOf())).toBe('no template\nnothing was examined: there is no template\n');
  expect(plain(reportOf({ templates: [{ file: 'a.json', stack: 'a.json', resources: [] }] })))
    .toBe('1 template, no resource that launches instances\npassed: nothing launches instances\n');
});

describe('what is the same about many resources', () => {
  const same = ['A', 'B', 'C'].map((logicalId, i) => findingOf({ rule: 'imdsv1-allowed', logicalId, line: i + 1, column: 5 }));

  test('is told once, with every resource and its place', () => {
    const result = lines(reportOf({ findings: same }));
    expect(result.filter(line => line.includes('imdsv1-allowed'))).toHaveLength(1);
    expect(result).toContain('  3 resources  AWS::EC2::Instance');
    for (const name of ['A', 'B', 'C']) { expect(result.filter(line => line.endsWith(`  ${name}`))).toHaveLength(1); }
    for (const place of ['template.json:1:5  A', 'template.json:2:5  B', 'template.json:3:5  C']) {
      expect(result.some(line => line.endsWith(`  ${place}`))).toBe(true);
    }
  });

  test.each([
    [100, 'template.json:1:5  Web/Hosts/LaunchTemplate/Resource  HostsLaunchTemplate1A2B3C4D'],
    [80, 'template.json:1:5  Web/Hosts/LaunchTemplate/Resource'],
  ])('has logical ids beside the paths of constructs where there is room for both, here in %d columns', (width, place) => {
    const made = same.map(each => ({ ...each, constructPath: 'Web/Hosts/LaunchTemplate/Resource', logicalId: `HostsLaunchTemplate1A2B3C4${each.logicalId === 'A' ? 'D' : each.logicalId}` }));
    const result = text(reportOf({ findings: made }), { colour: false, quiet: false, width }).split('\n');
    expect(result).toContain(`      at        ${place}`);
  });

  test('is told apart where one has another reason or one more finding', () => {
    const other = { ...same[1], reason: 'another' };
    const more = findingOf({ rule: 'hop-limit-too-high', logicalId: 'C' });
    const result = lines(reportOf({ findings: [same[0], other, same[2], more] }));
    expect(result.filter(line => line.includes('imdsv1-allowed'))).toHaveLength(3);
  });

  test('is told apart in each stack', () => {
    const result = lines(reportOf({ findings: [same[0], { ...same[1], stack: 'Other', file: 'other.json' }] }));
    expect(result.filter(line => line.includes('imdsv1-allowed'))).toHaveLength(2);
  });
});

test('the page of several findings of a resource is told once where it is the same', () => {
  const findings = ['page-a', 'page-a', 'page-b'].map((page, i) => ({ ...findingOf({ rule: 'imdsv1-call', logicalId: 'A', line: 3 }), path: `P${i}`, page }));
  expect(lines(reportOf({ findings })).filter(line => line.startsWith('      page'))).toEqual(['      page      page-a', '      page      page-b']);
});

test('the places of several findings are told once where they are the same', () => {
  const findings = ['A', 'B'].flatMap(logicalId => [findingOf({ rule: 'imdsv1-allowed', logicalId, line: 3 }), findingOf({ rule: 'invalid-value', logicalId, line: 3 })]);
  expect(lines(reportOf({ findings })).filter(line => line.includes(':3  A'))).toHaveLength(1);
});

test.each([[undefined, 80], [120, 120], [10, 40]])('at a width of %s lines are broken at %i, but no path and no address is', (width, most) => {
  const reason = 'mouse '.repeat(60).trim();
  const page = `https://docs.aws.amazon.com/${'x'.repeat(200)}`;
  const file = `cdk.out/${'long/'.repeat(40)}t.json`;
  const result = lines(reportOf({ findings: [findingOf({ rule: 'imdsv1-allowed', reason, page, file })] }), { ...PLAIN, ...width !== undefined && { width } });
  const words = result.filter(line => line.includes('mouse'));
  expect(words.length).toBeGreaterThan(1);
  for (const line of words) { expect(line.length).toBeLessThanOrEqual(most); }
  expect(words.map(line => line.slice(16)).join(' ')).toBe(reason);
  expect(result.some(line => line.endsWith(page))).toBe(true);
  expect(result.some(line => line.includes(`at        ${file}`))).toBe(true);
});

test('stacks come as the templates do, the errors of a resource first', () => {
  const result = plain(reportOf({
    templates: [{ file: 'a.json', stack: 'First', resources: [] }, { file: 'b.json', stack: 'Second', resources: [] }],
    findings: [
      findingOf({ rule: 'imdsv1-allowed', file: 'b.json', stack: 'Second' }),
      findingOf({ rule: 'hop-limit-too-low', file: 'a.json', stack: 'First' }),
      findingOf({ rule: 'invalid-value', file: 'a.json', stack: 'First' }),
    ],
  }));
  expect(result.indexOf('First')).toBeLessThan(result.indexOf('Second'));
  expect(result.indexOf('invalid-value')).toBeLessThan(result.indexOf('hop-limit-too-low'));
});

test('what is exempt or in the baseline is not among the findings', () => {
  const findings = (['exempt', 'baseline'] as const).map(status => findingOf({ rule: 'imdsv1-allowed', status, logicalId: `Is${status}` }));
  const result = plain(reportOf({ findings }));
  expect(result).not.toContain('Isexempt');
  expect(result).not.toContain('Isbaseline');
  expect(result).toContain('1 finding is in the baseline and not listed');
});

test('a finding about a whole template is told without a logical id', () => {
  expect(lines(reportOf({ findings: [findingOf({ rule: 'internal-error', logicalId: '', type: '' })] }))).toContain('  the template');
});

test('colours are written only where they are wanted', () => {
  const coloured = text(sampleReportWithProblems(), { colour: true, quiet: false });
  // eslint-disable-next-line no-control-regex
  expect(coloured.replace(/\u001B\[\d+m/g, '')).toBe(plain(sampleReportWithProblems()));
  expect(coloured).toContain('\u001B[31merror\u001B[39m');
  expect(plain(sampleReportWithProblems())).not.toContain('\u001B');
});

test('a passing report with something undecided is not green', () => {
  const resource = { logicalId: 'Server', type: 'AWS::EC2::Instance' };
  const outcome = (verdict: 'compliant' | 'cannot tell'): string => (
    text(reportOf({ templates: [{ file: 'a', stack: 'a', resources: [{ ...resource, verdict }] }] }), { colour: true, quiet: false })
  );
  expect(outcome('compliant')).toContain('\u001B[32mpassed\u001B[39m');
  expect(outcome('cannot tell')).toContain('\u001B[33mpassed, 1 resource undecided\u001B[39m');
});

test.each(HOSTILE)('a template cannot deceive the reader or the build service with %j', hostile => {
  const finding = findingOf({ rule: 'imdsv1-allowed', logicalId: hostile, reason: hostile, fix: hostile, path: hostile, file: hostile, stack: hostile });
  const template = { file: hostile, stack: hostile, resources: [{ logicalId: hostile, type: hostile, verdict: 'not governed' }] } as const;
  const result = plain(reportOf({ templates: [template], findings: [finding], problems: [{ file: hostile, message: hostile }] }));
  for (const line of result.split('\n')) {
    expect(line).not.toMatch(/\p{Cc}|^\s*::|##\[|##vso\[/u);
  }
});

test('loses no error, and has one line for each place', () => {
  fc.assert(fc.property(anyReport(), report => {
    const result = plain(report);
    for (const { rule, logicalId, constructPath } of newErrors(report)) {
      expect(result).toContain(`error  ${rule}`);
      expect(result.replaceAll('\\u003a:', '::')).toContain(visible(constructPath ?? logicalId));
    }
    expect(result.endsWith('\n')).toBe(true);
    expect(result).not.toMatch(/[^\P{Cc}\n]/u);
  }));
});

test('ten findings of one rule are printed for a resource, and how many more there are', () => {
  const calls = (count: number): Report => reportOf({
    findings: Array.from({ length: count }, (_, i) => findingOf({ rule: 'imdsv1-call', level: 'warning', verdict: 'advice', reason: `line ${i}` })),
  });
  expect(lines(calls(10)).filter(line => line.includes('line '))).toHaveLength(10);
  expect(plain(calls(10))).not.toContain('more of');
  expect(lines(calls(25)).filter(line => line.includes('why'))).toHaveLength(10);
  expect(plain(calls(25))).toContain('    15 more of imdsv1-call: --format json lists all\n');
});
