import { visit } from 'jsonc-parser'; // loaded with this file: where a key stands twice
import { YamlDuplicate, yamlDuplicates } from './yaml-duplicates';
import { isObject, JsonObject } from '../engine/json/json';

/**
 * Behind a key that stands in a map already, once for each time. A character for private use: a text that has it itself is left alone.
 */
const MARK = '\uE0D0';

/** More than this in one file are no slip. */
const MOST = 100;

/** The text with a name of its own for each key that stands twice in a map. Undefined where none does, or too many do. */
export function setApart(text: string, format: 'json' | 'yaml'): string | undefined {
  if (text.includes(MARK)) { return undefined; }
  return format === 'json' ? setApartInJson(text) : setApartInYaml(text);
}

/** The key as it stands in the file. */
export function withoutMark(key: string): string {
  const end = key.indexOf(MARK);
  return end === -1 ? key : key.slice(0, end);
}

/** Where a column is in the file. */
export function columnWithoutMarks(line: string, column: number): number {
  return column - line.slice(0, column - 1).split(MARK).length + 1;
}

/** The keys of a map as they stand in the file, each with the names that it was given, in order. */
export function namesByKey(map: object): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const name of Object.keys(map)) {
    const key = withoutMark(name);
    const known = names.get(key);
    if (known) { known.push(name); } else { names.set(key, [name]); }
  }
  names.forEach(each => each.sort((a, b) => a.length - b.length)); // JavaScript puts keys that are numbers first
  return names;
}

/** The last of the names of a key, which is the one that CloudFormation takes. */
export function lastName(map: unknown, key: string): string {
  let name = key;
  while (isObject(map) && Object.hasOwn(map, name + MARK)) { name += MARK; }
  return isObject(map) && Object.hasOwn(map as JsonObject, name) ? name : key;
}

function setApartInJson(text: string): string | undefined {
  const open: Map<string, number>[] = [];
  const parts: string[] = [];
  let [done, count] = [0, 0];
  visit(text, {
    onObjectBegin: () => { open.push(new Map()); },
    onObjectEnd: () => { open.pop(); },
    onObjectProperty: (key, offset, length) => {
      const times = open[open.length - 1].get(key) ?? 0;
      open[open.length - 1].set(key, times + 1);
      if (times === 0 || ++count > MOST) { return; }
      const end = offset + length - 1; // in front of the quote
      parts.push(text.slice(done, end), MARK.repeat(times));
      done = end;
    },
  });
  return count > 0 && count <= MOST ? parts.join('') + text.slice(done) : undefined;
}

function setApartInYaml(text: string): string | undefined {
  const duplicates = yamlDuplicates(text);
  if (duplicates.length === 0 || duplicates.length > MOST) { return undefined; }
  const parts: string[] = [];
  let done = 0;
  for (const duplicate of duplicates) {
    const end = endOfName(text, duplicate);
    if (end === undefined) { return undefined; }
    parts.push(text.slice(done, end), MARK.repeat(duplicate.times));
    done = end;
  }
  return parts.join('') + text.slice(done);
}

/** Where a name can go on; undefined where the key is no name that stands there, but an alias or another value. */
function endOfName(text: string, { key, start, end }: YamlDuplicate): number | undefined {
  const written = text.slice(start, end).trim();
  const last = start + text.slice(start, end).trimEnd().length;
  if (written === key && key !== '') { return last; }
  return /^(?:"[^]*"|'[^]*')$/.test(written) ? last - 1 : undefined; // in front of the quote
}
