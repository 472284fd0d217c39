import { setApart } from './duplicate-keys';
import { Duplicate, eitherTemplate } from './either-value';
import { parseJson } from './parse-json';
import { parseYaml } from './parse-yaml';
import { isFault, Parsed, ParsedValue } from './parsed';
import { positionsApart } from './positions';
import { Position } from './text';
import { isObject } from '../engine/json/json';
import { quoted } from '../engine/text/quoted';

/** Something about a template that is good to know, and keeps nobody from judging it. */
export interface InputNote extends Partial<Position> {
  readonly message: string;
}

/** What a template holds, in spite of keys that stand twice in it: every value counts, and a note tells. */
export function readInSpite(text: string, format: 'json' | 'yaml'): Parsed & { readonly notes?: readonly InputNote[] } {
  const parse = format === 'json' ? parseJson : parseYaml;
  const parsed = parse(text);
  const apart = isFault(parsed) && parsed.isDuplicate ? setApart(text, format) : undefined;
  if (apart === undefined) { return parsed; }
  const inner = parse(apart);
  if (isFault(inner)) { return inner.isDuplicate ? parsed : { ...inner }; }
  return eitherOf(inner, apart, format) ?? parsed;
}

function eitherOf({ value, imports, flaw }: ParsedValue, apart: string, format: 'json' | 'yaml'): ReturnType<typeof readInSpite> | undefined {
  const either = isObject(value) ? eitherTemplate(value) : undefined;
  if (!either) { return undefined; }
  const positions = positionsApart(apart, format);
  const notes = either.duplicates.map(({ key, paths }) => noteOf(key, paths.flatMap(path => positions(path) ?? [])));
  return { value: either.template, imports, notes, flaw };
}

/** At the last, which CloudFormation takes. */
function noteOf(key: Duplicate['key'], positions: readonly Position[]): InputNote {
  const lines = [...new Set(positions.map(({ line }) => line))];
  const last = lines.pop();
  const where = lines.length > 0 ? `lines ${lines.join(', ')} and ${last}` : `line ${last}`;
  const message = `the key ${quoted(key)} stands ${positions.length} times in one map, in ${where}: CloudFormation takes the last, and every one is judged; keep one`;
  return { message, ...positions[positions.length - 1] };
}
