import { beginsAsTemplate, mayBeTemplate } from './template-names';
import { isAssembly } from '../input/assembly';

/** What is looked for in folders and by globs. */
export interface Search {
  /** Whether a folder is a whole that is read by other means. */
  isAssembly(folder: string): boolean;

  /** Whether a file is called so that it must be read to know. */
  mayBe(path: string): boolean;

  /** Whether a file without an ending begins as what is looked for. */
  begins(path: string): boolean;
}

export const TEMPLATES: Search = { isAssembly, mayBe: mayBeTemplate, begins: beginsAsTemplate };

export const REPORTS: Search = { isAssembly: () => false, mayBe: path => /\.json$/i.test(path), begins: () => false };
