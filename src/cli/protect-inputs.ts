import { statSync } from 'fs';
import { resolve } from 'path';
import { identityOf } from '../settings/identity';
import { Mistake } from '../settings/mistake';

/** What a run writes, and which options name what it reads. */
interface Outputs {
  readonly formats: readonly { readonly file?: string }[];
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly exemptions?: string;
  readonly parameters?: readonly string[];
}

/** What a run reads. */
interface Inputs {
  readonly cwd: string;

  /** The settings files, if there are any. */
  readonly config: readonly string[];

  /** Whether a path is that of a template, or of something that could not be read as one. */
  isInput(path: string): boolean;
}

/**
 * Refuses outputs that would take the place of each other, or of what the run reads: a slip such as `--format json=app.yaml app.yaml`
 * must not cost anybody a template.
 */
export function keepApart({ formats, baseline, updateBaseline, exemptions, parameters = [] }: Outputs, { cwd, config, isInput }: Inputs): void {
  const pathOf = (file: string): string => identityOf(resolve(cwd, file));
  const read = [...config, ...parameters, exemptions, updateBaseline ? undefined : baseline];
  const settings = new Set(read.flatMap(file => file === undefined ? [] : [pathOf(file)]));
  const taken = new Set<string>();
  for (const file of [...updateBaseline ? [baseline!] : [], ...formats.flatMap(each => each.file ?? [])]) {
    const path = pathOf(file);
    if (!isReplaced(path)) { continue; }
    if (taken.has(path)) { throw new Mistake(`${file}: more than one output goes to it; give each a file of its own`); }
    if (settings.has(path) || isInput(path)) { throw new Mistake(`${file}: it is read here, so it cannot be written; give the output another file`); }
    taken.add(path);
  }
}

/** A pipe or a device, such as /dev/null, takes whatever comes. */
export function isReplaced(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return true; // it is not there yet, or never will be, which is reported where it is written
  }
}
