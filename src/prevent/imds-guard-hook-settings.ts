import { ImdsGuardHookProps, ImdsHookFailureMode } from './imds-guard-hook-props';
import { checkAlias, DEFAULT_ALIAS, HookSettings } from '../engine/policies/guard-hook';

/** The settings of a hook, checked and complete. */
export function settingsOfHook({ alias = DEFAULT_ALIAS, enabled = true, failureMode, excludeStackNames = [] }: ImdsGuardHookProps): HookSettings {
  checkAlias(alias);
  return { alias, enabled, failureMode: failureMode ?? ImdsHookFailureMode.WARN, excludeStackNames };
}
