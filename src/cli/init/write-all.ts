import { existsSync, readFileSync, realpathSync, rmSync } from 'fs';
import { resolve } from 'path';
import { Mistake } from '../../settings/mistake';
import { finish, prepare, unfinishedOf } from '../unfinished';

/** A file that gets another content, or comes to be. */
export interface FileChange {
  /** From where the command runs. */
  readonly file: string;
  readonly before?: string | Buffer;
  readonly after: string | Buffer;
}

interface Prepared extends FileChange {
  readonly path: string;
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
    return { ...change, path };
  });
  prepared.forEach(refuseOther);
  const begun: Prepared[] = [];
  const replaced: Prepared[] = [];
  let current = prepared[0];
  try {
    for (current of prepared) {
      prepare(current.path, current.after);
      begun.push(current);
    }
    for (current of prepared) {
      finish(current.path);
      replaced.push(current);
    }
  } catch (error) {
    replaced.forEach(putBack);
    begun.forEach(({ path }) => rmSync(unfinishedOf(path), { force: true }));
    throw new Mistake(`${current.file}: it cannot be written (${(error as NodeJS.ErrnoException).code}), so nothing was; make it writable and run this again`);
  }
}

/** Bytes that are no text would not come back as they were. */
function refuseOther({ path, file, before }: Prepared): void {
  const isAsRead = before === undefined ? !existsSync(path) : existsSync(path) && readFileSync(path).equals(typeof before === 'string' ? Buffer.from(before) : before);
  if (!isAsRead) { throw new Mistake(`${file}: it has changed meanwhile, or is no text in UTF-8; nothing was written`); }
}

function putBack({ path, before }: Prepared): void {
  if (before === undefined) { rmSync(path, { force: true }); return; }
  prepare(path, before);
  finish(path);
}
