import { cpSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { testIf } from './installed';
import { folderWith } from '../../support/files';
import { run } from '../../support/preload';

const SOURCES = resolve('examples/fleet');
const APPS = readdirSync(SOURCES, { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== 'node_modules').map(({ name }) => name);
const filesOf = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String).filter(file => !file.includes('node_modules') && !file.includes('.venv')).sort();

const fleet = join(folderWith(), 'fleet');
cpSync(SOURCES, fleet, { recursive: true, filter: source => !/node_modules|\.venv/.test(source) });
const env = { IMDS_GUARD_PACKAGE: resolve('.') };
const hasShell = process.platform !== 'win32';
const install = hasShell ? run(fleet, ['bash', 'install.sh'], { requires: [], env }) : { stdout: '', stderr: 'install.sh needs a POSIX shell' };
const there = install.stdout.split('\n').filter(name => name);
const whyNot = (app: string): string => install.stderr.split('\n').find(line => line.startsWith(`skipped: ${app}:`)) ?? install.stderr.split('\n')[0];

describe('one script plans, guards and checks apps of every language, none of which mentions the guard', () => {
  let ran: ReturnType<typeof run>;
  const before = filesOf(fleet);
  if (there.length > 0) {
    beforeAll(() => { ran = run(fleet, [process.execPath, 'guard.mjs', ...there], { requires: [], env }); }, 900_000);
  }

  for (const app of APPS) {
    testIf(there.includes(app))(there.includes(app) ? app : `${app} (${whyNot(app)})`, () => {
      const lines = ran.stdout.split('\n').filter(line => line.startsWith(`${app} `));
      expect(lines).toEqual([
        expect.stringMatching(/ +[1-9]\d* of [1-9]\d* would change: /),
        expect.stringMatching(/ +(passed|undecided) +[1-9]/),
      ]);
    });
  }

  testIf(there.length > 0)('all of them pass, and nothing is left in their folders', () => {
    expect({ code: ran.code, stderr: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, stderr: '' });
    expect(ran.stdout).not.toContain('imdsv1-allowed');
    expect(filesOf(fleet)).toEqual(before);
  });
});

testIf(hasShell)('no app mentions the guard', () => {
  expect(run(SOURCES, ['grep', '-rliE', 'imds', ...APPS, '--include=*.*', '--exclude-dir=node_modules', '--exclude-dir=.venv'], { requires: [] }).stdout).toBe('');
});
