import { Dialect, plainNames, TEMPLATE } from './dialect';
import { contextOf } from '../evaluator/context';
import { Matches, matchesOf } from '../evaluator/list-elements';
import { possibleValuesOf } from '../evaluator/possible-values';
import { branchesOf, isObject, JsonObject } from '../json/json';
import { ListStep } from '../surfaces/surface';

/** Whether an override that names elements by their positions has the one that is meant. */
export function hasElement(positions: JsonObject, step: ListStep): boolean {
  return Object.values(positions).some(each => matchesInBranches('some', each, step, TEMPLATE));
}

/** Whether an element is the one that is meant in every branch, or in some. */
export function matchesInBranches(which: 'every' | 'some', each: unknown, step: ListStep, dialect: Dialect): boolean {
  const branches = branchesOf(each);
  return branches ? branches.slice(1)[which](branch => matchesInBranches(which, branch, step, plainNames(dialect))) : matches(each, step, dialect);
}

export function matches(each: unknown, step: ListStep, dialect: Dialect): boolean {
  return isObject(each) && isCertain(matchesIn(each, step.where, dialect)) && (Object.keys(step.where).length > 0 || !isPositions(each));
}

/** Whether it may be the one that is meant, but cannot be distinguished from another. */
export function mayMatch(each: unknown, step: ListStep, dialect: Dialect): boolean {
  const branches = branchesOf(each);
  if (branches) { return branches.slice(1).some(branch => mayMatch(branch, step, plainNames(dialect))); }
  if (!isObject(each)) { return false; }
  const outcome = matchesIn(each, step.where, dialect);
  return outcome.found.length > 0 && !isCertain(outcome);
}

/** Whether it holds a list of more elements. */
export function isHolder(each: unknown, { heldIn }: ListStep, dialect: Dialect): each is JsonObject {
  return heldIn !== undefined && isObject(each) && isCertain(matchesIn(each, heldIn.where, dialect));
}

function isCertain({ found, isOtherwise }: Matches): boolean {
  return found.length > 0 && !isOtherwise && found.every(each => each.unknown === undefined);
}

function matchesIn(each: JsonObject, where: ListStep['where'], dialect: Dialect): Matches {
  const keys = Object.fromEntries(Object.keys(where).map(key => [key, each[dialect.name(key)]]));
  return matchesOf(keys, where, contextOf(), possibleValuesOf);
}

/** What an element is will only be known later. */
export function isHidden(each: unknown, { where }: ListStep, dialect: Dialect): boolean {
  return isObject(each) && Object.keys(where).some(key => dialect.isOpaque(each[dialect.name(key)]));
}

/** `addPropertyOverride('List.0.Key', …)` keeps an object whose keys are positions. */
function isPositions(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every(key => /^\d+$/.test(key));
}
