import { existsSync } from 'fs';
import { resolve } from 'path';
import { CheckOptions } from './check-options';
import { isReplaced } from './protect-inputs';
import { Baseline, baselineFrom, isBaseline } from '../engine/report/baseline';
import { Mistake } from '../settings/mistake';
import { parseSettings, readSettingsFile, readText } from '../settings/settings-files';

/** A baseline that is to be written need not be there. */
export function readBaseline({ baseline: file, updateBaseline }: CheckOptions, cwd: string): Baseline | undefined {
  if (file === undefined || updateBaseline) { return undefined; }
  if (!existsSync(resolve(cwd, file))) { throw new Mistake(`${file}: there is no such file; make it with --update-baseline`); }
  const read = baselineFrom(readSettingsFile(cwd, file));
  if ('problem' in read) { throw new Mistake(`${file}: ${read.problem}`); }
  return read;
}

/** Refuses a baseline that would take the place of something else, as `--baseline package.json --update-baseline` would. */
export function keepWhatIsNoBaseline({ baseline: file, updateBaseline }: CheckOptions, cwd: string): void {
  if (file === undefined || !updateBaseline) { return; }
  const path = resolve(cwd, file);
  if (!existsSync(path) || !isReplaced(path)) { return; }
  const text = readText(cwd, file);
  if (text.trim() !== '' && !isBaseline(contentOf(text, file))) {
    throw new Mistake(`${file}: this is no baseline, so it is not overwritten; give --baseline another file, or remove this one`);
  }
}

function contentOf(text: string, file: string): unknown {
  try {
    return parseSettings(text, file);
  } catch {
    return undefined;
  }
}
