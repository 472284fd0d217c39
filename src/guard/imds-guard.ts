import { Annotations, Stack, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { checkConstruct } from './check-construct';
import { hookSynth, isSynthesized } from './synth-hook';
import { ImdsValidator } from '../check/imds-validator';
import { checkPolicy } from '../engine/exemptions/exemption-policy';
import { Guarded } from '../scopes/calls';
import { addPolicy } from '../scopes/exempting';
import { Register, setGuarded } from '../scopes/guarded';
import { RequireImdsv2Props } from '../scopes/require-imdsv2-props';
import { scopeSettingsOf } from '../scopes/scope-settings';
import { lookAround, stageOf } from '../tree/launch-resources';
import { pluginsOf, VALIDATOR } from '../tree/registered-plugins';

/**
 * How a scope is guarded: what is written, what is checked, and which exemptions are allowed.
 */
export interface ImdsGuardOptions extends RequireImdsv2Props {
  /**
   * How many days from today the end of an `ImdsExemption` may be away, from 1. One that is further away does not count and fails the check.
   *
   * Of nested scopes the strictest decides.
   *
   * @default - any number of days
   */
  readonly maxExemptionDays?: number;

  /**
   * Whether exemptions count for nothing and fail the check. An inner scope cannot allow them again.
   *
   * So do inner calls that ask for less: that observe, exclude a type, raise a hop limit or leave the endpoint on.
   *
   * @default false
   */
  readonly forbidExemptions?: boolean;

  /**
   * Whether CDK acknowledgements of rules (`Validations.of(x).acknowledge`), which have no owner and no end, count for nothing and fail the
   * check. An inner scope cannot allow them again.
   *
   * @default false
   */
  readonly forbidAcknowledgements?: boolean;
}

/**
 * One call for a whole app: requires IMDSv2 in every Stage and stack, and checks the finished templates.
 *
 * @example
 * const app = new App();
 * ImdsGuard.enforce(app);
 */
export class ImdsGuard {
  /**
   * Requires IMDSv2 in the scope (an App, a Stage, a Stack or any construct) and fails synthesis where a violation is left.
   *
   * It writes before the aspects of a Stage run and once more after the last of them, so that neither an override nor an aspect of
   * any priority undoes it. Stages and stacks that are added later are covered too; a Stage inside that was synthesized
   * before the call, as `CodePipeline.addStage` does at once, is an error that names it: call this right after `new App()`.
   *
   * Of two calls on a scope the later decides, option by option; in nested scopes the inner one, and this call beside a `RequireImdsv2`
   * aspect on the same scope. One that asks for less than what holds around it is listed, or does not count where exemptions are forbidden.
   *
   * @throws when the scope, or a Stage or the App around it, was synthesized already; when a hop limit is not a whole number from 1 to 64
   *   or is above the maximum, a list holds a type that it cannot take, or the days are not a whole number from 1; a `TypeError` when
   *   what must be true or false is neither, or what must be a list is none
   */
  public static enforce(scope: IConstruct, props: ImdsGuardOptions = {}): void {
    guard(scope, 'enforce', props);
  }

  /**
   * Checks the finished templates of the scope and reports, but writes nothing and fails nothing. Inside an enforced scope it makes an exception,
   * which is listed and does not count where exemptions are forbidden. On a scope that is enforced itself, enforcement stays.
   *
   * @throws when the scope, or a Stage or the App around it, was synthesized already; when a hop limit is not a whole number from 1 to 64
   *   or is above the maximum, a list holds a type that it cannot take, or the days are not a whole number from 1; a `TypeError` when
   *   what must be true or false is neither, or what must be a list is none
   */
  public static observe(scope: IConstruct, props: ImdsGuardOptions = {}): void {
    guard(scope, 'observe', props);
  }

  private constructor() {}
}

function guard(scope: IConstruct, mode: Guarded['mode'], options: ImdsGuardOptions): void {
  checkConstruct(`ImdsGuard.${mode}`, scope, 'the App');
  const { maxExemptionDays, forbidExemptions, forbidAcknowledgements } = options;
  const policy = { maxExemptionDays, forbidExemptions, forbidAcknowledgements };
  checkPolicy(policy);
  checkIsInTime(scope, mode);
  const register = setGuarded(scope, { mode, choice: scopeSettingsOf(options), forbidsExemptions: forbidExemptions ?? false });
  addPolicy(scope, policy);
  const { root } = scope.node;
  if (Stage.isStage(root) && !hasValidator(root)) { Validations.of(root).addPlugins(new ImdsValidator()); }
  hookSynth(stageOf(scope) ?? root);
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

/** By name as well: the validator of another copy of this library judges what this one guards, and a second one would tell it all again. */
function hasValidator(root: Stage): boolean {
  return pluginsOf(root).some(plugin => plugin instanceof ImdsValidator || plugin.name === VALIDATOR);
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
