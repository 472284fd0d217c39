import { readFileSync } from 'fs';
import { resolve } from 'path';
import { Terminal } from './terminal';
import { appendFile, writeFile } from './write-file';
import { identityOf } from '../settings/identity';

/**
 * GitHub drops the summary of a step that has more bytes.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const MOST = 1024 * 1024;

/** Writes a report to standard output, to a file of its own, or below what the job summary of GitHub Actions has already. */
export function writeReport(file: string | undefined, terminal: Terminal, render: (room?: number) => string): void {
  if (file === undefined) {
    terminal.stdout(render());
  } else if (isJobSummary(file, terminal)) {
    addTo(file, terminal, render);
  } else {
    writeFile(terminal.cwd, file, render());
  }
}

function isJobSummary(file: string, { cwd, env }: Terminal): boolean {
  const { GITHUB_STEP_SUMMARY: summary = '' } = env;
  return summary !== '' && identityOf(resolve(cwd, file)) === identityOf(resolve(cwd, summary));
}

function addTo(file: string, { cwd, stderr }: Terminal, render: (room: number) => string): void {
  const there = contentOf(resolve(cwd, file));
  const gap = /(^|\n\n)$/.test(there) ? '' : there.endsWith('\n') ? '\n' : '\n\n'; // a heading right below a paragraph is a part of it
  const room = MOST - Buffer.byteLength(there + gap);
  const text = render(room);
  if (Buffer.byteLength(text) > room) { // with it, GitHub would drop what is there, too
    stderr('imds-guard: the report is not in the job summary, which has no room for it: GitHub takes 1 MiB from a step; give the check a step of its own\n');
  } else {
    appendFile(cwd, file, gap + text);
  }
}

/** Empty where there is nothing yet; what cannot be read is told where it is written. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf-8');
  } catch {
    return '';
  }
}
