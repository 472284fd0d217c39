import { Path } from '../engine/evaluator/expressions-at';
import { intrinsicOf, isAbsent, isObject, isScalar, JsonObject } from '../engine/json/json';

/** What AWS refuses about a policy, and where. */
export interface Malformed {
  readonly path: Path;
  readonly message: string;
}

const EITHER = [['Action', 'NotAction', 'required'], ['Resource', 'NotResource', 'optional']] as const;

/**
 * The first thing in a policy that is of no form which AWS takes: nothing can be said about what such a policy denies.
 *
 * A function of CloudFormation may stand for any value. Resources may be left out, as trust policies do.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function malformedIn(document: JsonObject): Malformed | undefined {
  for (const key of ['ec2_attributes', 'instance_metadata_defaults']) {
    if (Object.hasOwn(document, key) && !isObject(document[key])) { return { path: [key], message: `${key} must be a map, got ${told(document[key])}` }; }
  }
  if (!Object.hasOwn(document, 'Statement')) { return undefined; }
  const list = document.Statement;
  if (!Array.isArray(list)) { return inStatement(list, ['Statement']); }
  if (list.length === 0) { return { path: ['Statement'], message: 'Statement must have a statement in it, the list is empty' }; }
  for (let i = 0; i < list.length; i++) {
    const found = inStatement(list[i], ['Statement', i]);
    if (found) { return found; }
  }
  return undefined;
}

function inStatement(statement: unknown, path: Path): Malformed | undefined {
  const name = path.join('.');
  if (!isObject(statement)) { return { path, message: `${name} must be a map with Effect, Action and Resource, got ${told(statement)}` }; }
  if (isFunction(statement)) { return undefined; }
  const { Effect: effect, Condition: condition } = statement;
  if (effect !== 'Allow' && effect !== 'Deny' && !isFunction(effect)) {
    return { path: [...path, 'Effect'], message: `${name}.Effect must be "Allow" or "Deny", got ${told(effect)}` };
  }
  for (const [key, negated, need] of EITHER) {
    const there = [key, negated].filter(each => Object.hasOwn(statement, each));
    if (there.length === 2) { return { path: [...path, negated], message: `${name} must have ${key} or ${negated}, not both` }; }
    if (there.length === 0 && need === 'required') { return { path, message: `${name} must have ${key} or ${negated}` }; }
    if (there.some(each => !isTexts(statement[each]))) {
      return { path: [...path, there[0]], message: `${name}.${there[0]} must be a text or a list of texts, got ${told(statement[there[0]])}` };
    }
  }
  return condition === undefined ? undefined : inCondition(condition, [...path, 'Condition']);
}

function inCondition(condition: unknown, path: Path): Malformed | undefined {
  if (isFunction(condition)) { return undefined; }
  if (!isObject(condition)) { return { path, message: `${path.join('.')} must be a map of operators, got ${told(condition)}` }; }
  for (const [operator, keys] of Object.entries(condition)) {
    const at = [...path, operator];
    if (isFunction(keys)) { continue; }
    if (!isObject(keys)) { return { path: at, message: `${at.join('.')} must be a map of condition keys, got ${told(keys)}` }; }
    const wrong = Object.keys(keys).find(key => ![keys[key]].flat().every(each => isScalar(each) || isFunction(each)));
    if (wrong !== undefined) {
      return { path: [...at, wrong], message: `${[...at, wrong].join('.')} must be a value or a list of values, got ${told(keys[wrong])}` };
    }
  }
  return undefined;
}

function isTexts(value: unknown): boolean {
  const all = [value].flat();
  return all.length > 0 && all.every(each => typeof each === 'string' || isFunction(each));
}

function isFunction(value: unknown): boolean {
  return intrinsicOf(value) !== undefined;
}

function told(value: unknown): string {
  if (isAbsent(value)) { return 'nothing'; }
  if (Array.isArray(value)) { return value.length === 0 ? 'an empty list' : 'a list'; }
  return isObject(value) ? 'a map' : JSON.stringify(value).slice(0, 60);
}
