import { intrinsicOf, isObject } from './json';

export interface JsonText {
  /** The value that the text holds; intrinsic functions inside it stand as placeholders. */
  readonly value: unknown;

  /** Puts a changed value back into the form that the text had. */
  encode(value: unknown): unknown;
}

/** Reads JSON that a template keeps as text: a string, or a `Fn::Join` or `Fn::Sub` that makes one. Undefined where it cannot be read. */
export function readJsonText(text: unknown): JsonText | undefined {
  if (typeof text === 'string') { return parse(text, value => JSON.stringify(value)); }
  const intrinsic = intrinsicOf(text);
  if (intrinsic?.name === 'Fn::Join') { return readJoin(intrinsic.argument); }
  if (intrinsic?.name === 'Fn::Sub') { return readSub(intrinsic.argument); }
  return undefined;
}

function readSub(argument: unknown): JsonText | undefined {
  const [text, ...rest] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') { return undefined; }
  return parse(text, value => ({ 'Fn::Sub': rest.length > 0 ? [JSON.stringify(value), ...rest] : JSON.stringify(value) }));
}

function readJoin(argument: unknown): JsonText | undefined {
  if (!Array.isArray(argument) || argument[0] !== '' || !Array.isArray(argument[1])) { return undefined; }
  const pieces: unknown[] = argument[1];
  const mark = freshMark(pieces);
  const text = pieces.map((piece, i) => typeof piece === 'string' ? piece : `${mark}${i}@`).join('');
  return parse(text, value => ({ 'Fn::Join': ['', split(JSON.stringify(value), mark, pieces)] }));
}

/** A placeholder that occurs nowhere in the text. */
function freshMark(pieces: unknown[]): string {
  let mark = '@imds-guard';
  while (pieces.some(piece => typeof piece === 'string' && piece.includes(mark))) { mark += '-'; }
  return mark;
}

function split(text: string, mark: string, pieces: unknown[]): unknown[] {
  return text.split(mark)
    .flatMap((part, i) => {
      if (i === 0) { return [part]; }
      const end = part.indexOf('@');
      return [pieces[Number(part.slice(0, end))], part.slice(end + 1)];
    })
    .filter(part => part !== '');
}

function parse(text: string, encode: (value: unknown) => unknown): JsonText | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) || Array.isArray(value) ? { value, encode } : undefined;
  } catch {
    return undefined; // not JSON once the intrinsic functions are out of the way: the caller tells that it cannot decide
  }
}
