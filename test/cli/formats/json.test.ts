import * as fc from 'fast-check';
import { anyReport } from './any-report';
import { findingOf, reportOf, sampleReport, sampleReportWithProblems } from './sample-report';
import { json } from '../../../src/cli/formats/json';
import { Report } from '../../../src/engine/findings/report';

test('is the report itself', () => {
  expect(JSON.parse(json(sampleReportWithProblems()))).toEqual(sampleReportWithProblems());
});

test('is the report itself, whatever is in it', () => {
  fc.assert(fc.property(anyReport(), report => {
    expect(JSON.parse(json(report))).toEqual(JSON.parse(JSON.stringify(report)));
  }));
});

test('has its keys in the same order, however the report was made', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) { return value.map(reversed); }
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([key, each]) => [key, reversed(each)])) : value;
  };
  expect(json(reversed(sampleReport()) as Report)).toBe(json(sampleReport()));
});

test('begins with what the report is and what came of it', () => {
  expect(Object.keys(JSON.parse(json(sampleReport())) as object).slice(0, 6)).toEqual(['schemaVersion', 'tool', 'date', 'exitCode', 'cannotTell', 'counts']);
});

test('keeps fields that it does not know, after the others', () => {
  const keys = Object.keys(JSON.parse(json({ ...sampleReport(), another: 1 } as Report)) as object);
  expect(keys.at(-1)).toBe('another');
});

test('leaves the values of a template as they are, also those with odd keys', () => {
  const values = [JSON.parse('{"z":1,"__proto__":{"a":1},"a":2}')] as unknown[];
  expect(json(reportOf({ findings: [findingOf({ rule: 'invalid-value', values })] }))).toMatch(/"z": 1,\s+"__proto__": \{\s+"a": 1\s+\},\s+"a": 2/);
});

test('is indented and ends with a newline', () => {
  expect(json(sampleReport())).toMatch(/^\{\n {2}"schemaVersion": 1,\n[\s\S]*\n\}\n$/);
});
