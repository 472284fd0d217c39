import { appendFileSync, existsSync, mkdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { finish, prepare, unfinishedOf } from './unfinished';
import { Mistake } from '../settings/mistake';

export function writeFile(cwd: string, file: string, text: string): void {
  written(file, () => {
    const path = resolve(cwd, file);
    const there = statSync(path, { throwIfNoEntry: false });
    if (there && !there.isFile()) {
      writeFileSync(path, text); // a pipe or a device, such as /dev/stdout, is not to be replaced by a file
    } else {
      makeFolder(dirname(path));
      replace(there ? realpathSync(path) : path, text);
    }
  });
}

/** Adds to a file that others write, too. */
export function appendFile(cwd: string, file: string, text: string): void {
  written(file, () => appendFileSync(resolve(cwd, file), text));
}

function written(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new Mistake(`${file}: it cannot be written (${(error as NodeJS.ErrnoException).code}); give a file that can be written`);
  }
}

/** Node's own way to make the folders above too never ends where the file system refuses one with ENOENT, as `/proc` does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) { return; }
  if (dirname(folder) !== folder) { makeFolder(dirname(folder)); } // a drive that is not there has nothing above it
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') { throw error; } // another process was faster
  }
}

/** Writes a whole file or none. */
function replace(target: string, text: string): void {
  prepare(target, text);
  try {
    finish(target);
  } catch (error) {
    rmSync(unfinishedOf(target), { force: true });
    throw error;
  }
}
