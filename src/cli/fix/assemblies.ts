import { dirname, resolve } from 'path';
import { identityOf } from '../../settings/identity';
import { TEMPLATES } from '../search';

export const IS_ASSEMBLY = 'it is of a cloud assembly, which the next synthesis writes anew; have the app do it: ImdsGuard.enforce(app)';

export function isInAssembly(path: string): boolean {
  return TEMPLATES.isAssembly(dirname(identityOf(path)));
}

/** Whether an argument leads to the assembly itself, and to no folder around it. */
export function isNamed(directory: string, paths: readonly string[], cwd: string): boolean {
  const identity = identityOf(directory);
  return paths.some(path => [identity, identityOf(resolve(directory, 'manifest.json'))].includes(identityOf(resolve(cwd, path))));
}
