import { attachCustomSynthesis, Construct, Stage, Validations } from '../cdk/cdk';
import { ImdsValidator } from '../check/imds-validator';
import { pluginsOf, VALIDATOR } from '../tree/registered-plugins';

/**
 * Registers the validator once all templates are written, before CDK asks the plugins: each stack lists the plugins that there are when it is
 * written, and templates of an app that is compliant are to stay as they are.
 *
 * @param last a construct that is synthesized after all stacks of the app
 */
export function addValidatorLast(last: Construct, app: Stage): void {
  const onSynthesize = (): void => {
    if (!hasValidator(app)) { Validations.of(app).addPlugins(new ImdsValidator()); }
  };
  attachCustomSynthesis(last, { onSynthesize });
}

/** By name as well: the validator of another copy of this library judges what this one guards, and a second one would tell it all again. */
export function hasValidator(app: Stage): boolean {
  return pluginsOf(app).some(plugin => plugin instanceof ImdsValidator || plugin.name === VALIDATOR);
}
