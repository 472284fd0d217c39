import { isObject } from '../engine/json/json';

/** How values are spelled at a place. */
export interface Spelling {
  /** Keys and texts in double quotes. */
  readonly isQuoted: boolean;
}

/** What YAML reads as a text and nothing else. */
const PLAIN = /^[A-Za-z](?:[\w.:/-]*\w)?$/;
const OTHER_THAN_TEXT = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

export function scalarText(value: unknown, { isQuoted }: Spelling): string {
  if (typeof value !== 'string' || isQuoted) { return JSON.stringify(value); }
  return PLAIN.test(value) && !OTHER_THAN_TEXT.test(value) ? value : `'${value.replaceAll('\'', '\'\'')}'`;
}

/** What stands between key and value, between members, and inside of braces. */
export interface Marks {
  readonly colon: string;
  readonly comma: string;
  readonly pad: string;
}

export const WIDE: Marks = { colon: ': ', comma: ', ', pad: ' ' };
export const TIGHT: Marks = { colon: ':', comma: ',', pad: '' };

/** On one line. */
export function inlineText(value: unknown, spelling: Spelling, marks: Marks = WIDE): string {
  if (Array.isArray(value)) { return `[${value.map(each => inlineText(each, spelling, marks)).join(marks.comma)}]`; }
  if (!isObject(value)) { return scalarText(value, spelling); }
  return `{${marks.pad}${membersText(value, spelling, marks)}${marks.pad}}`;
}

/** The members of a map, on one line. */
export function membersText(map: object, spelling: Spelling, marks: Marks): string {
  return Object.entries(map).map(([key, each]) => `${scalarText(key, spelling)}${marks.colon}${inlineText(each, spelling, marks)}`).join(marks.comma);
}

/** Lines in braces and brackets, as a pretty-printed file has them; the first without indentation. */
export function prettyLines(value: unknown, spelling: Spelling, indent: string, step: string): string[] {
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (!Array.isArray(value) && !isObject(value)) { return [scalarText(value, spelling)]; }
  const members = Array.isArray(value)
    ? value.map(each => prettyLines(each, spelling, indent + step, step))
    : Object.entries(value).map(entry => prettyMember(entry, spelling, indent + step, step));
  const lines = members.flatMap(([first, ...rest], i) => {
    const all = [indent + step + first, ...rest];
    return i < members.length - 1 ? [...all.slice(0, -1), `${all[all.length - 1]},`] : all;
  });
  return [open, ...lines, indent + close];
}

export function prettyMember([key, value]: [string, unknown], spelling: Spelling, indent: string, step: string): string[] {
  const [first, ...rest] = prettyLines(value, spelling, indent, step);
  return [`${scalarText(key, spelling)}: ${first}`, ...rest];
}

/** Lines of a block of YAML. */
export function blockLines(value: unknown, column: number, step: number): string[] {
  const lead = ' '.repeat(column);
  if (Array.isArray(value)) {
    return value.flatMap(each => {
      if (!isObject(each)) { return [`${lead}- ${inlineText(each, BARE)}`]; }
      const [first, ...rest] = blockLines(each, column + 2, step);
      return [`${lead}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value as object).flatMap(([key, each]: [string, unknown]) => typeof each === 'object' && each !== null
    ? [`${lead}${scalarText(key, BARE)}:`, ...blockLines(each, column + step, step)]
    : [`${lead}${scalarText(key, BARE)}: ${scalarText(each, BARE)}`]);
}

export const BARE: Spelling = { isQuoted: false };
