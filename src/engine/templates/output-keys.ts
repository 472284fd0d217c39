import { symbolOf } from '../evaluator/outcomes';
import { isObject, JsonObject } from '../json/json';

/** What an output is known by among the names of exports, none of which is like this. */
export function outputKey(stack: string, output: string): string {
  return symbolOf(`output ${output} of ${stack}`);
}

/**
 * Where references between stacks are to become weak, CDK writes each as an output for those that import the export so far, and leaves the export there
 * until they do so no more. It is for them as it was while they imported it.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/README.md#resolving-the-deadly-embrace
 */
export function twinsIn(outputs: JsonObject, stackName: string): (id: string, name: string) => string | undefined {
  const weak = Object.keys(outputs).filter(id => id.startsWith('PublishOutput') && isObject(outputs[id]));
  const byValue = new Map(weak.map(id => [textOfValue(outputs[id]), outputKey(stackName, id)]));
  return (id, name) => id.startsWith('ExportsOutput') && name.startsWith(`${stackName}:`) && name.includes('ExportsOutput')
    ? byValue.get(textOfValue(outputs[id])) : undefined;
}

function textOfValue(output: unknown): string {
  return isObject(output) ? JSON.stringify(output.Value) ?? '' : '';
}
