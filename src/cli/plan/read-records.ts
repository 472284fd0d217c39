import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { Problem } from '../../engine/findings/report';
import { isObject } from '../../engine/json/json';
import { GuardRecord, RECORD_FILE, RECORD_FORMAT } from '../../engine/record/guard-record';
import { isAssembly, NESTED_ASSEMBLY } from '../../input/assembly';
import { MANIFEST, readJson, readManifest, textOf } from '../../input/manifest';

/** The record in a folder of a cloud assembly. */
export interface FoundRecord {
  /** Below the folder of the plan, with `/`. */
  readonly folder: string;
  readonly record: GuardRecord;
}

export interface Records {
  /** Cloud assemblies of apps, those of Stages inside them aside. */
  readonly assemblies: readonly string[];
  readonly records: readonly FoundRecord[];

  /** What the app asked the account for, and has not in `cdk.context.json`. */
  readonly missing: readonly string[];
  readonly problems: readonly Problem[];
}

/** What an app made in the folder of a plan. */
export function readRecords(root: string): Records {
  const assemblies = readdirSync(root).sort().filter(name => isAssembly(join(root, name)));
  const reader = new Reader(root);
  assemblies.forEach(each => reader.read(each));
  return { assemblies, records: reader.records, missing: [...reader.missing], problems: reader.problems };
}

class Reader {
  public readonly records: FoundRecord[] = [];
  public readonly missing = new Set<string>();
  public readonly problems: Problem[] = [];

  public constructor(private readonly root: string) {}

  public read(folder: string): void {
    const manifest = readManifest(join(this.root, folder), folder);
    if ('problem' in manifest) {
      this.problems.push(manifest.problem);
      return;
    }
    missingIn(join(this.root, folder)).forEach(key => this.missing.add(key));
    const record = this.recordIn(folder);
    if (typeof record === 'string') { this.problems.push({ file: `${folder}/${RECORD_FILE}`, message: record }); } else { this.records.push({ folder, record }); }
    for (const { properties } of manifest.artifacts.filter(({ type }) => type === NESTED_ASSEMBLY)) {
      const inner = textOf(properties.directoryName);
      if (inner !== undefined) { this.read(`${folder}/${inner}`); }
    }
  }

  /** Or why there is none. */
  private recordIn(folder: string): GuardRecord | string {
    const file = join(this.root, folder, RECORD_FILE);
    if (!existsSync(file)) { return NO_RECORD; }
    const read = readJson(file, RECORD_FILE);
    if ('problem' in read) { return read.problem.message; }
    const record = read.json as unknown as GuardRecord;
    if (record.switchedOff !== undefined) { return 'the guard is switched off for this app, so there is no plan; see IMDS_GUARD'; }
    if (record.format !== RECORD_FORMAT) {
      return `the guard in this app is of another version (${record.version}); use the same for both`;
    }
    return record;
  }
}

function missingIn(directory: string): string[] {
  const read = readJson(join(directory, MANIFEST), MANIFEST);
  const missing = 'json' in read ? read.json.missing : undefined;
  return Array.isArray(missing) ? missing.flatMap(each => isObject(each) && typeof each.key === 'string' ? [each.key] : []) : [];
}

const NO_RECORD = 'this cloud assembly was made without the guard; the command may set NODE_OPTIONS by itself, or synthesize in a process that is not Node\'s';
