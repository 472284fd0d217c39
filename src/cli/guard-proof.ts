import { basename, dirname, posix, resolve } from 'path';
import { askedOfGuard } from './asked-of-guard';
import { CheckOptions } from './check-options';
import { InputGroup } from './inputs';
import { Problem } from '../engine/findings/report';
import { GuardRecord } from '../engine/record/guard-record';
import { Asked, changedBeside, FoundTemplate, missing, notGuarded, PlacedRecordFinding, weakerInside, withoutRecord } from '../engine/record/record-findings';
import { AssemblyFolder } from '../input/assembly';
import { InputTemplate } from '../input/input-template';
import { readRecord, sha256Of } from '../input/record-file';

type Options = Pick<CheckOptions, 'requireGuard' | 'maxHopLimit' | 'forbidExemptions' | 'enforce'>;

interface Proof {
  readonly problems: readonly Problem[];
  readonly findings: readonly PlacedRecordFinding[];

  /** Whether the guard was on for the stack of a template, as far as the records tell. */
  isGuarded(template: InputTemplate): boolean;
}

interface RecordedFolder extends AssemblyFolder {
  readonly record: GuardRecord;
}

const NO_ASSEMBLY = 'it is no part of a cloud assembly, so it has no record of the guard';

/** What the records of the guard say about templates that were read together, and what they must say under `--require-guard`. */
export function proofOf({ templates, folders }: InputGroup, options: Options, date: string): Proof {
  const whole = templates.filter(({ within }) => !within);
  if (!folders) {
    return { isGuarded: () => false, problems: [], findings: options.requireGuard ? whole.map(each => withoutRecord(each, NO_ASSEMBLY)) : [] };
  }
  const read = folders.map(folder => ({ ...folder, ...readRecord(folder.path, folder.name) }));
  const recorded = read.filter((each): each is typeof each & RecordedFolder => each.record !== undefined);
  const broken = new Set(read.filter(({ problem }) => problem).map(({ path }) => path));
  const listings = listingsIn(recorded);
  const asked = options.requireGuard ? askedOfGuard(options.enforce, options.maxHopLimit, date) : undefined;
  const guarded = recorded.flatMap(({ record }) => record.stacks.filter(({ mode }) => mode !== undefined).map(({ path }) => path));
  return {
    isGuarded: ({ stack }) => guarded.some(path => stack === path || stack.startsWith(`${path}/`) || stack.startsWith(`${path} (`)),
    problems: read.flatMap(({ problem }) => problem ?? []),
    findings: [
      ...asked ? whole.filter(({ path }) => path === undefined || !broken.has(dirname(path))).flatMap(each => (
        aboutTemplate(each, recorded, listings.get(each.path ?? '') ?? [], asked)
      )) : [],
      ...asked ? recorded.flatMap(folder => aboutOthers(folder, whole)) : [],
      ...recorded.flatMap(({ record, path }) => weakerInside(record, foundIn(path, whole), { asked, isForbidden: options.forbidExemptions })),
    ],
  };
}

interface Listing {
  readonly folder: RecordedFolder;
  readonly key: string;
}

/** Where each file is listed: a nested Stage lists assets that are in the folder of the app. */
function listingsIn(folders: readonly RecordedFolder[]): ReadonlyMap<string, readonly Listing[]> {
  const listings = new Map<string, Listing[]>();
  for (const folder of folders) {
    for (const key of Object.keys(folder.record.templates)) {
      const path = resolve(folder.path, key);
      listings.set(path, [...listings.get(path) ?? [], { folder, key }]);
    }
  }
  return listings;
}

function aboutTemplate(template: InputTemplate, folders: readonly RecordedFolder[], listed: readonly Listing[], asked: Asked): PlacedRecordFinding[] {
  const { path = '', file, stack } = template;
  const isOwn = (folder: RecordedFolder): boolean => folder.path === dirname(path);
  const own = folders.find(isOwn);
  const found = listed.find(({ folder }) => isOwn(folder)) ?? listed[0] ?? (own && { folder: own, key: basename(path) });
  return found ? notGuarded(found.folder.record, { key: found.key, file, stack, sha256: sha256Of(path) }, asked)
    : [withoutRecord({ file, stack }, 'nothing in its folder records that the guard was on')];
}

/** What a record lists, but that was not read as a template. */
function aboutOthers({ path, name, record }: RecordedFolder, templates: readonly InputTemplate[]): PlacedRecordFinding[] {
  const read = new Set(templates.map(template => template.path));
  return Object.entries(record.templates).flatMap(([key, hash]) => {
    const now = read.has(resolve(path, key)) ? hash : sha256Of(resolve(path, key));
    const file = posix.normalize(`${name}/${key}`);
    const place = { file, stack: record.stacks.find(({ template }) => template === key)?.path ?? file };
    return now === undefined ? [missing(place)] : now === hash ? [] : [changedBeside(place)];
  });
}

function foundIn(folder: string, templates: readonly InputTemplate[]): FoundTemplate[] {
  return templates.filter(({ path }) => path !== undefined && dirname(path) === folder)
    .map(({ path, file, stack }) => ({ key: basename(path!), file, stack }));
}
