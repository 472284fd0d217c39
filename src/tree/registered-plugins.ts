import { lookAround } from './launch-resources';
import { IConstruct, Stage } from '../cdk/cdk';

/** The name of the validator, which copies of this library know each other's by. */
export const VALIDATOR = 'cdk-imds-guard';

interface Plugin {
  readonly name: string;
}

/** The validation plugins of an App or a Stage. CDK offers no public way to ask. */
export function pluginsOf(construct: IConstruct): readonly Plugin[] {
  return (construct as unknown as { _validationPlugins?: readonly Plugin[] })._validationPlugins ?? [];
}

/** Every App and Stage at or below a construct that a plugin is registered on. */
export function stagesWithPlugin(construct: IConstruct, isPlugin: (plugin: Plugin) => boolean): IConstruct[] {
  const plugins = pluginsOf(construct);
  const inner = lookAround(construct).stages.flatMap(stage => stagesWithPlugin(stage, isPlugin));
  return Stage.isStage(construct) && plugins.some(isPlugin) ? [construct, ...inner] : inner;
}

/** Whether a construct is one of these or in one of them. */
export function isInAny(construct: IConstruct, scopes: readonly IConstruct[]): boolean {
  return scopes.length > 0 && construct.node.scopes.some(each => scopes.includes(each));
}
