import { clipped, visible } from '../../engine/text/visible';

export interface TextColumn {
  readonly label: string;

  /** Numbers stand under each other by their last digit. */
  readonly numeric?: true;
}

/** Longer cells are cut: a table that breaks is none. */
const WIDEST = 40;

/** A table for a terminal, with a line under the headings and one above the foot. What cannot be seen in cells is escaped. */
export function columns(
  heads: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  foot: readonly (readonly string[])[] = [],
  colour: (cell: string, row: number, column: number) => string = cell => cell,
  most = WIDEST,
): string[] {
  const shown = (cells: readonly string[]): string[] => cells.map(each => clipped(visible(each), most));
  const [body, feet] = [rows.map(shown), foot.map(shown)];
  const widths = heads.map(({ label }, i) => [...body, ...feet].reduce((widest, cells) => Math.max(widest, widthOf(cells[i])), widthOf(label)));
  const line = (cells: readonly string[], paint = (cell: string, _: number): string => cell): string => (
    cells.map((cell, i) => {
      const space = ' '.repeat(widths[i] - widthOf(cell));
      return heads[i].numeric ? `${space}${paint(cell, i)}` : `${paint(cell, i)}${i === cells.length - 1 ? '' : space}`;
    }).join('  ').trimEnd()
  );
  const rule = widths.map(width => '─'.repeat(width)).join('  ');
  return [
    line(heads.map(({ label }) => label)),
    rule,
    ...body.map((cells, row) => line(cells, (cell, column) => colour(cell, row, column))),
    ...feet.length > 0 ? [rule, ...feet.map(cells => line(cells))] : [],
  ];
}

/** By characters, not by the pairs that some are written with. */
function widthOf(text: string): number {
  return [...text].length;
}
