import { Context } from '../evaluator/context';
import { possibleValuesOf } from '../evaluator/possible-values';
import { isObject, JsonObject } from '../json/json';
import { policyHolderOf } from '../templates/policy-holders';

/** A document in the properties of a resource, which may hold functions. */
export interface HeldDocument {
  readonly document: unknown;

  /** Below `Properties`. */
  readonly path: readonly string[];
  readonly context: Context;
}

/** Every document of a resource. */
export function documentsOf({ Type: type, Properties: properties }: JsonObject, context: Context): HeldDocument[] {
  const holder = policyHolderOf(type);
  if (!holder) { return []; }
  return possibleValuesOf(properties, context).flatMap(each => {
    if (each.kind !== 'value' || !isObject(each.value)) { return []; }
    return 'document' in holder ? [{ document: each.value[holder.document], path: [holder.document], context: each.context }]
      : inList(each.value[holder.list], holder.list, each.context);
  });
}

function inList(list: unknown, name: string, context: Context): HeldDocument[] {
  return possibleValuesOf(list, context).flatMap(found => (found.kind === 'value' && Array.isArray(found.value) ? found.value : []).flatMap((element, i) => (
    possibleValuesOf(element, found.context).flatMap(each => (each.kind === 'value' && isObject(each.value)
      ? [{ document: each.value.PolicyDocument, path: [name, String(i), 'PolicyDocument'], context: each.context }] : []))
  )));
}
