import { writeFileSync } from 'fs';
import { join } from 'path';
import { aws_iam, aws_s3_assets, CfnResource, FileSystem } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ImdsGuardHookProps } from './imds-guard-hook-props';
import { settingsOfHook } from './imds-guard-hook-settings';
import { guardHookProperties, HOOKS, readRules } from '../engine/policies/guard-hook';
import { guardRules } from '../engine/policies/guard-rules';

/**
 * A CloudFormation hook that requires IMDSv2: it looks at every resource that has IMDS settings before CloudFormation or Cloud Control
 * creates or updates it, whoever wrote the template.
 *
 * It works in the account and Region of its stack, and sees neither the console nor the EC2 API: a service control policy does. The rules
 * are an asset, so the environment must be bootstrapped.
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/guard-hooks.html
 *
 * @example
 * declare const stack: Stack;
 * new ImdsGuardHook(stack, 'Hook', { failureMode: ImdsHookFailureMode.FAIL });
 */
export class ImdsGuardHook extends Construct {
  /** The role that fetches the rules. */
  public readonly executionRole: aws_iam.Role;

  /**
   * @throws when the alias is none that CloudFormation takes, or the hop limit is not a whole number from 1 to 64
   */
  public constructor(scope: Construct, id: string, props: ImdsGuardHookProps = {}) {
    super(scope, id);
    const settings = settingsOfHook(props);
    const rules = new aws_s3_assets.Asset(this, 'Rules', { path: fileOf(guardRules(props)) });
    const { bucket } = rules;
    this.executionRole = new aws_iam.Role(this, 'Role', {
      assumedBy: new aws_iam.ServicePrincipal(HOOKS),
      description: 'Fetches the rules of the hook that requires IMDSv2',
      inlinePolicies: {
        // Every version of the rules, not only this one: the hook goes on working while it is updated.
        ReadRules: aws_iam.PolicyDocument.fromJson({ Version: '2012-10-17', Statement: readRules(bucket.bucketArn, bucket.arnForObjects('*.guard')) }),
      },
    });
    const hook = new CfnResource(this, 'Resource', {
      type: 'AWS::CloudFormation::GuardHook',
      properties: guardHookProperties(settings, this.executionRole.roleArn, rules.s3ObjectUrl),
    });
    hook.node.addDependency(this.executionRole);
  }
}

/** A hook takes rules from an object whose name ends in `.guard`, and an asset keeps the ending. */
function fileOf(rules: string): string {
  const file = join(FileSystem.mkdtemp('imds-guard-rules-'), 'imdsv2.guard');
  writeFileSync(file, rules);
  return file;
}
