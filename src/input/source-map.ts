import { existsSync } from 'fs';
import { SourceMap, SourceMapPayload } from 'module';
import { dirname, resolve } from 'path';
import { readFile, REPORT } from './read-file';
import { pathOf, SourceFrame } from './source-frame';
import { isObject } from '../engine/json/json';

const JAVASCRIPT = /\.[cm]?js$/;
const MAP_AT_END = /\/\/[#@] sourceMappingURL=(\S+)\s*$/;
const INLINE = /^data:application\/json[^,]*?(;base64)?,(.*)$/s;

/** Larger than any column: the mapping that is found is the last one of the line. */
const END = 1_000_000_000;

/** Follows JavaScript to what it was made from, where a source map tells and the file is there. Each map is read once. */
export class SourceMaps {
  private readonly maps = new Map<string, Mapped | undefined>();

  /** @param base where bundlers count their paths from */
  public constructor(private readonly base: string) {}

  public follow(frame: SourceFrame): SourceFrame {
    if (!JAVASCRIPT.test(frame.file)) { return frame; }
    if (!this.maps.has(frame.file)) { this.maps.set(frame.file, mapBeside(frame.file)); }
    const mapped = this.maps.get(frame.file);
    const entry = mapped?.map.findEntry(frame.line - 1, frame.column === undefined ? END : frame.column - 1);
    if (!mapped || !entry || !('originalSource' in entry) || entry.generatedLine !== frame.line - 1 || entry.originalLine < 0) { return frame; }
    const file = this.sourceIn(mapped, String(entry.originalSource));
    return file === undefined
      ? frame
      : { file, line: entry.originalLine + 1, ...frame.column !== undefined && entry.originalColumn >= 0 && { column: entry.originalColumn + 1 } };
  }

  /** A bundler writes `webpack://name/./lib/a.ts`, counted from where it ran. */
  private sourceIn({ folder, root }: Mapped, source: string): string | undefined {
    const [, bundled] = /^webpack:\/\/[^/]*\/(.*)$/.exec(source) ?? [];
    const path = bundled === undefined ? resolve(folder, root, pathOf(source)) : resolve(this.base, bundled);
    return existsSync(path) ? pathOf(path) : undefined;
  }
}

interface Mapped {
  readonly map: SourceMap;

  /** Sources are relative to the root, which is relative to the folder. */
  readonly folder: string;
  readonly root: string;
}

/** Empty where it cannot be read: a map may name anything, such as a device that has no end. */
function textOf(file: string): string {
  const read = readFile(file, file, undefined, REPORT);
  return 'bytes' in read ? read.bytes.toString() : '';
}

/** Inside the file at its end, in the file that is named there, or in `.map` beside it. What cannot be read is no map. */
function mapBeside(file: string): Mapped | undefined {
  try {
    const [, told = `${file}.map`] = MAP_AT_END.exec(textOf(file)) ?? [];
    const inline = INLINE.exec(told);
    const path = resolve(dirname(file), inline ? file : decodeURIComponent(told));
    const text = inline ? Buffer.from(inline[2], inline[1] ? 'base64' : undefined).toString() : textOf(path);
    const payload: unknown = JSON.parse(inline && !inline[1] ? decodeURIComponent(text) : text);
    if (!isObject(payload)) { return undefined; }
    const root = typeof payload.sourceRoot === 'string' ? pathOf(payload.sourceRoot) : '';
    return { map: new SourceMap(payload as unknown as SourceMapPayload), folder: dirname(path), root };
  } catch {
    return undefined;
  }
}
