import { intrinsicOf, isObject } from './json';

export interface JsonText {
  /** The value that the text holds, to be changed; intrinsic functions inside it stand as placeholders. */
  readonly value: unknown;

  /** Whether a function stands where no text does, such as for a number, so that its text is part of the JSON. */
  readonly isMixed: boolean;

  /** The value that the text holds, to be judged; placeholders are what they stand for, or what `as` makes of that. */
  expression(as?: (part: unknown) => unknown): unknown;

  /** Whether a placeholder stands in a key, where no expression can. */
  hasOpenKeys(): boolean;

  /** Puts a changed value back into the form that the text had. */
  encode(value: unknown): unknown;
}

/**
 * The function, of our own, that stands around one outside of a text, where a number or the like is: what its text means in JSON.
 *
 * No template can have it: CloudFormation knows no such function.
 */
export const PARSED_TEXT = 'Fn::imds-guard meant';

/** What `Fn::Sub` replaces, and what it only takes the mark from. What has quotes in it is told apart once the text is read. */
const VARIABLE = /\$\{(?!\s*!)/;
const VARIABLES = /(\$\{(?!\s*!)[^{}"\\]*\})/;
const ESCAPED = /\$\{\s*!([^{}]*)\}/g;

/** Reads JSON that a template keeps as text: a string, or a `Fn::Join` or `Fn::Sub` that makes one. Undefined where it cannot be read. */
export function readJsonText(text: unknown): JsonText | undefined {
  if (typeof text === 'string') { return readLiteral(text); }
  const intrinsic = intrinsicOf(text);
  if (intrinsic?.name === 'Fn::Join') { return readJoin(intrinsic.argument); }
  if (intrinsic?.name === 'Fn::Sub') { return readSub(intrinsic.argument); }
  return undefined;
}

function readLiteral(text: string): JsonText | undefined {
  const parsed = parse(text);
  return parsed && { ...parsed, isMixed: false, expression: () => parsed.value, hasOpenKeys: () => false, encode: value => JSON.stringify(value) };
}

function readJoin(argument: unknown): JsonText | undefined {
  if (!Array.isArray(argument) || argument[0] !== '' || !Array.isArray(argument[1])) { return undefined; }
  return readPieces({
    pieces: argument[1].map(piece => typeof piece === 'object' ? piece : String(piece)),
    build: parts => parts.length === 1 ? parts[0] : { 'Fn::Join': ['', parts] },
    literal: text => text,
  });
}

function readSub(argument: unknown): JsonText | undefined {
  const [text, ...rest] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') { return undefined; }
  const sub = (inner: string): unknown => ({ 'Fn::Sub': rest.length > 0 ? [inner, ...rest] : inner });
  return readPieces({
    pieces: text.split(VARIABLES).map((piece, i) => i % 2 === 0 ? piece : { variable: piece }),
    build: parts => sub(parts.map(part => typeof part === 'string' ? part : (part as Variable).variable).join('')),
    literal: (inner, as) => VARIABLE.test(inner) ? as(sub(inner)) : inner.replace(ESCAPED, '${$1}'),
    kept: '${',
  });
}

interface Variable {
  readonly variable: string;
}

/** How a function puts a text together. */
interface Form {
  /** Texts, and what stands between them. */
  readonly pieces: readonly unknown[];

  /** What means something in a text, so that none of it may get lost. */
  readonly kept?: string;
  build(parts: readonly unknown[]): unknown;

  /** What a text without a piece is. */
  literal(text: string, as: (part: unknown) => unknown): unknown;
}

function readPieces({ pieces, build, literal, kept }: Form): JsonText | undefined {
  const mark = freshMark(pieces);
  const text = marked(pieces, mark);
  const parsed = parse(text, mark, kept);
  const bare = new RegExp(`^${mark}\\d+!$`);
  if (!parsed || new RegExp(`"${mark}\\d+!"\\s*:`).test(text)) { return undefined; } // a key outside of quotes
  return {
    ...parsed,
    isMixed: new RegExp(`"${mark}\\d+!"`).test(text),
    expression: (as = same) => mapStrings(parsed.value, inner => {
      if (!inner.includes(mark)) { return literal(inner, as); }
      const whole = build(split(inner, mark, pieces));
      return as(bare.test(inner) ? { [PARSED_TEXT]: whole } : whole);
    }),
    hasOpenKeys: () => hasKey(parsed.value, key => key.includes(mark) || (kept !== undefined && key.includes(kept))),
    encode: value => build(split(JSON.stringify(value), mark, pieces)),
  };
}

/** A placeholder that occurs nowhere in the text. */
function freshMark(pieces: readonly unknown[]): string {
  const text = pieces.map(piece => typeof piece === 'string' ? piece : ' ').join('');
  let mark = '@imds-guard';
  while (text.includes(mark)) { mark += '-'; }
  return mark;
}

/** The pieces as one text. A function outside of a text becomes a text of its own, which ends with `!`. */
function marked(pieces: readonly unknown[], mark: string): string {
  let isInside = false;
  return pieces.map((piece, i) => {
    if (typeof piece !== 'string') { return isInside ? `${mark}${i}@` : `"${mark}${i}!"`; }
    if ((piece.replace(/\\./g, '').split('"').length - 1) % 2 === 1) { isInside = !isInside; }
    return piece;
  }).join('');
}

function split(text: string, mark: string, pieces: readonly unknown[]): unknown[] {
  const places = new RegExp(`"${mark}(\\d+)!"|${mark}(\\d+)[@!]`);
  return text.split(places)
    .flatMap((part: string | undefined, i) => i % 3 === 0 ? [part] : part === undefined ? [] : [pieces[Number(part)]])
    .filter(part => part !== '');
}

function mapStrings(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') { return change(value); }
  if (Array.isArray(value)) { return value.map(each => mapStrings(each, change)); }
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapStrings(each, change)])) : value;
}

function same(part: unknown): unknown {
  return part;
}

function hasKey(value: unknown, isMeant: (key: string) => boolean): boolean {
  if (typeof value !== 'object' || value === null) { return false; }
  return Object.entries(value).some(([key, each]) => isMeant(key) || hasKey(each, isMeant));
}

/** `marks` begin what stands for something else: none of them may get lost, as in a key that is there twice, and none may appear. */
function parse(text: string, ...marks: readonly (string | undefined)[]): Pick<JsonText, 'value'> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isWhole = marks.every(mark => mark === undefined || count(JSON.stringify(value), mark) === count(text, mark));
    return (isObject(value) || Array.isArray(value)) && isWhole ? { value } : undefined;
  } catch {
    return undefined; // not JSON once the intrinsic functions are out of the way: the caller tells that it cannot decide
  }
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
