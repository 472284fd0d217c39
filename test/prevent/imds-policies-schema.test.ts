/* eslint-disable @typescript-eslint/no-require-imports, import/no-extraneous-dependencies, import/order */
// CDK's validation of templates against CloudFormation's schema is younger than the oldest aws-cdk-lib that is supported.
type Cdk = typeof import('aws-cdk-lib');
// By version, before either is loaded: the newer cannot run in a process that the older has set up. `projen test:newest` swaps the two.
const minorOf = (name: string): number => Number(require(`${name}/package.json`).version.split('.')[1]);
const cdk: Cdk = minorOf('aws-cdk-lib-newest') > minorOf('aws-cdk-lib') ? require('aws-cdk-lib-newest') : require('aws-cdk-lib');
new cdk.App();
const { outcomeOf } = require('../support/support') as typeof import('../support/support');
const { ImdsEc2Policy, ImdsPolicyExemption, ImdsPolicyStatement, ImdsServiceControlPolicy } = require('../../src') as typeof import('../../src');

import { readFileSync } from 'fs';
import { join } from 'path';
import type { Json } from '../support/support';

beforeAll(() => delete process.env.CDK_VALIDATION);
afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

/** What CloudFormation's schema has against a stack. */
function schemaErrors(build: (stack: any) => unknown): string[] {
  const app = new cdk.App({ analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  build(new cdk.Stack(app, 'Stack'));
  outcomeOf(app as any);
  const { pluginReports }: Json = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  return pluginReports.filter(({ pluginName }: Json) => pluginName === 'CloudFormation Validate')
    .flatMap(({ violations }: Json) => violations.filter(({ severity }: Json) => severity === 'error').map(({ description }: Json) => description));
}

const SETTINGS = {
  targetIds: ['r-ab12', 'ou-ab12-11111111', '111122223333'],
  exemptions: [ImdsPolicyExemption.roles('arn:*:iam::*:role/imds-exempt/*')],
  includeStatements: Object.values(ImdsPolicyStatement),
};

test.each([
  ['a service control policy', (stack: any) => new ImdsServiceControlPolicy(stack, 'Imds', SETTINGS)],
  ['an EC2 policy', (stack: any) => new ImdsEc2Policy(stack, 'Imds', SETTINGS)],
  ['both with the defaults', (stack: any) => [new ImdsServiceControlPolicy(stack, 'Scp'), new ImdsEc2Policy(stack, 'Ec2')]],
])('%s validates against CloudFormation\'s schema', (_name, build) => {
  expect(schemaErrors(build)).toEqual([]);
});

test.each([
  ['a target that is none', { Name: 'n', Type: 'SERVICE_CONTROL_POLICY', Content: {}, TargetIds: ['unit'] }],
  ['no content', { Name: 'n', Type: 'SERVICE_CONTROL_POLICY' }],
])('the schema has something against %s', (_name, properties) => {
  expect(schemaErrors(stack => new cdk.CfnResource(stack, 'Bad', { type: 'AWS::Organizations::Policy', properties }))).not.toEqual([]);
});
