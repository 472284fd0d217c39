import { visible } from '../../../engine/text/visible';

/** Text that is HTML already. Whatever else is put into a page gets escaped, so nothing can be forgotten. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand between `${` and `}`; `undefined` and `false` leave nothing. */
export type Insert = Markup | string | number | false | undefined | readonly Insert[];

/** HTML from a template literal. */
export function markup(pieces: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return new Markup(pieces.reduce((text, piece, i) => text + textOf(inserts[i - 1]) + piece));
}

function textOf(insert: Insert): string {
  if (insert instanceof Markup) { return insert.text; }
  if (Array.isArray(insert)) { return insert.map(textOf).join(''); }
  return insert === undefined || insert === false ? '' : escaped(String(insert));
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, character => ENTITIES[character]);
}

/** Between two parts of a line. In the text of a template literal it would keep the bundle from being ASCII, which is read faster. */
export const DOT = '\u00b7';

/** A technical name or value. Its style keeps text that runs from right to left inside it. */
export function code(text: string): Markup {
  return markup`<code>${text}</code>`;
}

/** A link to a page outside the report, or plain text where the address is not one of the web. */
export function link(address: string, label: Markup): Markup {
  return /^https:\/\//.test(address) ? markup`<a class="page" href="${address}" rel="noreferrer">${label}</a>` : markup`${address}`;
}

/** Text for screen readers where the eye sees it from the place. */
export function spoken(text: string): Markup {
  return markup`<span class="spoken">${text}</span>`;
}
