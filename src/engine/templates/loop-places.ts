import { LOOP } from './for-each-loops';
import { isObject, JsonObject } from '../json/json';
import { MAX_DEPTH } from '../json/shallow';
import { matches } from '../text/wildcard';

/** Where a resource that a loop makes is written. */
export interface LoopPlace {
  /** Keys below `Resources`. */
  readonly path: readonly string[];

  /** The loops around it, as their keys have it. */
  readonly loops: readonly string[];
}

/** Undefined where no loop makes the resource, or more than one may: then there is no saying which. */
export function loopPlaceOf(resources: unknown, logicalId: string): LoopPlace | undefined {
  if (!isObject(resources) || Object.hasOwn(resources, logicalId)) { return undefined; }
  const places = known.get(resources) ?? indexed(placesIn(resources, { path: [], loops: [] }).map(withPattern));
  known.set(resources, places);
  const found = places.lengths.flatMap(length => places.byStart.get(logicalId.slice(0, length)) ?? [])
    .filter(({ start, pattern }) => logicalId.startsWith(start) && matches(pattern, logicalId));
  return found.length === 1 ? found[0] : undefined;
}

/** There may be thousands, and as many questions, so that each is found by how it begins. */
interface Index {
  readonly byStart: ReadonlyMap<string, readonly Patterned[]>;

  /** Of the beginnings. */
  readonly lengths: readonly number[];
}

const known = new WeakMap<JsonObject, Index>();

function indexed(places: readonly Patterned[]): Index {
  const byStart = new Map<string, Patterned[]>();
  for (const place of places) {
    const alike = byStart.get(place.start);
    if (alike) { alike.push(place); } else { byStart.set(place.start, [place]); }
  }
  return { byStart, lengths: [...new Set([...byStart.keys()].map(({ length }) => length))] };
}

interface Patterned extends LoopPlace {
  readonly start: string;
  readonly pattern: string;
}

/** Both ways to write it. */
const IDENTIFIER = /[$&]\{[^}]*\}/g;

function withPattern(place: LoopPlace): Patterned {
  const pattern = place.path.at(-1)!.replace(IDENTIFIER, '*');
  return { ...place, pattern, start: pattern.split('*', 1)[0] };
}

function placesIn(resources: object, { path, loops }: LoopPlace): LoopPlace[] {
  return Object.entries(resources).filter(([key]) => key.startsWith(LOOP)).flatMap(([loop, value]: [string, unknown]): LoopPlace[] => {
    const body: unknown = Array.isArray(value) ? value[2] : undefined;
    if (!isObject(body) || loops.length > MAX_DEPTH) { return []; }
    const inside: LoopPlace = { path: [...path, loop, '2'], loops: [...loops, loop] };
    return [...Object.keys(body).map(key => ({ ...inside, path: [...inside.path, key] })), ...placesIn(body, inside)];
  });
}
