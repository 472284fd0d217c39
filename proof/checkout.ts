import { execFileSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'fs';
import { dirname, join } from 'path';
import { PublicApp } from './app';

/**
 * A copy of an app at its commit, below the work folder. The repository is `owner/name` below the folder of checkouts, bare or not, and nothing
 * is written there; where it is not, it is cloned into the work folder.
 */
export function checkout({ name, repo, commit, root = '.', copies = {} }: PublicApp, checkouts: string, work: string): string {
  const target = join(work, 'apps', name, 'source');
  if (!existsSync(target)) {
    const partial = `${target}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const archive = join(partial, '..', 'archive.tar');
    git(repositoryOf(repo, checkouts, work), 'archive', '--output', archive, root === '.' ? commit : `${commit}:${root}`);
    execFileSync('tar', ['-xf', archive, '-C', partial]);
    rmSync(archive);
    renameSync(partial, target);
  }
  for (const [copy, source] of Object.entries(copies)) { cpSync(join(target, source), join(target, copy)); }
  return target;
}

function repositoryOf(repo: string, checkouts: string, work: string): string {
  const given = join(checkouts, repo);
  if (existsSync(given)) { return given; }
  const clone = join(work, 'checkouts', repo);
  if (!existsSync(clone)) {
    mkdirSync(dirname(clone), { recursive: true });
    git(dirname(clone), 'clone', '--quiet', '--bare', '--filter=blob:none', `https://github.com/${repo}.git`, clone);
  }
  return clone;
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', ['-C', folder, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}
