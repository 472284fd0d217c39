import { branchesOf, intrinsicOf, isAbsent, isObject, JsonObject } from './json';
import { holderOf } from './template-holders';

const NOBODY_KNOWS = { 'Fn::Transform': {} };

/**
 * What a resource that holds a template hands to one of its parameters: an expression each, absent where the default holds.
 *
 * Nothing at all where whoever launches the template chooses, as with products.
 */
export function givenIn(holder: unknown, parameter: string): unknown[] {
  const row = isObject(holder) && typeof holder.Type === 'string' ? holderOf(holder.Type) : undefined;
  if (!row || !isObject(holder)) { return []; }
  const properties = isObject(holder.Properties) ? holder.Properties : {};
  if (isExpression(properties)) { return [NOBODY_KNOWS]; }
  if (!row.isBeside && isAbsent(properties.Parameters)) { return []; }
  return [valueIn(properties.Parameters, parameter), ...overridesIn(properties.StackInstancesGroup, parameter)];
}

/** As nested stacks have parameters, or as stack sets do. */
function valueIn(given: unknown, parameter: string): unknown {
  const branches = branchesOf(given);
  if (branches) { return { 'Fn::If': [branches[0], ...branches.slice(1).map(each => valueIn(each, parameter))] }; }
  if (Array.isArray(given)) {
    const found: unknown = given.find(each => isObject(each) && each.ParameterKey === parameter);
    return isObject(found) ? found.ParameterValue : undefined;
  }
  if (!isObject(given) || isAbsent(given)) { return undefined; }
  if (isExpression(given)) { return NOBODY_KNOWS; }
  return Object.hasOwn(given, parameter) ? given[parameter] : undefined;
}

/** Accounts and Regions of a stack set may have values of their own. */
function overridesIn(groups: unknown, parameter: string): unknown[] {
  const lists = (Array.isArray(groups) ? groups : []).map((group: unknown) => isObject(group) ? group.ParameterOverrides : undefined);
  return lists.map(list => valueIn(list, parameter)).filter(value => !isAbsent(value));
}

function isExpression(value: JsonObject): boolean {
  return intrinsicOf(value) !== undefined || Object.hasOwn(value, 'Fn::Transform');
}
