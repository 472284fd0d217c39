import { CORE_SCHEMA, loadAll, YAMLException } from 'js-yaml'; // loaded with this file: where a manifest is YAML
import { MOST_VALUES, YAML_OPTIONS } from './yaml-options';
import { extentOf } from '../engine/json/extent';
import { intrinsicOf, isObject, JsonObject } from '../engine/json/json';
import { readJsonText } from '../engine/json/json-text';

/** What `Fn::Sub` replaces, and what it only takes the mark from. */
const VARIABLE = /\$\{(?!\s*!)/;
const ESCAPED = /\$\{\s*!([^{}]*)\}/g;

/**
 * The documents of a manifest that is a text of YAML, as kubectl takes it; what `Fn::Sub` puts into a text stays for it to put there.
 * Undefined where the text is JSON, or cannot be read: the evaluator sees to both.
 */
export function documentsOf(text: unknown): unknown[] | undefined {
  if (typeof text === 'string') { return readJsonText(text) ? undefined : loaded(text); }
  const intrinsic = intrinsicOf(text);
  if (intrinsic?.name !== 'Fn::Sub' || readJsonText(text)) { return undefined; }
  const [pattern, ...variables]: unknown[] = Array.isArray(intrinsic.argument) ? intrinsic.argument : [intrinsic.argument];
  const documents = typeof pattern === 'string' ? loaded(pattern) : undefined;
  return documents && !hasVariableInKey(documents) ? put(documents, variables) as unknown[] : undefined;
}

function loaded(text: string): unknown[] | undefined {
  try {
    const documents = loadAll(text, null, { ...YAML_OPTIONS, schema: CORE_SCHEMA }).filter(each => each !== null && each !== undefined);
    const isRead = documents.length > 0 && documents.every(isObject) && extentOf(documents, MOST_VALUES).fault === undefined;
    return isRead ? documents : undefined;
  } catch (error) {
    if (error instanceof YAMLException) { return undefined; }
    throw error;
  }
}

function put(value: unknown, variables: readonly unknown[]): unknown {
  if (typeof value === 'string') {
    if (!VARIABLE.test(value)) { return value.replace(ESCAPED, '${$1}'); }
    return { 'Fn::Sub': variables.length > 0 ? [value, ...variables] : value };
  }
  if (Array.isArray(value)) { return value.map(each => put(each, variables)); }
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, put(each, variables)])) as JsonObject : value;
}

function hasVariableInKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) { return false; }
  return Object.entries(value).some(([key, each]) => key.includes('${') || hasVariableInKey(each));
}
