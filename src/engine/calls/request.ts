import { ApiCall, CallOptions } from './api-call';
import { afresh, Context } from '../evaluator/context';
import { unknown } from '../evaluator/outcomes';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { isObject, JsonObject } from '../json/json';
import { Api } from '../surfaces/apis';
import { Step } from '../surfaces/surface';
import { runbooksIn } from '../templates/started-runbooks';

/** What a form adds to plain JSON: texts that stand for something else, and keys whose value is found out later. */
export interface Language {
  /** Why the value of such a key is not known: `HttpTokens.$` of a state machine. */
  readonly later?: { readonly suffix: string; readonly why: string };

  /** What a text stands for; undefined where it is only a text. */
  meaningOf(text: string, context: Context): PossibleValue[] | undefined;
}

export const PLAIN: Language = { meaningOf: () => undefined };

/** A request whose parameters are JSON. */
export interface Request {
  readonly api: Api;
  readonly parameters: unknown;
  readonly path: string;
  readonly where: string;
}

/** Reads the parameters of a request. Of one that starts an automation there is a call only where the document is one of AWS's that launch. */
export function requestCalls({ api, parameters, path, where }: Request, language: Language, context: Context): ApiCall[] {
  const at = (steps: readonly Step[]): PossibleValue[] => valuesAt(parameters, steps, language, afresh(context));
  const { starts } = api;
  if (starts) {
    const runbooks = at(starts.at).flatMap(each => runbooksIn(starts, each, (value, way, inside) => valuesAt(value, way, language, inside)));
    return runbooks.length === 0 ? [] : [{ api, path, where, options: [], runbooks }];
  }
  return [{
    api,
    path: [path, ...(api.container ?? []).filter(step => typeof step === 'string'), api.tokens?.key].filter(Boolean).join('.'),
    where,
    options: api.container && api.tokens ? optionsIn(at(api.container), api, language) : [],
    isUncontrolled: api.uncontrolled && at(api.uncontrolled).some(({ kind }) => kind === 'value'),
  }];
}

function optionsIn(containers: readonly PossibleValue[], { tokens, endpoint, enforced }: Api, language: Language): CallOptions[] {
  return containers.flatMap((each): CallOptions[] => {
    if (each.kind !== 'value' && each.kind !== 'absent') { return [{ tokens: each, endpoint: each }]; }
    const container = each.kind === 'value' ? each.value : {};
    const at = (key: string | undefined): PossibleValue[] => (
      key === undefined ? [{ kind: 'absent', context: each.context }] : valuesAt(container, [key], language, each.context)
    );
    return at(tokens!.key).flatMap(token => at(endpoint).flatMap(state => at(enforced).map(switched => (
      { tokens: token, endpoint: state, enforced: switched }
    ))));
  });
}

/** Every value that can stand at a path, in the words of a form. Of an empty list: nothing. */
export function valuesAt(value: unknown, path: readonly Step[], language: Language, context: Context): PossibleValue[] {
  return possibleValuesOf(value, context).flatMap(each => {
    const meant = each.kind === 'value' && typeof each.value === 'string' ? language.meaningOf(each.value, each.context) : undefined;
    return (meant ?? [each]).flatMap(one => below(one, path, language));
  });
}

function below(each: PossibleValue, [step, ...rest]: readonly Step[], language: Language): PossibleValue[] {
  if (step === undefined || each.kind !== 'value') { return [each]; }
  const { value, context } = each;
  if (typeof step === 'string') {
    return isObject(value) ? inKey(value, step, rest, language, context) : [unknown(context, `an object with ${step} was expected here`)];
  }
  if ('json' in step) { return possibleValuesAt({ text: value }, ['text', step], context).flatMap(one => below(one, rest, language)); }
  const elements = (Array.isArray(value) ? value : [value]).flatMap(element => valuesAt(element, rest, language, context));
  return elements.length > 0 ? elements : [{ kind: 'absent', context }];
}

function inKey(value: JsonObject, step: string, rest: readonly Step[], language: Language, context: Context): PossibleValue[] {
  const wanted = step.toLowerCase(); // Step Functions has every key in Pascal case, also where the service has it in camel case
  const suffix = language.later?.suffix.toLowerCase();
  const keys = Object.keys(value);
  if (suffix !== undefined && keys.some(key => key.toLowerCase() === `${wanted}${suffix}`)) { return [unknown(context, language.later!.why)]; }
  const key = Object.hasOwn(value, step) ? step : keys.find(each => each.toLowerCase() === wanted);
  return key === undefined ? [{ kind: 'absent', context }] : valuesAt(value[key], rest, language, context);
}

/** The text that a value is, as far as it is known: parts that are not yet, such as a partition, stand as symbols. */
export function textsOf(values: readonly PossibleValue[]): string[] {
  return values.flatMap(each => {
    const text = each.kind === 'value' ? each.value : each.kind === 'unknown' ? each.symbol : undefined;
    return typeof text === 'string' ? [text] : [];
  });
}
