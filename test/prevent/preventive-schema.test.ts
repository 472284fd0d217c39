/* eslint-disable @typescript-eslint/no-require-imports, import/no-extraneous-dependencies, import/order */
// As in cloudformation-schema.test.ts: CDK's validation against CloudFormation's schema is younger than the oldest aws-cdk-lib that is supported.
type Cdk = typeof import('aws-cdk-lib');
const minorOf = (name: string): number => Number(require(`${name}/package.json`).version.split('.')[1]);
const newest = minorOf('aws-cdk-lib-newest') > minorOf('aws-cdk-lib') ? 'aws-cdk-lib-newest' : 'aws-cdk-lib';
const cdk: Cdk = require(newest);
jest.doMock('aws-cdk-lib', () => cdk); // the constructs below are made of the same copy
new cdk.App();
const { outcomeOf } = require('../support/support') as typeof import('../support/support');
const ours = require('../../src') as typeof import('../../src');

import { readFileSync } from 'fs';
import { join } from 'path';
import type { Json } from '../support/support';

beforeAll(() => delete process.env.CDK_VALIDATION);
afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

/** What CloudFormation's schema, and our own check, have against a stack, as `<plugin>: <text>`. */
function errorsIn(build: (stack: any) => unknown): string[] {
  const app = new cdk.App({ analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  ours.ImdsGuard.enforce(app as any);
  build(new cdk.Stack(app, 'Stack'));
  outcomeOf(app as any);
  const { pluginReports }: Json = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap(({ pluginName, violations }: Json) => violations
    .filter(({ severity }: Json) => severity === 'error' || severity === 'fatal')
    .map(({ description }: Json) => `${pluginName}: ${description}`));
}

const PLACES = { organizationalUnitIds: ['ou-abcd-12345678'], regions: ['eu-central-1'] };

const CONSTRUCTS: Record<string, (stack: any) => unknown> = {
  'hook': stack => new ours.ImdsGuardHook(stack, 'It'),
  'hook with everything': stack => new ours.ImdsGuardHook(stack, 'It', {
    failureMode: ours.ImdsHookFailureMode.FAIL, enabled: false, alias: 'My::Own::Hook', maxHttpPutResponseHopLimit: 1, httpEndpoint: true, excludeStackNames: ['s'],
  }),
  'hook in an organization': stack => new ours.ImdsOrganizationGuardHook(stack, 'It', PLACES),
  'template of the hook in an organization': stack => {
    const made = new cdk.Stack(stack, 'Made');
    new ours.ImdsOrganizationGuardHook(made, 'Set', PLACES);
    const set = made.node.findAll().find((each): each is InstanceType<Cdk['CfnStackSet']> => cdk.CfnStackSet.isCfnStackSet(each))!;
    for (const [id, { Type: type, Properties: properties }] of Object.entries<Json>(JSON.parse(set.templateBody!).Resources)) {
      new cdk.CfnResource(stack, id, { type, properties }).overrideLogicalId(id);
    }
  },
  'Config rules': stack => new ours.ImdsConfigRules(stack, 'It'),
  'Config rules with everything': stack => new ours.ImdsConfigRules(stack, 'It', { maxHttpPutResponseHopLimit: 1, remediation: { automatic: true } }),
  'Config rules in an organization': stack => new ours.ImdsOrganizationConfigRules(stack, 'It', { maxHttpPutResponseHopLimit: 1, excludedAccounts: ['111122223333'] }),
  'account defaults': stack => new ours.ImdsAccountDefaults(stack, 'It', { httpTokensEnforced: true, httpPutResponseHopLimit: 2 }),
  'usage alarm': stack => new ours.Imdsv1UsageAlarm(stack, 'It'),
  'usage alarm of a group': stack => new ours.Imdsv1UsageAlarm(stack, 'It', { source: ours.Imdsv1UsageSource.autoScalingGroup('web') }),
};

test.each(Object.entries(CONSTRUCTS))('%s: the template validates', (_, build) => {
  expect(errorsIn(build)).toEqual([]);
});

test('the schema has something against a hook that does not say when it fails', () => {
  expect(errorsIn(stack => new cdk.CfnResource(stack, 'Hook', { type: 'AWS::CloudFormation::GuardHook', properties: { Alias: 'A::B::C' } }))).not.toEqual([]);
});
