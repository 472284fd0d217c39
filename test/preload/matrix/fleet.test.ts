import { cpSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { testIf } from './installed';
import { folderWith } from '../../support/files';
import { run } from '../../support/preload';

const SOURCES = resolve('examples/fleet');
const APPS = readdirSync(SOURCES, { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== 'node_modules').map(({ name }) => name);
const filesOf = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String).filter(file => !file.includes('node_modules') && !file.includes('.venv')).sort();

testIf(process.platform !== 'win32')('one script guards and checks apps of every language, none of which mentions the guard', () => {
  const fleet = join(folderWith(), 'fleet');
  cpSync(SOURCES, fleet, { recursive: true, filter: source => !/node_modules|\.venv/.test(source) });
  const env = { IMDS_GUARD_PACKAGE: resolve('.') };
  const install = run(fleet, ['bash', 'install.sh'], { requires: [], env });
  const there = install.stdout.split('\n').filter(name => name);
  if (install.stderr) { process.stderr.write(install.stderr); }
  if (there.length === 0) { return; }

  const before = filesOf(fleet);
  const ran = run(fleet, [process.execPath, 'guard.mjs', ...there], { requires: [], env });
  expect({ code: ran.code, stderr: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, stderr: '' });
  there.forEach(app => expect(ran.stdout).toContain(app));
  expect(ran.stdout).not.toContain('imdsv1-allowed');
  expect(filesOf(fleet)).toEqual(before);

  expect(run(fleet, ['grep', '-rliE', 'imds', ...APPS, '--include=*.*', '--exclude-dir=node_modules', '--exclude-dir=.venv'], { requires: [] }).stdout).toBe('');
}, 900_000);
