import { realpathSync } from 'fs';

/** The path without links: the same for every way to a file. */
export function identityOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
