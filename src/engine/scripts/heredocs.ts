import { beginsDocument } from './documents';

const MARK = /^<<[-~]?[ \t]{0,4}(["'\\]?)([A-Za-z_][\w-]{0,60})/;

/** The texts below lines such as `cat <<EOF`. */
export class Heredocs {
  private readonly open: Array<{ readonly word: string; readonly isLiteral: boolean }> = [];

  /** Where lines begin that may end a text, last first, by what is on them. */
  private lines?: ReadonlyMap<string, number[]>;

  public constructor(private readonly script: string) {}

  /** Takes note of a `<<` at a place. */
  public note(at: number): void {
    const mark = this.script[at - 1] === '<' ? null : MARK.exec(this.script.slice(at, at + 80));
    if (mark) { this.open.push({ word: mark[2], isLiteral: mark[1] !== '' }); }
  }

  /** The text for people that begins below the line that ends before a place. `isLiteral`: it substitutes nothing. */
  public documentAt(at: number): { readonly end: number; readonly isLiteral: boolean } | undefined {
    if (this.open.length === 0) { return undefined; }
    const line = this.script.slice(Math.max(this.script.lastIndexOf('\n', at - 2) + 1, at - 2000), at - 1);
    for (const { word, isLiteral } of this.open.splice(0)) {
      const end = this.lineWith(word, at);
      if (end !== undefined && beginsDocument(line, this.script.slice(at, Math.min(end, at + 5000)))) { return { end, isLiteral }; }
    }
    return undefined;
  }

  /** Where the next line begins that is nothing but a word. */
  private lineWith(word: string, from: number): number | undefined {
    this.lines ??= linesOf(this.script);
    const places = this.lines.get(word) ?? [];
    while (places.length > 0 && places[places.length - 1] < from) { places.pop(); }
    return places[places.length - 1];
  }
}

function linesOf(script: string): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  let end = script.length;
  while (end >= 0) {
    const start = end === 0 ? 0 : script.lastIndexOf('\n', end - 1) + 1;
    const line = end - start < 100 ? script.slice(start, end).trim() : '';
    const places = lines.get(line) ?? [];
    if (places.length === 0) { lines.set(line, places); }
    places.push(start);
    end = start - 1;
  }
  return lines;
}
