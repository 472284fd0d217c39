import { OPENERS, opensCommands, opensData } from './brackets';
import { Command, Opener } from './command';
import { Comments } from './comments';
import { handsOn, tells } from './documents';
import { Heredocs } from './heredocs';
import { closingQuote, holdsScript, isApostrophe } from './strings';

/** Runs of characters that mean nothing to the scanner. */
const PLAIN = /[A-Za-z0-9_.%+~*!?,:=^ \t-]+/y;

/** A list of arguments may go on for this many lines; a bracket that is open longer was no bracket. */
const GROUP_LINES = 40;

/** Deeper than any script; hostile text goes further. */
const DEPTH = 100;

/**
 * `script`: a list of commands. `group`: brackets inside one command, where a new line separates nothing.
 * `document`: text in which only substitutions are run.
 */
interface Scope {
  readonly kind: 'script' | 'group' | 'document';
  readonly opener: Opener | '[' | '${';

  /** Of a document or a string: where it is over. */
  readonly end: number;
  command: Command;
  quote: string;
  lines: number;
}

/**
 * Splits scripts into commands: shell, PowerShell and programming languages alike, also where one holds the other.
 *
 * It knows no grammar, only what these languages have in common: quotes, brackets, comments, continued lines, separators.
 * Quotes and brackets that do not fit end with the line, or some lines later, so that a mistake stays where it is. Every character is
 * looked at a fixed number of times.
 */
export function commandsOf(script: string): readonly Command[] {
  return new Scanner(script).scan();
}

class Scanner {
  private readonly commands: Command[] = [];
  private readonly scopes: Scope[] = [];
  private readonly comments: Comments;
  private readonly heredocs: Heredocs;
  private at = 0;
  private isLineStart = true;
  private isInTripleQuotes = false;

  public constructor(private readonly script: string) {
    this.comments = new Comments(script);
    this.heredocs = new Heredocs(script);
    this.enter('script', '', this.command(''));
  }

  public scan(): readonly Command[] {
    while (this.at < this.script.length) { this.step(); }
    return this.commands;
  }

  private get top(): Scope {
    return this.scopes[this.scopes.length - 1];
  }

  private step(): void {
    const { kind, quote, end } = this.top;
    const character = this.script[this.at];
    if (kind === 'document') {
      if (this.at < end) { this.stepDocument(character); } else { this.scopes.pop(); }
    } else if (character === '\n') {
      this.newLine();
    } else if (character === '\\') {
      this.escape();
    } else if (quote) {
      this.stepQuoted(character, quote);
    } else {
      this.stepPlain(character);
    }
  }

  private stepDocument(character: string): void {
    if (this.sees('$(')) { return this.open('$(', 2); }
    if (character === '`' && closingQuote(this.script, '`', this.at + 1) >= 0) { return this.open('`', 1); }
    this.at += character === '\\' ? 2 : 1;
  }

  private stepQuoted(character: string, quote: string): void {
    if (character === quote) {
      this.take(1, true);
      this.top.quote = '';
    } else if (quote !== "'" && this.sees('$(')) {
      this.open('$(', 2);
    } else if (quote === '"' && character === '`') {
      if (holdsScript(this.script, '`', this.at)) { this.open('`', 1); } else { this.take(this.sees('`"') ? 2 : 1, true); }
    } else {
      this.takePlain(true);
    }
  }

  private stepPlain(character: string): void {
    if (this.isLineStart && (character === ' ' || character === '\t')) { return this.take(1, false); }
    const comment = this.commentEnd(character);
    this.isLineStart = false;
    if (comment !== undefined) {
      this.at = comment;
      return;
    }
    switch (character) {
      case '"': case "'": return this.quote(character);
      case '`': return this.backtick();
      case '$': return this.dollar();
      case '(': return opensCommands(this.script, this.at, this.top.kind === 'script' ? this.top.command.beginning : '-') ? this.open('(', 1) : this.openGroup('(');
      case '[': return this.openGroup('[');
      case '{': return opensData(this.script, this.at) ? this.openGroup('{') : this.open('{', 1);
      case ')': case ']': case '}': return this.close(character);
      case '<': return this.redirect();
      case ';': case '|': case '&': return this.separator(character);
      default: return this.takePlain(false);
    }
  }

  private commentEnd(character: string): number | undefined {
    const atLineStart = this.isLineStart && this.top.kind === 'script' ? this.comments.endAtLineStart(this.at) : undefined;
    const end = atLineStart ?? ('#</'.includes(character) ? this.comments.end(this.at) : undefined);
    const string = end === undefined ? undefined : this.scopes.find(({ opener }) => opener === '"' || opener === "'");
    return string ? Math.min(end!, string.end) : end;
  }

  private newLine(): void {
    this.at++;
    this.isLineStart = true;
    while (['"', "'", '`'].includes(this.top.opener)) { this.scopes.pop(); }
    const { top } = this;
    top.quote = '';
    if (top.kind === 'group' && (++top.lines > GROUP_LINES || top.opener === '${')) { this.dropGroups(); }
    if (this.top.kind === 'script') { this.endCommand('\n'); }
    const document = this.heredocs.documentAt(this.at);
    if (document?.isLiteral) { this.at = document.end; } else if (document) { this.enter('document', '', this.top.command, document.end); }
  }

  /** A line that is continued goes on with the same command. */
  private escape(): void {
    const newLine = this.sees('\\\r\n') ? 3 : 2;
    if (newLine === 3 || this.sees('\\\n')) { this.at += newLine; } else { this.take(2, this.top.quote !== ''); }
  }

  private quote(quote: '"' | "'"): void {
    const around = this.nearestScript();
    if (around.opener === quote) { return this.closeTo(around); }
    if (isApostrophe(this.script, this.at)) { return this.take(1, false); }
    if (this.sees(quote.repeat(3))) { return this.tripleQuote(quote.repeat(3)); }
    const end = closingQuote(this.script, quote, this.at + 1);
    if (end < 0) { return this.openQuote(quote); }
    if (holdsScript(this.script, quote, this.at)) { return this.open(quote, 1, end); }
    this.take(1, true);
    this.top.quote = quote;
  }

  /** A string that is not closed on its line: a long text for people, or no string at all. */
  private openQuote(quote: string): void {
    const isTold = this.top.kind === 'script' && tells(this.top.command.beginning);
    const end = isTold ? closingQuote(this.script, quote, this.at + 1, true) : -1;
    const rest = this.script.slice(end + 1, Math.min(this.comments.lineEnd(Math.max(end, 0)), end + 500));
    if (end < 0 || handsOn(rest, rest.includes('|') ? rest.slice(rest.indexOf('|') + 1) : undefined)) { return this.take(1, false); }
    this.at = quote === "'" ? end + 1 : this.at + 1;
    if (quote === '"') { this.enter('document', '', this.top.command, end + 1); }
  }

  /** A statement that is nothing but a string is documentation (Python); any other is read line by line. */
  private tripleQuote(triple: string): void {
    const isDocumentation = this.top.kind === 'script' && !this.isInTripleQuotes && this.top.command.beginning.trim() === '';
    const end = isDocumentation ? this.script.indexOf(triple, this.at + 3) : -1;
    if (end >= 0) {
      this.at = end + 3;
    } else {
      this.take(3, true);
      this.isInTripleQuotes = !this.isInTripleQuotes;
    }
  }

  /** Substitutes in a shell, escapes in PowerShell, quotes in JavaScript. */
  private backtick(): void {
    const around = this.nearestScript();
    if (around.opener === '`') { return this.closeTo(around); }
    if (this.sees('`\n') || this.sees('`\r\n')) {
      this.at += this.sees('`\n') ? 2 : 3;
    } else if (holdsScript(this.script, '`', this.at)) {
      this.open('`', 1);
    } else {
      const isQuote = closingQuote(this.script, '`', this.at + 1) >= 0;
      this.take(1, true);
      if (isQuote) { this.top.quote = '`'; }
    }
  }

  private dollar(): void {
    if (this.sees('$(')) { return this.open('$(', 2); }
    if (this.sees('${')) { return this.openGroup('${'); }
    this.take(1, false);
  }

  private redirect(): void {
    const isHeredoc = this.sees('<<');
    if (isHeredoc) { this.heredocs.note(this.at); }
    this.take(isHeredoc ? 2 : 1, false);
  }

  private separator(character: string): void {
    const isDouble = character !== ';' && this.sees(character + character);
    const isRedirect = character === '&' && !isDouble && /[<>]&|&>/.test(this.script.slice(Math.max(0, this.at - 1), this.at + 2));
    if (this.top.kind === 'group' || isRedirect) { return this.take(1, false); }
    this.at += isDouble ? 2 : 1;
    this.endCommand(isDouble ? character + character : character);
  }

  private close(closer: ')' | ']' | '}'): void {
    for (let i = this.scopes.length - 1; i > 0; i--) {
      const { kind, opener } = this.scopes[i];
      if (OPENERS[closer].includes(opener)) {
        this.scopes.length = i;
        if (kind === 'group') { this.take(1, false); } else { this.at++; }
        return;
      }
      if (kind !== 'group') { break; }
    }
    this.take(1, false);
  }

  private closeTo(scope: Scope): void {
    this.scopes.length = this.scopes.indexOf(scope);
    this.at++;
  }

  private open(opener: Exclude<Opener, ''>, length: number, end?: number): void {
    if (this.scopes.length > DEPTH) { return this.take(length, false); }
    const around = this.top.command;
    const command = this.command(opener, around);
    around.addChild(command, this.at);
    this.enter('script', opener, command, end);
    this.at += length;
  }

  private openGroup(opener: '(' | '[' | '{' | '${'): void {
    if (this.scopes.length <= DEPTH) { this.enter('group', opener, this.top.command); }
    this.take(opener.length, false);
  }

  private enter(kind: Scope['kind'], opener: Scope['opener'], command: Command, end = Infinity): void {
    this.scopes.push({ kind, opener, end, command, quote: '', lines: 0 });
  }

  private dropGroups(): void {
    while (this.top.kind === 'group') { this.scopes.pop(); }
  }

  private nearestScript(): Scope {
    let i = this.scopes.length - 1;
    while (this.scopes[i].kind === 'group') { i--; }
    return this.scopes[i];
  }

  private endCommand(joint: string): void {
    const before = this.top.command;
    if (before.children.length === 0 && before.beginning.trim() === '') {
      if (joint !== '\n') { before.joint = joint; }
      return;
    }
    this.top.command = this.command(before.opener, before.parent, before, joint);
    if (joint === '|') { before.pipedTo = this.top.command; }
  }

  private command(opener: Opener, parent?: Command, previous?: Command, joint?: string): Command {
    const command = new Command(this.script, opener, parent, previous, joint);
    this.commands.push(command);
    return command;
  }

  private sees(text: string): boolean {
    return this.script.startsWith(text, this.at);
  }

  private take(length: number, isQuoted: boolean): void {
    this.top.command.add(this.at, Math.min(this.at + length, this.script.length), isQuoted);
    this.at += length;
  }

  private takePlain(isQuoted: boolean): void {
    PLAIN.lastIndex = this.at;
    this.take(PLAIN.test(this.script) ? PLAIN.lastIndex - this.at : 1, isQuoted);
  }
}
