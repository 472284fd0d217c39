import { existsSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from '../../compare/run';

const peer = { verdicts: [0, 1], read: (report: string) => JSON.parse(report) };
const node = (program: string): { program: string; args: string[] } => ({ program: process.execPath, args: ['-e', program] });
const SAID = { reported: ['R'], undecided: [] };

test('gives what a tool said, and what that took', async () => {
  const { said, failure, seconds, cpuSeconds, megabytes } = await run(peer, node(`console.log('${JSON.stringify(SAID)}'); process.exitCode = 1`));
  expect({ said, failure }).toEqual({ said: SAID });
  expect(seconds).toBeGreaterThan(0);
  if (existsSync('/usr/bin/time')) {
    expect(cpuSeconds).toBeGreaterThan(0);
    expect(megabytes).toBeGreaterThan(10);
  }
});

test.each([
  ['hangs', node('setInterval(() => {}, 1000)'), 'took longer than 0.5 s'],
  ['leaves a child that hangs', node('require("child_process").spawn("sleep", ["60"], { stdio: "inherit" })'), 'took longer than 0.5 s'],
  ['crashes', node('process.exit(7)'), 'ended with 7'],
  ['says nothing', node(''), expect.stringContaining('its report cannot be read')],
  ['floods', node('const b = Buffer.alloc(1 << 20, "x"); for (;;) require("fs").writeSync(1, b)'), 'printed too much'],
])('counts as failed a tool that %s', async (_what, command, why) => {
  const { said, failure } = await run(peer, command, String(why).startsWith('took longer') ? 500 : 60_000);
  expect({ said, failure }).toEqual({ failure: why });
});

test('counts as failed a tool that is not there', async () => {
  expect((await run(peer, { program: '/no/such/tool', args: [] })).failure).toBeDefined();
});

test('a report of the run before is not read', async () => {
  const report = join(mkdtempSync(join(tmpdir(), 'compare-')), 'report.json');
  writeFileSync(report, JSON.stringify(SAID));
  expect((await run(peer, { ...node(''), report })).failure).toContain('its report cannot be read');
});
