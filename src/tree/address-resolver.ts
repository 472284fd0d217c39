import { isCfnResource } from './launch-resources';
import { EarlyResolver } from './resolve-early';
import { logicalIdOf } from './token-text';
import { CfnElement, IConstruct, IPostProcessor, IResolvable, IResolveContext, Reference } from '../cdk/cdk';

/** Resolves references to the address of their target, so that they mean the same in every stack. */
export class AddressResolver extends EarlyResolver {
  public constructor(private readonly address: (target: IConstruct) => string) {
    super();
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) { return super.resolveToken(token, context, postProcessor); }
    const { target } = token;
    if (token.displayName.startsWith('AWS::')) { return { Ref: token.displayName }; } // a pseudo parameter of the stack that is the target
    // Parameters are looked up by their logical id: they may stand for something in the parent stack.
    const address = isCfnResource(target) ? this.address(target) : logicalIdOf(target as CfnElement);
    return token.displayName === 'Ref' ? { Ref: address } : { 'Fn::GetAtt': [address, token.displayName] };
  }
}
