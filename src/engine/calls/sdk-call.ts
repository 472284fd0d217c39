import { ApiCall } from './api-call';
import { requestCalls, PLAIN, textsOf, valuesAt } from './request';
import { Context } from '../evaluator/context';
import { whyUnknown } from '../evaluator/outcomes';
import { possibleValuesAt } from '../evaluator/possible-values';
import { isObject } from '../json/json';
import { apiNamed } from '../surfaces/apis';
import { CallPlace, JSON_TEXT } from '../surfaces/surface';

/**
 * A call of an SDK for JavaScript, as CDK's `AwsCustomResource` has it: JSON with service, action and parameters, in the names of version 2 or 3.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsSdkCall.html
 */
export function sdkCalls({ path }: CallPlace, properties: unknown, context: Context): ApiCall[] {
  const name = `Properties.${path.join('.')}`;
  return possibleValuesAt(properties, [...path, JSON_TEXT], context).flatMap((each): ApiCall[] => {
    if (each.kind === 'absent') { return []; }
    if (each.kind !== 'value' || !isObject(each.value)) { return [{ path: name, why: whyUnknown(each) ?? 'a call of an SDK was expected here' }]; }
    const call = each.value;
    const textOf = (key: string): string[] => textsOf(valuesAt(call, [key], PLAIN, each.context));
    const apis = textOf('service').flatMap(service => textOf('action').flatMap(action => apiNamed(service, action) ?? []));
    return apis.flatMap(api => requestCalls(
      { api, parameters: call.parameters, path: `${name}.parameters`, where: `the parameters of ${path.join('.')}` }, PLAIN, each.context,
    ));
  });
}
