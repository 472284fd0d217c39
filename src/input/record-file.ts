import { createHash } from 'crypto';
import { readFileSync, statSync } from 'fs';
import { join } from 'path';
import { AGAIN } from './manifest';
import { parseJson } from './parse-json';
import { isFault } from './parsed';
import { readFile, REPORT } from './read-file';
import { decode } from './text';
import { Problem } from '../engine/findings/report';
import { GuardRecord, RECORD_FILE } from '../engine/record/guard-record';
import { recordFrom } from '../engine/record/record-from';

/** The record of the guard in a folder of a cloud assembly; neither where there is none. */
export function readRecord(folder: string, name: string): { readonly record?: GuardRecord; readonly problem?: Problem } {
  const path = join(folder, RECORD_FILE);
  if (!statSync(path, { throwIfNoEntry: false })) { return {}; }
  const file = `${name}/${RECORD_FILE}`;
  const content = readFile(path, file, undefined, REPORT);
  if ('problem' in content) { return content; }
  const parsed = parseJson(decode(content.bytes));
  if (isFault(parsed)) { return { problem: { file, ...parsed, message: `${parsed.message.split(';')[0]}; ${AGAIN}` } }; }
  const record = recordFrom(parsed.value);
  return 'problem' in record ? { problem: { file, message: record.problem.includes(';') ? record.problem : `${record.problem}; ${AGAIN}` } } : { record };
}

/** The SHA-256 of a file, in hex, where it can be read. */
export function sha256Of(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : undefined;
  } catch {
    return undefined;
  }
}
