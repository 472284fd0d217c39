/** GitHub refuses a comment of more than 65,536 characters. There are never fewer bytes, which is what a job summary is measured in. */
export const ROOM = 65_000;

/** A part of the comment that may be too long for it. */
export interface Section {
  readonly open: readonly string[];

  /** Each a line of the table or the list. */
  readonly rows: readonly Row[];
  readonly close: readonly string[];

  /** At most so many bytes, so that others have room too. */
  readonly most?: number;
}

export interface Row {
  readonly line: string;

  /** How many findings or exemptions it tells. */
  readonly tells: number;
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function section(title: string, table: readonly string[], rows: readonly Row[], folded = false): Section {
  const header = table.length === 0 ? [] : [row(table), row(table.map(() => '---'))];
  return folded
    ? { open: ['', `<details><summary>${title}</summary>`, '', ...header], rows, close: ['', '</details>'] }
    : { open: ['', `### ${title}`, '', ...header], rows, close: [] };
}

/** Enough for the line that says how many are left out. */
const NOTE = 200;

/** What of the sections fits into so many bytes. What comes first in `important` is given room first. */
export function fitted(sections: readonly Section[], important: readonly Section[], room: number): string[] {
  const frames = sections.reduce((sum, { open, close }) => sum + size([...open, ...close]) + NOTE, 0);
  let left = room - frames;
  const taken = new Map<Section, number>();
  for (const each of [...important, ...sections.filter(other => !important.includes(other))]) {
    const count = fitting(each.rows, Math.min(left, each.most ?? left));
    left -= size(each.rows.slice(0, count).map(({ line }) => line));
    taken.set(each, count);
  }
  return sections.flatMap(each => linesOf(each, taken.get(each)!));
}

function linesOf({ open, rows, close }: Section, count: number): string[] {
  const missing = rows.slice(count).reduce((sum, { tells }) => sum + tells, 0);
  const note = missing === 0 ? [] : ['', `… and ${missing} more, left out for want of room. \`--format json\` has all.`];
  return [...open, ...rows.slice(0, count).map(each => each.line), ...note, ...close];
}

function fitting(rows: readonly Row[], room: number): number {
  let used = 0;
  const first = rows.findIndex(({ line }) => {
    used += size([line]);
    return used > room;
  });
  return first === -1 ? rows.length : first;
}

export function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
