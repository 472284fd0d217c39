import { Node, parseTree } from 'jsonc-parser'; // loaded with this file: where there is a finding
import { Position } from './text';
import { Path } from '../engine/evaluator/expressions-at';

/** Positions of keys and list elements in JSON. */
export function jsonPositions(text: string): (path: Path) => Position | undefined {
  const root = parseTree(text);
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: mark, index }) => index + mark.length)];
  const properties = new PropertiesByKey();
  return path => root && positionOf(deepest(root, path, properties), starts);
}

/** The properties of an object, put in order once it is asked for: a search for each finding would take a large file for ever. */
class PropertiesByKey {
  private readonly ofObject = new Map<Node, Map<string, Node>>();

  public find(object: Node, key: string): Node | undefined {
    return (this.ofObject.get(object) ?? this.read(object)).get(key);
  }

  private read(object: Node): Map<string, Node> {
    // the first of two with the same key counts, so it comes last
    const properties = new Map((object.children ?? []).map(each => [String(each.children?.[0].value), each] as const).reverse());
    this.ofObject.set(object, properties);
    return properties;
  }
}

/** The offset of the deepest part of a path that is there. */
function deepest(root: Node, path: Path, properties: PropertiesByKey): number {
  let [node, offset] = [root, root.offset];
  for (const step of path) {
    const next = childOf(node, step, properties);
    if (!next) { return offset; }
    [node, offset] = [next.value, next.offset];
  }
  return offset;
}

function childOf(node: Node, step: string | number, properties: PropertiesByKey): { value: Node; offset: number } | undefined {
  const { type, children = [] } = node;
  if (type === 'array') {
    const element = children[Number(step)];
    return element && { value: element, offset: element.offset };
  }
  if (type !== 'object') { return undefined; }
  const [key, value] = properties.find(node, String(step))?.children ?? [];
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
