/**
 * All that scopes, tree, enforce, check and guard take from aws-cdk-lib and constructs: few names, in one file, so that the build for apps of
 * any version of CDK can put `any-copy` in its place.
 */
export {
  Annotations, Aspects, attachCustomSynthesis, CfnElement, CfnResource, DefaultTokenResolver, Reference, Stack, Stage, Token, Tokenization,
  Validations,
} from 'aws-cdk-lib';
export type {
  CfnOutput,
  CfnParameter, CfnResourceProps, IAspect, IFragmentConcatenator, IPolicyValidationContext, IPolicyValidationPlugin, IPostProcessor, IResolvable,
  IResolveContext, PolicyValidationPluginReport, PolicyViolatingResource, PolicyViolation,
} from 'aws-cdk-lib';
export { Construct } from 'constructs';
export type { IConstruct, IMixin } from 'constructs';
