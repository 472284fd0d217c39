/* eslint-disable @typescript-eslint/no-require-imports, import/no-extraneous-dependencies */
// The app's copy comes first, as in an app: aws-cdk-lib 2.276 cannot run in a process whose profiling state 2.258 has set up.
const other = require('aws-cdk-lib-newest') as typeof import('aws-cdk-lib');
new other.App();
const { ImdsExemption, ImdsGuard } = require('../../src') as typeof import('../../src');
const { templateOf } = require('../support/support') as typeof import('../support/support');

const LEGACY = { reason: 'r', owner: 'o', until: '9999-12-31' };
const CARRIED = { 'cdk-imds-guard:exemption': { ...LEGACY, scope: 'Stage/Stack/Exempt' } };

test.each([true, false])('an exemption in an app on another copy of aws-cdk-lib than the library, with the guard: %s', isGuarded => {
  const app = new other.App({ analyticsReporting: false });
  if (isGuarded) { ImdsGuard.enforce(app as any); }
  const stack = new other.Stack(new other.Stage(app, 'Stage'), 'Stack');
  const exempt = new other.aws_ec2.CfnInstance(stack, 'Exempt', {});
  new other.aws_ec2.CfnInstance(stack, 'Beside', {});
  ImdsExemption.add(exempt as any, LEGACY);

  const { Resources: resources } = templateOf(stack as any);
  expect(resources.Exempt).toEqual({ Type: 'AWS::EC2::Instance', Metadata: expect.objectContaining(CARRIED) });
  expect(resources.Beside.Metadata?.['cdk-imds-guard:exemption']).toBeUndefined();
  expect(resources.Beside.Properties?.MetadataOptions?.HttpTokens).toBe(isGuarded ? 'required' : undefined);
});
