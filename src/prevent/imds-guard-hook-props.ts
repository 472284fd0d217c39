/** What happens where a resource fails a rule of the hook. */
export enum ImdsHookFailureMode {
  /** The operation goes on, with a warning in the events of the stack. */
  WARN = 'WARN',

  /** The operation fails. */
  FAIL = 'FAIL',
}

/** What a CloudFormation hook holds resources against, and what it does where they fail. */
export interface ImdsGuardHookProps {
  /**
   * Whether an operation fails, or goes on with a warning. Begin with a warning: a failing hook also stops the update of what exists.
   *
   * @default ImdsHookFailureMode.WARN
   */
  readonly failureMode?: ImdsHookFailureMode;

  /**
   * Whether the hook is in force.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The name of the hook, `Name1::Name2::Name3`, once in an account and Region. It must not begin with `AWS`.
   *
   * @default 'CdkImdsGuard::Imds::RequireImdsv2'
   */
  readonly alias?: string;

  /**
   * The highest hop limit that a resource may have, from 1 to 64.
   *
   * @default 64
   */
  readonly maxHttpPutResponseHopLimit?: number;

  /**
   * Whether the metadata endpoint must be on (`true`, which it is where nothing is written) or off (`false`).
   *
   * @default - either; where it is off, tokens need not be required
   */
  readonly httpEndpoint?: boolean;

  /**
   * Stacks whose resources the hook leaves alone, by name.
   *
   * @default - none
   */
  readonly excludeStackNames?: string[];
}
