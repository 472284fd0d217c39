import { Node, parseTree } from 'jsonc-parser';
import { Syntax, SyntaxTree } from './syntax';

/** Of text that `JSON.parse` takes. */
export function jsonSyntax(text: string): SyntaxTree {
  return { root: syntaxOf(parseTree(text)!), shared: new Set(), isJson: true };
}

function syntaxOf({ type, offset, length, value, children = [] }: Node): Syntax {
  const piece = { full: offset, start: offset, end: offset + length };
  switch (type) {
    case 'object': return {
      ...piece,
      kind: 'map',
      isFlow: true,
      pairs: children.map(({ offset: start, children: [key, held] = [] }) => (
        { start, name: String(key.value), key: syntaxOf(key), value: syntaxOf(held) }
      )),
    };
    case 'array': return { ...piece, kind: 'list', isFlow: true, elements: children.map(syntaxOf) };
    default: return { ...piece, kind: 'scalar', value };
  }
}
