import { join } from 'node:path';
import { commandCalled } from './action';
import { buildCommand } from './command';
import { folderWith } from './files';

export interface Npx {
  /** PATH with it in front of everything. */
  readonly path: string;

  /** The file of what it was asked for last. */
  readonly asked: string;

  /** What runs the command of the sources without it. */
  readonly direct: string;
}

/** An npx that notes what it is asked for and runs the command of the sources in place of the package. */
export async function npxOfSources(): Promise<Npx> {
  const { bundle } = await buildCommand();
  const folder = folderWith();
  const asked = join(folder, 'asked');
  commandCalled('npx', `printf '%s\\n' "$1" "$2" > '${asked}'; shift 2; exec '${process.execPath}' '${bundle}' "$@"`, folder);
  commandCalled('guard', `exec '${process.execPath}' '${bundle}' "$@"`, folder);
  return { path: `${folder}:${process.env.PATH}`, asked, direct: join(folder, 'guard') };
}
