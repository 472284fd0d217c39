import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { lookAround } from './launch-resources';

/** Every App and Stage at or below a construct that a plugin is registered on. CDK offers no public way to ask. */
export function stagesWithPlugin(construct: IConstruct, isPlugin: (plugin: { readonly name: string }) => boolean): IConstruct[] {
  const { _validationPlugins: plugins = [] } = construct as unknown as { _validationPlugins?: readonly { readonly name: string }[] };
  const inner = lookAround(construct).stages.flatMap(stage => stagesWithPlugin(stage, isPlugin));
  return Stage.isStage(construct) && plugins.some(isPlugin) ? [construct, ...inner] : inner;
}

/** Whether a construct is one of these or in one of them. */
export function isInAny(construct: IConstruct, scopes: readonly IConstruct[]): boolean {
  return scopes.length > 0 && construct.node.scopes.some(each => scopes.includes(each));
}
