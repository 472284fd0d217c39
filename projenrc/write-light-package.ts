/** Packs the light package: `ts-node projenrc/write-light-package.ts [folder]`, `dist/cli` where none is named. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeLightPackage } from './light-package-files';

const folder = resolve(process.argv[2] ?? 'dist/cli');
const files = mkdtempSync(join(tmpdir(), 'imds-guard-'));
try {
  writeLightPackage(resolve('.'), files);
  mkdirSync(folder, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: files, stdio: 'inherit', shell: process.platform === 'win32' });
} finally {
  rmSync(files, { recursive: true });
}
