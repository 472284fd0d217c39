/** The text among others that a mistyped one was most likely meant to be, or undefined where none is alike. */
export function nearest(text: string, others: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(text.length / 3));
  const [best] = others
    .filter(other => Math.abs(other.length - text.length) <= limit)
    .map(other => ({ other, distance: distance(text, other) }))
    .filter(each => each.distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return best?.other;
}

/** How many letters to add, to drop or to change (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      next.push(Math.min(row[j] + (from[i] === to[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row[to.length];
}
