import { relative, sep } from 'path';
import { identityOf } from '../settings/identity';

/**
 * How the user knows a path: from the working directory, with `/`. However it is named it should be the same, since baselines go by it.
 * The working directory comes without links, but an absolute path may lead there through one.
 */
export function shownPath(path: string, cwd: string): string {
  return (below(path, cwd) ?? below(identityOf(path), cwd) ?? relative(cwd, path)).replaceAll(sep, '/');
}

function below(path: string, cwd: string): string | undefined {
  if (path === cwd) { return '.'; }
  return path.startsWith(cwd) && path[cwd.length] === sep ? path.slice(cwd.length + 1) : undefined;
}
