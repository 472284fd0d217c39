import { statSync, Stats } from 'fs';
import { basename, dirname, resolve } from 'path';
import { Excludes, NOTHING_EXCLUDED } from './exclude';
import { Folder, FoundFile, IGNORED } from './input-folder';
import { Search, TEMPLATES } from './search';
import { shownPath } from './shown-path';
import { Problem } from '../engine/findings/report';
import { MANIFEST } from '../input/manifest';
import { whyNot } from '../input/read-file';
import { identityOf } from '../settings/identity';

/** What an argument of the command line leads to. */
export interface InputFiles {
  readonly argument: string;

  /** Directories of cloud assemblies. */
  readonly assemblies: readonly string[];
  readonly files: readonly FoundFile[];

  /** Files of folders that are not looked into. */
  readonly others: readonly FoundFile[];

  /** Files, folders and assemblies that are left out. */
  readonly excluded: readonly FoundFile[];
  readonly problems: readonly Problem[];

  /** The user named the file itself, so it must be a template. */
  readonly isNamed: boolean;
}

/** Finds the assemblies and the files that a path, a folder or a glob means. */
export function inputFilesOf(argument: string, cwd: string, search: Search = TEMPLATES, excludes: Excludes = NOTHING_EXCLUDED): InputFiles {
  const path = resolve(cwd, argument);
  const none = { argument, assemblies: [], files: [], others: [], excluded: [], problems: [], isNamed: false };
  if (argument === '') { return { ...none, problems: [{ file: '\'\'', message: 'an empty path; name a file, a folder or a glob' }] }; }
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    const why = error as NodeJS.ErrnoException;
    if (why.code === 'ENOENT' && isGlob(argument)) { return { ...none, ...filesOfGlob(argument, cwd, new Folder(cwd, search, excludes), search) }; }
    return { ...none, problems: [{ file: shownPath(path, cwd), message: whyNot(path, why) }], isNamed: true };
  }
  if (stats.isDirectory()) { return { ...none, ...new Folder(cwd, search, excludes).read(path, true) }; }
  if (basename(path) === MANIFEST && search.isAssembly(dirname(path))) { return { ...none, assemblies: [dirname(path)] }; }
  return { ...none, files: [foundFile(path)], isNamed: true };
}

function isGlob(argument: string): boolean {
  return /[*?]|\[.*\]|\{.*\}|[!@+]\(/.test(argument);
}

/** On Windows `\` divides folders, unless it stands before what only a pattern has. */
export function patternOf(argument: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? argument.replace(/\\(?![()[\]{}!+@])/g, '/') : argument;
}

function filesOfGlob(argument: string, cwd: string, folder: Folder, search: Search): Folder {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { globSync } = require('tinyglobby') as typeof import('tinyglobby');
  const pattern = patternOf(argument);
  const found = globSync(pattern, { cwd, absolute: true, onlyFiles: false, expandDirectories: false, ignore: IGNORED.map(name => `**/${name}/**`) }).sort();
  for (const path of found.map(each => resolve(each))) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) { folder.add(foundFile(path)); } else if (!pattern.includes('**') || search.isAssembly(path)) { folder.read(path); }
  }
  if (found.length === 0) { folder.problems.push({ file: argument.replaceAll('\\', '/'), message: 'matches no file; check the pattern' }); }
  return folder;
}

function foundFile(path: string): FoundFile {
  return { path, identity: identityOf(path) };
}
