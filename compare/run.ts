import { spawn } from 'child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Command, Peer, Said } from './peers/peer';

/** What came of one run of a tool. */
export interface Run {
  /** Missing where it failed. */
  readonly said?: Said;
  /** Why it failed. */
  readonly failure?: string;
  readonly seconds: number;
  /** Of all its processes, where the machine tells. */
  readonly cpuSeconds?: number;
  /** The most that one of its processes held, where the machine tells. */
  readonly megabytes?: number;
}

const LONGEST_RUN = 120_000;
const MOST_OUTPUT = 64 * 1024 * 1024;
const TIME = '/usr/bin/time'; // GNU's

/** Runs a tool on a template. A tool that hangs, crashes, floods or says what cannot be read has failed; nothing of it stays behind. */
export async function run(peer: Pick<Peer, 'verdicts' | 'read'>, command: Command, longest = LONGEST_RUN): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'imds-guard-compare-'));
  try {
    if (command.report) { rmSync(command.report, { force: true }); } // that of the run before
    const start = performance.now();
    const { status, output, failure } = await ended(command, folder, longest);
    const ran = { seconds: (performance.now() - start) / 1000, ...costIn(folder) };
    if (failure) { return { ...ran, failure }; }
    if (status === null || !peer.verdicts.includes(status)) { return { ...ran, failure: `ended with ${status}` }; }
    try {
      return { ...ran, said: peer.read(command.report ? readFileSync(command.report, 'utf8') : output) };
    } catch (error) {
      return { ...ran, failure: `its report cannot be read: ${error instanceof Error ? error.message : error}` };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly failure?: string;
}

function ended({ program, args, cwd }: Command, folder: string, longest: number): Promise<Ended> {
  const [first, ...others] = existsSync(TIME) ? [TIME, '-f', '%M %U %S', '-o', join(folder, 'cost'), program, ...args] : [program, ...args];
  return new Promise(resolve => {
    const child = spawn(first, others, { detached: true, stdio: ['ignore', 'pipe', 'ignore'], cwd });
    const chunks: Buffer[] = [];
    let length = 0;
    let failure: string | undefined;
    const stop = (why: string): void => {
      failure ??= why;
      if (child.pid) { endGroup(child.pid); }
    };
    const timer = setTimeout(() => stop(`took longer than ${longest / 1000} s`), longest);
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MOST_OUTPUT) { stop('printed too much'); } else { chunks.push(chunk); }
    });
    child.on('error', error => { failure ??= error.message; });
    child.on('close', status => {
      clearTimeout(timer);
      resolve({ status, output: Buffer.concat(chunks).toString('utf8'), failure });
    });
  });
}

/** What the tool started may have started more. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it is over
  }
}

/** The last line: GNU's program says before it if the tool ended with an error. */
function costIn(folder: string): Pick<Run, 'cpuSeconds' | 'megabytes'> {
  const file = join(folder, 'cost');
  const [kilobytes = 0, user = 0, system = 0] = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').pop()!.split(' ').map(Number) : [];
  return kilobytes > 0 ? { cpuSeconds: user + system, megabytes: kilobytes / 1024 } : {};
}
