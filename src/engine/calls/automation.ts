import { ApiCall } from './api-call';
import { requestCalls, Language, textsOf, valuesAt } from './request';
import { scriptCalls } from './script';
import { Context } from '../evaluator/context';
import { unknown, value, whyUnknown } from '../evaluator/outcomes';
import { possibleValuesAt } from '../evaluator/possible-values';
import { isAbsent, isObject, isScalar, JsonObject } from '../json/json';
import { apiNamed } from '../surfaces/apis';
import { CallPlace, JSON_TEXT } from '../surfaces/surface';

const WHERE = 'inputs of the step';
const AT_RUN_TIME = 'the document finds it out when it runs';

/** Keys below which a step, or a command of an older document, has its script. */
const SCRIPTS = ['runCommand', 'commands', 'Script'];

/**
 * The steps of an SSM document: calls of AWS APIs in runbooks, and scripts, in runbooks and in command documents.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */
export function automationCalls({ path }: CallPlace, properties: unknown, context: Context): ApiCall[] {
  const name = `Properties.${path.join('.')}`;
  return possibleValuesAt(properties, [...path, JSON_TEXT], context).flatMap((each): ApiCall[] => {
    if (each.kind === 'absent') { return []; }
    if (each.kind !== 'value') { return [{ path: name, why: whyUnknown(each) ?? AT_RUN_TIME }]; }
    const parameters = isObject(each.value) && isObject(each.value.parameters) ? each.value.parameters : {};
    return callsIn(each.value, name, '', languageWith(parameters), each.context);
  });
}

/** Steps stand in a list, in the steps of a loop, and in version 1.2 in `runtimeConfig`. */
function callsIn(part: unknown, at: string, step: string, language: Language, context: Context): ApiCall[] {
  if (Array.isArray(part)) { return part.flatMap((each, i) => callsIn(each, `${at}.${i}`, step, language, context)); }
  if (!isObject(part)) { return []; }
  const named = typeof part.name === 'string' ? part.name : step;
  const action = typeof part.action === 'string' ? part.action : undefined;
  return [
    ...action === undefined || !isObject(part.inputs) ? [] : callOfStep(part.inputs, action, `${at}.inputs`, named, language, context),
    ...Object.entries(part).flatMap(([key, each]) => (
      SCRIPTS.includes(key) ? scriptCalls(each, `${at}.${key}`) : callsIn(each, `${at}.${key}`, named, language, context)
    )),
  ];
}

function callOfStep(inputs: JsonObject, action: string, path: string, step: string, language: Language, context: Context): ApiCall[] {
  const textOf = (key: string): string[] => textsOf(valuesAt(inputs, [key], language, context));
  const apis = action === 'aws:executeAwsApi'
    ? textOf('Service').flatMap(service => textOf('Api').flatMap(api => apiNamed(service, api) ?? []))
    : [apiNamed(action.split(':')[0], action.split(':')[1] ?? '')].flatMap(api => api ?? []);
  return apis.flatMap(api => requestCalls({ api, parameters: inputs, path, where: `${WHERE} ${step}` }, language, context));
}

/** `{{ HttpTokens }}` is a parameter of the document, which has its default unless whoever starts it says otherwise; `{{ step.Output }}` an output. */
function languageWith(parameters: JsonObject): Language {
  return {
    meaningOf: (text, context) => {
      if (!text.includes('{{')) { return undefined; }
      const parameter = parameters[/^\s*\{\{\s*([\w-]+)\s*\}\}\s*$/.exec(text)?.[1] ?? ''];
      if (!isObject(parameter)) { return [unknown(context, AT_RUN_TIME)]; }
      const name = Object.keys(parameters).find(key => parameters[key] === parameter)!;
      const given = unknown(context, `whoever starts the document may give its parameter ${name}`);
      if (isAbsent(parameter.default)) { return [given]; }
      const others = Array.isArray(parameter.allowedValues)
        ? parameter.allowedValues.filter(each => isScalar(each) && each !== parameter.default).map(each => value(context, each, { allowedBy: name }))
        : [given];
      return [value(context, parameter.default), ...others];
    },
  };
}
