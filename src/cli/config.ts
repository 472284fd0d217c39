import { existsSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { identityOf } from './identity';
import { Mistake } from './mistake';
import { text } from './setting-readers';
import { Layer, RawOptions } from './settings-layers';
import { Terminal } from './terminal';

/** Looked for where the command is run, when `--config` names none. */
export const DEFAULT_FILES = ['.imds-guard.yaml', '.imds-guard.yml', '.imds-guard.json'];

/** The variable that names the organization's settings file. */
export const ORGANIZATION = 'IMDS_GUARD_CONFIG';

/** The settings files that hold for a run: the organization's, and the one that `--config` names or that lies where the command is run. */
export function readConfig({ cwd, env }: Pick<Terminal, 'cwd' | 'env'>, given: unknown): Layer[] {
  const organization = organizationFile(cwd, env[ORGANIZATION]);
  const repository = repositoryFile(cwd, given);
  const identity = (file: string | undefined): string | undefined => file && identityOf(resolve(cwd, file));
  const layerOf = (by: Layer['by'], file: string | undefined): Layer[] => file === undefined ? [] : [{ by, file, raw: readSettingsFile(cwd, file) }];
  return [
    ...layerOf('organization', organization),
    ...identity(repository) === identity(organization) ? [] : layerOf('repository', repository),
  ];
}

/** A variable that came out empty is no wish to do without. */
function organizationFile(cwd: string, file: string | undefined): string | undefined {
  if (file === undefined) { return undefined; }
  if (file === '') { throw new Mistake(`${ORGANIZATION} is empty; name the organization's settings file in it, or unset it`); }
  if (!existsSync(resolve(cwd, file))) { throw new Mistake(`${ORGANIZATION} names ${file}, and there is no such file; mend the path, or unset it`); }
  return file;
}

/** `false` is `--no-config`. */
function repositoryFile(cwd: string, given: unknown): string | undefined {
  if (given === false) { return undefined; }
  return given === undefined ? DEFAULT_FILES.find(each => existsSync(resolve(cwd, each))) : text(given, '--config');
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
    throw new Mistake(`${file}: ${code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`}`);
  }
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
