import { App, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ssm as ssm, Stack } from 'aws-cdk-lib';
import { ImdsGuard } from '../../src';
import { outcomeOf } from '../support/support';

/** As in the `cdk.json` of each new app: references between stacks are by `Fn::GetStackOutput`. */
const WEAK = { '@aws-cdk/core:defaultCrossStackReferences': 'weak', '@aws-cdk/core:annotationsInValidationReport': true };

type Build = (launchTemplate: ec2.CfnLaunchTemplate, stack: Stack) => void;

function outcomeWith(build: Build, isGuarded: boolean, env?: { account: string; region: string }): ReturnType<typeof outcomeOf> {
  const app = new App({ context: WEAK });
  if (isGuarded) { ImdsGuard.enforce(app); } else { ImdsGuard.observe(app); }
  build(new ec2.CfnLaunchTemplate(new Stack(app, 'Templates', { env }), 'T', { launchTemplateData: { instanceType: 't3.micro' } }), new Stack(app, 'Hosts', { env }));
  return outcomeOf(app);
}

const spec = (template: ec2.CfnLaunchTemplate): { launchTemplateId: string; version: string } => (
  { launchTemplateId: template.ref, version: template.attrLatestVersionNumber }
);
const instance: Build = (template, stack) => void new ec2.CfnInstance(stack, 'I', { launchTemplate: spec(template) });
const group: Build = (template, stack) => (
  void new autoscaling.CfnAutoScalingGroup(stack, 'G', { minSize: '0', maxSize: '1', launchTemplate: spec(template) })
);

const FOUND = /cdk-imds-guard::|undecided-|imdsv2-not-required/;

describe.each([
  ['anywhere', undefined], ['in an environment', { account: '111122223333', region: 'eu-west-1' }],
])('a launch template of another stack, %s', (_, env) => {
  test.each([
    ['is known where a group uses it', group],
    ['fails nothing where the instance got the settings, since a change of the template would replace it', instance],
  ])('%s', (__, build) => {
    const { output, failed } = outcomeWith(build, true, env);

    expect(output).not.toMatch(FOUND);
    expect(failed).toBe(false);
  });

  test('is told where others may use it', () => {
    const { output, failed } = outcomeWith((template, stack) => {
      instance(template, stack);
      new ssm.CfnParameter(stack, 'P', { type: 'String', value: template.ref });
    }, true, env);

    expect(output).toContain('P is given it');
    expect(failed).toBe(true);
  });

  test('is told where it says nothing', () => expect(outcomeWith(group, false, env).output).toMatch(FOUND));
});
