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
