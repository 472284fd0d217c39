import { mkdirSync, renameSync, rmSync, writeFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { Mistake } from './mistake';

/** Writes a whole file or none: what was there before stays until the new text is complete. */
export function writeFile(cwd: string, file: string, text: string): void {
  const target = resolve(cwd, file);
  const unfinished = `${target}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(unfinished, text);
    renameSync(unfinished, target);
  } catch (error) {
    removeIfThere(unfinished);
    throw new Mistake(`${file}: it cannot be written (${(error as NodeJS.ErrnoException).code}); give a file that can be written`);
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // not even its folder is one: there is nothing to remove
  }
}
