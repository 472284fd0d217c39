import { expandLoops } from './for-each-loops';
import { NamedTemplates, namedTemplates } from './named-templates';
import { contextOf } from '../evaluator/context';
import { keyOf } from '../evaluator/distinct';
import { exporting } from '../evaluator/instance';
import { Placeholders } from '../evaluator/nested-template-text';
import { ParameterArguments, argumentsFor } from '../evaluator/parameter-arguments';
import { possibleValuesOf } from '../evaluator/possible-values';
import { Holder, isNear, Located, OtherTemplates, Scope } from '../evaluator/scope';
import { TemplateSource } from '../evaluator/source';
import { isObject, leavesOf } from '../json/json';

/** A resource that brings a template. */
interface Parent {
  /** The id of the template that it is in. */
  readonly parent: string;
  readonly logicalId: string;

  /** As its scope gives it. */
  readonly address: string;
}

/** The templates that are judged together, and what they learn from each other. */
export class TemplateSet implements OtherTemplates {
  public readonly scopes: readonly Scope[];
  private readonly byId: Map<string, Scope>;
  private readonly parents = new Map<string, Parent[]>();
  private named: ReadonlyMap<string, NamedTemplates> = new Map();
  private readonly shared = new Map<string, boolean>();
  private exports?: Map<string, Located[]>;

  public constructor(sources: readonly TemplateSource[]) {
    this.byId = new Map(sources.map(source => [source.id, new Scope(source, this)]));
    for (const { id, children } of sources) {
      for (const [logicalId, ids] of children ?? []) { ids.forEach(child => addTo(this.parents, child, parentIn(id, logicalId))); }
    }
    this.byId.forEach((scope, id) => this.byId.set(id, expandLoops(scope)));
    this.scopes = [...this.byId.values()];
    if (this.parents.size > 0) { this.named = this.readNamed(); }
    this.shared.clear();
    this.exports = undefined; // they may have been asked for before all loops were expanded
  }

  public argumentsFor(asked: Scope, parameter: string, mayBeParent: (parent: string) => boolean): ParameterArguments<Located> {
    const { id, source } = asked;
    const parents = this.parents.get(id) ?? [];
    const possible = parents.filter(({ address }) => mayBeParent(address));
    const all = possible.map(({ parent, logicalId, address }) => {
      const scope = this.byId.get(parent)!;
      const resource = Object.hasOwn(scope.resources, logicalId) ? scope.resources[logicalId] : undefined;
      const { values, isOpen } = placedIn(source?.placeholders, parameter) ?? argumentsFor(resource, parameter);
      return {
        isOpen,
        values: values.map((value): Located => ({ value, scope, condition: isObject(resource) ? resource.Condition : undefined, parent: address })),
      };
    });
    const isAlone = all.length === 0 || (source?.isStack === true && possible.length === parents.length);
    const given = isAlone && source?.parameterValues?.has(parameter) ? [{ value: source.parameterValues.get(parameter), scope: asked }] : [];
    const values = [...all.flatMap(each => each.values), ...given];
    return { values, isOpen: (isAlone && given.length === 0) || all.some(({ isOpen }) => isOpen) };
  }

  public output(scope: Scope, logicalId: string, output: string): readonly Located[] {
    return this.children(scope, logicalId).flatMap(child => Object.hasOwn(child.outputs, output) ? valueOf(child, child.outputs[output]) : []);
  }

  public children(scope: Scope, logicalId: string): readonly Scope[] {
    return this.idsOf(scope, logicalId).flatMap(id => this.byId.get(id) ?? []);
  }

  public holders({ id }: Scope): readonly Holder[] {
    return (this.parents.get(id) ?? []).map(({ parent, logicalId }) => ({ scope: this.byId.get(parent)!, logicalId }));
  }

  public exported(scope: Scope, name: string): readonly Located[] {
    if (!this.exports) {
      this.exports = new Map(); // what a name itself imports is not followed
      this.exports = this.readExports();
    }
    return (this.exports.get(name) ?? []).filter(each => isNear(scope, each.scope));
  }

  public stackOutput(scope: Scope, stack: string, output: string, region?: string): readonly Located[] {
    return [...this.byId.values()].filter(({ source, outputs }) => source?.stackName === stack && Object.hasOwn(outputs, output))
      .filter(each => isNear(scope, each, region))
      .flatMap(each => valueOf(each, each.outputs[output]));
  }

  public importers(scope: Scope): readonly Scope[] {
    return this.others(scope).filter(each => isNear(scope, each));
  }

  public others(scope: Scope): readonly Scope[] {
    return this.scopes.filter(each => each !== scope);
  }

  public isShared({ id }: Scope): boolean {
    let isShared = this.shared.get(id);
    if (isShared === undefined) {
      const parents = this.parents.get(id) ?? [];
      this.shared.set(id, true); // one that brings itself is there more than once
      isShared = parents.length > 1 || (parents.length > 0 && this.byId.get(id)?.source?.isStack === true)
        || parents.some(({ parent }) => this.isShared(this.byId.get(parent)!));
      this.shared.set(id, isShared);
    }
    return isShared;
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
    named.forEach(({ scope, logicalId, ids }) => ids.forEach(child => addTo(this.parents, child, parentIn(scope.id, logicalId))));
    return named;
  }

  private readExports(): Map<string, Located[]> {
    const exports = new Map<string, Located[]>();
    for (const scope of this.scopes ?? this.byId.values()) {
      for (const output of Object.values(scope.outputs).flatMap(leavesOf)) {
        if (!isObject(output) || !isObject(output.Export)) { continue; }
        const { Name: name } = output.Export;
        for (const key of new Set(possibleValuesOf(name, contextOf(scope)).flatMap(each => keyOf(each) ?? []))) {
          const instance = scope.isShared() ? exporting(key) : undefined;
          const named = possibleValuesOf(name, { ...contextOf(scope), instance }).filter(each => keyOf(each) === key);
          named.forEach(({ context: { when } }) => valueOf(scope, output).forEach(each => addTo(exports, key, { ...each, when })));
        }
      }
    }
    return exports;
  }
}

function parentIn(parent: string, logicalId: string): Parent {
  return { parent, logicalId, address: parent === '' ? logicalId : `${parent} ${logicalId}` };
}

function placedIn(placeholders: Placeholders | undefined, parameter: string): ParameterArguments<unknown> | undefined {
  return placeholders?.has(parameter) ? { values: [placeholders.get(parameter)], isOpen: false } : undefined;
}

function valueOf(scope: Scope, output: unknown): Located[] {
  return leavesOf(output).filter(isObject).map(each => ({ value: each.Value, scope, condition: each.Condition }));
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) { list.push(item); } else { lists.set(key, [item]); }
}
