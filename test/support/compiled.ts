import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const LOCK = join(ROOT, 'node_modules/.imds-guard-compiling');
const LAST = join(ROOT, 'lib/third-party-licenses.txt'); // of what `npx projen compile` writes

/** For tests of what is shipped: it must be there, and made from the present sources. The first of them compiles, others wait for it. */
export function compileWhereStale(): void {
  while (isStale()) {
    if (isFirst()) {
      try { compile(); } finally { rmSync(LOCK); }
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
}

function isStale(): boolean {
  const newest = Math.max(...readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile()).map(entry => statSync(join(entry.parentPath, entry.name)).mtimeMs));
  return existsSync(LOCK) && isAlive() || !existsSync(LAST) || statSync(LAST).mtimeMs <= newest;
}

function isFirst(): boolean {
  if (existsSync(LOCK) && !isAlive()) { rmSync(LOCK, { force: true }); }
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function isAlive(): boolean {
  try {
    process.kill(Number(readFileSync(LOCK, 'utf8')) || process.pid, 0);
    return true;
  } catch {
    return false;
  }
}

function compile(): void {
  const { status, stdout, stderr } = spawnSync('npx', ['projen', 'compile'], { cwd: ROOT, encoding: 'utf-8' });
  if (status !== 0) throw new Error(`the library does not compile\n${stdout}${stderr}`);
}
