import { ApiCall } from './api-call';
import { callsInScript } from './in-script';
import { Context } from '../evaluator/context';
import { possibleValuesAt } from '../evaluator/possible-values';
import { isObject } from '../json/json';
import { readJsonText } from '../json/json-text';
import { isShallow } from '../json/shallow';
import { textsOf } from '../scripts/script-text';
import { CallPlace } from '../surfaces/surface';

/** The calls of a script, or of a build specification with scripts in it. */
export function scriptPlaceCalls({ path }: CallPlace, properties: unknown, context: Context): ApiCall[] {
  const name = ['Properties', ...path.map(step => typeof step === 'string' ? step : '*')].join('.');
  return possibleValuesAt(properties, path.slice(0, -1), context).flatMap(each => (
    each.kind === 'value' && isObject(each.value) ? scriptCalls(each.value[String(path.at(-1))], name) : []
  ));
}

/** A script as it stands in a template: a text or an expression that makes one, a list of lines, or JSON with scripts in it. */
export function scriptCalls(script: unknown, path: string): ApiCall[] {
  const text = readJsonText(script);
  if (text && isShallow(text.value)) { return scriptsIn(text.expression()).flatMap(each => scriptCalls(each, path)); }
  const lines = Array.isArray(script) ? script.flatMap((line, i) => i === 0 ? [line] : ['\n', line]) : [script];
  return textsOf({ 'Fn::Join': ['', lines] }).flatMap(each => callsInScript(each, path));
}

/** The texts of a build specification in JSON, and its lists of commands as a script each. */
function scriptsIn(part: unknown): unknown[] {
  if (typeof part !== 'object' || part === null) { return []; }
  return Object.values(part).flatMap(each => (
    Array.isArray(each) && each.every(one => typeof one === 'string') ? [each] : typeof each === 'string' ? [each] : scriptsIn(each)
  ));
}
