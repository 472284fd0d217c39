import { beside, Context } from './context';
import { distinct, keyOf, MANY, tooMany } from './distinct';
import { unknown, value, whyUnknown } from './outcomes';
import { Evaluate, PossibleValue } from './possible-value';
import { isObject, isScalar } from '../json/json';

export function join(argument: unknown, context: Context, evaluate: Evaluate): PossibleValue[] | undefined {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string') { return undefined; }
  const [delimiter, list] = argument as [string, unknown];
  return distinct(evaluate(list, context).flatMap(each => {
    if (each.kind === 'value' && Array.isArray(each.value)) { return concatenated(each.value, delimiter, each.context, evaluate); }
    return [unknown(each.context, whyUnknown(each) ?? 'Fn::Join needs a list', 'source' in each ? { source: each.source } : {})];
  }), context);
}

export function sub(argument: unknown, context: Context, evaluate: Evaluate): PossibleValue[] | undefined {
  const [text, names] = Array.isArray(argument) ? argument as unknown[] : [argument, undefined];
  if (typeof text !== 'string') { return undefined; }
  const given = isObject(names) ? names : {};
  // no brace in a name: of many that are open and never closed, each would look through all the rest for its end
  const pieces = text.split(/(\$\{[^{}]*\})/).filter(piece => piece !== '').map((piece): unknown => {
    const name = /^\$\{([^{}]*)\}$/.exec(piece)?.[1].trim();
    if (name === undefined) { return piece; }
    if (name.startsWith('!')) { return `\${${name.slice(1)}}`; }
    if (Object.hasOwn(given, name)) { return given[name]; }
    return name.includes('.') && !name.startsWith('AWS::') ? { 'Fn::GetAtt': name } : { Ref: name };
  });
  return distinct(concatenated(pieces, '', context, evaluate), context);
}

/** What a text means in the JSON that it is put into: a number, `true`. What holds more than that is left to the deployment. */
export function parsedText(argument: unknown, context: Context, evaluate: Evaluate): PossibleValue[] {
  return evaluate(argument, context).map(each => {
    if (each.kind !== 'value' || typeof each.value !== 'string') { return each; }
    try {
      const parsed: unknown = JSON.parse(each.value);
      if (isScalar(parsed)) { return { ...each, value: parsed }; }
    } catch {
      // neither is it JSON then
    }
    return unknown(each.context, 'the text that is put in there is read when the stack is deployed');
  });
}

/** What a text is so far. */
interface Beginning {
  readonly context: Context;

  /** The text; what is not known in it is a symbol. Undefined where something in it is no text. */
  readonly key?: string;
  readonly isKnown: boolean;

  /** The one part there is. */
  readonly only?: PossibleValue;
  readonly isEmpty: boolean;

  /** Why it is not known, what users call the first part that they chose, and the parameter that allows it. */
  readonly reason?: string;
  readonly source?: string;
  readonly allowedBy?: string;
}

/** Every text that pieces can make together. A text that is nothing but one attribute is that attribute. */
function concatenated(pieces: readonly unknown[], delimiter: string, context: Context, evaluate: Evaluate): PossibleValue[] {
  let texts: Beginning[] = [{ context, key: '', isKnown: true, isEmpty: true }];
  for (const piece of pieces) {
    texts = texts.flatMap(text => evaluate(piece, text.context).map(each => after(text, each, delimiter)));
    if (texts.length > MANY) { return [tooMany(context)]; }
  }
  return texts.map(({ context: where, key, isKnown, only, reason, source, allowedBy }) => {
    if (only && only.kind !== 'value') { return { ...only, context: where }; }
    return isKnown ? value(where, key, { source, allowedBy }) : unknown(where, reason ?? 'it is made of something else than text', { symbol: key, source });
  });
}

function after(text: Beginning, each: PossibleValue, delimiter: string): Beginning {
  const context = beside(text.context, each);
  if (each.kind === 'absent') { return { ...text, context }; }
  const key = keyOf(each);
  return {
    context,
    key: text.key === undefined || key === undefined ? undefined : `${text.key}${text.isEmpty ? '' : delimiter}${key}`,
    isKnown: text.isKnown && each.kind === 'value' && isScalar(each.value),
    only: text.isEmpty ? each : undefined,
    isEmpty: false,
    reason: text.reason ?? whyUnknown(each),
    source: text.source ?? ('source' in each ? each.source : undefined),
    allowedBy: text.allowedBy ?? ('allowedBy' in each ? each.allowedBy : undefined),
  };
}
