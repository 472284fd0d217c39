/** Values with two keys. */
export class Table<T> {
  private readonly rows = new Map<string, Map<string, T>>();

  public get(row: string): ReadonlyMap<string, T> | undefined {
    return this.rows.get(row);
  }

  public set(row: string, column: string, value: T): void {
    const found = this.rows.get(row);
    if (found) { found.set(column, value); } else { this.rows.set(row, new Map([[column, value]])); }
  }

  public delete(row: string | undefined, column: string): void {
    if (row === undefined) { return; }
    const found = this.rows.get(row);
    if (found?.delete(column) && found.size === 0) { this.rows.delete(row); }
  }
}
