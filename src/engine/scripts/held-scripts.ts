import { mayConcernImds } from './address';
import { Script, scriptsIn } from './script-text';
import { yamlScripts } from './yaml-scripts';
import { intrinsicOf, isAbsent, isObject, isSame, leavesOf } from '../json/json';
import { isShallow } from '../json/shallow';
import { mayCall } from '../surfaces/apis';
import { ScriptPlace } from '../surfaces/script-places';
import { ListStep, Step } from '../surfaces/surface';

interface Placed {
  readonly path: string;
  readonly value: unknown;
}

/** The values at a path, in every branch and of every element that it means, each with the path that leads there. */
export function placedAt(value: unknown, [step, ...rest]: readonly Step[], path = 'Properties'): Placed[] {
  return leavesOf(value).flatMap(here => {
    if (step === undefined) { return isAbsent(here) ? [] : [{ path, value: here }]; }
    if (typeof step === 'string') { return isObject(here) && Object.hasOwn(here, step) ? placedAt(here[step], rest, `${path}.${step}`) : []; }
    if (!Array.isArray(here) || !('where' in step)) { return []; }
    return here.flatMap((each, i) => leavesOf(each).filter(leaf => isMeant(leaf, step)).flatMap(leaf => placedAt(leaf, rest, `${path}.${i}`)));
  });
}

function isMeant(element: unknown, { where }: ListStep): boolean {
  return Object.entries(where).every(([key, wanted]) => isObject(element) && [wanted].flat().some(each => isSame(element[key], each)));
}

/** The scripts in a place that holds them itself. */
export function scriptsHeldIn({ path, value }: Placed, { holds, below = [] }: ScriptPlace): Script[] {
  if (!isShallow(value)) { return []; }
  switch (holds) {
    case 'script': return scriptsIn(value, path, { isBase64: true, delimiter: '\n' });
    case 'document': return isObject(value) && !intrinsicOf(value)
      ? scriptsBelow(value, path, below)
      : scriptsIn(value, path).flatMap(({ text }) => documentScripts(text, path, below));
    case 'address': return [];
  }
}

/** The scripts in the text of a document. Most documents have nothing to do with IMDS. */
export function documentScripts(text: string, path: string, keys: readonly string[]): Script[] {
  if (!mayConcernImds(text) && !mayCall(text) && !keys.includes('userdata')) { return []; }
  const parsed = /^\s*[{[]/.test(text) ? jsonOf(text) : undefined;
  if (parsed !== undefined) { return isShallow(parsed) ? scriptsBelow(parsed, '', keys).map(({ path: step, ...script }) => ({ ...script, path, step })) : []; }
  return yamlScripts(text, keys).map(script => ({ ...script, path }));
}

/** Places of values that are not texts have stand-ins, which are no JSON. */
function jsonOf(text: string): unknown {
  for (const each of [text, text.replace(/([:,[]\s{0,9})(?:\$\{[^{}"]{0,200}\}|<[\w-]{1,100}>)(?=\s{0,9}[,\]}])/g, '$1null')]) {
    try {
      return JSON.parse(each);
    } catch { /* told by the next, or read as YAML */ }
  }
  return undefined;
}

/** Everything below one of the keys, wherever the document has it. */
function scriptsBelow(value: unknown, path: string, keys: readonly string[]): Script[] {
  return leavesOf(value).flatMap(here => {
    if (typeof here !== 'object' || here === null) { return []; }
    return Object.entries(here).flatMap(([key, inner]) => {
      const at = path === '' ? key : `${path}.${key}`;
      const isScript = keys.includes(key.toLowerCase()) && (typeof inner === 'string' || Array.isArray(inner) || intrinsicOf(inner) !== undefined);
      return isScript ? scriptsIn(inner, at, { isBase64: true, delimiter: '\n' }) : scriptsBelow(inner, at, keys);
    });
  });
}
