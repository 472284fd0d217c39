import { App, Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import { finishApp } from '../../src/guard/finish-app';
import { ImdsGuard } from '../../src/guard/imds-guard';
import { folderWith } from '../support/files';
import { outcomeOf } from '../support/support';

const FLEET = { SpotFleetRequestConfigData: { LaunchSpecifications: [{ ImageId: 'ami-1' }] } };

/** An app that is synthesized, as an older CDK has it: nobody runs the check. Its fleet has no place for a setting where `isWeak`. */
function oldApp(isWeak: boolean): App {
  const app = new App({ outdir: folderWith() });
  ImdsGuard.enforce(app);
  const stack = new Stack(app, 'Web');
  new CfnResource(stack, 'Host', { type: 'AWS::EC2::Instance' });
  if (isWeak) { new CfnResource(stack, 'Fleet', { type: 'AWS::EC2::SpotFleet', properties: FLEET }); }
  outcomeOf(app); // newer CDK throws
  process.exitCode = undefined;
  return new Proxy(app, { has: (target, key) => key !== '_addValidationPlugins' && key in target });
}

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.JSII_AGENT;
  process.exitCode = undefined;
});

test('an app that removes what the guard added last is checked all the same', () => {
  const app = new App({ outdir: folderWith() });
  ImdsGuard.enforce(app);
  const fleet = new CfnResource(new Stack(app, 'Web'), 'Fleet', { type: 'AWS::EC2::SpotFleet', properties: FLEET });
  Aspects.of(fleet).add({ visit: () => void app.node.tryRemoveChild('CdkImdsGuard') });
  expect(() => app.synth()).toThrow('the check failed');
  expect(process.exitCode).toBe(1);
});

describe('on a CDK that runs no check, a violation that is left', () => {
  test('is an error, as in newer CDK, and the exit code of the process', () => {
    const app = oldApp(true);
    expect(() => finishApp(app)).toThrow('the check failed');
    expect(process.exitCode).toBe(1);
  });

  test('that is not there is neither', () => {
    process.env.JSII_AGENT = 'Python/3.11';
    expect(() => finishApp(oldApp(false))).not.toThrow();
    expect(process.exitCode).toBeUndefined();
  });
});
