import { branchesOf, intrinsicOf, isAbsent, isObject, isSame, JsonObject } from './json';
import { readJsonText } from './json-text';
import { JSON_TEXT, ListStep, Step } from './surface';

/**
 * What an expression can turn out to be: a value, nothing at all, or something that the template does not tell.
 *
 * A value here is free of `Fn::If` at its top; what is inside it may hold more.
 */
export type Alternative =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: string };

const ABSENT: Alternative = { kind: 'absent' };

/** Parameters by name, as a template's `Parameters` section has them. */
export type Parameters = { readonly [name: string]: unknown };

/** Every alternative of a value, through `Fn::If` and parameters. */
export function alternativesOf(value: unknown, parameters: Parameters = {}): Alternative[] {
  if (isAbsent(value)) { return [ABSENT]; }
  const branches = branchesOf(value);
  if (branches) { return branches.slice(1).flatMap(branch => alternativesOf(branch, parameters)); }
  // Beside other keys too: what is included is merged with them.
  if (isObject(value) && Object.hasOwn(value, 'Fn::Transform')) { return [unknown('Fn::Transform is expanded when the stack is deployed')]; }
  if (typeof value === 'string' && value.includes('{{resolve:')) { return [unknown('a dynamic reference is resolved when the stack is deployed')]; }
  const intrinsic = intrinsicOf(value);
  if (!intrinsic) { return [{ kind: 'value', value }]; }
  if (intrinsic.name === 'Ref' && typeof intrinsic.argument === 'string' && Object.hasOwn(parameters, intrinsic.argument)) {
    return parameterAlternatives(intrinsic.argument, parameters[intrinsic.argument]);
  }
  return [unknown(`${intrinsic.name} is only known when the stack is deployed`)];
}

function unknown(reason: string): Alternative {
  return { kind: 'unknown', reason };
}

function parameterAlternatives(name: string, parameter: unknown): Alternative[] {
  const { Type: type, Default: preset, AllowedValues: allowed } = isObject(parameter) ? parameter : {} as JsonObject;
  const decides = unknown(`the parameter ${name} decides when the stack is deployed`);
  if (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter')) { return [decides]; } // the default is a name, not the value
  if (Array.isArray(allowed) && allowed.length > 0 && allowed.every(value => isSame(value, preset ?? allowed[0]))) {
    return [{ kind: 'value', value: allowed[0] }];
  }
  return isAbsent(preset) ? [decides] : [{ kind: 'value', value: preset }, decides];
}

/** Every alternative of what stands at a path. An empty list: no element of a list is meant. */
export function alternativesAt(value: unknown, path: readonly Step[], parameters: Parameters = {}): Alternative[] {
  if (path.length === 0) { return alternativesOf(value, parameters); }
  if (path[0] === JSON_TEXT) { return alternativesInText(value, path.slice(1), parameters); }
  return alternativesOf(value, parameters).flatMap(each => each.kind === 'value' ? step(each.value, path, parameters) : [each]);
}

function alternativesInText(value: unknown, rest: readonly Step[], parameters: Parameters): Alternative[] {
  const branches = branchesOf(value);
  if (branches) { return branches.slice(1).flatMap(branch => alternativesInText(branch, rest, parameters)); }
  if (isAbsent(value)) { return [ABSENT]; }
  const text = readJsonText(value);
  if (text) { return alternativesAt(text.expression(), rest, parameters); }
  if (typeof value === 'object' && !intrinsicOf(value)) { return alternativesAt(value, rest, parameters); }
  return [unknown('the text is not JSON that can be read before deployment')];
}

function step(value: unknown, [first, ...rest]: readonly Step[], parameters: Parameters): Alternative[] {
  if (typeof first === 'string') {
    return isObject(value) ? alternativesAt(value[first], rest, parameters) : [unknown(`an object with ${first} was expected here`)];
  }
  const list = first as ListStep;
  const elements = (Array.isArray(value) ? value : [value]).map(each => alternativesOf(each, parameters));
  const found = elements.flat().flatMap(each => {
    if (each.kind === 'value') { return isMeant(each.value, list) ? alternativesAt(each.value, rest, parameters) : []; }
    return each.kind === 'unknown' ? [each] : [];
  });
  return list.add && !elements.some(each => mayBeMeant(each, list)) ? [...found, ABSENT] : found;
}

/** Whether no branch of an element is known to be another element, or none. */
function mayBeMeant(element: readonly Alternative[], list: ListStep): boolean {
  return element.every(each => each.kind === 'unknown' || (each.kind === 'value' && isMeant(each.value, list)));
}

function isMeant(value: unknown, { where }: ListStep): boolean {
  return isObject(value) && Object.entries(where).every(([key, wanted]) => value[key] === wanted);
}
