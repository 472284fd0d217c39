import { readFileSync } from 'fs';
import { run } from '../compare/run';

/** How a command of a shell is run. */
export interface Running {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where what it prints goes. */
  readonly log: string;
  readonly longest: number;
}

/** How it ended; `failure` is missing where it went well. */
export interface Ended {
  readonly seconds: number;
  readonly failure?: string;
}

/** Runs a command to its end, and its children with it. Of one that fails, the first line that says why. */
export async function logged(command: string, { cwd, env = {}, log, longest }: Running): Promise<Ended> {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const shell = { program: 'env', args: [...settings, 'LOG=' + log, 'sh', '-c', `(${command}) > "$LOG" 2>&1`], cwd };
  const { seconds, failure } = await run({ verdicts: [0], read: () => ({ reported: [], undecided: [] }) }, shell, longest);
  return failure ? { seconds, failure: `${failure}: ${reasonIn(readFileSync(log, 'utf8'))}` } : { seconds };
}

const BESIDE = /^$|^(at|return|throw) |^npm (warn|notice)|^\[?warning/i;
const TELLING = /error|cannot find|missing|no such|not found|failed|must /i;

/** The line of a log that tells the most. */
export function reasonIn(log: string): string {
  // eslint-disable-next-line no-control-regex -- colours
  const lines = log.replace(/\u001b\[[\d;]*m/g, '').split('\n').map(line => line.trim()).filter(line => !BESIDE.test(line));
  return (lines.find(line => TELLING.test(line)) ?? lines.pop() ?? 'it printed nothing').slice(0, 240);
}
