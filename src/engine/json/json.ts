/**
 * CloudFormation values as plain JSON, and the few questions that everything asks of them.
 */
export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An intrinsic function is an object whose only key is its name. */
export function intrinsicOf(value: unknown): { name: string; argument: unknown } | undefined {
  if (!isObject(value)) { return undefined; }
  let name: string | undefined;
  for (const key in value) {
    if (name !== undefined) { return undefined; }
    name = key;
  }
  return name !== undefined && isFunctionName(name) ? { name, argument: value[name] } : undefined;
}

/** Whether an object is neither a function nor has one beside other keys: most of a template is such objects. */
export function isPlain(value: JsonObject): boolean {
  for (const key in value) {
    if (isFunctionName(key)) { return false; }
  }
  return true;
}

/** Whether a key names an intrinsic function, or a directive of Rain, which `rain pkg` replaces. */
export function isFunctionName(key: string): boolean {
  return key === 'Ref' || key === 'Condition' || key.startsWith('Fn::') || key.startsWith('Rain::');
}

/** `undefined`, null and `AWS::NoValue` all mean that the property is not there. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (isObject(value) && value.Ref === 'AWS::NoValue');
}

/** YAML and JSON authors write `"2"` for 2 and `"true"` for true; CloudFormation takes both. */
export function isSame(value: unknown, wanted: unknown): boolean {
  return value === wanted || (isScalar(value) && isScalar(wanted) && String(value) === String(wanted));
}

/** Whether two objects have the same values under the same keys. */
export function haveSameEntries(one: JsonObject, other: JsonObject): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every(key => one[key] === other[key]);
}

export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The two branches of an `Fn::If`, or undefined for anything else. */
export function branchesOf(value: unknown): [condition: unknown, whenTrue: unknown, whenFalse: unknown] | undefined {
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name !== 'Fn::If' || !Array.isArray(intrinsic.argument) || intrinsic.argument.length !== 3) { return undefined; }
  return intrinsic.argument as [unknown, unknown, unknown];
}

/** What a value can be through every branch of an `Fn::If`: the value itself where it has none. */
export function leavesOf(value: unknown): unknown[] {
  return branchesOf(value)?.slice(1).flatMap(leavesOf) ?? [value];
}

/** Every string inside a value: literals, the pieces of a Join, the text of a Sub. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') { return [value]; }
  if (Array.isArray(value)) { return value.flatMap(stringsIn); }
  return isObject(value) ? Object.values(value).flatMap(stringsIn) : [];
}
