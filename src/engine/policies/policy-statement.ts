/**
 * The columns of the table of policy statements, and the JSON they become.
 */

/** Stands for the highest hop limit of the settings. */
export const MAX_HOP_LIMIT = { setting: 'maxHttpPutResponseHopLimit' } as const;

export type ConditionValue = string | typeof MAX_HOP_LIMIT;

/** Operators, and below each the condition keys with their values. All of them must hold. */
export type Conditions = { readonly [operator: string]: { readonly [key: string]: ConditionValue } };

export interface StatementRow {
  readonly sid: string;

  /** What users include and exclude it by: a value of `ImdsPolicyStatement`. */
  readonly statement: StatementId;

  readonly actions: readonly string[];

  /**
   * `instance`: RunInstances is authorized for images, volumes, subnets and more as well, which lack the keys; a condition on them would deny
   * every launch. `any`: actions without a resource type, or whatever they act on.
   */
  readonly resource: 'instance' | 'any';

  readonly conditions?: Conditions;

  /** Only where `httpEndpoint` is false (`off`), or only where it is not (`on`). */
  readonly endpoint?: 'on' | 'off';

  /** Roles that must be able to do it, below the partition: `arn:<partition>:iam::*:role…`. */
  readonly neededByRoles?: readonly string[];
}

export const STATEMENT_IDS = [
  'require-tokens',
  'max-hop-limit',
  'no-weakening',
  'account-defaults',
  'image-builder',
  'sagemaker-notebooks',
  'role-delivery',
  'endpoint-disabled',
  'pinned-template-versions',
  'legacy-spot',
  'launch-configurations',
  'groups-with-launch-configurations',
  'start-instances',
] as const;

export type StatementId = typeof STATEMENT_IDS[number];

/** They break what runs today at once, so people ask for them. */
export const OPT_IN: readonly StatementId[] = [
  'role-delivery',
  'endpoint-disabled',
  'pinned-template-versions',
  'legacy-spot',
  'launch-configurations',
  'groups-with-launch-configurations',
  'start-instances',
];

/** A statement as IAM and Organizations take it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}
