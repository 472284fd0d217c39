import { resolveEarly } from './resolve-early';
import { CfnElement, IConstruct, IResolvable, IResolveContext, Tokenization } from '../cdk/cdk';
import { JsonObject } from '../engine/json/json';

/**
 * The text in a value as it is now and as far as it can be read: what only AWS knows is left out.
 *
 * `stack.resolve` would do, but it is many times as slow, and this is asked of every instance.
 */
export function textIn(value: unknown, scope: IConstruct): string {
  return textOf(value, contextIn(scope));
}

function contextIn(scope: IConstruct): IResolveContext {
  return { scope, preparing: false, documentPath: [], registerPostProcessor: () => {}, resolve: each => each };
}

/**
 * Whether a value may mention another resource, an export or a stored value. Most do not, and this is many times as fast as resolving.
 *
 * Throws what a lazy value throws that is not ready yet.
 */
export function mentionsOthers(value: unknown, scope: IConstruct): boolean {
  return mentions(value, contextIn(scope));
}

function mentions(value: unknown, context: IResolveContext): boolean {
  if (typeof value === 'string') {
    if (value.includes('{{resolve:')) { return true; }
    return value.includes('${Token[') && Tokenization.reverseString(value).tokens.some(token => mentions(token, context));
  }
  if (typeof value !== 'object' || value === null) { return false; }
  if (typeof (value as IResolvable).resolve === 'function') { return mentions(resolveEarly(value as IResolvable, context), context); }
  for (const key in value) {
    if (MENTIONING.test(key) || mentions((value as JsonObject)[key], context)) { return true; }
  }
  return false;
}

/** Every function but those that only put texts together. */
const MENTIONING = /^(Ref|Condition|Fn::(?!Base64$|Join$).*)$/;

/** Stands where a text has a value of a mapping. */
export const MAPPED = '${Fn::FindInMap}';

/** The logical id of an element of a template. */
export function logicalIdOf(element: CfnElement): string {
  return textIn(element.logicalId, element);
}

function textOf(value: unknown, context: IResolveContext): string {
  if (typeof value === 'string') { return stringText(value, context); }
  if (typeof value !== 'object' || value === null) { return ''; }
  if (typeof (value as IResolvable).resolve === 'function') { return textOf(resolveEarly(value as IResolvable, context), context); }
  let text = '';
  for (const key in value) { text += key === 'Fn::FindInMap' ? MAPPED : textOf((value as JsonObject)[key], context); }
  return text;
}

function stringText(text: string, context: IResolveContext): string {
  if (!text.includes('${Token[')) { return text; }
  const fragments = Tokenization.reverseString(text);
  if (fragments.length === 1) { return textOf(fragments.firstToken, context); }
  return fragments.mapTokens({ mapToken: token => textOf(token, context) }).join({ join: (left, right) => `${left ?? ''}${right ?? ''}` });
}
