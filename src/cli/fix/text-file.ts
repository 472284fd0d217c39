import { readFileSync } from 'fs';
import { TextToEdit } from '../../edit/edit-template';
import { isObject, JsonObject } from '../../engine/json/json';
import { InputTemplate } from '../../input/input-template';
import { parseJson } from '../../input/parse-json';
import { parseYaml } from '../../input/parse-yaml';
import { isFault } from '../../input/parsed';
import { decode } from '../../input/text';

/** The file of a template, as it is edited. */
export interface TextFile extends TextToEdit {
  readonly bytes: Buffer;
}

/** The file, or why it cannot be edited. */
export function readText({ path, bytes: held, within, format }: InputTemplate): TextFile | string {
  if (within) { return 'the template stands inside of another file; edit it where it is kept'; }
  if (path === undefined || held) { return 'it is no file that can be written; name a file'; }
  const bytes = readFileSync(path);
  const text = decode(bytes);
  if (!encoded(text, bytes).equals(bytes)) { return 'it is not in UTF-8, so writing it would change more than the settings; save it as UTF-8'; }
  const parsed = format === 'json' ? parseJson(text) : parseYaml(text);
  if (isFault(parsed)) { return parsed.message; }
  return { bytes, text, format, value: isObject(parsed.value) ? parsed.value : {} as JsonObject };
}

/** With the byte order mark that the file had. */
export function encoded(text: string, like: Buffer): Buffer {
  switch (byteOrderMark(like)) {
    case 'UTF-16LE': return Buffer.concat([like.subarray(0, 2), Buffer.from(text, 'utf16le')]);
    case 'UTF-16BE': return Buffer.concat([like.subarray(0, 2), Buffer.from(text, 'utf16le').swap16()]);
    case 'UTF-8': return Buffer.concat([like.subarray(0, 3), Buffer.from(text)]);
    default: return Buffer.from(text);
  }
}

export function byteOrderMark([first, second, third]: Buffer): 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | undefined {
  if (first === 0xff && second === 0xfe) { return 'UTF-16LE'; }
  if (first === 0xfe && second === 0xff) { return 'UTF-16BE'; }
  return first === 0xef && second === 0xbb && third === 0xbf ? 'UTF-8' : undefined;
}
