import { loadAll, LoadOptions, State } from 'js-yaml';
import { LENIENT_YAML_OPTIONS } from './yaml-options';

/** A key that stands in its map already. */
export interface YamlDuplicate {
  readonly key: string;

  /** How many equal ones stand before it. */
  readonly times: number;

  /** Where js-yaml begins to read it, and where it is done. */
  readonly start: number;
  readonly end: number;
}

interface Open {
  readonly start: number;
  readonly times: Map<string, number>;
  readonly duplicates: YamlDuplicate[];
}

/** What js-yaml has in its state and @types/js-yaml does not know. */
type Reading = State & { readonly tag?: string | null };

/**
 * Every key that stands in its map already, in one go through the text: js-yaml stops at the first, unless it reads JSON, and tells its listener
 * where it is. Up to where it cannot be read.
 */
export function yamlDuplicates(text: string): YamlDuplicate[] {
  const found: YamlDuplicate[] = [];
  const open: Open[] = [newOpen(0)];
  const listener = (event: 'open' | 'close', { position, kind, result, tag }: Reading): void => {
    if (event === 'open') { open.push(newOpen(position)); return; }
    const { start, duplicates } = open.pop()!;
    if (kind === 'mapping') { found.push(...duplicates); } // in a list each pair is a map of its own
    if (tag !== MERGE && isKey(text, start, position)) { note(open[open.length - 1], { key: textOf(result), start, end: position }); }
  };
  try {
    loadAll(text, null, { ...LENIENT_YAML_OPTIONS, json: true, listener } as LoadOptions);
  } catch {
    open.forEach(({ duplicates }) => found.push(...duplicates)); // whoever reads it tells what is wrong
  }
  return found.sort((a, b) => a.start - b.start);
}

const MERGE = 'tag:yaml.org,2002:merge';

function newOpen(start: number): Open {
  return { start, times: new Map(), duplicates: [] };
}

function note({ times, duplicates }: Open, key: Omit<YamlDuplicate, 'times'>): void {
  const before = times.get(key.key) ?? 0;
  times.set(key.key, before + 1);
  if (before > 0) { duplicates.push({ ...key, times: before }); }
}

/** A colon stands behind it in the same line, or a question mark before it, or in flow style what parts pairs; no value has that. */
function isKey(text: string, start: number, end: number): boolean {
  let behind = end;
  while (text[behind] === ' ' || text[behind] === '\t') { behind++; }
  if (text[behind] === ':') { return true; }
  let before = start - 1;
  while (/\s/.test(text[before] ?? '')) { before--; }
  return /[{,]/.test(text[before] ?? '') || (text[before] === '?' && /\s/.test(text[before + 1]));
}

/** As js-yaml makes a key of a value. */
function textOf(value: unknown): string {
  return Object.prototype.toString.call(value) === '[object Object]' ? '[object Object]' : String(value);
}
