import { aws_config, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { rulesFor } from './imds-config-rules-for';
import { ImdsOrganizationConfigRulesProps } from './imds-config-rules-props';

const LONGEST_NAME = 64;

/**
 * The rules of `ImdsConfigRules` in every account of an organization, in the Region of the stack.
 *
 * The stack is in the management account, or in that of a delegated administrator for AWS Config. A rule fails to deploy where an account
 * does not record: exclude such accounts. Organization rules cannot correct what they find.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/config-rule-multi-account-deployment.html
 *
 * @example
 * declare const stack: Stack;
 * new ImdsOrganizationConfigRules(stack, 'Rules', { excludedAccounts: ['111122223333'] });
 */
export class ImdsOrganizationConfigRules extends Construct {
  /** The rules. */
  public readonly rules: aws_config.CfnOrganizationConfigRule[];

  /**
   * @throws when the hop limit is not a whole number from 1 to 64
   */
  public constructor(scope: Construct, id: string, props: ImdsOrganizationConfigRulesProps = {}) {
    super(scope, id);
    const { excludedAccounts } = props;
    this.rules = rulesFor(this, props).map(({ name, identifier, type, about, parameters }) => new aws_config.CfnOrganizationConfigRule(this, name, {
      organizationConfigRuleName: `${Names.uniqueResourceName(this, { maxLength: LONGEST_NAME - name.length - 1, separator: '-' })}-${name}`,
      excludedAccounts,
      organizationManagedRuleMetadata: {
        ruleIdentifier: identifier,
        description: about,
        resourceTypesScope: [type],
        inputParameters: Object.keys(parameters).length > 0 ? JSON.stringify(parameters) : undefined,
      },
    }));
  }
}
