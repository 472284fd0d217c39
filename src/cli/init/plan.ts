/** A file that gets another content, or comes to be. */
export interface Change {
  readonly kind: 'change';

  /** From where the command runs, with `/`. */
  readonly file: string;
  readonly before?: string;
  readonly after: string;
}

/** What somebody has to do, since nobody can tell for sure where it belongs. */
export interface ByHand {
  readonly kind: 'by hand';
  readonly what: string;
  readonly lines: readonly string[];
}

/** What is there already, or is not to be had. */
export interface Note {
  readonly kind: 'note';
  readonly what: string;
}

export type Step = Change | ByHand | Note;
