/** What a terminal or a reader would not show as it is: controls, lines and paragraphs, marks that turn the direction of text, halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** Commands that build services read from anywhere in a line. */
const COMMAND = /##(?=\[|vso\[)/g;

/**
 * Text of a template on one line, with what cannot be seen as an escape.
 *
 * A template may come from anybody: no name in it colours the terminal, hides a line or gives a command to the build service.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, escaped).replace(COMMAND, '\\u0023#');
}

/** JSON in which what cannot be seen is an escape: it is read as the same. */
export function visibleJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2).split('\n').map(visible).join('\n')}\n`;
}

/** GitHub reads a line that begins so as a command. */
export const LINE_COMMAND = /^(\s*):(?=:)/;

/** A line that gives no command to the build service, whatever it begins with. */
export function withoutCommand(line: string): string {
  return line.replace(LINE_COMMAND, '$1\\u003a');
}

function escaped(character: string): string {
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** At most so many characters, the last of them telling that there were more. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${wellFormed(text.slice(0, most - 1))}…`;
}

/** Halves of surrogate pairs become the replacement character: some encoders throw on them. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
