import { Mistake } from '../settings/mistake';
import { Read, texts } from '../settings/readers';

/** Whether a path, as the user knows it from the working directory, is left out. */
export interface Excludes {
  (path: string): boolean;

  /** Whether something in a folder that is left out may be taken back. */
  readonly takesBack: boolean;
}

export const NOTHING_EXCLUDED: Excludes = Object.assign(() => false, { takesBack: false });

/** Before a pattern that takes back what others leave out, wherever it stands among them. */
const BACK = '!';

/** Patterns, as they are given. */
export const globs: Read<string[]> = (value, name) => {
  const found = texts(value, name);
  const odd = found.find(each => /^!?\.?\/*$/.test(each) || /^!?\//.test(each));
  if (odd !== undefined) { throw new Mistake(`${name} must be a path or a glob from the working directory, such as test/** or *.test.yaml, got ${JSON.stringify(odd)}`); }
  return found;
};

/**
 * A pattern leaves out a path, and all in the folder that it matches; one without a slash does so in every folder, as in .gitignore.
 */
export function excludesOf(patterns: readonly string[]): Excludes {
  if (patterns.length === 0) { return NOTHING_EXCLUDED; }
  const back = patterns.filter(each => each.startsWith(BACK)).map(each => each.slice(BACK.length));
  const isOut = matcherOf(patterns.filter(each => !each.startsWith(BACK)));
  const isBack = matcherOf(back);
  return Object.assign((path: string) => isOut(path) && !isBack(path), { takesBack: back.length > 0 });
}

function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) { return () => false; }
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const picomatch = require('picomatch') as typeof import('picomatch');
  const isMatch = picomatch(patterns.map(anywhere), { dot: true });
  return path => foldersOf(path).some(each => isMatch(each));
}

function anywhere(pattern: string): string {
  const plain = pattern.replace(/\/+$/, '');
  if (plain.startsWith('./')) { return plain.slice('./'.length); }
  return plain.includes('/') ? plain : `**/${plain}`;
}

/** A path and the folders that it is in. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/')).filter(each => each !== '' && !/(^|\/)\.\.?$/.test(each));
}
