const LONGEST = 60;
const LONGEST_LINE = 300;

/** A name out of a template for a message: whatever is in it, it stays short and on one line. */
export function quoted(text: string): string {
  return `'${shortened(oneLine(text), LONGEST)}'`;
}

/** A message that holds text of others. */
export function message(text: string): string {
  return shortened(oneLine(text), LONGEST_LINE);
}

/** Control characters could break the line or, on a terminal, hide it. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.slice(0, LONGEST_LINE * 2).replace(/[\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
