import { join } from 'node:path';
import { folderWith } from './files';
import { bundleGuard } from '../../projenrc/bundle-guard';

/** What guards every app of a process, made of the sources: nothing need be compiled. */
export async function builtPreload(): Promise<string> {
  const folder = folderWith();
  await bundleGuard(join(__dirname, '../../src'), folder);
  return join(folder, 'preload.js');
}
