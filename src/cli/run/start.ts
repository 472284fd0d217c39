import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { constants } from 'os';
import { Start, windowsStart } from './windows-command';
import { Mistake } from '../../settings/mistake';

export interface Ended {
  /** As a shell has it: 128 and the number of the signal that ended the command. */
  readonly exitCode: number;
  readonly signal?: NodeJS.Signals;
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', ...process.platform === 'win32' ? ['SIGBREAK' as const] : []];

/** What a terminal sends to every process of the foreground at once, so that handing it on would make two of one. */
const OF_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGBREAK'];

/** Runs a command with the streams of this process until it ends; signals to this process are for the command. */
export async function start(command: readonly string[], { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Promise<Ended> {
  const { file, args, verbatim } = startOf(command, env);
  const child = spawn(file, args, { cwd, env, stdio: 'inherit', windowsVerbatimArguments: verbatim });
  const isInTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const handOn = (signal: NodeJS.Signals): void => {
    if (!(isInTerminal && OF_TERMINAL.includes(signal))) { child.kill(signal); }
  };
  SIGNALS.forEach(signal => process.on(signal, handOn));
  try {
    return await new Promise((done, fail) => {
      child.once('error', (error: NodeJS.ErrnoException) => fail(error.syscall?.startsWith('spawn') ? new Mistake(whyNot(command[0], error)) : error));
      child.once('close', (code, signal) => done(signal ? { exitCode: 128 + constants.signals[signal], signal } : { exitCode: code ?? 1 }));
    });
  } finally {
    SIGNALS.forEach(signal => process.off(signal, handOn));
  }
}

function startOf(command: readonly string[], env: NodeJS.ProcessEnv): Start {
  const [file, ...args] = command;
  if (process.platform !== 'win32') { return { file, args }; }
  const found = windowsStart(command, { env, exists: existsSync });
  if (!found) { throw new Mistake(whyNot(file, { code: 'ENOENT' })); }
  return found;
}

function whyNot(name: string, { code }: { readonly code?: string }): string {
  return `${name}: ${code === 'ENOENT' ? 'there is no such command; name one as you would without imds-guard run --' : `it cannot be started (${code})`}`;
}
