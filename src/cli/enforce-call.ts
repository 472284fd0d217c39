import { dirname, join } from 'path';
import { LANGUAGES } from './init/languages';
import { isObject } from '../engine/json/json';
import { parseJson } from '../input/parse-json';
import { isFault } from '../input/parsed';
import { readFile } from '../input/read-file';
import { decode } from '../input/text';

/** The call that enforces, in the language of the app that `cdk.json` in one of these folders or around them names; else in TypeScript's. */
export function enforceCall(...folders: readonly string[]): string {
  const command = folders.flatMap(folder => [folder, dirname(folder)]).map(appIn).find(each => each !== undefined) ?? '';
  const language = Object.values(LANGUAGES).find(each => each.command.test(command)) ?? LANGUAGES.typescript;
  return language.enforceLine('app').replace(/;$/, '');
}

function appIn(folder: string): string | undefined {
  const read = readFile(join(folder, 'cdk.json'), 'cdk.json', '');
  const parsed = 'bytes' in read ? parseJson(decode(read.bytes)) : undefined;
  const app = parsed && !isFault(parsed) && isObject(parsed.value) ? parsed.value.app : undefined;
  return typeof app === 'string' ? app : Array.isArray(app) ? app.join(' ') : undefined;
}
