/** Rows of text as lined-up columns; a cell longer than its column's limit is cut. */
export function table(header: string[], rows: string[][], limits: number[] = []): string[] {
  const cut = [header, ...rows].map(row => row.map((cell, column) => shorten(cell, limits[column] ?? Infinity)));
  const widths = header.map((_, column) => Math.max(...cut.map(row => row[column].length)));
  const lines = cut.map(row => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
  return [lines[0], widths.map(width => '─'.repeat(width)).join('  '), ...lines.slice(1)];
}

export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/** Text as lines no longer than the width, broken between words. */
export function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = `${lines[lines.length - 1]} ${word}`.trim();
    if (line.length <= width) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}
