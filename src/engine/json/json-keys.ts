/**
 * Counts keys in the text of valid JSON. `JSON.parse` keeps the last of two equal keys and says nothing, so the text has more keys than the tree.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;

/** At least as many as there are: a string that begins with a colon counts too. Half the time of the exact number. */
export function mostKeysIn(text: string): number {
  let count = 0;
  for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    let end = colon - 1;
    while (text.charCodeAt(end) <= SPACE) { end--; }
    if (text.charCodeAt(end) === QUOTE && !isEscaped(text, end)) { count++; }
  }
  return count;
}

/** As many as there are. */
export function keysIn(text: string): number {
  let count = 0;
  for (let start = text.indexOf('"'); start !== -1;) {
    let end = endOfString(text, start) + 1;
    while (text.charCodeAt(end) <= SPACE) { end++; }
    if (text.charCodeAt(end) === COLON) { count++; }
    start = text.indexOf('"', end);
  }
  return count;
}

/** Whether brackets nest deeper than that, also in text that is not valid. Built without the tree, which may not fit into memory. */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '"': i = endOfString(text, i); break;
      case '[': case '{': if (++depth > limit) { return true; } break;
      case ']': case '}': depth--; break;
      default: break;
    }
  }
  return false;
}

/** Where the closing quote is, or the end of the text. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) { end = text.indexOf('"', end + 1); }
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) { backslashes++; }
  return backslashes % 2 === 1;
}
