import { namesByKey } from './duplicate-keys';
import { Path } from '../engine/evaluator/expressions-at';
import { isFunctionName, isObject, JsonObject } from '../engine/json/json';

/** A key that stands twice in a map, by where it stands in the text that was set apart. */
export interface Duplicate {
  readonly key: string;
  readonly paths: readonly Path[];
}

export interface EitherTemplate {
  readonly template: unknown;
  readonly duplicates: readonly Duplicate[];

  /** Where the resources stand in the text that was set apart, by logical id. */
  readonly resources: ReadonlyMap<string, Path>;
}

/** Sections whose members are read as a whole. */
const DECLARED = ['Outputs', 'Parameters'];

/** More ways to read one resource or function than a slip makes. */
const MOST_WAYS = 64;

/**
 * A template in which every value counts of a key that stands twice: an `Fn::If` on a condition that is not known.
 *
 * A resource that stands twice is two resources. The last keeps its name, so that references mean it, as in CloudFormation; those before
 * it are called `Name#1` and so on.
 *
 * @param apart what was read from a text that was set apart; undefined is returned where there are too many ways to read it
 */
export function eitherTemplate(apart: JsonObject): EitherTemplate | undefined {
  const either = new Either();
  const template = either.template(apart);
  return either.hasTooMany ? undefined : { template, duplicates: either.duplicates, resources: either.resources };
}

class Either {
  public readonly duplicates: Duplicate[] = [];
  public readonly resources = new Map<string, Path>();
  public hasTooMany = false;
  private readonly known = new Map<object, unknown>(); // YAML has aliases
  private conditions = 0;

  public template(apart: JsonObject): JsonObject {
    return Object.fromEntries([...this.namesIn(apart, [])].map(([key, names]) => [key, this.section(key, names, apart)]));
  }

  private section(key: string, names: readonly string[], apart: JsonObject): unknown {
    const values = names.map(name => apart[name]);
    if (key === 'Transform' || key === 'Fn::Transform') { return names.length > 1 ? values.flat() : values[0]; }
    const last = values[values.length - 1];
    if (!values.every(isObject)) { return key === 'Resources' ? values.find(each => !isObject(each)) : this.value(last, [names[names.length - 1]]); }
    // Names that stand in both are as names that stand twice in one.
    const members = new Map<string, Placed[]>();
    names.forEach((name, i) => this.namesIn(values[i], [name]).forEach((inner, member) => {
      const placed = inner.map(each => ({ value: values[i][each], path: [name, each] }));
      members.set(member, [...members.get(member) ?? [], ...placed]);
    }));
    return Object.fromEntries([...members].flatMap(([member, placed]) => (
      key === 'Resources' ? this.resource(member, placed) : [[member, this.oneOf(placed.map(each => DECLARED.includes(key) ? this.ways(each) : this.value(each.value, each.path)))]]
    )));
  }

  /** A loop is left as what is no loop: it is reported that it is not known. */
  private resource(logicalId: string, placed: readonly Placed[]): [string, unknown][] {
    if (logicalId.startsWith('Fn::')) { return [[logicalId, this.oneOf(placed.map(({ value, path }) => this.value(value, path)))]]; }
    const all = placed.flatMap(({ value, path }) => this.ofEachType(value, path).map(each => ({ each, path })));
    return all.map(({ each, path }, i) => {
      const id = i === all.length - 1 ? logicalId : `${logicalId}#${i + 1}`;
      this.resources.set(id, path);
      return [id, each];
    });
  }

  /** The type decides how everything else is read. */
  private ofEachType(resource: unknown, path: Path): unknown[] {
    const types = isObject(resource) ? namesByKey(resource).get('Type') ?? [] : [];
    const read = this.value(resource, path);
    return types.length < 2 ? [read] : types.map(name => ({ ...read as JsonObject, Type: (resource as JsonObject)[name] }));
  }

  private value(value: unknown, path: Path): unknown {
    if (typeof value !== 'object' || value === null) { return value; }
    if (!this.known.has(value)) {
      this.known.set(value, Array.isArray(value) ? value.map((each, i) => this.value(each, [...path, i])) : this.object(value as JsonObject, path));
    }
    return this.known.get(value);
  }

  private object(value: JsonObject, path: Path): unknown {
    const names = this.namesIn(value, path);
    const [[only, functions] = ['', []]] = names;
    if (names.size === 1 && functions.length > 1 && isFunctionName(only)) {
      return this.oneOf(functions.map(name => ({ [only]: this.value(value[name], [...path, name]) })));
    }
    return Object.fromEntries([...names].map(([key, all]) => [key, this.oneOf(all.map(name => this.value(value[name], [...path, name])))]));
  }

  /** A definition that is read as a whole, in every way that it can be read. */
  private ways({ value, path }: Placed): unknown {
    if (!isObject(value)) { return value; }
    let ways: JsonObject[] = [{}];
    for (const [key, names] of this.namesIn(value, path)) {
      if (ways.length * names.length > MOST_WAYS) { this.hasTooMany = true; return {}; }
      ways = ways.flatMap(way => names.map(name => ({ ...way, [key]: this.value(value[name], [...path, name]) })));
    }
    return this.oneOf(ways);
  }

  private oneOf(values: readonly unknown[]): unknown {
    const [first, ...others] = values;
    return others.length === 0 ? first : { 'Fn::If': [`one of ${++this.conditions}`, first, this.oneOf(others)] };
  }

  /** Notes what stands twice on the way. */
  private namesIn(map: JsonObject, path: Path): ReadonlyMap<string, readonly string[]> {
    const names = namesByKey(map);
    names.forEach((all, key) => { if (all.length > 1) { this.duplicates.push({ key, paths: all.map(name => [...path, name]) }); } });
    return names;
  }
}

interface Placed {
  readonly value: unknown;
  readonly path: Path;
}
