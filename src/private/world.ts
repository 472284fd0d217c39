import { alternativesOf } from './alternatives';
import { contextOf } from './context';
import { keyOf } from './distinct';
import { Given, givenIn } from './given';
import { Placeholders } from './held-text';
import { isObject } from './json';
import { expandLoops } from './loops';
import { NamedTemplates, namedTemplates } from './named-templates';
import { isNear, Located, Neighbours, Scope } from './scope';
import { TemplateSource } from './source';

/** The templates that are judged together, and what they learn from each other. */
export class World implements Neighbours {
  public readonly scopes: readonly Scope[];
  private readonly byId: Map<string, Scope>;
  private readonly parents = new Map<string, { readonly parent: string; readonly logicalId: string }[]>();
  private named: ReadonlyMap<string, NamedTemplates> = new Map();
  private exports?: Map<string, Located[]>;

  public constructor(sources: readonly TemplateSource[]) {
    this.byId = new Map(sources.map(source => [source.id, new Scope(source, this)]));
    for (const { id, children } of sources) {
      for (const [logicalId, ids] of children ?? []) { ids.forEach(child => addTo(this.parents, child, { parent: id, logicalId })); }
    }
    this.byId.forEach((scope, id) => this.byId.set(id, expandLoops(scope)));
    this.scopes = [...this.byId.values()];
    if (this.parents.size > 0) { this.named = this.readNamed(); }
    this.exports = undefined; // they may have been asked for before all loops were expanded
  }

  public given({ id, source }: Scope, parameter: string): Given<Located> {
    const all = (this.parents.get(id) ?? []).map(({ parent, logicalId }) => {
      const scope = this.byId.get(parent)!;
      const holder = Object.hasOwn(scope.resources, logicalId) ? scope.resources[logicalId] : undefined;
      const { values, isOpen } = placedIn(source?.placeholders, parameter) ?? givenIn(holder, parameter);
      return { isOpen, values: values.map((value): Located => ({ value, scope, condition: isObject(holder) ? holder.Condition : undefined })) };
    });
    return { values: all.flatMap(({ values }) => values), isOpen: all.length === 0 || source?.isStack === true || all.some(({ isOpen }) => isOpen) };
  }

  public output(scope: Scope, logicalId: string, output: string): readonly Located[] {
    return this.children(scope, logicalId).flatMap(child => Object.hasOwn(child.outputs, output) ? valueOf(child, child.outputs[output]) : []);
  }

  public children(scope: Scope, logicalId: string): readonly Scope[] {
    return this.idsOf(scope, logicalId).flatMap(id => this.byId.get(id) ?? []);
  }

  public exported(scope: Scope, name: string): readonly Located[] {
    if (!this.exports) {
      this.exports = new Map(); // what a name itself imports is not followed
      this.exports = this.readExports();
    }
    return (this.exports.get(name) ?? []).filter(each => isNear(scope, each.scope));
  }

  public importers(scope: Scope): readonly Scope[] {
    return this.scopes.filter(each => each !== scope && isNear(scope, each));
  }

  public isRead(scope: Scope, logicalId: string): boolean {
    const children = this.idsOf(scope, logicalId);
    return children.length > 0 && children.every(id => this.byId.has(id));
  }

  private idsOf(scope: Scope, logicalId: string): readonly string[] {
    return scope.source?.children?.get(logicalId) ?? this.named.get(scope.addressOf(logicalId))?.ids ?? [];
  }

  private readNamed(): ReadonlyMap<string, NamedTemplates> {
    const named = namedTemplates(this.scopes, (scope, logicalId) => this.isRead(scope, logicalId) ? this.idsOf(scope, logicalId) : []);
    named.forEach(({ scope, logicalId, ids }) => ids.forEach(child => addTo(this.parents, child, { parent: scope.id, logicalId })));
    return named;
  }

  private readExports(): Map<string, Located[]> {
    const exports = new Map<string, Located[]>();
    for (const scope of this.scopes ?? this.byId.values()) {
      for (const output of Object.values(scope.outputs)) {
        if (!isObject(output) || !isObject(output.Export)) { continue; }
        for (const name of alternativesOf(output.Export.Name, contextOf(scope))) {
          const key = keyOf(name);
          if (key !== undefined) { valueOf(scope, output).forEach(each => addTo(exports, key, each)); }
        }
      }
    }
    return exports;
  }
}

function placedIn(placeholders: Placeholders | undefined, parameter: string): Given<unknown> | undefined {
  return placeholders?.has(parameter) ? { values: [placeholders.get(parameter)], isOpen: false } : undefined;
}

function valueOf(scope: Scope, output: unknown): Located[] {
  return isObject(output) ? [{ value: output.Value, scope, condition: output.Condition }] : [];
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) { list.push(item); } else { lists.set(key, [item]); }
}
