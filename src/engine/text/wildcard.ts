/** Whether a text is what a pattern with `*` for any characters describes. Takes one look at the text, however many `*` there are. */
export function matches(pattern: string, text: string): boolean {
  const [first, ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) { return text === pattern; }
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) { return false; }
  let from = first.length;
  for (const part of others) {
    const at = text.indexOf(part, from);
    if (at < 0) { return false; }
    from = at + part.length;
  }
  return from <= text.length - last.length;
}

/** Whether a pattern rules nothing out. */
export function matchesEverything(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}
