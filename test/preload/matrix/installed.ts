import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where packages are: a folder to keep, named by the variable, or one that goes with the tests. */
const kept = process.env.PRELOAD_MATRIX;
const root = kept ?? mkdtempSync(join(tmpdir(), 'preload-matrix-'));
if (!kept) { afterAll(() => rmSync(root, { recursive: true, force: true })); }

/** A test that is skipped, and shown as such, on a machine that lacks what it needs. */
export const testIf = (there: unknown): typeof test => there ? test : test.skip as typeof test;

const missing = new Set<string>();

/** A folder that has the packages, or `undefined` where no registry gives them; then the reason is printed once. */
export function installed(name: string, packages: readonly string[]): string | undefined {
  const folder = join(root, name);
  if (existsSync(join(folder, 'node_modules'))) { return folder; }
  if (missing.has(folder)) { return undefined; }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', '--loglevel=error', ...packages];
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { status, stderr, error } = spawnSync('npm', args, { cwd: folder, env, encoding: 'utf-8', input: '', shell: process.platform === 'win32' });
  if (status === 0) { return folder; }
  rmSync(folder, { recursive: true, force: true });
  missing.add(folder);
  process.stderr.write(`skipped: ${packages.join(', ')} cannot be installed: ${(stderr || String(error)).split('\n')[0]}\n`);
  return undefined;
}

export const cdkFolder = (version: string): string | undefined => installed(
  `aws-cdk-lib-${version}`, [`aws-cdk-lib@${version === 'newest' ? '2' : version}`, 'constructs@10'],
);
