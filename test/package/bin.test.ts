import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as ts from 'typescript';

const ROOT = resolve(__dirname, '../..');
let folder: string;
let temporary: string;

/** The package as far as the command needs it, with a command line that reports what it is given. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imds-guard-bin-'));
  temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  mkdirSync(join(folder, 'bin'));
  copyFileSync(join(ROOT, 'bin', 'imds-guard'), join(folder, 'bin', 'imds-guard'));
  write('lib/cli/bundle.js', 'exports.main = () => { console.log(process.argv.slice(2).join(" ")); process.exitCode = 1; };');
  const source = readFileSync(join(ROOT, 'src', 'cli', 'compile-cache.ts'), 'utf8');
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  write('lib/cli/compile-cache.js', ts.transpileModule(source, { compilerOptions }).outputText);
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function imdsGuard(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin', 'imds-guard'), ...args], {
    encoding: 'utf-8', env: { ...env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  });
  return { status, stdout, stderr };
}

const REPORTED = { status: 1, stdout: 'check weak.json\n', stderr: '' };
const cache = (): string => join(folder, 'node_modules', '.cache', 'imds-guard');

test('compiled code is kept beside the package, for its owner alone, never in the temporary folder that others share', () => {
  expect(imdsGuard('check', 'weak.json')).toEqual(REPORTED);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(cache())).toHaveLength(1);
  if (process.platform !== 'win32') { expect(statSync(cache()).mode % 0o1000).toBe(0o700); }
});

test('flipped bytes in what was kept neither crash the command nor stay', () => {
  imdsGuard('check', 'weak.json');
  const kept = join(cache(), readdirSync(cache())[0]);
  const whole = readFileSync(kept);
  for (let run = 1; run <= 8; run++) {
    const flipped = Buffer.from(whole);
    for (let place = Math.floor(whole.length * run / 9); place < whole.length; place += 97) flipped[place] = 255 - flipped[place];
    writeFileSync(kept, flipped);

    expect(imdsGuard('check', 'weak.json')).toEqual(REPORTED);
    expect(readFileSync(kept).equals(flipped)).toBe(false);
  }
});

test('another command than check keeps nothing', () => {
  expect(imdsGuard('explain')).toEqual({ ...REPORTED, stdout: 'explain\n' });
  expect(readdirSync(folder)).not.toContain('node_modules');
});
