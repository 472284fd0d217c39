/** What begins a comment at the first visible character of a line, and what ends it. Without an end: the line. */
const AT_LINE_START: ReadonlyArray<{ readonly begin: RegExp; readonly end?: string }> = [
  { begin: /(?:@?rem(?=\s|$)|::)/iy },
  { begin: /\/\*/y, end: '*/' },
  { begin: /=begin\b/y, end: '\n=end' },
  { begin: /=(?:pod|head\d|over|for|encoding)\b/y, end: '\n=cut' },
];

const ANYWHERE: ReadonlyArray<{ readonly begin: string; readonly end: string }> = [{ begin: '<#', end: '#>' }, { begin: '<!--', end: '-->' }];

/** The comments of shells, PowerShell, cmd, Python, Ruby, Perl, PHP, JavaScript, Go and HTML. */
export class Comments {
  /** Where each end was last found, so that no text is searched twice. */
  private readonly found = new Map<string, number>();

  public constructor(private readonly script: string) {}

  /** Where the comment ends that begins at the first visible character of a line; undefined where there is none. */
  public endAtLineStart(at: number): number | undefined {
    for (const { begin, end } of AT_LINE_START) {
      begin.lastIndex = at;
      if (begin.test(this.script)) { return end ? this.after(end, at) : this.lineEnd(at); }
    }
    return undefined;
  }

  /** Where the comment ends that begins here, outside of quotes; undefined where there is none. */
  public end(at: number): number | undefined {
    for (const { begin, end } of ANYWHERE) {
      if (this.script.startsWith(begin, at)) { return this.after(end, at); }
    }
    const isLineComment = this.script[at] === '#' ? this.script[at + 1] !== '{' : this.script.startsWith('//', at);
    return isLineComment && (at === 0 || /[\s;{})]/.test(this.script[at - 1])) ? this.lineEnd(at) : undefined;
  }

  /** Where the line ends. */
  public lineEnd(at: number): number {
    const end = this.next('\n', at);
    return end < 0 ? this.script.length : end;
  }

  private after(end: string, at: number): number | undefined {
    const found = this.next(end, at);
    return found < 0 ? undefined : found + end.length;
  }

  private next(end: string, at: number): number {
    let found = this.found.get(end);
    if (found === undefined || (found >= 0 && found < at)) {
      found = this.script.indexOf(end, at);
      this.found.set(end, found);
    }
    return found;
  }
}
