import { dirname, join } from 'path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { App, CfnResource, IPolicyValidationPlugin, Stack } from 'aws-cdk-lib';
import { NagRuleCompliance, rules } from 'cdk-nag';
import { ContainerStack } from '../../examples/company-app/containers';
import { FleetStack } from '../../examples/company-app/fleets';
import { LegacyStack } from '../../examples/company-app/legacy';
import { NetworkStack } from '../../examples/company-app/network';
import { ImdsGuard } from '../../src';
import { newApp, quietly } from '../support/support';

const CONTROL_TOWER = join(dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json')), 'rules', 'control-tower', 'cfn-guard');

/** The stacks of examples/company-app that launch instances of their own. */
function companyApp(guarded: boolean): App {
  const app = newApp({ '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true });
  if (guarded) { ImdsGuard.enforce(app); }
  const { vpc } = new NetworkStack(app, 'Network');
  new FleetStack(app, 'Fleets', { vpc });
  new ContainerStack(app, 'Containers', { vpc });
  new LegacyStack(app, 'Legacy', { vpc });
  quietly(() => app.synth());
  return app;
}

function nagFindings(app: App): string[] {
  const resources = app.node.findAll().filter((each): each is CfnResource => CfnResource.isCfnResource(each));
  return resources.filter(each => rules.ec2.EC2IMDSv2Enabled(each) === NagRuleCompliance.NON_COMPLIANT).map(each => each.node.path);
}

function controlTowerFindings(app: App): string[] {
  const files = [join('ec2', 'ct-ec2-pr-1.guard'), join('ec2autoscaling', 'ct-autoscaling-pr-2.guard')];
  const paths = files.map(file => join(CONTROL_TOWER, file));
  const plugin = new CfnGuardValidator({ controlTowerRulesEnabled: false, rules: paths }) as unknown as IPolicyValidationPlugin;
  const stacks = app.node.findAll().filter((each): each is Stack => Stack.isStack(each));
  return stacks.flatMap(stack => plugin.validate({ appConstruct: app, templatePaths: [join(app.outdir, stack.templateFile)] }).violations)
    .flatMap(({ violatingResources }) => violatingResources.map(({ resourceLogicalId }) => resourceLogicalId!));
}

test('cdk-nag passes after enforcement, but for two known false alarms', () => {
  expect(nagFindings(companyApp(false)).length).toBeGreaterThan(5);
  expect(nagFindings(companyApp(true))).toEqual([
    'Fleets/Batches/ASG', // a mixed instances policy: the rule looks at LaunchTemplate and LaunchConfigurationName only
    'Legacy/Licences', // options in a Fn::If: the rule reads `httpTokens` of the typed property only
  ]);
});

test('the Control Tower rules about IMDS pass after enforcement', () => {
  expect(controlTowerFindings(companyApp(false)).length).toBeGreaterThan(5);
  expect(controlTowerFindings(companyApp(true))).toEqual([]);
});
