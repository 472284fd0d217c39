import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import * as zlib from 'node:zlib';

/** A loaded module, and the call that keeps its compiled code for the next run. */
export interface Compiled<Exports> {
  readonly exports: Exports;
  readonly save: () => void;
}

/** How many bytes the checksum has, which stands before the source. */
const CHECKSUM = 4;

/**
 * Loads a CommonJS file with the compiled code (V8 code cache) that an earlier run left in `folder`.
 *
 * Compiling was a third of the time that one template takes. `module.enableCompileCache` of newer versions of Node keeps its files, where it is given
 * no folder, in one that all users share; who can write there can run code as whoever checks next. So the folder belongs beside the code.
 */
export function loadCompiled<Exports>(file: string, folder: string): Compiled<Exports> {
  const source = readFileSync(file);
  const cache = join(folder, `${process.version}-${process.arch}`);
  const cachedData = compiledFrom(source, readOrNothing(cache));
  const script = new Script(wrap(source.toString()), { filename: file, cachedData });
  const loaded = { exports: {} as Exports };
  script.runInThisContext()(loaded.exports, createRequire(file), loaded, file, dirname(file));

  const isKept = cachedData !== undefined && !script.cachedDataRejected;
  return { exports: loaded.exports, save: isKept ? () => {} : saving(cache, source, script) };
}

/** After the run, so that the functions it needed are in it. A function of its own: in the other, what it needs would stay in memory in every run. */
function saving(cache: string, source: Buffer, script: Script): () => void {
  return () => write(cache, source, script.createCachedData());
}

/** Nobody else can have put anything there. On Windows the package's folder decides, as it does for the code itself. */
function isOwn(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) { return false; }
  return process.getuid === undefined || found.uid === process.getuid() && found.mode % 0o100 === 0;
}

/**
 * What is kept is a checksum, the source and its compiled code. V8 refuses another version's code, but of the source it compares only the
 * length, and files of npm packages all have one date; and damaged code crashes it.
 */
function compiledFrom(source: Buffer, kept: Buffer | undefined): Buffer | undefined {
  const end = CHECKSUM + source.length;
  if (!kept?.subarray(CHECKSUM, end).equals(source)) { return undefined; }
  const compiled = kept.subarray(end);
  return checksum(compiled)?.equals(kept.subarray(0, CHECKSUM)) ? compiled : undefined;
}

/** Node has it since 20.15; before that nothing is kept. A digest of `node:crypto` would take longer to load than it saves on small inputs. */
function checksum(data: Buffer): Buffer | undefined {
  if (zlib.crc32 === undefined) { return undefined; }
  const bytes = Buffer.alloc(CHECKSUM);
  bytes.writeUInt32BE(zlib.crc32(data));
  return bytes;
}

function readOrNothing(path: string): Buffer | undefined {
  try {
    return isOwn(dirname(path)) ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all; a folder that cannot be written only means that the next run is no faster. */
function write(path: string, source: Buffer, compiled: Buffer): void {
  const sum = checksum(compiled);
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (sum === undefined || !isOwn(dirname(path))) { return; }
    try {
      writeFileSync(draft, Buffer.concat([sum, source, compiled]), { mode: 0o600 });
      renameSync(draft, path);
    } finally {
      rmSync(draft, { force: true });
    }
  } catch {
    // nothing depends on it
  }
}
