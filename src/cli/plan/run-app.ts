import { spawn } from 'child_process';
import { Mistake } from '../../settings/mistake';

export interface Command {
  /** Words, or a line for the shell. */
  readonly run: readonly string[] | string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Ended {
  readonly exitCode: number;

  /** What it printed, the end of it. */
  readonly printed: string;
}

/** So many characters of what the command printed are kept, for when it fails. */
const MOST = 100_000;

/** Runs a command to its end. What it prints is not the plan's, so it is kept aside. */
export async function runApp({ run, cwd, env }: Command): Promise<Ended> {
  const isShell = typeof run === 'string' || process.platform === 'win32'; // there npx and cdk are scripts for the shell
  const [first, ...rest] = typeof run === 'string' ? [run] : isShell ? [run.map(quoted).join(' ')] : run;
  const child = spawn(first, rest, { cwd, env, shell: isShell, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => { printed = `${printed}${text}`.slice(-MOST); });
  }
  const stop = (signal: NodeJS.Signals): void => void child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  signals.forEach(signal => process.on(signal, stop)); // what was made is still to be removed
  try {
    return await new Promise<Ended>((resolve, reject) => {
      child.on('error', ({ code }: NodeJS.ErrnoException) => reject(new Mistake(`${first} cannot be started (${code}); name a command that is there`)));
      child.on('close', (exitCode, signal) => signal === null
        ? resolve({ exitCode: exitCode!, printed })
        : reject(new Mistake(`the command was ended by ${signal}, so there is no plan`)));
    });
  } finally {
    signals.forEach(signal => process.off(signal, stop));
  }
}

function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word.replace(/"/g, '""')}"`;
}
