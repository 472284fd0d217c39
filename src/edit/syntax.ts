/** What stands where in the text of a template: the same for JSON and YAML. Offsets are of the text without a byte order mark. */
export type Syntax = MapSyntax | ListSyntax | ScalarSyntax | EmptySyntax | AliasSyntax;

interface Piece {
  /** With tag and anchor. */
  readonly full: number;
  readonly start: number;
  readonly end: number;

  /** Such as `!Ref`. */
  readonly tag?: string;
  readonly anchor?: string;
}

export interface MapSyntax extends Piece {
  readonly kind: 'map';
  readonly isFlow: boolean;
  readonly pairs: readonly PairSyntax[];
}

export interface PairSyntax {
  readonly name: string;

  /** With the question mark before it, where there is one. */
  readonly start: number;
  readonly key: Syntax;
  readonly value: Syntax;
}

export interface ListSyntax extends Piece {
  readonly kind: 'list';
  readonly isFlow: boolean;
  readonly elements: readonly Syntax[];
}

export interface ScalarSyntax extends Piece {
  readonly kind: 'scalar';
  readonly value: unknown;
}

/** A key without a value. */
export interface EmptySyntax extends Piece {
  readonly kind: 'empty';
}

export interface AliasSyntax extends Piece {
  readonly kind: 'alias';
  readonly name: string;
}

export interface SyntaxTree {
  readonly root: Syntax;

  /** Anchors that an alias stands for somewhere. */
  readonly shared: ReadonlySet<string>;
  readonly isJson: boolean;
}

/** Why something is not edited, in words that follow its name. */
export class Refusal extends Error {}

/** Lines may end with `\r\n`, `\r` or `\n`. */
export function lineStart(text: string, offset: number): number {
  const line = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return line + text.slice(line, offset).lastIndexOf('\r') + 1; // most texts have none, so it is not looked for from their beginning
}

export interface LineEnd {
  readonly at: number;

  /** Where the next line begins. */
  readonly next: number;

  /** Undefined at the end of the text. */
  readonly mark?: string;
}

export function lineEnd(text: string, offset: number): LineEnd {
  const found = firstMark(text, offset);
  return found ? { at: found.index, next: found.index + found[0].length, mark: found[0] } : { at: text.length, next: text.length };
}

/** How lines end in a text. */
export function lineMark(text: string): string {
  return firstMark(text, 0)?.[0] ?? '\n';
}

function firstMark(text: string, offset: number): RegExpExecArray | null {
  const marks = /\r\n|\r|\n/g;
  marks.lastIndex = offset;
  return marks.exec(text);
}
