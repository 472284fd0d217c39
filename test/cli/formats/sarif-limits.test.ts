import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Log, Run } from 'sarif';
import { findingOf, reportOf } from './sample-report';
import { sarif } from '../../../src/cli/formats/sarif';
import { ReportedFinding } from '../../../src/engine/findings/report';

/** What GitHub takes: docs.github.com, "SARIF results exceed one or more limits" and "SARIF results file is too large". */
const GITHUB = { runs: 20, results: 25_000, rules: 25_000, locations: 100, tags: 10, zipped: 10_000_000 };

const LEFT_OUT = 'results-left-out';

function written(findings: readonly ReportedFinding[]): { text: string; run: Run; told: string[] } {
  const told: string[] = [];
  const text = sarif(reportOf({ findings }), { colour: false, quiet: false, tell: line => told.push(line) });
  const { runs } = JSON.parse(text) as Log;
  expect(runs).toHaveLength(1);
  return { text, run: runs[0], told };
}

function many(count: number, parts: Partial<ReportedFinding> = {}): ReportedFinding[] {
  return Array.from({ length: count }, (_, i) => findingOf({ rule: 'imdsv1-allowed', logicalId: `Server${i}`, fingerprint: `print${i}`, ...parts }));
}

test('a report of as many findings as GitHub takes is whole', () => {
  const { run, told } = written(many(GITHUB.results));

  expect(run.results).toHaveLength(GITHUB.results);
  expect(run.results!.some(({ ruleId }) => ruleId === LEFT_OUT)).toBe(false);
  expect(run.tool.driver.rules!.some(({ id }) => id === LEFT_OUT)).toBe(false);
  expect(run.invocations![0].toolExecutionNotifications).toEqual([]);
  expect(told).toEqual([]);
});

describe('a report of more', () => {
  const notes = many(30, { rule: 'hop-limit-too-low', level: 'note', verdict: 'advice' });
  const exempt = many(20, { status: 'exempt' });
  const [first, ...errors] = many(GITHUB.results - 10);
  const { run, told } = written([first, ...notes, ...exempt, ...errors]);
  const [notice, ...kept] = run.results!;

  test('keeps what weighs most, and no more than GitHub takes', () => {
    expect(run.results).toHaveLength(GITHUB.results);
    expect(kept.filter(({ level, suppressions }) => level === 'error' && !suppressions)).toHaveLength(GITHUB.results - 10);
    expect(kept.filter(({ level }) => level === 'note')).toHaveLength(9);
    expect(kept.some(({ suppressions }) => suppressions)).toBe(false);
  });

  test('says so in a result that is shown first, in a notification and on the terminal', () => {
    const text = '41 of 25040 findings are left out here, those that weigh least (20 errors, 0 warnings, 21 notes; 20 of them exempt or in the baseline): '
      + 'GitHub takes no more. --format json has all.';

    expect(notice).toMatchObject({ ruleId: LEFT_OUT, level: 'error', message: { text } });
    expect(notice.locations![0].physicalLocation!.artifactLocation!.uri).toBe(exempt[0].file);
    expect(notice.partialFingerprints).toEqual({ primaryLocationLineHash: LEFT_OUT });
    expect(run.tool.driver.rules![notice.ruleIndex!].id).toBe(LEFT_OUT);
    expect(run.invocations![0].toolExecutionNotifications).toEqual([{ level: 'warning', message: { text } }]);
    expect(told).toEqual([`sarif: ${text}`]);
  });

  test('still counts all', () => {
    expect(run.properties!.counts).toMatchObject({ newErrors: GITHUB.results - 10, newNotes: 30, exempt: 20 });
  });
});

test('a report that is too large when it is compressed is cut until it is not', () => {
  const noise = (): string => randomBytes(4_000).toString('base64');
  const { text, run, told } = written(many(4_000).map(each => ({ ...each, values: [noise()] })));

  expect(gzipSync(text).length).toBeLessThanOrEqual(GITHUB.zipped);
  expect(run.results!.length).toBeGreaterThan(1_500);
  expect(run.results![0].message.text).toContain(`${4_001 - run.results!.length} of 4000 findings are left out`);
  expect(told).toHaveLength(1);
});

test('a report that is large only before it is compressed is whole', () => {
  const { text, told } = written(many(9_000, { values: ['x'.repeat(2_000)] }));

  expect(text.length).toBeGreaterThan(GITHUB.zipped);
  expect(told).toEqual([]);
});

test('the other limits are far', () => {
  const { run } = written(many(3));

  expect(run.tool.driver.rules!.length).toBeLessThan(GITHUB.rules);
  run.tool.driver.rules!.forEach(({ properties }) => expect(properties!.tags!.length).toBeLessThanOrEqual(GITHUB.tags));
  run.results!.forEach(({ locations }) => expect(locations!.length).toBeLessThanOrEqual(GITHUB.locations));
});
