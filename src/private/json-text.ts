import { intrinsicOf, isObject } from './json';

export interface JsonText {
  /** The value that the text holds, to be changed; intrinsic functions inside it stand as placeholders. */
  readonly value: unknown;

  /** The value that the text holds, to be judged; placeholders are what they stand for, or what `as` makes of that. */
  expression(as?: (part: unknown) => unknown): unknown;

  /** Whether a placeholder stands in a key, where no expression can. */
  hasOpenKeys(): boolean;

  /** Puts a changed value back into the form that the text had. */
  encode(value: unknown): unknown;
}

/** What `Fn::Sub` replaces, and what it only takes the mark from. */
const VARIABLE = /\$\{(?!\s*!)/;
const ESCAPED = /\$\{\s*!([^{}]*)\}/g;

/**
 * Reads JSON that a template keeps as text: a string, or a `Fn::Join` or `Fn::Sub` that makes one. Undefined where it cannot be read.
 *
 * @param bare whether a function may stand where no text does, such as for a number. To judge the text, such a function has to be followed.
 */
export function readJsonText(text: unknown, bare = false): JsonText | undefined {
  if (typeof text === 'string') { return readLiteral(text); }
  const intrinsic = intrinsicOf(text);
  if (intrinsic?.name === 'Fn::Join') { return readJoin(intrinsic.argument, bare); }
  if (intrinsic?.name === 'Fn::Sub') { return readSub(intrinsic.argument); }
  return undefined;
}

function readLiteral(text: string): JsonText | undefined {
  const parsed = parse(text);
  return parsed && { ...parsed, expression: () => parsed.value, hasOpenKeys: () => false, encode: value => JSON.stringify(value) };
}

function readSub(argument: unknown): JsonText | undefined {
  const [text, ...rest] = Array.isArray(argument) ? argument : [argument];
  const parsed = typeof text === 'string' ? parse(text, '${') : undefined;
  const sub = (inner: string): unknown => ({ 'Fn::Sub': rest.length > 0 ? [inner, ...rest] : inner });
  return parsed && {
    ...parsed,
    expression: (as = same) => mapStrings(parsed.value, inner => VARIABLE.test(inner) ? as(sub(inner)) : inner.replace(ESCAPED, '${$1}')),
    hasOpenKeys: () => isInKey(parsed.value, '${'),
    encode: value => sub(JSON.stringify(value)),
  };
}

function readJoin(argument: unknown, bare: boolean): JsonText | undefined {
  if (!Array.isArray(argument) || argument[0] !== '' || !Array.isArray(argument[1])) { return undefined; }
  const pieces: unknown[] = argument[1].map(piece => typeof piece === 'object' ? piece : String(piece));
  const mark = freshMark(pieces);
  const parsed = parse(marked(pieces, mark, bare), mark);
  const join = (parts: unknown[]): unknown => ({ 'Fn::Join': ['', parts] });
  return parsed && {
    ...parsed,
    expression: (as = same) => mapStrings(parsed.value, inner => {
      if (!inner.includes(mark)) { return inner; }
      const parts = split(inner, mark, pieces);
      return as(parts.length === 1 ? parts[0] : join(parts));
    }),
    hasOpenKeys: () => isInKey(parsed.value, mark),
    encode: value => join(split(JSON.stringify(value), mark, pieces)),
  };
}

/** A placeholder that occurs nowhere in the text. */
function freshMark(pieces: unknown[]): string {
  const text = pieces.map(piece => typeof piece === 'string' ? piece : ' ').join('');
  let mark = '@imds-guard';
  while (text.includes(mark)) { mark += '-'; }
  return mark;
}

/** The pieces as one text. A function outside of a text, if that is wanted, becomes a text of its own, which ends with `!`. */
function marked(pieces: unknown[], mark: string, bare: boolean): string {
  let isInside = false;
  return pieces.map((piece, i) => {
    if (typeof piece !== 'string') { return isInside || !bare ? `${mark}${i}@` : `"${mark}${i}!"`; }
    if (bare && (piece.replace(/\\./g, '').split('"').length - 1) % 2 === 1) { isInside = !isInside; }
    return piece;
  }).join('');
}

function split(text: string, mark: string, pieces: unknown[]): unknown[] {
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

function isInKey(value: unknown, mark: string): boolean {
  if (typeof value !== 'object' || value === null) { return false; }
  return Object.entries(value).some(([key, each]) => key.includes(mark) || isInKey(each, mark));
}

/** `mark` begins every placeholder: none may get lost, as in a key that is there twice, and none may appear. */
function parse(text: string, mark?: string): Pick<JsonText, 'value'> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isWhole = mark === undefined || count(JSON.stringify(value), mark) === count(text, mark);
    return (isObject(value) || Array.isArray(value)) && isWhole ? { value } : undefined;
  } catch {
    return undefined; // not JSON once the intrinsic functions are out of the way: the caller tells that it cannot decide
  }
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
