import { relative, sep } from 'path';

/** How the user knows a path: from the working directory, with `/`. */
export function shownPath(path: string, cwd: string): string {
  const inside = path.startsWith(cwd) && path[cwd.length] === sep ? path.slice(cwd.length + 1) : relative(cwd, path) || '.';
  return inside.replaceAll(sep, '/');
}
