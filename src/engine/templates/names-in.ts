import { VERSION_ATTRIBUTES } from './references';
import { intrinsicOf, isObject, JsonObject } from '../json/json';
import { MAX_DEPTH } from '../json/shallow';

export interface Named {
  /** A resource or a parameter, of which anything but a version number is used; with the attribute, if one is. */
  name(name: string, attribute?: string): void;

  /** A resource of which a version number is used. */
  version?(name: string): void;

  /** What is imported: the name of an export, which may be an expression. */
  imported?(name: unknown): void;

  /** What is read of the outputs of a stack: the argument of `Fn::GetStackOutput`. */
  read?(output: unknown): void;
}

/** What a value names. */
export function namesIn(value: unknown, named: Named, depth = 0): void {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) { return; }
  if (Array.isArray(value)) {
    for (const each of value) { namesIn(each, named, depth + 1); }
    return;
  }
  const { name, argument } = intrinsicOf(value) ?? {};
  switch (name) {
    case 'Ref': return named.name(String(argument));
    case 'Fn::GetAtt': return namesInAttribute(argument, named);
    case 'Fn::ImportValue':
      named.imported?.(argument);
      break;
    case 'Fn::GetStackOutput':
      named.read?.(argument);
      break;
    case 'Fn::Sub':
      namesInText(argument, named);
      break;
    default:
  }
  for (const key in value) { namesIn((value as JsonObject)[key], named, depth + 1); }
}

function namesInAttribute(argument: unknown, named: Named): void {
  const [name, ...attribute]: unknown[] = Array.isArray(argument) ? argument : String(argument).split('.');
  const path = attribute.join('.');
  if (VERSION_ATTRIBUTES.has(path)) { named.version?.(String(name)); } else { named.name(String(name), path); }
}

/** Names of a map stand for what is in the map. */
function namesInText(argument: unknown, named: Named): void {
  const [text, map]: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') { return; }
  for (const [, name, attribute = ''] of text.matchAll(/\$\{\s*([^!.{}\s]+)(?:\.([^{}\s]+))?\s*\}/g)) {
    if (isObject(map) && Object.hasOwn(map, name)) { continue; }
    if (VERSION_ATTRIBUTES.has(attribute)) { named.version?.(name); } else { named.name(name, attribute); }
  }
}
