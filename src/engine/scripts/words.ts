import { closingQuote, isApostrophe } from './strings';

/** What is one word for the shell: in quotes, or the output of another command. */
const ONE_WORD = /"[^"\n]*"|'[^'\n]*'|\$\([^()\n]*\)/g;

/** The quote in which each place of a text stands, or nothing. The places come in order. */
export function quotesAround(text: string, places: readonly number[]): string[] {
  const found: string[] = [];
  let quote = '';
  for (let i = 0; found.length < places.length && i <= text.length; i++) {
    if (i >= places[found.length]) { found.push(quote); }
    if (text[i] === '\\') { i++; } else { quote = quoteAfter(text, i, quote); }
  }
  while (found.length < places.length) { found.push(quote); }
  return found;
}

/** The words behind the name of a program in the same command, without quotes. `quote` is that in which the program stands. */
export function wordsBehind(text: string, quote: string): string {
  const joined = commandIn(insideQuotes(text, quote)).replace(ONE_WORD, each => each.replace(/^["']|["']$/g, '').replace(/["',[\]()\s$]/g, '_'));
  return joined.replace(/["',[\]()\s]+/g, ' ').trim();
}

/** What stands in the same quotes; all of it where the name alone does, as in a list of arguments. */
export function insideQuotes(text: string, quote: string): string {
  if (quote === '') { return text; }
  if (text.startsWith(quote)) { return text.slice(1); }
  const end = closingQuote(text, quote, 0);
  return (end < 0 ? text : text.slice(0, end)).replaceAll(`\\${quote}`, quote);
}

/** Up to the next separator. What is between quotes separates nothing. */
function commandIn(text: string): string {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    if (quote === '' && ';|&\n'.includes(text[i])) { return text.slice(0, i); }
    if (text[i] === '\\') { i++; } else { quote = quoteAfter(text, i, quote); }
  }
  return text;
}

/** A quote that is not closed on its line is none. */
function quoteAfter(text: string, at: number, quote: string): string {
  const character = text[at];
  if (quote !== '') { return character === quote ? '' : quote; }
  const isOpening = (character === '"' || character === "'") && !isApostrophe(text, at) && closingQuote(text, character, at + 1) >= 0;
  return isOpening ? character : '';
}
