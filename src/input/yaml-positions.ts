import { loadAll, LoadOptions, State } from 'js-yaml';
import { Position } from './text';
import { LENIENT_YAML_OPTIONS } from './yaml-options';
import { Path } from '../engine/evaluator/expressions-at';
import { JsonObject } from '../engine/json/json';

/** A piece of YAML, as js-yaml went through it. */
interface Piece extends Position {
  /** What it became. A short form became a map with the long name. */
  value: unknown;
  isShortForm: boolean;

  /** Keys and values of a map in turn, elements of a list. Attempts of the parser that failed may be among them. */
  readonly pieces: Piece[];
  places?: ReadonlyMap<string, readonly number[]>;
}

/** Positions of keys and list elements in YAML; undefined where it cannot be read. js-yaml has none in its result, but tells where it is as it goes. */
export function yamlPositions(text: string): ((path: Path) => Position | undefined) | undefined {
  const top: Piece = { value: undefined, isShortForm: false, line: 1, column: 1, pieces: [] };
  const open = [top];
  const byValue = new Map<unknown, Piece>();
  const listener = (event: 'open' | 'close', state: State & { tag?: string | null }): void => {
    if (event === 'open') {
      open.push({ value: undefined, isShortForm: false, line: state.line + 1, column: state.position - state.lineStart + 1, pieces: [] });
      return;
    }
    const piece = open.pop()!;
    piece.value = state.result;
    piece.isShortForm = state.tag?.startsWith('!') === true && state.tag.length > 1;
    open[open.length - 1].pieces.push(piece);
    if (typeof piece.value === 'object' && piece.value !== null && !byValue.has(piece.value)) { byValue.set(piece.value, piece); }
  };
  try {
    loadAll(text, null, { ...LENIENT_YAML_OPTIONS, listener } as LoadOptions);
  } catch {
    return undefined; // whoever reads the template tells what is wrong with it
  }
  const root = top.pieces.find(({ value }) => value !== null && value !== undefined);
  return path => root && deepest(root, path, byValue);
}

interface Spot {
  readonly piece: Piece;
  readonly value: unknown;
  readonly at: Position;
}

function deepest(root: Piece, path: Path, byValue: ReadonlyMap<unknown, Piece>): Position {
  let spot: Spot = { piece: root, value: root.value, at: root };
  for (const step of path) {
    const next = childOf(spot, String(step), byValue);
    if (!next) { break; }
    spot = next;
  }
  return { line: spot.at.line, column: spot.at.column };
}

function childOf({ piece, value, at }: Spot, step: string, byValue: ReadonlyMap<unknown, Piece>): Spot | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) { return undefined; }
  const child = (value as JsonObject)[step];
  const whole = byValue.get(value) ?? piece; // an alias has no pieces of its own
  if (whole.isShortForm) { return { piece: { ...whole, isShortForm: false }, value: child, at }; }
  const { pieces } = whole;
  if (Array.isArray(value)) {
    const element = elementOf(value, Number(step), pieces);
    return element && { piece: element, value: child, at: element };
  }
  const key = placesOf(whole).get(step)?.find(i => Object.is(pieces[i + 1].value, child));
  return key !== undefined ? { piece: pieces[key + 1], value: child, at: pieces[key] } : mergedChild(pieces, step, byValue);
}

/** js-yaml does not stop at an element that is empty. */
function elementOf(values: readonly unknown[], index: number, pieces: readonly Piece[]): Piece | undefined {
  let next = 0;
  return values.slice(0, index + 1).map(value => next < pieces.length && Object.is(pieces[next].value, value) ? pieces[next++] : undefined)[index];
}

/** Where a key may be, put in order once a map is asked for: a search for each finding would take a large file for ever. */
function placesOf(map: Piece): ReadonlyMap<string, readonly number[]> {
  map.places ??= map.pieces.slice(0, -1).reduce((places, { value }, i) => {
    if (typeof value === 'object' && value !== null) { return places; }
    const known = places.get(String(value));
    if (known) { known.push(i); } else { places.set(String(value), [i]); }
    return places;
  }, new Map<string, number[]>());
  return map.places;
}

/** A key that `<<` brought has its place in the other map. */
function mergedChild(pieces: readonly Piece[], step: string, byValue: ReadonlyMap<unknown, Piece>): Spot | undefined {
  const sources = pieces.flatMap(({ value }, i) => value === '<<' ? [pieces[i + 1]?.value].flat() : []);
  for (const value of sources) {
    const piece = byValue.get(value);
    const found = piece && childOf({ piece, value, at: piece }, step, byValue);
    if (found) { return found; }
  }
  return undefined;
}
