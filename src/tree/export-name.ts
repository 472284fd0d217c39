import { Stack, Token } from '../cdk/cdk';
import { contextOf } from '../engine/evaluator/context';
import { keyOf } from '../engine/evaluator/distinct';
import { textOfSymbols } from '../engine/evaluator/outcomes';
import { possibleValuesOf } from '../engine/evaluator/possible-values';
import { Scope } from '../engine/evaluator/scope';

/**
 * The name of an export, the same for whoever exports it and whoever imports it.
 *
 * What is only known when the stack is deployed, such as its Region, is the same for both: nobody imports from another Region. What
 * cannot be followed is the same where it is written in the same way.
 */
export function exportName(stack: Stack, name: unknown): string {
  if (typeof name === 'string') { return name; }
  const stackName = Token.isUnresolved(stack.stackName) ? undefined : stack.stackName;
  const scope = new Scope({ id: '', template: {}, environment: stack.environment, stackName });
  const [only, ...others] = possibleValuesOf(name, contextOf(scope));
  const key = others.length === 0 ? keyOf(only) : undefined;
  return key === undefined ? JSON.stringify(name) : textOfSymbols(key);
}
