import { spawnSync } from 'child_process';
import { basename, dirname } from 'path';

/**
 * Whether a file differs from git's index: what nobody has staged could not be told from the edit afterwards, nor be had back.
 *
 * Without git, and outside of a repository, nothing does. Nothing that a repository configures is run.
 */
export function differsFromIndex(path: string): boolean {
  const args = ['-c', 'core.fsmonitor=false', 'diff', '--quiet', '--no-ext-diff', '--no-textconv', '--', basename(path)];
  const { status } = spawnSync('git', ['--literal-pathspecs', ...args], { cwd: dirname(path), stdio: 'ignore', env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' } });
  return status === 1;
}
