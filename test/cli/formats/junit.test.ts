import * as fc from 'fast-check';
import { anyReport, HOSTILE, newErrors } from './any-report';
import { elementsOf, readXml, XmlElement } from './read-xml';
import { findingOf, reportOf, ReportParts, sampleReport, sampleReportWithProblems } from './sample-report';
import { junit } from '../../../src/cli/formats/junit';
import { Verdict } from '../../../src/engine/findings/finding';
import { Report } from '../../../src/engine/findings/report';
import { visible } from '../../../src/engine/text/visible';

const FILE = 'template.json';

function parsed(report: Report): XmlElement {
  return readXml(junit(report));
}

/** The only test of a report about one resource. */
function testOf(verdict: Verdict, parts: ReportParts = {}): XmlElement {
  const resources = [{ logicalId: 'Server', type: 'AWS::EC2::Instance', verdict }];
  return elementsOf(parsed(reportOf({ templates: [{ file: FILE, stack: 'App', resources }], ...parts })), 'testcase')[0];
}

function outcome(test: XmlElement): [string, string | undefined] | undefined {
  const [child] = test.children.filter(each => each.name !== 'system-out');
  return child && [child.name, child.attributes.message];
}

test('reads well', () => {
  expect(junit(sampleReportWithProblems())).toMatchSnapshot();
});

test('has a suite for each template and a test for each resource that launches instances', () => {
  const root = parsed(sampleReport());
  expect(root.attributes).toEqual({ name: 'imds-guard', tests: '12', failures: '4', errors: '0', skipped: '5', time: '0' });
  expect(root.children.map(each => [each.attributes.name, each.children.length])).toEqual([
    ['Production/Web', 5], ['Production/Web/Network', 2], ['Batch', 3], ['legacy/bastion hosts.yaml', 2],
  ]);
});

test('a report of nothing has no test', () => {
  expect(parsed(reportOf()).attributes.tests).toBe('0');
});

describe('a resource', () => {
  const violation = findingOf({ rule: 'imdsv1-allowed', reason: 'it is optional', line: 3 });
  const undecided = findingOf({ rule: 'undecided-value', reason: 'it is a parameter' });

  test.each<[string, Verdict, ReportParts, ReturnType<typeof outcome>]>([
    ['compliant passes', 'compliant', {}, undefined],
    ['in violation fails', 'violation', { findings: [violation] }, ['failure', 'imdsv1-allowed: it is optional']],
    ['that cannot be decided is skipped', 'cannot tell', { findings: [undecided] }, ['skipped', 'cannot tell: it is a parameter']],
    ['that cannot be decided fails where the user wants it', 'cannot tell', { findings: [undecided], cannotTell: 'fail' },
      ['failure', 'undecided-value: it is a parameter']],
    ['that cannot be decided is skipped also where it is ignored', 'cannot tell', { findings: [undecided], cannotTell: 'ignore' }, ['skipped', 'cannot tell']],
    ['not governed is skipped', 'not governed', {}, ['skipped', 'not governed: CloudFormation has no IMDS setting for it']],
    ['in the baseline is skipped', 'violation', { findings: [{ ...violation, status: 'baseline' }] },
      ['skipped', 'in the baseline: imdsv1-allowed: it is optional']],
    ['in violation that is only observed is skipped', 'violation', { findings: [{ ...violation, level: 'warning' }] },
      ['skipped', 'does not fail: imdsv1-allowed: it is optional']],
    ['whose template has a violation is skipped, since the template has a test that fails', 'violation', { findings: [{ ...violation, logicalId: 'Template' }] },
      ['skipped', 'what it launches from has a violation, which is reported there']],
    ['whose template is exempt is skipped, whatever else fails', 'violation', {
      findings: [{ ...violation, logicalId: 'Template', status: 'exempt' }, { ...violation, logicalId: 'Other' }],
    }, ['skipped', 'what it launches from has a violation, which is reported there']],
    ['exempt is skipped with the reason, the owner and the days left', 'violation', {
      findings: [{ ...violation, status: 'exempt' }],
      exemptions: [{ file: FILE, stack: 'App', logicalId: 'Server', source: 'exemption', reason: 'vendor', state: 'active', owner: 'edge', until: '2026-04-13', daysLeft: 30 }],
    }, ['skipped', 'exempt: vendor; owner edge; 30 days left (until 2026-04-13)']],
    ['with a new error beside an exempt one fails', 'violation', { findings: [{ ...violation, status: 'exempt' }, violation] },
      ['failure', 'imdsv1-allowed: it is optional']],
  ])('%s', (_, verdict, parts, expected) => {
    expect(outcome(testOf(verdict, parts))).toEqual(expected);
  });

  test('has all its errors in one element, since Jenkins keeps one', () => {
    const { children } = testOf('violation', { findings: [violation, findingOf({ rule: 'hop-limit-too-high', reason: 'too far' })] });
    expect(children).toHaveLength(1);
    expect(children[0].attributes.message).toBe('imdsv1-allowed: it is optional; hop-limit-too-high: too far');
    expect(children[0].text).toContain('template.json:3');
    expect(children[0].text).toContain('error hop-limit-too-high: too far');
  });

  test('has what does not fail in its output', () => {
    const { children } = testOf('compliant', { findings: [findingOf({ rule: 'hop-limit-too-low', reason: 'nothing is written' })] });
    expect(children.map(each => each.name)).toEqual(['system-out']);
    expect(children[0].text).toContain('note hop-limit-too-low: nothing is written');
  });
});

test('a finding about something else than a resource that launches instances is a test too', () => {
  const report = reportOf({
    templates: [{ file: FILE, stack: 'App', resources: [] }],
    findings: [findingOf({ rule: 'internal-error', logicalId: '', type: '' }), findingOf({ rule: 'invalid-value', file: 'other.json', stack: 'Other' })],
  });
  expect(elementsOf(parsed(report), 'testcase').map(each => [each.attributes.name, outcome(each)![0]])).toEqual([
    ['the template', 'failure'], ['Server (AWS::EC2::Instance)', 'failure'],
  ]);
});

test('an input that could not be read is an error', () => {
  const suite = parsed(sampleReportWithProblems()).children.at(-1)!;
  expect(suite.attributes).toMatchObject({ name: 'could not be read', tests: '2', errors: '2' });
  expect(suite.children[0].children[0]).toMatchObject({ name: 'error', attributes: { message: expect.stringContaining('bad indentation') as string } });
});

test.each(HOSTILE)('%j is text, not markup', hostile => {
  const finding = findingOf({ rule: 'imdsv1-allowed', logicalId: hostile, reason: hostile, fix: hostile, file: hostile, stack: hostile });
  const root = parsed(reportOf({ findings: [finding], problems: [{ file: hostile, message: hostile }] }));
  expect(elementsOf(root, 'testcase')).toHaveLength(2);
  expect(elementsOf(root, 'x')).toEqual([]);
  expect(elementsOf(root, 'error')[0].attributes.message).toBe(visible(hostile));
  expect(elementsOf(root, 'failure')[0].text).toContain(`fix: ${visible(hostile)}`);
});

test('is well-formed, adds up and loses no error, whatever is in the report', () => {
  fc.assert(fc.property(anyReport(), report => {
    const root = parsed(report);
    const cases = elementsOf(root, 'testcase');
    const having = (name: string): string => String(cases.filter(each => each.children.some(child => child.name === name)).length);
    expect(root.attributes).toMatchObject({ tests: String(cases.length), failures: having('failure'), errors: having('error'), skipped: having('skipped') });
    expect(having('failure') !== '0').toBe(newErrors(report).length > 0);
    for (const { rule, logicalId } of newErrors(report)) {
      expect(cases.some(each => (
        each.attributes.name.startsWith(visible(logicalId === '' ? 'the template' : logicalId))
        && each.children.some(child => child.name === 'failure' && child.text.includes(`error ${rule}: `))
      ))).toBe(true);
    }
  }));
});
