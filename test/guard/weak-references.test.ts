import { App, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ssm as ssm, Stack } from 'aws-cdk-lib';
import { ImdsGuard } from '../../src';
import { outcomeOf } from '../support/support';

/**
 * `weak` as in the `cdk.json` of each new app: references between stacks are by `Fn::GetStackOutput`. With `both` the exports stay that stacks
 * imported before.
 */
type References = 'weak' | 'both';

type Build = (launchTemplate: ec2.CfnLaunchTemplate, stack: Stack) => void;

function outcomeWith(references: References, build: Build, isGuarded: boolean, env?: Environment): ReturnType<typeof outcomeOf> {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': references, '@aws-cdk/core:annotationsInValidationReport': true } });
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

const ENVIRONMENT = { account: '111122223333', region: 'eu-west-1' };
type Environment = typeof ENVIRONMENT;

describe.each<[References, string, Environment | undefined]>([
  ['weak', 'anywhere', undefined], ['weak', 'in an environment', ENVIRONMENT], ['both', 'anywhere', undefined], ['both', 'in an environment', ENVIRONMENT],
])('with references that are %s, a launch template of another stack, %s', (references, _, env) => {
  test.each([
    ['is known where a group uses it', group],
    ['fails nothing where the instance got the settings, since a change of the template would replace it', instance],
  ])('%s', (__, build) => {
    const { output, failed } = outcomeWith(references, build, true, env);

    expect(output).not.toMatch(FOUND);
    expect(failed).toBe(false);
  });

  test('is told where others may use it', () => {
    const { output, failed } = outcomeWith(references, (template, stack) => {
      instance(template, stack);
      new ssm.CfnParameter(stack, 'P', { type: 'String', value: template.ref });
    }, true, env);

    expect(output).toContain('P is given it');
    expect(failed).toBe(true);
  });

  test('is told where its author exports it for others', () => {
    const { output, failed } = outcomeWith(references, (template, stack) => {
      instance(template, stack);
      template.stack.exportValue(template.ref, { name: 'shared' });
    }, true, env);

    expect(output).toContain('the export shared lets others use it');
    expect(failed).toBe(true);
  });

  test('is told where it says nothing', () => expect(outcomeWith(references, group, false, env).output).toMatch(FOUND));
});
