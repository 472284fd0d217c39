// Guards, synthesizes and checks every app of a fleet, and prints one table: `node guard.mjs [folder…]`, after `install.sh`.
// No app mentions the guard; nothing is written into the folders of the apps.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const library = process.env.IMDS_GUARD_PACKAGE ?? resolve(here, '../..'); // where the package is installed; in an image, the global one
const preload = join(library, 'lib/preload/preload.js');
const work = mkdtempSync(join(tmpdir(), 'fleet-'));

const imdsGuard = (args, options) => spawnSync(process.execPath, [join(library, 'bin/imds-guard'), ...args], { cwd: work, stdio: 'inherit', ...options });

/** Runs the app as the CDK CLI would: the command of cdk.json, which writes to the folder that a variable names. */
function synthesize(folder, outdir) {
  const { app } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf-8'));
  const env = { ...process.env, CDK_OUTDIR: outdir, NODE_OPTIONS: `--require=${JSON.stringify(preload)}` };
  return spawnSync(app, { cwd: folder, env, shell: true, stdio: ['ignore', 'ignore', 'inherit'] }).status;
}

const folders = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(here).filter(name => existsSync(join(here, name, 'cdk.json')));
mkdirSync(join(work, 'reports'));
let failed = false;
for (const name of folders) {
  const assembly = join(work, name);
  // PLAN: `imds-guard plan` of this app goes here, before anything is enforced
  const synthesized = synthesize(join(here, name), assembly);
  if (synthesized !== 0) { console.error(`${name}: the app ended with ${synthesized}`); }
  if (!existsSync(join(assembly, 'imds-guard.json'))) {
    console.error(`${name}: there is no record that the guard was on`);
    failed = true;
    continue;
  }
  const report = join('reports', `${name}.json`);
  const { status } = imdsGuard(['check', assembly, '--name', name, '--format', `json=${report}`, '--format', 'text', '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
  failed ||= synthesized !== 0 || status !== 0;
}
const { status } = imdsGuard(['summary', 'reports']);
rmSync(work, { recursive: true });
process.exitCode = failed || status !== 0 ? 1 : 0;
