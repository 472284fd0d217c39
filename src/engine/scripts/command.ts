import { countWhile } from './positions';

/** How a command began: on its own, in a substitution, a group, a block, or as the text of a string. */
export type Opener = '' | '$(' | '`' | '(' | '{' | '"' | "'";

interface Piece {
  readonly start: number;
  end: number;
  readonly isQuoted: boolean;
  readonly child?: Command;
}

interface Content {
  readonly text: string;
  readonly bare: string;

  /** Where in the text each piece starts. */
  readonly starts: readonly number[];

  /** By the place of their marks in the text. */
  readonly children: ReadonlyMap<number, Command>;
}

/** Stands in the text of a command where another command's output comes in. */
export const OUTPUT = '\u0001';

/** Stands in the text of a command for a string that is a script itself. */
export const SCRIPT = '\u0002';

/** Fills the places of quoted text in `bare`. */
export const QUOTED = '\u0003';

/**
 * One simple command or statement of a script, whatever its language: what is between two separators.
 *
 * Comments are gone, continued lines are joined, and what has commands of its own (`$(…)`, blocks, strings that are scripts) is not part
 * of the text but stands in `children`.
 */
export class Command {
  public readonly children: Command[] = [];

  /** The command after the `|` that ends this one. */
  public pipedTo?: Command;

  /** The first command of the same list. */
  public readonly first: Command;

  private readonly pieces: Piece[] = [];
  private read?: Content;

  /** `joint` separates it from `previous`, which stands before it in the same list of commands. */
  public constructor(
    private readonly script: string, public readonly opener: Opener, public readonly parent?: Command,
    public readonly previous?: Command, public joint = '',
  ) {
    this.first = previous?.first ?? this;
  }

  /** Where the command begins in the script. */
  public get start(): number {
    return this.pieces[0]?.start ?? 0;
  }

  public get text(): string {
    return this.content.text;
  }

  /** The text with everything between quotes masked: what is left are names, options and operators. As long as `text`. */
  public get bare(): string {
    return this.content.bare;
  }

  /** Where a place in `text` is in the script. */
  public offsetOf(index: number): number {
    const { starts } = this.content;
    const at = Math.max(0, countWhile(starts.length, i => starts[i] <= index) - 1);
    const piece = this.pieces[at];
    return piece ? Math.min(piece.start + index - starts[at], Math.max(piece.start, piece.end - 1)) : 0;
  }

  /** The child whose mark stands at a place in `text`. */
  public childAt(index: number): Command | undefined {
    return this.content.children.get(index);
  }

  public add(start: number, end: number, isQuoted: boolean): void {
    const last = this.pieces[this.pieces.length - 1];
    if (last?.end === start && last.isQuoted === isQuoted && !last.child) { last.end = end; } else { this.pieces.push({ start, end, isQuoted }); }
  }

  public addChild(child: Command, at: number): void {
    this.children.push(child);
    if (markOf(child)) { this.pieces.push({ start: at, end: at + 1, isQuoted: false, child }); }
  }

  /** The first characters, for the little that has to be known while the script is still read. */
  public get beginning(): string {
    return this.pieces.slice(0, 20)
      .map(({ start, end, child }) => child ? markOf(child) : this.script.slice(start, Math.min(end, start + 100)))
      .join('');
  }

  private get content(): Content {
    return this.read ??= this.readContent();
  }

  private readContent(): Content {
    const [texts, bares, starts, children] = [[] as string[], [] as string[], [] as number[], new Map<number, Command>()];
    let [length, end] = [0, -1];
    for (const { start, end: pieceEnd, isQuoted, child } of this.pieces) {
      const gap = end >= 0 && start > end && !child ? ' ' : '';
      const text = child ? markOf(child)! : this.script.slice(start, pieceEnd);
      length += gap.length;
      starts.push(length);
      if (child) { children.set(length, child); }
      texts.push(gap, text);
      bares.push(gap, isQuoted ? QUOTED.repeat(text.length) : text);
      length += text.length;
      end = child ? -1 : pieceEnd;
    }
    return { text: texts.join(''), bare: bares.join(''), starts, children };
  }
}

function markOf({ opener }: Command): string | undefined {
  if (opener === '$(' || opener === '`') { return OUTPUT; }
  return opener === '"' || opener === "'" ? SCRIPT : undefined;
}
