import { Api, apiNamed } from '../surfaces/apis';

/**
 * The API that an ARN of Step Functions or EventBridge Scheduler names: `arn:aws:states:::aws-sdk:ec2:runInstances`, maybe with a pattern
 * such as `.sync` behind it, or an optimized integration, `arn:aws:states:::elasticmapreduce:createCluster.sync`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function apiOfArn(arn: string): Api | undefined {
  const match = /:::(?:aws-sdk:)?([\w-]+):([A-Za-z]+)(?:\.[\w.:]+)?$/.exec(arn);
  return match ? apiNamed(match[1], match[2]) : undefined;
}
