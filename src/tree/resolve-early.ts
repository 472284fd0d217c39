import { DefaultTokenResolver, IConstruct, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext, Tokenization } from '../cdk/cdk';

/**
 * What a token is as of now, without settling it.
 *
 * A lazy value of CDK keeps the first answer that it gives, so whoever resolves it before synthesis cuts off what is added later:
 * user data that another aspect appends would be lost. So a copy is asked.
 */
export function resolveEarly(token: IResolvable, context: IResolveContext): unknown {
  const { inner: lazy = token } = token as { inner?: IResolvable }; // most of CDK's own sit in a box
  return isKeeping(lazy) ? copyOf(lazy).resolve(context) : token.resolve(context);
}

function isKeeping(token: object | null): boolean {
  const { cache, producer } = token as { cache?: unknown; producer?: unknown } ?? {};
  return cache === true && producer !== undefined;
}

function copyOf(token: IResolvable): IResolvable {
  return Object.assign(Object.create(Object.getPrototypeOf(token)), token);
}

/** Resolves everything in a value as `stack.resolve` does, but settles nothing. */
export function resolveNow(scope: IConstruct, value: unknown, resolver: EarlyResolver = new EarlyResolver()): unknown {
  return (Tokenization.resolve({ value }, { scope, resolver, preparing: false }) as { value: unknown }).value;
}

export class EarlyResolver extends DefaultTokenResolver {
  public constructor() {
    super(new Concat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    return postProcessor.postProcess(context.resolve(resolveEarly(token, context)), context);
  }
}

class Concat implements IFragmentConcatenator {
  public join(left: unknown, right: unknown): unknown {
    if (left === undefined) { return right; }
    if (right === undefined) { return left; }
    return typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] };
  }
}
