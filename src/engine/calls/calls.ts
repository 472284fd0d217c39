import { ApiCall } from './api-call';
import { automationCalls } from './automation';
import { scriptPlaceCalls } from './script';
import { sdkCalls } from './sdk-call';
import { stateMachineCalls } from './state-machine';
import { targetCalls } from './target';
import { Context, contextOf } from '../evaluator/context';
import { isObject } from '../json/json';
import { isShallow } from '../json/shallow';
import { CallPlace, LaunchSurface } from '../surfaces/surface';

const READERS: { readonly [form in CallPlace['form']]: (place: CallPlace, properties: unknown, context: Context) => ApiCall[] } = {
  'automation': automationCalls,
  'script': scriptPlaceCalls,
  'sdk call': sdkCalls,
  'state machine': stateMachineCalls,
  'target': targetCalls,
};

/** The calls that a resource whose text mentions one holds of APIs which launch instances or change what they answer, and the texts that may hold one. */
export function callsOf({ calls = [] }: LaunchSurface, properties: unknown, context: Context = contextOf()): ApiCall[] {
  if (!isShallow(properties)) { return calls.map(({ path }) => ({ path: `Properties.${path[0] as string}`, why: 'it is nested too deeply to be followed' })); }
  return calls
    .filter(({ beside }) => beside === undefined || (isObject(properties) && Object.hasOwn(properties, beside)))
    .flatMap(place => READERS[place.form](place, properties, context));
}
