import { printParseErrorCode, visit } from 'jsonc-parser'; // loaded with this file: where something is wrong
import { duplicateKey, Fault, malformed } from './parsed';
import { positionAt } from './text';
import { message } from '../engine/text/quoted';

const STRICT = { disallowComments: true, allowTrailingComma: false };

/** What is wrong with text that `JSON.parse` refuses, and where. */
export function syntaxFault(text: string, refusal: Error): Fault {
  const faults: Fault[] = [];
  visit(text, {
    onError: (code, offset) => {
      const words = printParseErrorCode(code).replace(/(?<=.)[A-Z]/g, letter => ` ${letter}`).toLowerCase();
      if (faults.length === 0) { faults.push(malformed('JSON', words, positionAt(text, offset))); }
    },
  }, STRICT);
  return faults[0] ?? malformed('JSON', message(refusal.message));
}

/** The first key that is there twice in text that is valid JSON. */
export function duplicateFault(text: string): Fault {
  const faults: Fault[] = [];
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => { open.push(new Set()); },
    onObjectEnd: () => { open.pop(); },
    onObjectProperty: (key, _offset, _length, line, character) => {
      const keys = open[open.length - 1];
      if (keys.has(key)) { faults.push(duplicateKey(key, { line: line + 1, column: character + 1 })); }
      keys.add(key);
    },
  }, STRICT);
  return faults[0];
}
