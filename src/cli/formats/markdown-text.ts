import { clipped, visible } from '../../engine/text/visible';

/** Longer text is cut: a comment is no place for a whole template. */
const LONGEST = 500;

/** Characters that Markdown, its tables, its formulas or HTML read as anything but themselves. */
const SPECIAL = /[&<>|`*_~[\]\\!$]/g;

/** Text of a template or a user as it is, on one line. */
export function plain(text: string): string {
  // the zero width space keeps GitHub from telling the person or the team that is named
  return escaped(text).replaceAll('@', '@&#8203;');
}

/** In the type of code. HTML, since Markdown's own code has no way to write a backtick and a pipe in a table. */
export function code(text: string): string {
  return text === '' ? '' : `<code>${escaped(text)}</code>`;
}

export function link(label: string, address: string): string {
  return /^https:\/\/[\w./#?=&%~:+,-]+$/.test(address) ? `[${plain(label)}](${address})` : code(address);
}

function escaped(text: string): string {
  return clipped(visible(text), LONGEST).replace(SPECIAL, character => `&#${character.charCodeAt(0)};`);
}
