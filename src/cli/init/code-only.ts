/** How a language writes comments and texts: as C does, or as Python does. */
export type Syntax = 'c' | 'python';

const PIECES: Readonly<Record<Syntax, RegExp>> = {
  c: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g,
  python: /#[^\n]*|("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
};

/** Source text of the same length, with blanks for comments. */
export function withoutComments(text: string, syntax: Syntax): string {
  return text.replace(PIECES[syntax], piece => /^["'`]/.test(piece) ? piece : blank(piece));
}

/** Source text of the same length, with blanks for comments and texts; undefined where it cannot be told which is which. */
export function codeOnly(text: string, syntax: Syntax): string | undefined {
  const code = text.replace(PIECES[syntax], blank);
  return /["'`]|\/\*/.test(code) ? undefined : code;
}

function blank(piece: string): string {
  return piece.replace(/[^\n]/g, ' ');
}
