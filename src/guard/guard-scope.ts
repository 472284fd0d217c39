import { checkConstruct } from './check-construct';
import { ImdsGuardOptions } from './imds-guard-options';
import { hookSynth, isSynthesized } from './synth-hook';
import { Annotations, IConstruct, Stack, Stage } from '../cdk/cdk';
import { checkPolicy } from '../engine/exemptions/exemption-policy';
import { Guarded } from '../scopes/calls';
import { exemptionOf } from '../scopes/enforce-override';
import { addPolicy } from '../scopes/exempting';
import { Register, setGuarded } from '../scopes/guarded';
import { scopeSettingsOf } from '../scopes/scope-settings';
import { lookAround, stageOf } from '../tree/launch-resources';

/** What `ImdsGuard.enforce` and `observe` do, and the preload in their place. */
export function guardScope(scope: IConstruct, mode: Guarded['mode'], options: ImdsGuardOptions, preload?: Guarded['preload']): void {
  checkConstruct(`ImdsGuard.${mode}`, scope, 'the App');
  const { maxExemptionDays, forbidExemptions, forbidAcknowledgements } = options;
  const policy = { maxExemptionDays, forbidExemptions, forbidAcknowledgements };
  checkPolicy(policy);
  checkIsInTime(scope, mode);
  const register = setGuarded(scope, { mode, choice: scopeSettingsOf(options), forbidsExemptions: forbidExemptions ?? false, preload });
  addPolicy(scope, { ...policy, granted: preload?.overrides?.filter(({ exempt }) => exempt).map(exemptionOf) });
  const { root } = scope.node;
  hookSynth(stageOf(scope) ?? root);
  hookSynth(root); // may be of another copy of aws-cdk-lib
  for (const stage of stagesBelow(scope)) {
    hookSynth(stage);
    if (mode === 'enforce' && isSynthesized(stage)) { miss(stage, register); }
  }
}

/** CDK keeps what it has synthesized, so the call would go unheard and the exit code would stay 0. */
function checkIsInTime(scope: IConstruct, mode: Guarded['mode']): void {
  const synthesized = scope.node.scopes.find(each => Stage.isStage(each) && isSynthesized(each));
  if (!synthesized) { return; }
  const { path } = synthesized.node;
  throw new Error(`the ${path ? `Stage ${path}` : 'app'} was synthesized before ImdsGuard.${mode} was called, which changes nothing in it any more; `
    + 'move the call up, right after new App()');
}

function stagesBelow(scope: IConstruct): IConstruct[] {
  return lookAround(scope).stages.flatMap(stage => [stage, ...stagesBelow(stage)]);
}

/** The stage's own annotations have been written already, so the error goes to where they still are to be: the stack around it. */
function miss(stage: IConstruct, register: Register): void {
  register.missed.add(stage);
  const message = `stage-synthesized-before-enforce: the Stage ${stage.node.path} was synthesized before ImdsGuard.enforce was called, so IMDSv2 is not required in it; `
    + 'move the call up, right after new App()';
  const around = stage.node.scopes.reverse().find(each => Stack.isStack(each)) ?? stage.node.root;
  Annotations.of(around).addError(message);
}
