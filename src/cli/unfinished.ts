import { closeSync, fchmodSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'fs';

/** Where a file is written until it is complete: what is there stays until then. */
export function unfinishedOf(path: string): string {
  return `${path}.${process.pid}.tmp`;
}

/** Writes the text that is to replace a file, with the mode of the file. Nothing is left where that fails. */
export function prepare(path: string, content: string | Buffer): void {
  const unfinished = unfinishedOf(path);
  const descriptor = openSync(unfinished, 'wx'); // what lies there already is somebody else's
  try {
    writeFileSync(descriptor, content);
    const there = statSync(path, { throwIfNoEntry: false });
    if (there) { fchmodSync(descriptor, there.mode); }
  } catch (error) {
    rmSync(unfinished);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Puts what was prepared in the place of the file. */
export function finish(path: string): void {
  renameSync(unfinishedOf(path), path);
}
