import { Dirent, readdirSync, realpathSync, statSync } from 'fs';
import { extname, join } from 'path';
import { Excludes, NOTHING_EXCLUDED } from './exclude';
import { Search, TEMPLATES } from './search';
import { shownPath } from './shown-path';
import { Problem } from '../engine/findings/report';
import { whyNot } from '../input/read-file';
import { identityOf } from '../settings/identity';

/** Folders that are never searched. */
export const IGNORED = ['.git', 'node_modules'];

/** A file, and what is the same for every way to it. */
export interface FoundFile {
  readonly path: string;
  readonly identity: string;
}

/** Searches folders for cloud assemblies and for files that may be what is wanted. Files of an assembly are left to it. */
export class Folder {
  public readonly assemblies: string[] = [];
  public readonly files: FoundFile[] = [];

  /** Files that are not looked into. */
  public readonly others: FoundFile[] = [];
  public readonly problems: Problem[] = [];

  /** What would have been looked into, but is left out. */
  public readonly excluded: FoundFile[] = [];
  private readonly visited = new Set<string>(); // links may lead back to where we came from

  public constructor(
    private readonly cwd: string, private readonly search: Search = TEMPLATES, private readonly excludes: Excludes = NOTHING_EXCLUDED,
  ) {}

  /** `isNamed`: by the user, who is not held to what is left out. */
  public read(directory: string, isNamed = false): this {
    const isExcluded = !isNamed && this.isExcluded(directory);
    if (isExcluded && !this.excludes.takesBack) { return this.leaveOut(directory); }
    try {
      const real = realpathSync.native(directory);
      if (this.visited.has(real)) { return this; }
      this.visited.add(real);
      if (this.search.isAssembly(directory)) {
        if (isExcluded) { return this.leaveOut(directory); }
        this.assemblies.push(directory);
        return this;
      }
      const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
      entries.forEach(entry => this.readEntry(entry, join(directory, entry.name), real));
    } catch (error) {
      this.refuse(directory, error as NodeJS.ErrnoException);
    }
    return this;
  }

  private readEntry(entry: Dirent, path: string, directory: string): void {
    if (IGNORED.includes(entry.name)) { return; }
    const isWanted = this.search.mayBe(path);
    let kind: Pick<Dirent, 'isDirectory' | 'isFile'> = entry;
    if (entry.isSymbolicLink()) {
      try {
        kind = statSync(path);
      } catch (error) {
        if (isWanted) { this.refuse(path, error as NodeJS.ErrnoException); }
        return;
      }
    }
    if (kind.isDirectory()) {
      this.read(path);
    } else if (kind.isFile()) {
      const found = { path, identity: entry.isSymbolicLink() ? identityOf(path) : join(directory, entry.name) };
      const isRead = isWanted || (extname(entry.name) === '' && this.search.begins(path));
      if (isRead) { this.add(found); } else { this.others.push(found); }
    }
  }

  /** Takes a file in, unless it is left out. */
  public add(found: FoundFile): void {
    (this.isExcluded(found.path) ? this.excluded : this.files).push(found);
  }

  /** How a path is shown takes long to find, and mostly nothing is left out. */
  private isExcluded(path: string): boolean {
    return this.excludes !== NOTHING_EXCLUDED && this.excludes(shownPath(path, this.cwd));
  }

  private leaveOut(path: string): this {
    this.excluded.push({ path, identity: identityOf(path) });
    return this;
  }

  private refuse(path: string, error: NodeJS.ErrnoException): void {
    this.problems.push({ file: shownPath(path, this.cwd), message: whyNot(path, error) });
  }
}
