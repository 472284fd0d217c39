import { appendFileSync, readFileSync } from 'fs';

/** The variable that names the file to which the folder of each app is told, one line of JSON each: `imds-guard run` reads it. */
export const TOLD = 'IMDS_GUARD_TOLD';

/** A line of that file. */
interface Told {
  /** The absolute path of a cloud assembly. */
  readonly outdir: string;
}

export function tell(file: string, outdir: string): void {
  try {
    appendFileSync(file, `${JSON.stringify({ outdir } satisfies Told)}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') { throw error; } // it is gone: nobody waits for it any more
  }
}

/** The folders that were told, in their order. */
export function foldersTold(file: string): string[] {
  return [...new Set(readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => (JSON.parse(line) as Told).outdir))];
}
