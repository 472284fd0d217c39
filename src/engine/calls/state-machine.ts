import { ApiCall } from './api-call';
import { apiOfArn } from './arn';
import { requestCalls, Language, textsOf, valuesAt } from './request';
import { Context } from '../evaluator/context';
import { unknown, value, whyUnknown } from '../evaluator/outcomes';
import { PossibleValue } from '../evaluator/possible-value';
import { plainlyAt, possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { isObject, JsonObject, stringsIn } from '../json/json';
import { apiNamed, CALL_WORDS } from '../surfaces/apis';
import { CallPlace, JSON_TEXT, Step } from '../surfaces/surface';

/** Without parameters a task hands on what it is given. */
const INPUT = '{% $states.input %}';

const AT_RUN_TIME = 'the state machine finds it out when it runs';

/**
 * The tasks of a state machine that call an AWS API, at whatever depth they stand.
 *
 * @see https://states-language.net/
 */
export function stateMachineCalls({ path, isAddress }: CallPlace, properties: unknown, context: Context): ApiCall[] {
  const name = `Properties.${path.join('.')}`;
  const substitutions = substitutionsIn(properties, context);
  const language = languageWith(substitutions);
  const definitions = isAddress
    ? filesAt(properties, path, context).flatMap(text => definitionsAt({ text }, ['text'], substitutions, context))
    : definitionsAt(properties, path, substitutions, context);
  return definitions.flatMap((each): ApiCall[] => {
    if (each.kind === 'absent') { return []; }
    if (each.kind !== 'value') { return [{ path: name, why: whyUnknown(each) ?? AT_RUN_TIME }]; }
    return tasksIn(each.value, name, '').flatMap(({ task, at, state }) => [
      ...handedOn({ task, at, state }, language, each.context),
      ...textsOf(valuesAt(task.Resource, [], language, each.context)).flatMap(arn => {
        const api = apiOfArn(arn);
        return api ? requestCalls({ api, ...parametersOf(task, at, state) }, language, each.context) : [];
      }),
    ]);
  });
}

/**
 * The call that a task hands to the function of CDK's `CallAwsServiceCrossRegion`, as its input or as the payload of it.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_stepfunctions_tasks.CallAwsServiceCrossRegion.html
 */
function handedOn({ task, at, state }: Task, language: Language, context: Context): ApiCall[] {
  const { parameters, path, where } = parametersOf(task, at, state);
  const input = isObject(parameters) && isObject(parameters.Payload) ? { call: parameters.Payload, path: `${path}.Payload` } : { call: parameters, path };
  const { service, action, region, parameters: request } = isObject(input.call) ? input.call : {} as JsonObject;
  const api = typeof service === 'string' && typeof action === 'string' && region !== undefined ? apiNamed(service, action) : undefined;
  return api ? requestCalls({ api, parameters: request, path: `${input.path}.parameters`, where }, language, context) : [];
}

/** The texts of the files that an address means, as far as they are uploaded with the template and may have a call in them. */
function filesAt(properties: unknown, path: readonly Step[], { scope }: Context): string[] {
  const address = stringsIn(plainlyAt(properties, path).value).join('\n');
  const files = address === '' ? [] : scope.source?.filesIn?.(address) ?? [];
  return files.map(({ text }) => text).filter(text => CALL_WORDS.some(word => text.toLowerCase().includes(word)));
}

/** A plain text may have substitutions where no text is, such as for a number, so that it is no JSON without them. */
function definitionsAt(properties: unknown, path: readonly Step[], substitutions: JsonObject, context: Context): PossibleValue[] {
  const text = plainlyAt(properties, path).value;
  const isSubstituted = typeof text === 'string' && Object.keys(substitutions).some(name => text.includes(`\${${name}}`));
  return isSubstituted
    ? possibleValuesAt({ text: { 'Fn::Sub': [text, substitutions] } }, ['text', JSON_TEXT], context)
    : possibleValuesAt(properties, [...path, JSON_TEXT], context);
}

function substitutionsIn(properties: unknown, context: Context): JsonObject {
  const found = possibleValuesAt(properties, ['DefinitionSubstitutions'], context).find(({ kind }) => kind === 'value');
  return found?.kind === 'value' && isObject(found.value) ? found.value : {};
}

interface Task {
  readonly task: JsonObject;
  readonly at: string;
  readonly state: string;
}

/** Whatever has a resource is a task: at the top, in a branch of Parallel, in the processor of a Map. */
function tasksIn(part: unknown, at: string, state: string): Task[] {
  if (Array.isArray(part)) { return part.flatMap((each, i) => tasksIn(each, `${at}.${i}`, state)); }
  if (!isObject(part)) { return []; }
  const own = Object.hasOwn(part, 'Resource') && (part.Type === undefined || part.Type === 'Task') ? [{ task: part, at, state }] : [];
  return [...own, ...Object.entries(part).flatMap(([key, each]) => tasksIn(each, `${at}.${key}`, at.endsWith('.States') ? key : state))];
}

function parametersOf(task: JsonObject, at: string, state: string): { parameters: unknown; path: string; where: string } {
  const key = Object.hasOwn(task, 'Arguments') ? 'Arguments' : 'Parameters';
  const parameters = Object.hasOwn(task, key) ? task[key] : INPUT;
  return { parameters, path: `${at}.${key}`, where: `${key} of the state ${state}` };
}

/** `HttpTokens.$`, `{% $states.input.tokens %}`, `${Tokens}`. */
function languageWith(substitutions: JsonObject): Language {
  return {
    later: { suffix: '.$', why: AT_RUN_TIME },
    meaningOf: (text, context) => {
      const query = /^\s*\{%([^]*)%\}\s*$/.exec(text)?.[1];
      if (query !== undefined) {
        const literal = /^\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*$/.exec(query);
        return [literal ? value(context, literal[1] ?? literal[2]) : unknown(context, AT_RUN_TIME)];
      }
      const whole = /^\$\{([^{}!]+)\}$/.exec(text)?.[1];
      if (whole !== undefined && Object.hasOwn(substitutions, whole)) { return possibleValuesOf(substitutions[whole], context); }
      const hasOne = Object.keys(substitutions).some(name => text.includes(`\${${name}}`));
      return hasOne ? possibleValuesOf({ 'Fn::Sub': [text, substitutions] }, context) : undefined;
    },
  };
}
