import { closeSync, Dirent, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'fs';
import { extname, join, sep } from 'path';
import { AssetFiles } from './asset-files';
import { NOT_THERE } from './manifest';
import { decode } from './text';
import { AssetFile } from '../engine/evaluator/source';
import { Problem } from '../engine/findings/report';

/** Scripts are small, and a folder may be a whole application: reading all of it would keep us busy for nothing. */
const LIMITS = { bytes: 1024 * 1024, files: 500, allBytes: 16 * 1024 * 1024, entries: 10_000, depth: 20 };

/** In a folder, what is known to be a script; without an ending, what says so in its first line. A file that is named itself may be anything. */
const SCRIPT = /^\.(?:sh|bash|zsh|ksh|ps1|psm1|cmd|bat|py|rb|pl)$/i;
const ARCHIVE = /\.(?:zip|gz|tgz|bz2|xz|7z|tar|jar|war|rpm|deb|msi|exe|whl)$/i;
const DOCUMENT = /\.(?:txt|md|markdown|rst|adoc|html?|log|csv|css|svg)$/i;

/** Not a script, but it names those that run: https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html */
const LIST = /^appspec\.ya?ml$/;

/** Libraries that come with a program: what they do is their own business. */
const FOREIGN = /^(?:node_modules|site-packages|dist-packages|vendor|\.git|\.venv|venv|__pycache__|tests?|[\w.-]+\.dist-info|botocore|boto3)$/i;

const HASH = /[0-9a-f]{64}/g;

/** Reads scripts among the assets of a cloud assembly, each once, when somebody asks for them. */
export class AssetScripts {
  private readonly known = new Map<string, readonly AssetFile[]>();
  private readonly reasons = new Map<string, string[]>();
  private readonly left = { files: LIMITS.files, bytes: LIMITS.allBytes, entries: LIMITS.entries };
  private realRoot?: string;

  /** @param nameOf how the user knows a path */
  public constructor(private readonly root: string, private readonly nameOf: (path: string) => string) {}

  /** Those that an address means: a file, or what is in a folder. */
  public in(address: string, ...assets: readonly AssetFiles[]): AssetFile[] {
    const paths = (address.match(HASH) ?? []).flatMap(hash => assets.flatMap(each => each.get(hash) ?? []));
    return [...new Set(paths)].flatMap(path => this.read(path));
  }

  /** What was asked for and not read, one entry for each reason. */
  public get passedOver(): Problem[] {
    return [...this.reasons].map(([why, [file, ...others]]) => ({
      file, message: `not read for calls of IMDS: ${why}${others.length > 0 ? `; so are ${others.length} more` : ''}`,
    }));
  }

  private read(path: string): readonly AssetFile[] {
    const known = this.known.get(path) ?? this.readFresh(path);
    this.known.set(path, known);
    return known;
  }

  private readFresh(path: string): AssetFile[] {
    const found = this.inside(path);
    if (!found) { return []; }
    return found.isDirectory() ? this.readFolder(path, 0) : this.readFile(path, true);
  }

  /** What is there. A link that leads out of the assembly is not followed: a report must show no other files of the machine. */
  private inside(path: string): ReturnType<typeof statSync> {
    try {
      this.realRoot ??= realpathSync(this.root);
      const real = realpathSync(path);
      if (real !== this.realRoot && !real.startsWith(this.realRoot + sep)) { return this.passOver(path, 'it is outside the cloud assembly'); }
      return statSync(real);
    } catch {
      return this.passOver(path, NOT_THERE);
    }
  }

  private readFolder(folder: string, depth: number): AssetFile[] {
    return entriesOf(folder).flatMap(entry => {
      const path = join(folder, entry.name);
      if (FOREIGN.test(entry.name)) { return []; }
      if (this.left.entries-- <= 0 || depth > LIMITS.depth) { return this.passOver(folder, 'there are too many files') ?? []; }
      if (entry.isDirectory()) { return this.readFolder(path, depth + 1); }
      const isMeant = SCRIPT.test(extname(entry.name)) || LIST.test(entry.name);
      if (extname(entry.name) !== '' && !isMeant) { return []; }
      const isFile = entry.isFile() || (entry.isSymbolicLink() && this.inside(path)?.isFile() === true);
      return isFile ? this.readFile(path, isMeant) : [];
    });
  }

  /** `isMeant`: whatever its first line says. */
  private readFile(path: string, isMeant: boolean): AssetFile[] {
    if (DOCUMENT.test(path)) { return []; }
    if (ARCHIVE.test(path)) { return this.passOver(path, 'an archive or a program') ?? []; }
    const bytes = this.bytesOf(path, isMeant);
    const text = bytes && decode(bytes);
    return text === undefined || text.includes('\0') ? [] : [{ name: this.nameOf(path), text }];
  }

  private bytesOf(path: string, isMeant: boolean): Buffer | undefined {
    let file: number | undefined;
    try {
      file = openSync(path, 'r');
      const { size } = fstatSync(file);
      const first = Buffer.alloc(isMeant ? 0 : 2);
      if (!isMeant && (readSync(file, first, 0, 2, 0) < 2 || first.toString() !== '#!')) { return undefined; }
      if (size > LIMITS.bytes) { return this.passOver(path, 'it is larger than 1 MB'); }
      if (this.left.files <= 0 || this.left.bytes < size) { return this.passOver(path, 'there are too many files'); }
      this.left.files--;
      this.left.bytes -= size;
      const bytes = Buffer.alloc(size);
      return bytes.subarray(0, readSync(file, bytes, 0, size, 0));
    } catch {
      return this.passOver(path, 'it cannot be read');
    } finally {
      if (file !== undefined) { closeSync(file); }
    }
  }

  private passOver(path: string, why: string): undefined {
    this.reasons.set(why, [...this.reasons.get(why) ?? [], this.nameOf(path)]);
    return undefined;
  }
}

/** In the order of their names, so that a report is the same everywhere. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
