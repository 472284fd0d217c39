import { guardScope } from './guard-scope';
import { ImdsGuardOptions } from './imds-guard-options';
import { IConstruct } from '../cdk/cdk';

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
    guardScope(scope, 'enforce', props);
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
    guardScope(scope, 'observe', props);
  }

  private constructor() {}
}
