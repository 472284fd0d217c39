import { CfnResource, IConstruct } from '../cdk/cdk';

/** Where a resource stands that CDK took from a file: CfnInclude does not keep the name of the file, and may give the resource another logical id. */
export function includedFrom(resource: CfnResource | undefined): string | undefined {
  const { scope, id } = resource?.node ?? {};
  return scope && isInclude(scope) ? `${id} in the file that CfnInclude ${scope.node.path} reads` : undefined;
}

/** By what no other construct of CDK has: loading the class would load the table of all types. */
function isInclude(scope: IConstruct): boolean {
  return typeof (scope as { readonly loadNestedStack?: unknown }).loadNestedStack === 'function';
}
