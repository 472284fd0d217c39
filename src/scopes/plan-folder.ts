import { isAbsolute, relative, resolve, sep } from 'path';

/** Names the folder in which `imds-guard plan` has every App's cloud assembly made, whatever the app asks for. */
export const PLAN_FOLDER = 'IMDS_GUARD_OUTDIR';

/** Whether a cloud assembly is made for a plan, which tells by itself what is left: a check that fails must not end the app before that. */
export function isMadeForPlan(outdir: string): boolean {
  const { [PLAN_FOLDER]: folder } = process.env;
  return folder !== undefined && isBelow(folder, outdir);
}

export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, resolve(path));
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
