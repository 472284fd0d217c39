import { ApiCall } from './api-call';
import { apiOfArn } from './arn';
import { requestCalls, PLAIN, textsOf } from './request';
import { Context } from '../evaluator/context';
import { whyUnknown } from '../evaluator/outcomes';
import { possibleValuesAt } from '../evaluator/possible-values';
import { isObject } from '../json/json';
import { CallPlace, JSON_TEXT } from '../surfaces/surface';

/**
 * A universal target of EventBridge Scheduler: an ARN that names the API, and its request as JSON text.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export function targetCalls({ path, input = [] }: CallPlace, properties: unknown, context: Context): ApiCall[] {
  const name = `Properties.${input.join('.')}`;
  return textsOf(possibleValuesAt(properties, path, context)).flatMap(arn => {
    const api = apiOfArn(arn);
    return api === undefined ? [] : possibleValuesAt(properties, [...input, JSON_TEXT], context).flatMap((each): ApiCall[] => {
      if (each.kind !== 'absent' && !(each.kind === 'value' && isObject(each.value))) {
        return [{ path: name, why: whyUnknown(each) ?? 'an object was expected here' }];
      }
      const parameters = each.kind === 'value' ? each.value : undefined;
      return requestCalls({ api, parameters, path: name, where: input.join('.') }, PLAIN, each.context);
    });
  });
}
