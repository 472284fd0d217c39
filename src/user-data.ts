import { CfnResource, IResolvable, IResolveContext, Tokenization } from 'aws-cdk-lib';
import { JsonObject } from './private/json';
import { LaunchSurface, Step } from './private/surface';
import { propertyOf, typedKey } from './properties';

/** The text of user data as it is now, as far as it can be read: what only AWS knows is left out. */
export function userDataOf(resource: CfnResource, { userData: path }: LaunchSurface): string {
  if (!path) { return ''; }
  try {
    return read(resource, path);
  } catch {
    return ''; // a lazy value of the app's may not be ready yet, and that must not stop synthesis
  }
}

function read(resource: CfnResource, path: readonly Step[]): string {
  let value = propertyOf(resource, path[0] as string);
  for (const key of path.slice(1) as string[]) {
    if (typeof value !== 'object' || value === null) { return ''; }
    const object = (Tokenization.isResolvable(value) ? resource.stack.resolve(value) : value) as JsonObject;
    value = object[typedKey(key)] ?? object[key];
  }
  return textOf(value, contextOf(resource));
}

/** `stack.resolve` would do, but it is ten times as slow, and this is asked of every instance. */
function textOf(value: unknown, context: IResolveContext): string {
  if (typeof value === 'string') { return stringText(value, context); }
  if (Array.isArray(value)) { return value.map(each => textOf(each, context)).join(''); }
  if (typeof value !== 'object' || value === null) { return ''; }
  if (Tokenization.isResolvable(value)) { return textOf((value as IResolvable).resolve(context), context); }
  return Object.values(value).map(each => textOf(each, context)).join('');
}

function stringText(text: string, context: IResolveContext): string {
  if (!text.includes('${Token[')) { return text; }
  return Tokenization.reverseString(text).mapTokens({ mapToken: token => textOf(token.resolve(context), context) }).join({
    join: (left, right) => `${left ?? ''}${right ?? ''}`,
  });
}

function contextOf(scope: CfnResource): IResolveContext {
  return { scope, preparing: false, documentPath: [], registerPostProcessor: () => {}, resolve: value => value };
}
