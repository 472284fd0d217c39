import { jsonPositions } from './json-positions';
import { Position } from './text';
import { yamlPositions } from './yaml-positions';
import { Path } from '../engine/evaluator/expressions-at';

/** Where a path is, or the deepest part of it that is there. Undefined where the text cannot be read. */
export type Positions = (path: Path) => Position | undefined;

/** Finds positions in a text; made once for many paths. */
export function positionsIn(text: string, format: 'json' | 'yaml'): Positions {
  return format === 'json' ? jsonPositions(text) : yamlPositions(text);
}
