import {
  CfnElement, DefaultTokenResolver, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext, Reference, Stack,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isCfnResource } from './launch-resources';

/** Resolves references to the address of their target, so that they mean the same in every stack. */
export class AddressResolver extends DefaultTokenResolver {
  public constructor(private readonly address: (target: IConstruct) => string) {
    super(new Concat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) { return super.resolveToken(token, context, postProcessor); }
    const { target } = token;
    // Parameters are looked up by their logical id: they may stand for something in the parent stack.
    const address = isCfnResource(target) ? this.address(target) : String(Stack.of(target).resolve((target as CfnElement).logicalId));
    return token.displayName === 'Ref' ? { Ref: address } : { 'Fn::GetAtt': [address, token.displayName] };
  }
}

class Concat implements IFragmentConcatenator {
  public join(left: unknown, right: unknown): unknown {
    if (left === undefined) { return right; }
    if (right === undefined) { return left; }
    return typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] };
  }
}
