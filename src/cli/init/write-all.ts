import { chmodSync, closeSync, existsSync, fchmodSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'fs';
import { resolve } from 'path';
import { Mistake } from '../../settings/mistake';

/** A file that gets another content, or comes to be. */
export interface FileChange {
  /** From where the command runs. */
  readonly file: string;
  readonly before?: string | Buffer;
  readonly after: string | Buffer;
}

interface Prepared extends FileChange {
  readonly path: string;
  readonly unfinished: string;
}

/**
 * Writes all changes or none.
 *
 * @throws Mistake where a file is not what it was when the changes were made, or cannot be written
 */
export function writeAll(cwd: string, changes: readonly FileChange[]): void {
  const prepared = changes.map((change): Prepared => {
    const named = resolve(cwd, change.file);
    const path = existsSync(named) ? realpathSync(named) : named;
    return { ...change, path, unfinished: `${path}.${process.pid}.tmp` };
  });
  prepared.forEach(refuseOther);
  const begun: Prepared[] = [];
  const replaced: Prepared[] = [];
  let current = prepared[0];
  try {
    for (current of prepared) {
      prepare(current);
      begun.push(current);
    }
    for (current of prepared) {
      renameSync(current.unfinished, current.path);
      replaced.push(current);
    }
  } catch (error) {
    replaced.forEach(putBack);
    begun.forEach(({ unfinished }) => rmSync(unfinished, { force: true }));
    throw new Mistake(`${current.file}: it cannot be written (${(error as NodeJS.ErrnoException).code}), so nothing was; make it writable and run this again`);
  }
}

/** Bytes that are no text would not come back as they were. */
function refuseOther({ path, file, before }: Prepared): void {
  const isAsRead = before === undefined ? !existsSync(path) : existsSync(path) && readFileSync(path).equals(typeof before === 'string' ? Buffer.from(before) : before);
  if (!isAsRead) { throw new Mistake(`${file}: it has changed meanwhile, or is no text in UTF-8; nothing was written`); }
}

function prepare({ path, unfinished, before, after }: Prepared): void {
  const descriptor = openSync(unfinished, 'wx'); // what lies there already is somebody else's
  try {
    writeFileSync(descriptor, after);
    if (before !== undefined) { fchmodSync(descriptor, statSync(path).mode); }
  } catch (error) {
    rmSync(unfinished);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function putBack({ path, unfinished, before }: Prepared): void {
  if (before === undefined) { rmSync(path, { force: true }); return; }
  writeFileSync(unfinished, before);
  chmodSync(unfinished, statSync(path).mode);
  renameSync(unfinished, path);
}
