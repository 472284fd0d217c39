import { Node, parseTree } from 'jsonc-parser'; // loaded with this file: where there is a finding
import { Position } from './text';
import { Path } from '../private/expressions-at';

/** Positions of keys and list elements in JSON. */
export function jsonPositions(text: string): (path: Path) => Position | undefined {
  const root = parseTree(text);
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: mark, index }) => index + mark.length)];
  return path => root && positionOf(deepest(root, path), starts);
}

/** The offset of the deepest part of a path that is there. */
function deepest(root: Node, path: Path): number {
  let [node, offset] = [root, root.offset];
  for (const step of path) {
    const next = childOf(node, step);
    if (!next) { return offset; }
    [node, offset] = [next.value, next.offset];
  }
  return offset;
}

function childOf({ type, children = [] }: Node, step: string | number): { value: Node; offset: number } | undefined {
  if (type === 'array') {
    const element = children[Number(step)];
    return element && { value: element, offset: element.offset };
  }
  if (type !== 'object') { return undefined; }
  const [key, value] = children.find(property => property.children?.[0].value === String(step))?.children ?? [];
  return key && value && { value, offset: key.offset };
}

function positionOf(offset: number, starts: readonly number[]): Position {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= offset) { low = middle; } else { high = middle - 1; }
  }
  return { line: low + 1, column: offset - starts[low] + 1 };
}
