import { closingQuote } from '../scripts/strings';
import { insideQuotes } from '../scripts/words';

/** The words behind the name of a program, without the quotes that a shell takes away. `quote` is that in which the program stands. */
export function wordsOf(text: string, quote: string): string[] {
  const line = insideQuotes(text, quote);
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    const isListed = /[,[\]]/.test(character) && (word === undefined || /["']/.test(line[i - 1]) || /^(?:\s|$)/.test(line.slice(i + 1, i + 2)));
    if (/[;|&\n]/.test(character)) { break; }
    if (/\s/.test(character) || isListed) {
      if (word !== undefined) { words.push(word); }
      word = undefined;
    } else if ((character === '"' || character === "'") && closingQuote(line, character, i + 1, true) >= 0) {
      const end = closingQuote(line, character, i + 1, true);
      word = (word ?? '') + (character === '"' ? line.slice(i + 1, end).replace(/\\(["\\$])/g, '$1') : line.slice(i + 1, end));
      i = end;
    } else if (character === '\\') {
      word = (word ?? '') + (line[++i] ?? '');
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}
