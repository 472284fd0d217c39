import { existsSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { RawOptions, text } from './check-options';
import { Mistake } from './mistake';

/** Looked for where the command is run, when `--config` names none. */
const DEFAULT_FILES = ['.imds-guard.yaml', '.imds-guard.yml', '.imds-guard.json'];

/** The configuration file that holds for a run: the named one, or one that lies where the command is run. */
export function readConfig(cwd: string, given: unknown): { readonly file: string; readonly options: RawOptions } | undefined {
  const file = given === undefined ? undefined : text(given, '--config');
  const found = file ?? DEFAULT_FILES.find(each => existsSync(resolve(cwd, each)));
  return found === undefined ? undefined : { file: found, options: readSettingsFile(cwd, found) };
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

export function parseSettings(text: string, file: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('js-yaml') as typeof import('js-yaml');
  try {
    return yaml.load(text, { filename: file, schema: yaml.CORE_SCHEMA }); // JSON is YAML, too; a date stays a text
  } catch (error) {
    const { reason, mark } = error as import('js-yaml').YAMLException;
    throw new Mistake(`${file}${mark ? `:${mark.line + 1}:${mark.column + 1}` : ''}: ${reason ?? (error as Error).message}`);
  }
}
