import fc from 'fast-check';
import { JudgedTemplate } from '../../../src/engine/exemptions/report-input';
import { Finding } from '../../../src/engine/findings/finding';
import { Report } from '../../../src/engine/findings/report';
import { baselineFrom, baselineOf } from '../../../src/engine/report/baseline';
import { buildReport } from '../../../src/engine/report/build-report';
import { LAUNCH_SURFACES } from '../../../src/engine/surfaces/surfaces';
import { DATE, judged, listed, reportOn, strong, UNDECIDED, weak } from '../../support/judged';
import { nearlyTemplate } from '../../support/launch-resources';

const WORDS = { values: [], reason: 'r', fix: 'f', page: 'p' };
const FINDING: Finding = { ...WORDS, rule: 'imdsv1-allowed', verdict: 'violation', logicalId: 'I', type: 'AWS::EC2::Instance', path: 'Properties' };

/** A template about which just this was found. */
function finding(each: Partial<Finding>, template: object = { Resources: { I: {} } }): JudgedTemplate {
  return { file: 'f', stack: 's', source: { id: 's', template }, judgement: { findings: [{ ...FINDING, ...each }], resources: [] } };
}

function reportWith(templates: readonly JudgedTemplate[], input = {}): Report {
  return buildReport({ version: '1.2.3', date: DATE, templates, problems: [], cannotTell: 'warn', ...input });
}

describe('exit code', () => {
  test('0 where nothing is wrong', () => {
    const counts = { resources: 1, compliant: 1, newErrors: 0 };
    expect(reportOn({ App: { Resources: { I: strong() } } })).toMatchObject({ exitCode: 0, findings: [], counts });
  });

  test('1 where there is a new error', () => {
    expect(reportOn({ App: { Resources: { I: weak() } } })).toMatchObject({ exitCode: 1, counts: { violation: 1, newErrors: 1 } });
  });

  test('2 where something could not be read, or nothing was', () => {
    expect(reportOn({ App: { Resources: { I: weak() } } }, { problems: [{ file: 'x', message: 'unreadable' }] })).toMatchObject({ exitCode: 2, counts: { newErrors: 1 } });
    expect(reportOn({})).toMatchObject({ exitCode: 2, counts: { templates: 0 } });
  });

  test('0 for advice and for what cannot be decided', () => {
    expect(reportOn({ App: { Resources: { G: UNDECIDED } } })).toMatchObject({ exitCode: 0, counts: { newWarnings: 1, cannotTell: 1 } });
  });
});

describe('level', () => {
  test.each([
    [{}, 'error'],
    [{ verdict: 'cannot tell' }, 'warning'],
    [{ rule: 'imdsv1-call', verdict: 'advice' }, 'warning'],
    [{ rule: 'hop-limit-not-set', verdict: 'cannot tell' }, 'note'],
    [{ rule: 'hop-limit-not-set', verdict: 'violation' }, 'error'],
  ] as const)('%j is of level %s', (each, level) => expect(reportWith([finding(each)]).findings[0].level).toBe(level));

  test('hop limits that are not set are one number without a maximum, and findings with one', () => {
    const unset = (more: Partial<Finding> = {}): JudgedTemplate => finding({ rule: 'hop-limit-not-set', verdict: 'advice', ...more });
    const report = reportWith([unset(), unset({ path: 'Properties.Other' }), unset({ logicalId: 'J' })]);
    expect(report).toMatchObject({ findings: [], counts: { withoutHopLimit: 2, newNotes: 0 }, exitCode: 0 });
    expect(reportWith([unset({ verdict: 'cannot tell' })])).toMatchObject({ findings: [{ rule: 'hop-limit-not-set' }], counts: { withoutHopLimit: 0 } });
  });

  test('what cannot be decided fails where it is asked for', () => {
    const report = reportWith([finding({ rule: 'undecided-value', verdict: 'cannot tell' })], { cannotTell: 'fail' });
    expect(report).toMatchObject({ exitCode: 1, findings: [{ level: 'error' }] });
    expect(reportWith([finding({ verdict: 'advice' })], { cannotTell: 'fail' }).exitCode).toBe(0);
  });

  test('what cannot be decided is not listed where that is asked for, but counted', () => {
    const report = reportOn({ App: { Resources: { G: UNDECIDED, I: weak() } } }, { cannotTell: 'ignore' });
    expect(listed(report)).toEqual(expect.arrayContaining(['new error imdsv1-allowed I']));
    expect(report.findings.some(({ verdict }) => verdict === 'cannot tell')).toBe(false);
    expect(report.counts).toMatchObject({ resources: 2, cannotTell: 1, violation: 1 });
  });
});

describe('a finding', () => {
  test('says where it is', () => {
    const locate = jest.fn((_file: string, path: readonly string[]) => ({ line: path.length, column: 1 }));
    const templates = [
      finding({ path: 'Properties.MetadataOptions.HttpTokens' }),
      finding({ logicalId: 'Transform', path: 'Transform' }),
      finding({ logicalId: '', path: '' }),
      finding({ logicalId: '__proto__', path: 'Properties' }),
    ];
    expect(reportWith(templates, { locate }).findings[0]).toMatchObject({ file: 'f', stack: 's', line: 5, column: 1 });
    expect(locate.mock.calls.map(([, path]) => path)).toEqual([['Resources', 'I', 'Properties', 'MetadataOptions', 'HttpTokens'], ['Transform'], [], ['Properties']]);
    expect(reportWith(templates).findings[0]).not.toHaveProperty('line');
    const loops = { 'Fn::ForEach::Outer': ['O', [], { 'Fn::ForEach::Inner': ['Id', [], { 'I${O}${Id}': {} }] }] };
    reportWith([finding({ logicalId: 'IA${Id}', path: 'Properties' }, { Resources: loops })], { locate });
    expect(locate).toHaveBeenLastCalledWith('f', ['Resources', 'Fn::ForEach::Outer', '2', 'Fn::ForEach::Inner', '2', 'I${O}${Id}', 'Properties']);
    expect(reportWith(templates, { locate: () => undefined }).findings[0]).not.toHaveProperty('line');
  });

  test('has the construct path of its metadata, else the one known from beside the template', () => {
    const constructPaths = new Map([['I', 'App/Beside'], ['J', 'App/J']]);
    const report = reportOn({ App: { Resources: { I: weak({ 'aws:cdk:path': 'App/I/Resource' }), J: weak() }, constructPaths } });
    expect(report.findings.map(({ constructPath }) => constructPath)).toEqual(['App/I/Resource', 'App/J']);
    expect(report.templates[0].resources.map(({ constructPath }) => constructPath)).toEqual(['App/I/Resource', 'App/J']);
    expect(reportOn({ App: { Resources: { J: weak() } } }).findings[0].constructPath).toBeUndefined();
  });
});

test('a report says what it was made of', () => {
  expect(reportOn({ App: { Resources: { I: strong() } }, Web: { Resources: {} } })).toEqual({
    schemaVersion: 1,
    tool: { name: 'imds-guard', version: '1.2.3' },
    date: DATE,
    templates: [
      { file: 'cdk.out/App.template.json', stack: 'App', resources: [{ logicalId: 'I', type: 'AWS::EC2::Instance', verdict: 'compliant' }] },
      { file: 'cdk.out/Web.template.json', stack: 'Web', resources: [] },
    ],
    findings: [],
    exemptions: [],
    problems: [],
    counts: {
      ...{ templates: 2, resources: 1, compliant: 1, violation: 0, cannotTell: 0, notGoverned: 0 },
      ...{ newErrors: 0, newWarnings: 0, newNotes: 0, exempt: 0, baseline: 0, withoutHopLimit: 0 },
    },
    cannotTell: 'warn',
    exitCode: 0,
  });
});

describe('baseline', () => {
  const baseline = (report: Report): ReadonlySet<string> => {
    const read = baselineFrom(JSON.parse(baselineOf(report)));
    if ('problem' in read) { throw new Error(read.problem); }
    return read.fingerprints;
  };

  test('only what is new fails', () => {
    const known = baseline(reportOn({ App: { Resources: { I: weak() } } }));
    const report = reportOn({ App: { Resources: { J: weak(), I: weak() } } }, { baseline: known });
    expect(listed(report)).toEqual(['new error imdsv1-allowed J', 'baseline error imdsv1-allowed I']);
    expect(report).toMatchObject({ exitCode: 1, counts: { newErrors: 1, baseline: 1, violation: 2 } });
    expect(reportOn({ App: { Resources: { I: weak() } } }, { baseline: known }).exitCode).toBe(0);
  });

  test('the same resource of another stack is new', () => {
    const known = baseline(reportOn({ App: { Resources: { I: weak() } } }));
    expect(listed(reportOn({ Web: { Resources: { I: weak() } } }, { baseline: known }))).toEqual(['new error imdsv1-allowed I']);
  });

  test('an expired exemption fails, be its fingerprint in a baseline or not', () => {
    const resources = { I: weak({ 'cdk-imds-guard:exemption': { reason: 'r', owner: 'o', until: '2026-05-31' } }) };
    const known = new Set(reportOn({ App: { Resources: resources } }).findings.map(({ fingerprint }) => fingerprint));
    const report = reportOn({ App: { Resources: resources } }, { baseline: known });
    expect(listed(report)).toEqual(['baseline error imdsv1-allowed I', 'new error exemption-expired I']);
    expect(report.exitCode).toBe(1);
  });

  test('of any report makes the same report pass, in whatever order the resources are', () => {
    const templates = nearlyTemplate(LAUNCH_SURFACES.map(({ type }) => type), ['MetadataOptions', 'HttpTokens', 'LaunchTemplateData']);
    fc.assert(fc.property(templates, fc.constantFrom('warn', 'fail'), (template, cannotTell) => {
      const { Resources: resources } = template as { Resources: object };
      const shuffled = Object.fromEntries(Object.entries(resources).reverse());
      const known = baseline(reportOn({ App: { Resources: resources } }, { cannotTell }));
      const report = reportOn({ App: { Resources: shuffled } }, { cannotTell, baseline: known });

      expect(report.findings.filter(({ status }) => status !== 'baseline')).toEqual([]);
      expect(report.exitCode).toBe(0);
    }));
  });
});

test('an exemption of many resources covers each of them', () => {
  const Resources = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`I${i}`, weak({
    'aws:cdk:path': `App/I${i}`,
    'cdk-imds-guard:exemption': { reason: 'r', owner: 'o', until: '2026-12-31', scope: 'App' },
  })]));
  const report = buildReport({ version: '1', date: DATE, templates: judged({ App: { Resources } }), problems: [], cannotTell: 'warn' });
  expect(report).toMatchObject({ exitCode: 0, counts: { exempt: 1000 } });
});
