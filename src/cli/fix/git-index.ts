import { spawnSync } from 'child_process';
import { existsSync } from 'fs';
import { basename, dirname, join, resolve } from 'path';
import { identityOf } from '../../settings/identity';
import { repositoryOf } from '../repository';

type Env = { readonly [name: string]: string | undefined };

/** What git sets for its hooks, of the repository that runs them: of a linked work tree it would lead elsewhere. */
const OF_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY'];

/**
 * Whether a file differs from git's index: what nobody has staged could not be told from the edit afterwards, nor be had back. A link stands for
 * its file. Undefined where there is a repository, but git cannot tell.
 *
 * Without git, and outside of a repository, nothing does. Nothing that a repository configures is run.
 */
export function differsFromIndex(path: string): boolean | undefined {
  const file = identityOf(path);
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_HOOKS.includes(name)));
  const differs = differsBy(file, plain);
  const { GIT_INDEX_FILE: index } = process.env;
  return differs && index !== undefined ? !isInOtherIndex(file, { ...plain, GIT_INDEX_FILE: resolve(index) }) : differs;
}

/** `git commit -a` and `git commit FILE` have an index of their own. */
function isInOtherIndex(file: string, env: Env): boolean {
  return git(file, env, 'ls-files', '--error-unmatch') === 0 && differsBy(file, env) === false;
}

function differsBy(file: string, env: Env): boolean | undefined {
  const status = git(file, env, 'diff', '--quiet', '--no-ext-diff', '--no-textconv');
  if (status === 0 || status === 1) { return status === 1; }
  return status === 'no git' || !existsSync(join(repositoryOf(dirname(file)), '.git')) ? false : undefined;
}

function git(file: string, env: Env, ...args: readonly string[]): number | null | 'no git' {
  const { status, error } = spawnSync('git', ['--literal-pathspecs', '-c', 'core.fsmonitor=false', ...args, '--', basename(file)], {
    cwd: dirname(file), stdio: 'ignore', env: { ...env, GIT_OPTIONAL_LOCKS: '0' },
  });
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' ? 'no git' : status;
}
