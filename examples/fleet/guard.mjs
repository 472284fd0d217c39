// Plans, guards, synthesizes and checks every app of a fleet, and prints one table: `node guard.mjs [folder…]`, after `install.sh`.
// No app mentions the guard; nothing is written into the folders of the apps.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const library = process.env.IMDS_GUARD_PACKAGE ?? resolve(here, '../..'); // where the package is installed; in an image, the global one
const work = mkdtempSync(join(tmpdir(), 'fleet-'));
const shell = process.platform === 'win32' ? ['cmd', '/d', '/s', '/c'] : ['sh', '-c'];

/** Runs the command in a folder. What goes to standard output is for a file or for the table. */
const imdsGuard = (cwd, args, options) => spawnSync(process.execPath, [join(library, 'bin/imds-guard'), ...args], {
  cwd, stdio: ['ignore', 'ignore', 'inherit'], ...options,
}).status;

/** What enforcing would change in the app of cdk.json, before anything is enforced. */
function plan(name) {
  const file = join(work, 'plans', `${name}.json`);
  const status = imdsGuard(join(here, name), ['plan', '--format', `json=${file}`]);
  if (!existsSync(file)) { return { name, status }; }
  return { name, status, totals: JSON.parse(readFileSync(file, 'utf-8')).totals };
}

/** The app of cdk.json, guarded, and what it wrote checked, with the proof that the guard was on. */
function run(name) {
  const { app } = JSON.parse(readFileSync(join(here, name, 'cdk.json'), 'utf-8'));
  const report = join(work, 'reports', `${name}.json`);
  const env = { ...process.env, CDK_OUTDIR: join(work, name) };
  return imdsGuard(join(here, name), ['run', '--require-guard', '--name', name, '--format', `json=${report}`, '--quiet', '--', ...shell, app], { env });
}

const names = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(here).filter(name => existsSync(join(here, name, 'cdk.json')));
['plans', 'reports'].forEach(name => mkdirSync(join(work, name)));
const width = Math.max(...names.map(name => name.length));
const statuses = names.map(name => {
  const { status, totals } = plan(name);
  console.log(totals === undefined ? `${name.padEnd(width)}  no plan (exit code ${status})`
    : `${name.padEnd(width)}  ${totals.changed} of ${totals.examined} would change: ${totals.inPlace} in place, ${totals.newVersion} by a new template version, `
      + `${totals.replacement} by replacement; ${totals.rolled} rolled, ${totals.uncontrolled} uncontrolled`);
  return status;
});
for (const name of names) {
  const status = run(name);
  if (status !== 0) { console.error(`${name}: imds-guard run ended with ${status}`); }
  statuses.push(status);
}
console.log();
statuses.push(imdsGuard(work, ['summary', 'reports'], { stdio: 'inherit' }));
rmSync(work, { recursive: true });
process.exitCode = statuses.every(status => status === 0) ? 0 : 1;
