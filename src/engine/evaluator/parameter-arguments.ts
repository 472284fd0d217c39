import { nestedTemplateTypeOf, NestedTemplateType } from './nested-template-types';
import { macroIn } from './transforms';
import { branchesOf, intrinsicOf, isAbsent, isObject, JsonObject } from '../json/json';
import { Step } from '../surfaces/surface';

/** What one of a template's parameters gets. */
export interface ParameterArguments<T> {
  /** What resources that hold the template hand to it. */
  readonly values: readonly T[];

  /** Whether somebody else chooses, or may. */
  readonly isOpen: boolean;
}

const NOBODY_KNOWS = { 'Fn::Transform': {} };

/** What a resource that holds a template hands to one of its parameters: an expression each, absent where the default holds. */
export function argumentsFor(parent: unknown, parameter: string): ParameterArguments<unknown> {
  const row = isObject(parent) && typeof parent.Type === 'string' ? nestedTemplateTypeOf(parent.Type) : undefined;
  if (!row || row.leavesParameters || !isObject(parent)) { return { values: [], isOpen: true }; }
  const { Properties: properties } = parent;
  if (isObject(properties) && isExpression(properties)) { return { values: [NOBODY_KNOWS], isOpen: false }; }
  const wanted = { parameter, pair: row.pair };
  const own = row.parameters ? valuesAt(properties, row.parameters, wanted) : [];
  const overrides = row.overrides ? valuesAt(properties, row.overrides, wanted, own[0]) : [];
  const isOpen = row.overrides !== undefined && overrides.length === 0 && own.every(isAbsent);
  return { values: isOpen ? [] : [...own.length > 0 ? own : [undefined], ...overrides], isOpen };
}

interface Wanted extends Pick<NestedTemplateType, 'pair'> {
  readonly parameter: string;
}

/** The value in everything that stands at a path. What is given under a condition only is `otherwise` in the other branch. */
function valuesAt(from: unknown, steps: readonly Step[], wanted: Wanted, otherwise?: unknown): unknown[] {
  const [step, ...rest] = steps;
  const branches = branchesOf(from);
  if (branches) {
    const [yes, no] = branches.slice(1).map(each => valuesAt(each, steps, wanted, otherwise));
    return (yes.length > no.length ? yes : no).map((_, i) => either(branches[0], i in yes ? yes[i] : otherwise, i in no ? no[i] : otherwise));
  }
  if (step === undefined) { return [valueIn(from, wanted, otherwise)]; }
  if (isAbsent(from)) { return []; }
  if (isObject(from) && isExpression(from)) { return [NOBODY_KNOWS]; }
  if (Array.isArray(from)) { return from.flatMap(each => valuesAt(each, rest, wanted, otherwise)); }
  return isObject(from) && typeof step === 'string' ? valuesAt(from[step], rest, wanted, otherwise) : [];
}

/** As nested stacks have parameters, or as stack sets do. */
function valueIn(given: unknown, wanted: Wanted, otherwise: unknown): unknown {
  if (Array.isArray(given)) { return given.reduceRight<unknown>((rest, each) => valueOf(each, wanted, rest), otherwise); }
  if (!isObject(given) || isAbsent(given)) { return otherwise; }
  if (isExpression(given)) { return NOBODY_KNOWS; }
  return Object.hasOwn(given, wanted.parameter) ? given[wanted.parameter] : otherwise;
}

/** What an element of a list gives, or else those after it. */
function valueOf(element: unknown, wanted: Wanted, rest: unknown): unknown {
  if (isAbsent(element)) { return rest; }
  const branches = branchesOf(element);
  if (branches) { return either(branches[0], ...branches.slice(1).map(each => valueOf(each, wanted, rest)) as [unknown, unknown]); }
  const { parameter, pair } = wanted;
  if (!pair || !isObject(element) || isExpression(element)) { return NOBODY_KNOWS; }
  if (element[pair.key] === parameter) { return element[pair.value]; }
  return typeof element[pair.key] === 'string' ? rest : NOBODY_KNOWS;
}

/** One of them where both are the same: most of a list is about other parameters. */
function either(condition: unknown, yes: unknown, no: unknown): unknown {
  return yes === no ? yes : { 'Fn::If': [condition, yes, no] };
}

function isExpression(value: JsonObject): boolean {
  return intrinsicOf(value) !== undefined || macroIn(value) !== undefined;
}
