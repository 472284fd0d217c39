import { resolve } from 'node:path';
import { run } from '../../src/cli/command-line';
import { Terminal } from '../../src/cli/terminal';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, as in a pipe. */
export async function imdsGuard(cwd: string, args: readonly string[], with_: Partial<Terminal> & { readonly input?: string } = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const exitCode = await run(args, {
    cwd,
    env: { SOURCE_DATE_EPOCH: String(Date.UTC(2026, 10, 23) / 1000) },
    preload: resolve('lib/preload/preload.js'),
    stdin: async () => Buffer.from(with_.input ?? ''),
    stdout: text => { written.stdout += text; },
    stderr: text => { written.stderr += text; },
    isTerminal: { stdout: false, stderr: false },
    ...with_,
  });
  return { exitCode, ...written };
}
