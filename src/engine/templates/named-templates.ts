import { contextOf } from '../evaluator/context';
import { keyOf, MANY } from '../evaluator/distinct';
import { expressionsAt } from '../evaluator/expressions-at';
import { nestedTemplatesIn, nestedTemplateTypeOf, NestedTemplateType } from '../evaluator/nested-template-types';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { isNear, Scope } from '../evaluator/scope';
import { isObject } from '../json/json';

/** The templates of a resource that only names the one which holds them. */
export interface NamedTemplates {
  readonly scope: Scope;
  readonly logicalId: string;
  readonly ids: readonly string[];
}

interface Holder {
  readonly scope: Scope;
  readonly logicalId: string;
  readonly row: NestedTemplateType;
  readonly properties: unknown;
}

/**
 * The templates of what a resource names, such as of the product that it provisions, by its address.
 *
 * Only where all that it may name is known, with every template: which of those it launches need not be.
 *
 * @param idsOf the templates of a resource; none where one of them was not read
 */
export function namedTemplates(scopes: readonly Scope[], idsOf: (scope: Scope, logicalId: string) => readonly string[]): Map<string, NamedTemplates> {
  const holders = scopes.flatMap(holdersIn);
  const naming = holders.filter(({ row }) => row.named);
  const found = new Map<string, NamedTemplates>();
  if (naming.length === 0) { return found; }
  const index = new Index(holders);
  for (const one of naming) {
    const { scope, logicalId } = one;
    const ids = meantBy(one, index).map(each => each && mayHaveVersion(each, one) ? idsOf(each.scope, each.logicalId) : []);
    if (ids.every(({ length }) => length > 0)) { found.set(scope.addressOf(logicalId), { scope, logicalId, ids: [...new Set(ids.flat())] }); }
  }
  return found;
}

function holdersIn(scope: Scope): Holder[] {
  const found: Holder[] = [];
  for (const logicalId of Object.keys(scope.resources)) {
    const resource = scope.resources[logicalId];
    const row = isObject(resource) && typeof resource.Type === 'string' ? nestedTemplateTypeOf(resource.Type) : undefined;
    if (isObject(resource) && row && (row.named ?? row.names)) { found.push({ scope, logicalId, row, properties: resource.Properties }); }
  }
  return found;
}

/** What can be named, by address and by name. */
class Index {
  private readonly byAddress = new Map<string, Holder>();
  private readonly byName = new Map<string, Holder[]>();

  public constructor(holders: readonly Holder[]) {
    for (const each of holders) {
      const { scope, logicalId, row: { names }, properties } = each;
      this.byAddress.set(scope.addressOf(logicalId), each);
      for (const name of names ? possibleValuesAt(properties, [names.own], contextOf(scope)).flatMap(textOf) : []) {
        const others = this.byName.get(name);
        if (others) { others.push(each); } else { this.byName.set(name, [each]); }
      }
    }
  }

  public at(each: PossibleValue, attribute: string): Holder[] {
    const holder = each.kind === 'attribute' && each.attribute === attribute ? this.byAddress.get(each.address) : undefined;
    return holder ? [holder] : [];
  }

  public called(each: PossibleValue): readonly Holder[] {
    const [name] = textOf(each);
    const found = name === undefined ? [] : this.byName.get(name) ?? [];
    return found.length > MANY ? [] : found;
  }
}

/** Every resource that one may name; undefined for what is not known. */
function meantBy({ scope, properties, row: { named } }: Holder, index: Index): (Holder | undefined)[] {
  const { type, id, name } = named!;
  const known = (found: readonly Holder[]): (Holder | undefined)[] => {
    const possible = found.filter(each => each.row.type === type && isNear(scope, each.scope));
    return possible.length > 0 ? possible : [undefined];
  };
  return possibleValuesAt(properties, [id], contextOf(scope)).flatMap(each => {
    if (each.kind !== 'absent') { return known(index.at(each, 'Ref')); }
    return possibleValuesAt(properties, [name], each.context).flatMap(other => known([...index.at(other, name), ...index.called(other)]));
  });
}

/** Not where a version is meant that the template does not have: somebody made it elsewhere. */
function mayHaveVersion({ scope, properties, row }: Holder, { scope: from, properties: naming, row: { named } }: Holder): boolean {
  const names = expressionsAt(properties, row.names?.versions ?? []).flatMap(({ value }) => possibleValuesOf(value, contextOf(scope)));
  const isAnyKnown = names.length >= nestedTemplatesIn(row, properties).length && names.every(({ kind }) => kind === 'value');
  const texts = names.flatMap(textOf);
  return !isAnyKnown
    || possibleValuesAt(naming, [named!.version], contextOf(from)).every(wanted => textOf(wanted).every(text => texts.includes(text)));
}

function textOf(each: PossibleValue): string[] {
  const key = each.kind === 'value' ? keyOf(each) : undefined;
  return key === undefined ? [] : [key];
}
