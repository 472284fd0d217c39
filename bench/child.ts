import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** What a program of this folder prints as JSON, run in a process of its own that has loaded nothing else: no compiler, no other run. */
export function child<T>(program: string, ...args: string[]): T {
  const { outputText } = ts.transpileModule(readFileSync(join(__dirname, program), 'utf-8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--max-old-space-size=8192', '-e', outputText, '--', ...args], {
    cwd: join(__dirname, '..'),
    encoding: 'utf-8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${stderr}`);
  return JSON.parse(stdout);
}

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** What a ratio was when the machine was last quiet, and the day. */
export interface Seen {
  readonly seen: number;
  readonly on: string;
}

/** How much worse than it was seen a ratio may be: more is a regression, less is the noise of a machine. */
const TOLERANCE = 1.15;

/**
 * Prints a measured value beside the most that it may be; more fails the bench. A ratio of two times in one run says what was seen, a count
 * has a limit of its own. Times by themselves have none: they tell of the machine.
 */
export function goal(name: string, value: number, limit: Seen | number): void {
  const atMost = typeof limit === 'number' ? limit : limit.seen * TOLERANCE;
  const reached = value <= atMost;
  const since = typeof limit === 'number' ? '' : `; ${limit.seen} on ${limit.on}`;
  console.log(`  ${reached ? 'ok    ' : 'MISSED'}  ${name}: ${Number(value.toFixed(3))} (at most ${Number(atMost.toFixed(3))}${since})`);
  if (!reached) process.exitCode = 1;
}
