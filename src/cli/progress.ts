import { Terminal } from './terminal';

const FIRST_AFTER = 1_000;
const EVERY = 200;

/** Tells on a terminal how far a long run is. Prints nothing in the first second, and nothing to a file or a pipe. */
export class Progress {
  private readonly started = Date.now();
  private last = 0;
  private width = 0;

  public constructor(private readonly terminal: Terminal, private readonly what = 'templates') {}

  public tell(count: number): void {
    const now = Date.now();
    if (!this.terminal.isTerminal.stderr || now - this.started < FIRST_AFTER || now - this.last < EVERY) { return; }
    this.last = now;
    const text = `${count} ${this.what} read…`;
    this.width = text.length;
    this.terminal.stderr(`\r${text}`);
  }

  public end(): void {
    if (this.width > 0) { this.terminal.stderr(`\r${' '.repeat(this.width)}\r`); }
  }
}
