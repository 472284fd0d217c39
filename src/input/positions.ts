import { columnWithoutMarks, lastName, setApart } from './duplicate-keys';
import { EitherTemplate, eitherTemplate } from './either-value';
import { jsonPositions } from './json-positions';
import { parseJson } from './parse-json';
import { parseYaml } from './parse-yaml';
import { isFault } from './parsed';
import { Position } from './text';
import { yamlPositions } from './yaml-positions';
import { Path } from '../engine/evaluator/expressions-at';
import { isObject, JsonObject } from '../engine/json/json';

/** Where a path is, or the deepest part of it that is there. Undefined where the text cannot be read. */
export type Positions = (path: Path) => Position | undefined;

/** Finds positions in a text; made once for many paths. Of a key that stands twice, the last is meant. */
export function positionsIn(text: string, format: 'json' | 'yaml'): Positions {
  const plain = format === 'yaml' ? yamlPositions(text) : undefined;
  const apart = plain ? undefined : setApart(text, format);
  if (apart === undefined) { return plain ?? (format === 'json' ? jsonPositions(text) : () => undefined); }
  const parsed = format === 'json' ? parseJson(apart) : parseYaml(apart);
  const value = isFault(parsed) ? undefined : parsed.value;
  const { resources } = (isObject(value) && eitherTemplate(value)) || { resources: new Map<string, Path>() };
  const positions = positionsApart(apart, format);
  return path => positions(pathApart(path, value, resources));
}

/** Positions in the file, by paths in the text that was set apart. */
export function positionsApart(apart: string, format: 'json' | 'yaml'): Positions {
  const positions = (format === 'json' ? jsonPositions(apart) : yamlPositions(apart)) ?? (() => undefined);
  const lines = apart.split(/\r\n|\r|\n/);
  return path => {
    const found = positions(path);
    return found && { line: found.line, column: columnWithoutMarks(lines[found.line - 1], found.column) };
  };
}

function pathApart(path: Path, root: unknown, resources: EitherTemplate['resources']): Path {
  const whole = path[0] === 'Resources' ? resources.get(String(path[1])) : undefined;
  const names: (string | number)[] = [...whole ?? []];
  let value = names.reduce<unknown>(childOf, root);
  for (const step of path.slice(names.length)) {
    const name = typeof step === 'string' ? lastName(value, step) : step;
    names.push(name);
    value = childOf(value, name);
  }
  return names;
}

function childOf(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as JsonObject)[step] : undefined;
}
