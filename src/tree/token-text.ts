import { CfnElement, IResolvable, IResolveContext, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { resolveEarly } from './resolve-early';
import { JsonObject } from '../engine/json/json';

/**
 * The text in a value as it is now and as far as it can be read: what only AWS knows is left out.
 *
 * `stack.resolve` would do, but it is many times as slow, and this is asked of every instance.
 */
export function textIn(value: unknown, scope: IConstruct): string {
  return textOf(value, { scope, preparing: false, documentPath: [], registerPostProcessor: () => {}, resolve: each => each });
}

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
