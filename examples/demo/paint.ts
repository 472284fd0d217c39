/** Colour for a person at a terminal, plain text for anything else. */
export const paint = {
  bad: (text: string) => colour(31, text),
  good: (text: string) => colour(32, text),
};

function colour(code: number, text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
}
