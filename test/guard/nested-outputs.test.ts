import { App, aws_ec2 as ec2, aws_ssm as ssm, NestedStack, Stack } from 'aws-cdk-lib';
import { ImdsGuard } from '../../src';
import { outcomeOf } from '../support/support';

/** An instance that is pinned to a launch template in a nested stack; what else a test adds is beside the instance. */
function outcomeWith(references: string, isInParent: boolean, add?: (stack: Stack, id: string) => void): ReturnType<typeof outcomeOf> {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': references, '@aws-cdk/core:annotationsInValidationReport': true } });
  ImdsGuard.enforce(app);
  const parent = new Stack(app, 'Parent');
  const template = new ec2.CfnLaunchTemplate(new NestedStack(parent, 'Templates'), 'T', { launchTemplateData: { instanceType: 't3.micro' } });
  const stack = isInParent ? parent : new Stack(app, 'Hosts');
  new ec2.CfnInstance(stack, 'I', { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } });
  add?.(stack, template.ref);
  return outcomeOf(app);
}

describe.each<[string, string, boolean]>([
  ['in the stack around it', 'strong', true], ['in another stack', 'strong', false], ['in another stack, with weak references', 'weak', false],
  ['in another stack, with references of both kinds', 'both', false],
])('a launch template in a nested stack, behind a pinned instance %s', (_, references, isInParent) => {
  test('fails nothing, since the instance got the settings', () => {
    const { output, failed } = outcomeWith(references, isInParent);

    expect(output).not.toMatch(/cdk-imds-guard::|undecided-|imdsv2-not-required/);
    expect(failed).toBe(false);
  });

  test('is told where others may use it', () => {
    const { output, failed } = outcomeWith(references, isInParent, (stack, value) => new ssm.CfnParameter(stack, 'P', { type: 'String', value }));

    expect(output).toContain('P is given it');
    expect(failed).toBe(true);
  });
});
