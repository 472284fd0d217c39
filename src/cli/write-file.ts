import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { Mistake } from './mistake';

export function writeFile(cwd: string, file: string, text: string): void {
  const path = resolve(cwd, file);
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there && !there.isFile()) {
      writeFileSync(path, text); // a pipe or a device, such as /dev/stdout, is not to be replaced by a file
    } else {
      mkdirSync(dirname(path), { recursive: true });
      replace(there ? realpathSync(path) : path, text);
    }
  } catch (error) {
    throw new Mistake(`${file}: it cannot be written (${(error as NodeJS.ErrnoException).code}); give a file that can be written`);
  }
}

/** Writes a whole file or none: what was there before stays until the new text is complete. */
function replace(target: string, text: string): void {
  const unfinished = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, target);
  } catch (error) {
    removeIfThere(unfinished);
    throw error;
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // not even its folder is one: there is nothing to remove
  }
}
