import { existsSync, lstatSync, readFileSync, readlinkSync } from 'fs';
import { resolve } from 'path';
import { identityOf } from './identity';
import { Layer, RawOptions } from './layer';
import { Mistake } from './mistake';
import { text } from './readers';

/** Looked for where the command is run, when `--config` names none. */
export const DEFAULT_FILES = ['.imds-guard.yaml', '.imds-guard.yml', '.imds-guard.json'];

/** The variable that names the organization's settings file. */
export const ORGANIZATION = 'IMDS_GUARD_CONFIG';

/** Where somebody runs something. */
export interface Place {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
}

/** The settings files that hold for a run: the organization's, and the one that `--config` names or that lies where the command is run. */
export function readConfig({ cwd, env }: Place, given: unknown): Layer[] {
  const organization = organizationFile(cwd, env[ORGANIZATION]);
  const isOther = (file: string): boolean => organization === undefined || identityIn(cwd, file) !== identityIn(cwd, organization);
  const repository = repositoryFiles(cwd, given).filter(isOther);
  if (repository.length > 1) {
    const names = `${repository.slice(0, -1).join(', ')} and ${repository[repository.length - 1]}`;
    throw new Mistake(`${names} are ${repository.length > 2 ? 'all' : 'both'} there, and only one can hold; keep one, or name one with --config`);
  }
  return [
    ...organization === undefined ? [] : [{ by: 'organization' as const, file: organization, raw: readSettingsFile(cwd, organization) }],
    ...repository.map(file => ({ by: 'repository' as const, file, raw: readSettingsFile(cwd, file) })),
  ];
}

function identityIn(cwd: string, file: string): string {
  return identityOf(resolve(cwd, file));
}

/** A variable that came out empty is no wish to do without. */
function organizationFile(cwd: string, file: string | undefined): string | undefined {
  if (file === undefined) { return undefined; }
  if (file === '') { throw new Mistake(`${ORGANIZATION} is empty; name the organization's settings file in it, or unset it`); }
  if (!existsSync(resolve(cwd, file))) { throw new Mistake(`${ORGANIZATION} names ${file}, and there is no such file; mend the path, or unset it`); }
  return file;
}

/** `false` is `--no-config`. Names of the same file are one; a link to nothing is there, so that it is told. */
function repositoryFiles(cwd: string, given: unknown): string[] {
  if (given === false) { return []; }
  if (given !== undefined) { return [text(given, '--config')]; }
  const found = DEFAULT_FILES.filter(each => lstatSync(resolve(cwd, each), { throwIfNoEntry: false }) !== undefined);
  return found.filter((each, i) => found.findIndex(other => identityIn(cwd, other) === identityIn(cwd, each)) === i);
}

/** A file of ours in JSON or YAML that holds one object. */
export function readSettingsFile(cwd: string, file: string): RawOptions {
  const parsed = parseSettings(readText(cwd, file), file);
  if (parsed === undefined || parsed === null) { return {}; }
  if (typeof parsed !== 'object' || Array.isArray(parsed)) { throw new Mistake(`${file}: an object was expected`); }
  return parsed as RawOptions;
}

export function readText(cwd: string, file: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Mistake(`${file}: ${code === 'ENOENT' ? missing(resolve(cwd, file)) : `it cannot be read (${code})`}`);
  }
}

function missing(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? `it is a link to ${readlinkSync(path)}, and there is no such file; mend or remove the link` : 'there is no such file';
}

export function parseSettings(content: string, file: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('js-yaml') as typeof import('js-yaml');
  try {
    return yaml.load(content, { filename: file, schema: yaml.CORE_SCHEMA }); // JSON is YAML, too; a date stays a text
  } catch (error) {
    const { reason, mark } = error as import('js-yaml').YAMLException;
    throw new Mistake(`${file}${mark ? `:${mark.line + 1}:${mark.column + 1}` : ''}: ${reason ?? (error as Error).message}`);
  }
}
