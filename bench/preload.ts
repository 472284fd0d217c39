/** What the preload costs: a Node process that makes no App, and an app of one stack that it guards. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { goal, median } from './child';

/** On a machine with two cores that did nothing else; ratios of one run. */
const SEEN = {
  nothing: { seen: 1.03, on: '2026-11-29' },
  app: { seen: 1.42, on: '2026-11-29' },
};

const ROOT = resolve(__dirname, '..');
const PRELOAD = `--require="${join(ROOT, 'lib/preload/preload.js')}"`;
const outdir = mkdtempSync(join(tmpdir(), 'imds-bench-'));
const APP = `
  const { App, Stack } = require('aws-cdk-lib/core');
  const { CfnInstance } = require('aws-cdk-lib/aws-ec2');
  const app = new App({ outdir: ${JSON.stringify(outdir)} });
  new CfnInstance(new Stack(app, 'Stack'), 'Instance', { imageId: 'ami-0123456789abcdef0' });
  app.synth();
`;

/** Milliseconds from the start of a process to its end. */
function timed(code: string, options: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['-e', code], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: options } });
  const milliseconds = performance.now() - start;
  if (status !== 0) throw new Error(stderr);
  return milliseconds;
}

interface Compared {
  readonly without: number;
  readonly difference: number;
  readonly ratio: number;
}

/** In turns, and each pair by itself, since a machine does not stay as fast as it was. */
function compare(code: string, rounds: number): Compared {
  timed(code, PRELOAD);
  const pairs = Array.from({ length: rounds }, (_, round) => {
    const [first, second] = round % 2 === 0 ? ['', PRELOAD] : [PRELOAD, ''];
    const times = { [first]: timed(code, first), [second]: timed(code, second) };
    return { without: times[''], with: times[PRELOAD] };
  });
  return {
    without: median(pairs.map(pair => pair.without)),
    difference: median(pairs.map(pair => pair.with - pair.without)),
    ratio: median(pairs.map(pair => pair.with / pair.without)),
  };
}

const nothing = compare('0', 101);
console.log(`\nthe preload in \`node -e 0\`, which takes ${nothing.without.toFixed(1)} ms without it (median of 101 pairs of processes)`);
goal('times the process without it', nothing.ratio, SEEN.nothing);
console.log(`          milliseconds more: ${nothing.difference.toFixed(1)}`);

const app = compare(APP, 21);
console.log(`\nthe preload in an app with one stack and one instance, which takes ${app.without.toFixed(0)} ms without it (median of 21 pairs of processes)`);
goal('times the app without it', app.ratio, SEEN.app);
console.log(`          milliseconds more: ${app.difference.toFixed(0)}`);
rmSync(outdir, { recursive: true });
