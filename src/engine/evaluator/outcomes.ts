import { Context } from './context';
import { PossibleValue, Unknown } from './possible-value';
import { logicalIdIn } from './scope';

type Known = Extract<PossibleValue, { kind: 'value' }>;

export function value(context: Context, known: unknown, from: Pick<Known, 'allowedBy' | 'source'> = {}): PossibleValue {
  return { kind: 'value', value: known, ...from, context };
}

export function attribute(context: Context, logicalId: string, name: string): PossibleValue {
  return { kind: 'attribute', address: context.scope.addressOf(logicalId), instance: context.instance?.key, attribute: name, context };
}

export function unknown(context: Context, reason: string, more: Pick<Unknown, 'source' | 'symbol'> = {}): PossibleValue {
  return { kind: 'unknown', reason, ...more, context };
}

/** Why a value is not known; undefined where it is. */
export function whyUnknown(each: PossibleValue): string | undefined {
  if (each.kind === 'unknown') { return each.reason; }
  if (each.kind !== 'attribute') { return undefined; }
  const logicalId = logicalIdIn(each.address);
  return `${each.attribute === 'Ref' ? `Ref ${logicalId}` : `Fn::GetAtt ${logicalId}.${each.attribute}`} is only known when the stack is deployed`;
}

/** Stands for a value in a text. Marked on both sides, so that the same text is the same however it was put together. */
export function symbolOf(name: string): string {
  return `\u0000${name}\u0000`;
}

/** Stands for what a template calls by a name, in the stack that it is looked at in. */
export function symbolIn({ scope, instance }: Context, name: string): string {
  return symbolOf(`${instance?.key ?? ''}${scope.id} ${name}`);
}

/** A text with symbols in it, in the words of a template. */
export function textOfSymbols(text: string): string {
  return text.replace(/\u0000([^\u0000]*)\u0000/g, (_, name: string) => `\${${logicalIdIn(name)}}`);
}
