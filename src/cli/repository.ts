import { existsSync } from 'fs';
import { dirname, join } from 'path';

/** The nearest folder with a `.git`, else the working directory. */
export function repositoryOf(cwd: string): string {
  let folder = cwd;
  while (!existsSync(join(folder, '.git'))) {
    if (dirname(folder) === folder) { return cwd; }
    folder = dirname(folder);
  }
  return folder;
}
