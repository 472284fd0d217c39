/** How AWS Config corrects an instance. */
export interface Remediation {
  readonly automatic: boolean;
  readonly maximumAutomaticAttempts: number;
  readonly retryAttemptSeconds: number;
  readonly concurrentExecutionRatePercentage: number;
  readonly errorPercentage: number;
}

/** By hand, a tenth at a time. */
export const CAUTIOUS: Remediation = {
  automatic: false, maximumAutomaticAttempts: 5, retryAttemptSeconds: 60, concurrentExecutionRatePercentage: 10, errorPercentage: 10,
};

/** The rule whose findings can be corrected, and the runbook that does. */
export const CORRECTED = { rule: 'ec2-imdsv2-check', runbook: 'AWSConfigRemediation-EnforceEC2InstanceIMDSv2' } as const;

const RANGES: { readonly [setting in keyof Remediation]?: readonly [least: number, most: number] } = {
  maximumAutomaticAttempts: [1, 25],
  retryAttemptSeconds: [1, 2_678_000],
  concurrentExecutionRatePercentage: [1, 100],
  errorPercentage: [1, 100],
};

export function checkRemediation(remediation: Remediation): void {
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = remediation[name as keyof Remediation] as number;
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new Error(`'${name}' must be a whole number from ${least} to ${most}, got ${value}`);
    }
  }
}

/** The properties of an `AWS::Config::RemediationConfiguration`. */
export function remediationProperties(remediation: Remediation, rule: unknown, roleArn: unknown): object {
  const { automatic, maximumAutomaticAttempts, retryAttemptSeconds, concurrentExecutionRatePercentage, errorPercentage } = remediation;
  return {
    ConfigRuleName: rule,
    TargetType: 'SSM_DOCUMENT',
    TargetId: CORRECTED.runbook,
    Parameters: {
      InstanceId: { ResourceValue: { Value: 'RESOURCE_ID' } },
      AutomationAssumeRole: { StaticValue: { Values: [roleArn] } },
    },
    Automatic: automatic,
    MaximumAutomaticAttempts: maximumAutomaticAttempts,
    RetryAttemptSeconds: retryAttemptSeconds,
    ExecutionControls: { SsmControls: { ConcurrentExecutionRatePercentage: concurrentExecutionRatePercentage, ErrorPercentage: errorPercentage } },
  };
}

/**
 * What the runbook's role may do. The key of the requested value is not there where a request leaves the tokens as they are, and then the
 * condition holds; a request that makes them optional is not allowed.
 *
 * @param instances ARN pattern
 */
export function remediationStatements(instances: string): object[] {
  return [
    { Effect: 'Allow', Action: 'ec2:DescribeInstances', Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'ec2:ModifyInstanceMetadataOptions',
      Resource: instances,
      Condition: { StringNotEquals: { 'ec2:Attribute/HttpTokens': 'optional' } },
    },
  ];
}
