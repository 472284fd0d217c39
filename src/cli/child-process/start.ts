import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { constants } from 'os';
import { Start, windowsStart } from './windows-command';
import { Mistake } from '../../settings/mistake';

export interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Ended {
  /** As a shell has it: 128 and the number of the signal that ended the command. */
  readonly exitCode: number;
  readonly signal?: NodeJS.Signals;
}

export interface Kept extends Ended {
  /** What it printed, the end of it. */
  readonly printed: string;
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', ...process.platform === 'win32' ? ['SIGBREAK' as const] : []];

/** What a terminal sends to every process of the foreground at once, so that handing it on would make two of one. */
const OF_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGBREAK'];

/** So many characters of what the command printed are kept, for when it fails. */
const MOST = 100_000;

/** Runs a command, in words or as a line for the shell, with the streams of this process. */
export async function start(command: readonly string[] | string, place: Place): Promise<Ended> {
  return untilEnd(command, place);
}

/** The same, but that it has no input, and what it prints is kept. */
export async function startAndKeep(command: readonly string[] | string, place: Place): Promise<Kept> {
  let printed = '';
  const ended = await untilEnd(command, place, text => { printed = `${printed}${text}`.slice(-MOST); });
  return { ...ended, printed };
}

/** Runs it until it ends; signals to this process are for the command. */
async function untilEnd(command: readonly string[] | string, { cwd, env }: Place, keep?: (text: string) => void): Promise<Ended> {
  const { file, args, verbatim } = startOf(command, env);
  const child = spawn(file, args, {
    cwd, env, shell: typeof command === 'string', stdio: keep ? ['ignore', 'pipe', 'pipe'] : 'inherit', windowsVerbatimArguments: verbatim,
  });
  if (keep) { [child.stdout, child.stderr].forEach(stream => stream?.setEncoding('utf8').on('data', keep)); }
  const isInTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const handOn = (signal: NodeJS.Signals): void => {
    if (!(isInTerminal && OF_TERMINAL.includes(signal))) { child.kill(signal); }
  };
  SIGNALS.forEach(signal => process.on(signal, handOn));
  try {
    return await new Promise((done, fail) => {
      child.once('error', (error: NodeJS.ErrnoException) => fail(error.syscall?.startsWith('spawn') ? new Mistake(whyNot(file, error)) : error));
      child.once('close', (code, signal) => done(signal ? { exitCode: 128 + constants.signals[signal], signal } : { exitCode: code ?? 1 }));
    });
  } finally {
    SIGNALS.forEach(signal => process.off(signal, handOn));
  }
}

function startOf(command: readonly string[] | string, env: NodeJS.ProcessEnv): Start {
  if (typeof command === 'string') { return { file: command, args: [] }; }
  const [file, ...args] = command;
  if (process.platform !== 'win32') { return { file, args }; }
  const found = windowsStart(command, { env, exists: existsSync });
  if (!found) { throw new Mistake(whyNot(file, { code: 'ENOENT' })); }
  return found;
}

function whyNot(name: string, { code }: { readonly code?: string }): string {
  return `${name}: ${code === 'ENOENT' ? 'there is no such command; name one as you would without imds-guard' : `it cannot be started (${code})`}`;
}
