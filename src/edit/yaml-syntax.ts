import { loadAll, LoadOptions, State } from 'js-yaml';
import { PairSyntax, Syntax, SyntaxTree } from './syntax';
import { isObject } from '../engine/json/json';
import { LENIENT_YAML_OPTIONS } from '../input/yaml-options';

/** A piece of YAML, as js-yaml went through it. */
interface Piece {
  readonly start: number;
  readonly pieces: Piece[];
  end: number;
  kind: string | null;
  result: unknown;
}

/** What js-yaml has in its state and @types/js-yaml does not know. */
type Reading = Omit<State, 'kind'> & { readonly kind: string | null };

/** Of text in which js-yaml finds one document. It has no positions in its result, but tells where it is as it goes. */
export function yamlSyntax(text: string): SyntaxTree {
  const top = newPiece(0);
  const open = [top];
  loadAll(text, null, {
    ...LENIENT_YAML_OPTIONS,
    listener: (event: 'open' | 'close', { position, kind, result }: Reading) => {
      if (event === 'open') { open.push(newPiece(position)); return; }
      const piece = open.pop()!;
      Object.assign(piece, { end: position, kind, result });
      open[open.length - 1].pieces.push(piece);
    },
  } as unknown as LoadOptions);
  const reader = new Reader(text);
  const root = reader.read(top.pieces.find(({ result }) => result !== null && result !== undefined)!);
  return { root, shared: reader.shared, isJson: false };
}

function newPiece(start: number): Piece {
  return { start, end: start, pieces: [], kind: null, result: undefined };
}

class Reader {
  public readonly shared = new Set<string>();

  public constructor(private readonly text: string) {}

  public read(outer: Piece): Syntax {
    const { text } = this;
    const full = this.skip(outer.start);
    const { end } = outer;
    if (outer.kind === null && text[full] === '*') {
      const [, name] = /^\*([^\s,\]}]+)/.exec(text.slice(full, end))!;
      this.shared.add(name);
      return { kind: 'alias', name, full, start: full, end };
    }
    const { start, tag, anchor } = this.properties(full, end);
    const base = { full, start, end, tag, anchor };
    const piece = this.inner(outer, start);
    if (piece.kind === 'mapping') { return { ...base, end: piece.end, kind: 'map', isFlow: text[start] === '{', pairs: this.pairs(piece) }; }
    if (piece.kind === 'sequence') { return { ...base, end: piece.end, kind: 'list', isFlow: text[start] === '[', elements: piece.pieces.map(each => this.read(each)) }; }
    if (start >= end || (piece.kind === null && (piece.result === null || piece.result === undefined))) { return { ...base, start: outer.start, kind: 'empty' }; }
    const value = tag !== undefined && isObject(piece.result) ? Object.values(piece.result)[0] : piece.result;
    return { ...base, end: start + text.slice(start, end).trimEnd().length, kind: 'scalar', value };
  }

  /** Tag and anchor, in any order. */
  private properties(full: number, end: number): { start: number; tag?: string; anchor?: string } {
    let start = full;
    let [tag, anchor]: (string | undefined)[] = [];
    while (start < end) {
      const found = /^(?:!<[^>]*>|![^\s,[\]{}]*|&[^\s,[\]{}]+)/.exec(this.text.slice(start, start + 200))?.[0];
      if (found === undefined) { break; }
      if (found.startsWith('&')) { anchor = found.slice(1); } else { tag = found; }
      start = Math.min(this.skip(start + found.length), end);
    }
    return { start, tag, anchor };
  }

  /** js-yaml tries a block first: a flow collection then stands in a piece of its own inside its piece. */
  private inner(outer: Piece, start: number): Piece {
    let piece = outer;
    while (/[{[]/.test(this.text[start] ?? '') && piece.pieces.length === 1) {
      const [only] = piece.pieces;
      if (this.skip(only.start) !== start || only.kind !== piece.kind) { break; }
      piece = only;
    }
    return piece;
  }

  private pairs({ pieces }: Piece): PairSyntax[] {
    const pairs: PairSyntax[] = [];
    for (let i = 0; i < pieces.length; i += 2) {
      const key = this.read(pieces[i]);
      const value: Syntax = i + 1 < pieces.length ? this.read(pieces[i + 1]) : { kind: 'empty', full: key.end, start: key.end, end: key.end };
      const mark = /\?\s+$/.exec(this.text.slice(Math.max(0, key.full - 20), key.full));
      pairs.push({ name: String(pieces[i].result), start: key.full - (mark?.[0].length ?? 0), key, value });
    }
    return pairs;
  }

  /** Behind white space and comments. */
  private skip(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      while (/\s/.test(text[at] ?? '')) { at++; }
      if (text[at] !== '#' || (at > 0 && !/\s/.test(text[at - 1]))) { return at; }
      while (at < text.length && !/[\r\n]/.test(text[at])) { at++; }
    }
  }
}
