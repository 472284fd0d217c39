import { AssetFile } from '../evaluator/source';
import { Running } from '../surfaces/script-places';

const APPSPEC = /(?:^|\/)appspec\.ya?ml$/;
const HOOK = /^[ \t]*(?:-[ \t]+)?location:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s#"'][^#\n]*))/gm;

/** Those files of a folder that run on an instance: the rest is what they carry there, such as an application. */
export function runningFiles(files: readonly AssetFile[], running: Running | undefined): readonly AssetFile[] {
  if (running === undefined) { return files.filter(({ name }) => !APPSPEC.test(name)); }
  if (running instanceof RegExp) { return files.filter(({ name }) => running.test(name)); }
  const hooks = new Set(files.filter(({ name }) => APPSPEC.test(name)).flatMap(hooksOf));
  return files.filter(({ name }) => hooks.has(name));
}

/** The scripts that the hooks of an AppSpec file name, by the path from the root of the revision, where that file is. */
function hooksOf({ name, text }: AssetFile): string[] {
  const root = name.replace(/[^/]*$/, '');
  return [...text.matchAll(HOOK)].map(([, double, single, plain]) => root + (double ?? single ?? plain).trim().replace(/^(?:\.?\/)+/, ''));
}
