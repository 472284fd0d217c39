import { ArnFormat, aws_config, aws_iam, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { rulesFor } from './imds-config-rules-for';
import { ImdsConfigRulesProps, ImdsRemediationOptions } from './imds-config-rules-props';
import { CAUTIOUS, checkRemediation, CORRECTED, remediationProperties, remediationStatements } from '../engine/policies/config-remediation';
import { ConfigRule } from '../engine/policies/config-rules';

/**
 * AWS Config's managed rules about IMDS, in one account and Region: instances, launch templates, launch configurations, hop limits.
 *
 * AWS Config must be recording there. It reports what exists, however it was made, and a while after it was.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/ec2-imdsv2-check.html
 *
 * @example
 * declare const stack: Stack;
 * new ImdsConfigRules(stack, 'Rules', { maxHttpPutResponseHopLimit: 2, remediation: { automatic: false } });
 */
export class ImdsConfigRules extends Construct {
  /** The rules, for notifications and the like. */
  public readonly rules: aws_config.ManagedRule[];

  /**
   * @throws when the hop limit, an attempt or a percentage is out of its range
   */
  public constructor(scope: Construct, id: string, props: ImdsConfigRulesProps = {}) {
    super(scope, id);
    const byName = new Map(rulesFor(this, props).map(rule => [rule.name, managedRule(this, rule)]));
    this.rules = [...byName.values()];
    if (props.remediation) { correct(this, byName.get(CORRECTED.rule)!, props.remediation); }
  }
}

function managedRule(scope: Construct, { name, identifier, type, about, parameters }: ConfigRule): aws_config.ManagedRule {
  return new aws_config.ManagedRule(scope, name, {
    identifier,
    description: about,
    inputParameters: parameters,
    ruleScope: aws_config.RuleScope.fromResources([aws_config.ResourceType.of(type)]),
  });
}

function correct(scope: Construct, rule: aws_config.ManagedRule, options: ImdsRemediationOptions): void {
  const { role = automationRole(scope), retryAttempt = Duration.seconds(CAUTIOUS.retryAttemptSeconds), ...others } = options;
  const remediation = { ...CAUTIOUS, ...given(others), retryAttemptSeconds: retryAttempt.toSeconds() };
  checkRemediation(remediation);
  const configuration = new CfnResource(scope, 'Remediation', {
    type: 'AWS::Config::RemediationConfiguration', properties: remediationProperties(remediation, rule.configRuleName, role.roleArn),
  });
  configuration.node.addDependency(role);
}

function given<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html */
function automationRole(scope: Construct): aws_iam.Role {
  const { account } = Stack.of(scope);
  const executions = Stack.of(scope).formatArn({ service: 'ssm', region: '*', resource: 'automation-execution', resourceName: '*' });
  const instances = Stack.of(scope).formatArn({ service: 'ec2', resource: 'instance', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  return new aws_iam.Role(scope, 'AutomationRole', {
    description: 'Requires IMDSv2 of instances that AWS Config found to allow IMDSv1',
    assumedBy: new aws_iam.ServicePrincipal('ssm.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': executions } },
    }),
    inlinePolicies: { RequireImdsv2: aws_iam.PolicyDocument.fromJson({ Version: '2012-10-17', Statement: remediationStatements(instances) }) },
  });
}
