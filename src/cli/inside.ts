import { existsSync } from 'fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'path';
import { identityOf } from '../settings/identity';

/** Whether a file that may not be there yet is named relatively and lies in a folder, also where links lead elsewhere. */
export function isInside(folder: string, file: string): boolean {
  if (isAbsolute(file)) { return false; }
  let there = resolve(folder, file);
  while (!existsSync(there)) { there = dirname(there); }
  const way = relative(identityOf(folder), identityOf(there));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
