import { createHash } from 'crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'fs';
import { dirname, join } from 'path';
import { logged } from './logged';

const LOCK = 'package-lock.json';
const INSTALL = 'npm install --ignore-scripts --no-audit --no-fund --loglevel=error --legacy-peer-deps';
const LONGEST = 900_000;
const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides', 'workspaces'];

/** Gives an app the packages that it names; apps that name the same ones share them. No script of a package is run. */
export async function install(source: string, work: string): Promise<void> {
  if (existsSync(join(source, 'node_modules'))) { return; }
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const modules = join(work, 'modules', keyOf(source, manifest));
  const done = join(modules, 'done');
  if (!existsSync(done)) {
    rmSync(modules, { recursive: true, force: true });
    mkdirSync(modules, { recursive: true });
    for (const file of ['package.json', LOCK].filter(each => existsSync(join(source, each)))) { copyFileSync(join(source, file), join(modules, file)); }
    for (const folder of localFolders(manifest)) { cpSync(join(source, folder), join(modules, folder), { recursive: true }); }
    const { failure } = await logged(INSTALL, { cwd: modules, log: join(modules, 'log'), longest: LONGEST });
    if (failure) { throw new Error(`npm install ${failure}`); }
    mkdirSync(done);
  }
  rmSync(join(source, 'node_modules'), { force: true }); // a link to where the work folder was before
  symlinkSync(join(modules, 'node_modules'), join(source, 'node_modules'));
}

function keyOf(source: string, manifest: Record<string, unknown>): string {
  const named = JSON.stringify(FIELDS.map(field => manifest[field]));
  const own = localFolders(manifest).length > 0 ? dirname(source) : '';
  return createHash('sha256').update(lockedIn(source)).update(named).update(own).digest('hex').slice(0, 12);
}

/** What the lock file says, but for the name of the app. */
function lockedIn(source: string): string {
  const file = join(source, LOCK);
  return existsSync(file) ? JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')).packages, '': {} }) : '';
}

/** Folders of the repository that are packages themselves. */
function localFolders(manifest: Record<string, unknown>): string[] {
  const specifiers = FIELDS.slice(0, 2).flatMap(field => Object.values((manifest[field] ?? {}) as Record<string, string>));
  return specifiers.filter(each => each.startsWith('file:')).map(each => each.slice('file:'.length));
}
