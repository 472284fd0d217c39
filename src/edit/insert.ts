import { columnOf, Place } from './place';
import { lineEnd, lineMark, lineStart, ListSyntax, MapSyntax, Refusal } from './syntax';
import { blockLines, inlineText, membersText, prettyLines, prettyMember, scalarText, TIGHT, WIDE } from './written';

export interface Splice {
  readonly at: number;

  /** So many characters make room. */
  readonly remove: number;
  readonly text: string;
}

/**
 * New keys come first in a map, and new elements first in a list: so nothing needs to be known about where the others end, and no comma moves.
 */
export function insertInBlock(text: string, { holder, step }: Place, map: MapSyntax, entries: object): Splice {
  const { start } = map.pairs[0];
  const begin = lineStart(text, start);
  const lines = blockLines(entries, start - begin, step);
  const head = holder && map.anchor === undefined ? lineEnd(text, holder.key.end) : undefined;
  const isAlone = head?.mark !== undefined && /^[ \t]*:[ \t]*(?:#.*)?$/.test(text.slice(holder!.key.end, head.at));
  if (isAlone && head.next <= begin && /^ *$/.test(text.slice(begin, start))) { // above the comments of the first key
    return { at: head.next, remove: 0, text: lines.map(line => line + head.mark!).join('') };
  }
  const mark = lineMark(text);
  return { at: start, remove: 0, text: `${lines.join(mark).trimStart()}${mark}${' '.repeat(start - begin)}` };
}

export function insertInFlow(text: string, place: Place, map: MapSyntax, entries: object): Splice {
  const [first] = map.pairs;
  if (!first) { return { at: map.start, remove: map.end - map.start, text: grown(text, place, entries, map) }; }
  const spelling = { isQuoted: place.isJson || text[first.key.start] === '"' };
  const gap = text.slice(map.start + 1, first.start);
  if (/[\r\n]/.test(gap)) {
    const { indent, step, mark } = layout(text, map.start, first.start);
    const members = Object.entries(entries).map(entry => prettyMember(entry, spelling, indent, step).join(mark));
    return { at: first.start, remove: 0, text: members.map(each => `${each},${mark}${indent}`).join('') };
  }
  const marks = /^\s*:\S/.test(text.slice(first.key.end)) && gap === '' ? TIGHT : { ...WIDE, pad: gap === '' ? '' : ' ' };
  return { at: first.start, remove: 0, text: membersText(entries, spelling, marks) + marks.comma };
}

/** In place of empty braces or brackets. In a file of many lines they become several. */
function grown(text: string, place: Place, value: unknown, { start, end }: { readonly start: number; readonly end: number }): string {
  const isOverLines = /[\r\n]/.test(text.slice(start, end)) || (place.isJson && /[\r\n]/.test(text.trim()));
  if (!isOverLines) { return inlineText(value, place, place.isJson ? TIGHT : WIDE); }
  const own = /^\s*/.exec(text.slice(lineStart(text, start), start))![0];
  const step = /^[ \t]+/m.exec(text)?.[0] ?? '  ';
  return prettyLines(value, place, own, step).join(lineMark(text));
}

/** Of the members of a map or a list that stand on lines of their own. */
function layout(text: string, outer: number, first: number): { indent: string; step: string; mark: string } {
  const own = /^\s*/.exec(text.slice(lineStart(text, outer), outer))![0];
  const indent = /^\s*/.exec(text.slice(lineStart(text, first), first))![0];
  const step = indent.startsWith(own) && indent.length > own.length ? indent.slice(own.length) : '  ';
  return { indent, step, mark: lineMark(text) };
}

export function prependTo(text: string, place: Place, element: unknown): Splice {
  const { syntax } = place;
  if (syntax.kind !== 'list' || syntax.tag !== undefined) { throw new Refusal(`${place.name} is no plain list`); }
  const [first] = syntax.elements;
  if (!first) { return { at: syntax.start, remove: syntax.end - syntax.start, text: grown(text, place, [element], syntax) }; }
  return syntax.isFlow ? prependInFlow(text, place, syntax, element) : prependInBlock(text, place, syntax, element);
}

function prependInFlow(text: string, place: Place, { start, elements: [{ full }] }: ListSyntax, element: unknown): Splice {
  const gap = text.slice(start + 1, full);
  if (!/[\r\n]/.test(gap)) {
    const marks = place.isJson && !/[\r\n]/.test(text.trim()) ? TIGHT : WIDE;
    return { at: full, remove: 0, text: `${inlineText(element, place, marks)}${marks.comma}` };
  }
  const { indent, step, mark } = layout(text, start, full);
  return { at: full, remove: 0, text: `${prettyLines(element, place, indent, step).join(mark)},${mark}${indent}` };
}

function prependInBlock(text: string, place: Place, { elements: [{ full }] }: ListSyntax, element: unknown): Splice {
  const begin = lineStart(text, full);
  const [, lead = undefined] = /^( *)- +$/.exec(text.slice(begin, full)) ?? [];
  if (lead === undefined) { throw new Refusal(`${place.name} is a list of a form that is not edited`); }
  const mark = lineMark(text);
  return { at: begin, remove: 0, text: blockLines([element], lead.length, place.step).map(line => line + mark).join('') };
}

/** The value of a key that has none. */
export function setBelow(text: string, place: Place, value: unknown): Splice {
  const { holder, name, step, isInFlow } = place;
  const colon = holder && /^\s*:/.exec(text.slice(holder.key.end))?.[0];
  if (colon === undefined || isInFlow) { throw new Refusal(`${name} is empty in a place that is not edited`); }
  const { at, next, mark } = lineEnd(text, holder!.key.end);
  if (typeof value !== 'object') { return { at: holder!.key.end + colon.length, remove: 0, text: ` ${scalarText(value, place)}` }; }
  if (!/^[ \t]*:[ \t]*(?:#.*)?$/.test(text.slice(holder!.key.end, at))) { throw new Refusal(`${name} is empty in a place that is not edited`); }
  const lines = blockLines(value, columnOf(text, holder!.start) + step, step);
  return mark === undefined
    ? { at, remove: 0, text: lines.map(line => lineMark(text) + line).join('') }
    : { at: next, remove: 0, text: lines.map(line => line + mark).join('') };
}
