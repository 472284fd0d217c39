import { contextOf } from '../evaluator/context';
import { possibleValuesOf } from '../evaluator/possible-values';
import { Scope } from '../evaluator/scope';
import { transformsOf } from '../evaluator/transforms';
import { isObject, isScalar, JsonObject } from '../json/json';
import { MAX_DEPTH } from '../json/shallow';

export const LOOP = 'Fn::ForEach::';

/** Values and characters that copies may have together: far more than CloudFormation takes. What is beyond stays a loop, which is reported. */
const MAX_COPIED = 4_000_000;

interface Budget { left: number }

/**
 * Expands `Fn::ForEach`, as far as the list is known before deployment. A loop that stays is reported by `judge`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(scope: Scope): Scope {
  const { source } = scope;
  if (!source || !isObject(source.template) || !transformsOf(source.template).includes('AWS::LanguageExtensions')) { return scope; }
  const budget = { left: MAX_COPIED };
  const expanded = new Map(['Conditions', 'Resources', 'Outputs'].map(name => [name, expand((source.template as JsonObject)[name], scope, budget)]));
  const template = source.template;
  if ([...expanded].every(([name, value]) => value === template[name])) { return scope; }
  return new Scope({ ...source, template: { ...template, ...Object.fromEntries(expanded) } }, scope.otherTemplates);
}

/** The same object where there is no loop in it. */
function expand(value: unknown, scope: Scope, budget: Budget, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) { return value; }
  const before = Object.entries(value);
  const after = before.flatMap(([key, each]) => {
    const copies = key.startsWith(LOOP) ? copiesOf(each, scope, budget, depth) : undefined;
    return copies ?? [[key, expand(each, scope, budget, depth + 1)] as const];
  });
  if (after.length === before.length && after.every(([key, each], i) => key === before[i][0] && each === before[i][1])) { return value; }
  return Array.isArray(value) ? after.map(([, each]) => each) : Object.fromEntries(after);
}

/** `[identifier, list, { key: body }]`; undefined where the list is not known. */
function copiesOf(loop: unknown, scope: Scope, budget: Budget, depth: number): (readonly [string, unknown])[] | undefined {
  if (!Array.isArray(loop) || loop.length !== 3) { return undefined; }
  const [identifier, list, body] = loop as unknown[];
  const items = itemsOf(list, scope);
  if (typeof identifier !== 'string' || !items || !isObject(body)) { return undefined; }
  const copies: (readonly [string, unknown])[] = [];
  for (const item of items) {
    const copy = withItem(body, { identifier, item, bare: item.replace(/[^A-Za-z0-9]/g, '') }, budget);
    if (budget.left < 0) { return undefined; }
    copies.push(...Object.entries(expand(copy, scope, budget, depth + 1) as JsonObject));
  }
  return copies;
}

function itemsOf(list: unknown, scope: Scope): string[] | undefined {
  const [only, ...others] = possibleValuesOf(list, contextOf(scope));
  if (others.length > 0 || only?.kind !== 'value' || !Array.isArray(only.value)) { return undefined; }
  const items = only.value.flatMap(item => possibleValuesOf(item, only.context));
  return items.every(item => item.kind === 'value' && isScalar(item.value)) && items.length === only.value.length
    ? items.map(item => String((item as { value: unknown }).value))
    : undefined;
}

interface Filling {
  readonly identifier: string;
  readonly item: string;

  /** Without what a logical id cannot have. */
  readonly bare: string;
}

/** Puts an item in the place of the identifier: in keys, in texts, as a reference. */
function withItem(value: unknown, filling: Filling, budget: Budget, depth = 0): unknown {
  budget.left -= 1;
  if (typeof value === 'string') { return filled(value, filling, budget); }
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || budget.left < 0) { return value; }
  if (Array.isArray(value)) { return value.map(each => withItem(each, filling, budget, depth + 1)); }
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === 'Ref' && entries[0][1] === filling.identifier) { return filling.item; }
  return Object.fromEntries(entries.map(([key, each]) => [filled(key, filling, budget), withItem(each, filling, budget, depth + 1)]));
}

function filled(text: string, { identifier, item, bare }: Filling, budget: Budget): string {
  const result = text.replaceAll(`\${${identifier}}`, () => item).replaceAll(`&{${identifier}}`, () => bare);
  budget.left -= result.length;
  return result;
}
