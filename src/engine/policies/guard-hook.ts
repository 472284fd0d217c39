import { GUARDED_TYPES } from './guard-limits';

/** What a hook does, apart from its rules. */
export interface HookSettings {
  readonly alias: string;
  readonly failureMode: string;
  readonly enabled: boolean;
  readonly excludeStackNames: readonly string[];
}

export const DEFAULT_ALIAS = 'CdkImdsGuard::Imds::RequireImdsv2';

const ALIAS = /^(?!AWS)[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}$/;

export function checkAlias(alias: string): void {
  if (!ALIAS.test(alias)) {
    throw new Error(`'alias' must have the form Name1::Name2::Name3, letters and digits, not beginning with AWS, got ${JSON.stringify(alias)}`);
  }
}

/**
 * The properties of an `AWS::CloudFormation::GuardHook`.
 *
 * It looks at resources that have rules, before they are created or updated, in stacks and through Cloud Control. For stacks and change
 * sets as a whole it would see functions in place of values, and come to a verdict about less.
 */
export function guardHookProperties(settings: HookSettings, executionRole: unknown, uri: unknown): object {
  const { alias, failureMode, enabled, excludeStackNames } = settings;
  return {
    Alias: alias,
    ExecutionRole: executionRole,
    FailureMode: failureMode,
    HookStatus: enabled ? 'ENABLED' : 'DISABLED',
    RuleLocation: { Uri: uri },
    TargetOperations: ['RESOURCE', 'CLOUD_CONTROL'],
    TargetFilters: { Actions: ['CREATE', 'UPDATE'], InvocationPoints: ['PRE_PROVISION'], TargetNames: [...GUARDED_TYPES] },
    ...excludeStackNames.length > 0 && { StackFilters: { FilteringCriteria: 'ALL', StackNames: { Exclude: [...excludeStackNames] } } },
  };
}

/** What the hook may do: fetch rules. */
export function readRules(bucket: unknown, objects: unknown): object[] {
  return [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: objects },
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket }, // where it is missing, an object that is not there is an access denied
  ];
}

/** Who assumes the role of a hook. */
export const HOOKS = 'hooks.cloudformation.amazonaws.com';
