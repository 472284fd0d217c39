import { Insert, Markup, markup } from './markup';

export interface Column {
  readonly label: string;
  readonly numeric?: true;
}

export interface Table {
  /** For its style. */
  readonly name: string;
  readonly caption: Insert;
  readonly columns: readonly Column[];

  /** A cell for each column; the first names the row. */
  readonly rows: readonly (readonly Insert[])[];
}

/**
 * A table that becomes a list of labelled values on a narrow screen. The roles are written out, since a table that is laid out
 * in another way is no table any more to some screen readers.
 */
export function table({ name, caption, columns, rows }: Table): Markup {
  const headings = columns.map(({ label, numeric }) => markup`<th scope="col" role="columnheader"${numberClass(numeric)}>${label}</th>`);
  return markup`<table role="table" class="${name}"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${headings}</tr></thead>
<tbody role="rowgroup">${rows.map(cells => row(cells, columns))}</tbody></table>
`;
}

function row([name, ...cells]: readonly Insert[], [, ...columns]: readonly Column[]): Markup {
  const rest = cells.map((cell, i) => (
    markup`<td role="cell"${numberClass(columns[i].numeric)} data-label="${columns[i].label}">${cell}</td>`
  ));
  return markup`<tr role="row"><th scope="row" role="rowheader">${name}</th>${rest}</tr>
`;
}

function numberClass(numeric: true | undefined): Markup | undefined {
  return numeric && markup` class="number"`;
}
