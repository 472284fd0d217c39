import { RuleId } from '../../engine/findings/rules';

/** Where people read about the tool. */
export const HOME = 'https://github.com/cdk-imds-guard/cdk-imds-guard';

/** AWS's own page about requiring version 2. */
export const AWS_PAGE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html';

/** What is written about a rule. */
export function pageOfRule(rule: RuleId): string {
  return `${HOME}/blob/main/RULES.md#${rule}`;
}
