import { closeSync, fstatSync, lstatSync, openSync, readFileSync } from 'fs';
import { MAX_BYTES, MAX_REPORT_BYTES, tooLarge, tooLargeReport } from './limits';
import { Problem } from '../engine/findings/report';

/** What a file holds, or why it cannot be read. */
export type ReadFile = ReadBytes | Unreadable;

export interface ReadBytes {
  readonly bytes: Buffer;

  /** A pipe gives what it has only once. */
  readonly isPipe: boolean;
}

export interface Unreadable {
  readonly problem: Problem;
  readonly isTooLarge?: boolean;
}

/** How much is read of what, and how it is told that there is more. */
interface Limit {
  readonly bytes: number;
  tooLarge(bytes: number): string;
}

const TEMPLATE: Limit = { bytes: MAX_BYTES, tooLarge };
export const REPORT: Limit = { bytes: MAX_REPORT_BYTES, tooLarge: tooLargeReport };

const MISSING = 'there is no such file; check the path';

/** Reads a file whole. `name` is how the user knows it, `missing` what to say where it is not there. */
export function readFile(path: string, name: string, missing = MISSING, limit = TEMPLATE): ReadFile {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const found = fstatSync(file);
    const isPipe = found.isFIFO(); // `<(aws cloudformation get-template …)`
    if (found.isDirectory()) { return { problem: { file: name, message: 'a directory where a file was expected; name a file in it' } }; }
    if (!found.isFile() && !isPipe) { return { problem: { file: name, message: 'no file, but a device or a socket; name a file' } }; }
    if (found.size > limit.bytes) { return { problem: { file: name, message: limit.tooLarge(found.size) }, isTooLarge: true }; }
    return { bytes: readFileSync(file), isPipe };
  } catch (error) {
    return { problem: { file: name, message: whyNot(path, error as NodeJS.ErrnoException, missing) } };
  } finally {
    if (file !== undefined) { closeSync(file); }
  }
}

/** Why a path cannot be read, in words. */
export function whyNot(path: string, { code, message }: NodeJS.ErrnoException, missing = MISSING): string {
  switch (code) {
    case 'ENOENT': return isLink(path) ? 'a symbolic link to what is not there; mend or remove it' : missing;
    case 'ENOTDIR': return missing;
    case 'ELOOP': return 'symbolic links that lead in a circle; mend or remove them';
    case 'EACCES': case 'EPERM': return 'it may not be read; give yourself the permission';
    default: return `it cannot be read (${code ?? message}); check the file`;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
