import { join } from 'path';
import { run } from './command-line';

/** Runs the command line and ends the process with its exit code: 0 clean, 1 findings, 2 misuse or unreadable input; of `run`, that of its command. */
export async function main(): Promise<void> {
  let isCut = false;
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || isCut) { return; } // `imds-guard check | head` closes the pipe early, which is no failure
    isCut = true;
    process.exitCode = 2;
    process.stderr.write(`imds-guard: standard output cannot be written (${code})\n`);
  });
  process.stderr.on('error', () => {}); // there is nobody to report to
  const exitCode = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    columns: process.stdout.columns,
    threadScript: __filename,
    preload: join(__dirname, '..', 'preload', 'preload.js'),
    ask: isTerminal(process.stdout) && isTerminal(process.stdin) ? ask : undefined, // in this order: opening standard input takes 4 ms
    stdin: readAll,
    stdout: text => void process.stdout.write(text),
    stderr: text => void process.stderr.write(text),
    isTerminal: { stdout: isTerminal(process.stdout), stderr: isTerminal(process.stderr) },
  });
  process.exitCode = isCut ? 2 : exitCode;
}

/** For what is none Node has `undefined`, which picocolors takes for a question, and answers with yes in a pipeline. */
function isTerminal({ isTTY }: { readonly isTTY?: boolean }): boolean {
  return isTTY === true;
}

/** What another thread does, once it has loaded this module. */
export function readForMain(): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require('./read-ahead-thread') as typeof import('./read-ahead-thread')).readForMain();
}

async function ask(question: string): Promise<string> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createInterface } = require('node:readline') as typeof import('node:readline');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise(answer => {
    lines.once('close', () => answer(''));
    lines.question(question, text => {
      answer(text);
      lines.close();
    });
  });
}

async function readAll(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) { chunks.push(chunk as Buffer); }
  return Buffer.concat(chunks);
}
