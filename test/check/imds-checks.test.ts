import { App, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { ImdsChecks, ImdsChecksProps, ImdsGuard, ImdsValidator } from '../../src';
import { generic, newApp, outcomeOf } from '../support/support';

const instance = (scope: Stack, options: object, id = 'I'): CfnResource => generic(scope, id, 'AWS::EC2::Instance', { MetadataOptions: options });
const weak = (scope: Stack, id = 'Weak'): CfnResource => instance(scope, { HttpTokens: 'optional' }, id);
const strong = (scope: Stack, id = 'Strong'): CfnResource => instance(scope, { HttpTokens: 'required' }, id);

function appWith(build: (stack: Stack) => unknown, props?: ImdsChecksProps): App {
  const app = newApp();
  Validations.of(app).addPlugins(new ImdsChecks(app, props));
  build(new Stack(app, 'Stack'));
  return app;
}

function violationsOf(app: App): { rule: string; severity?: string }[] {
  return new ImdsChecks(app).validateScope(app).violations.map(({ ruleName, severity }) => ({ rule: ruleName, severity }));
}

test('a violation fails as an error, with the name that cdk-nag gives a rule', () => {
  const app = appWith(stack => weak(stack));
  const { failed, output } = outcomeOf(app);
  expect(failed).toBe(true);
  for (const text of ['ImdsChecks-imdsv1-allowed', 'Stack/Weak', '"optional" lets IMDSv1 answer', 'set metadataOptions.httpTokens of the CfnInstance to "required"']) {
    expect(output).toContain(text);
  }
  expect(violationsOf(app)).toEqual([{ rule: 'ImdsChecks-imdsv1-allowed', severity: 'error' }]);
});

test('what requires version 2 passes', () => {
  const app = appWith(stack => strong(stack));
  expect(outcomeOf(app).failed).toBe(false);
  expect(new ImdsChecks(app).validateScope(app)).toMatchObject({ success: true, violations: [] });
});

test('what cannot be decided is a rule of its own at warning level, and does not fail', () => {
  const app = appWith(stack => generic(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', {
    MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' },
  }));
  expect(outcomeOf(app).failed).toBe(false);
  expect(violationsOf(app)).toEqual([{ rule: 'ImdsChecks-undecided-launch-template', severity: 'warning' }]);
});

test('nested stacks and Stages are seen', () => {
  const app = newApp();
  weak(new NestedStack(new Stack(new Stage(app, 'Stage'), 'Outer'), 'Nested'));
  Validations.of(app).addPlugins(new ImdsChecks(app));
  expect(outcomeOf(app)).toMatchObject({ failed: true, output: expect.stringContaining('Stage/Outer/Nested/Weak') });
});

test('a hop limit above the maximum fails, one at it does not', () => {
  const withHops = (hops: number): App => appWith(stack => instance(stack, { HttpTokens: 'required', HttpPutResponseHopLimit: hops }), { maxHttpPutResponseHopLimit: 2 });
  expect(outcomeOf(withHops(3))).toMatchObject({ failed: true, output: expect.stringContaining('ImdsChecks-hop-limit-too-high') });
  expect(outcomeOf(withHops(2)).failed).toBe(false);
});

test('of two maxima the lower one counts', () => {
  const withMaxima = (guard: number, pack: number): boolean => outcomeOf(appWith(stack => {
    ImdsGuard.enforce(stack, { maxHttpPutResponseHopLimit: guard, excludeResourceTypes: [] });
    instance(stack, { HttpTokens: 'required', HttpPutResponseHopLimit: { 'Fn::If': ['C', 3, 3] } });
  }, { maxHttpPutResponseHopLimit: pack })).failed;
  expect(withMaxima(5, 2)).toBe(true);
  expect(withMaxima(5, 3)).toBe(false);
});

test.each([0, 65, 1.5])('the maximum %d is refused', maxHttpPutResponseHopLimit => {
  expect(() => new ImdsChecks(undefined, { maxHttpPutResponseHopLimit })).toThrow('from 1 to 64');
});

describe('acknowledgements', () => {
  test.each(['ImdsChecks-imdsv1-allowed', 'ImdsChecks::ImdsChecks-imdsv1-allowed', 'cdk-imds-guard::imdsv1-allowed'])('%s with a reason holds', id => {
    expect(outcomeOf(appWith(stack => Validations.of(weak(stack)).acknowledge({ id, reason: 'legacy agent' }))).failed).toBe(false);
  });

  test.each(['ImdsChecks-imdsv1-allowed', 'ImdsChecks::ImdsChecks-imdsv1-allowed'])('%s without a reason fails', id => {
    const { failed, output } = outcomeOf(appWith(stack => Validations.of(weak(stack)).acknowledge({ id, reason: '' })));
    expect(failed).toBe(true);
    expect(output).toContain('ImdsChecks-acknowledgement-without-reason');
    expect(output).toContain('ImdsChecks-imdsv1-allowed');
  });

  test('of one resource they do not hold for another', () => {
    const { failed, output } = outcomeOf(appWith(stack => {
      Validations.of(weak(stack, 'Old')).acknowledge({ id: 'ImdsChecks-imdsv1-allowed', reason: 'legacy agent' });
      weak(stack, 'New');
    }));
    expect(failed).toBe(true);
    expect(output).toContain('Stack/New');
    expect(output).not.toContain('Stack/Old');
  });
});

describe('beside the validator', () => {
  const alone = (app: App): { success: boolean } => new ImdsValidator().validate({ appConstruct: app, templatePaths: [] });

  test('a pack on the app reports, and the validator does not', () => {
    const app = newApp();
    weak(new Stack(app, 'Stack'));
    Validations.of(app).addPlugins(new ImdsValidator(), new ImdsChecks());
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(true);
    expect(output.match(/"optional" lets IMDSv1 answer/g)).toHaveLength(1);
    expect(alone(app)).toMatchObject({ success: true, violations: [] });
  });

  test('a pack on a Stage reports what is in it, the validator the rest', () => {
    const app = newApp();
    const stage = new Stage(app, 'Stage');
    weak(new Stack(stage, 'Inside'));
    weak(new Stack(app, 'Outside'));
    Validations.of(app).addPlugins(new ImdsValidator());
    Validations.of(stage).addPlugins(new ImdsChecks());
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(true);
    expect(output.match(/"optional" lets IMDSv1 answer/g)).toHaveLength(2);
    expect(output).toContain('Stage/Inside/Weak');
    expect(output).toContain('Outside/Weak');
    expect(JSON.stringify(alone(app))).not.toContain('StageInside');
  });

  test('without a pack the validator reports', () => {
    const app = newApp();
    weak(new Stack(app, 'Stack'));
    outcomeOf(app);
    expect(new ImdsValidator().validate({ appConstruct: app, templatePaths: [] }).success).toBe(false);
  });

  test('what is only observed warns', () => {
    const app = appWith(stack => weak(stack));
    ImdsGuard.observe(app);
    expect(outcomeOf(app)).toMatchObject({ failed: false, output: expect.stringContaining('ImdsChecks-imdsv1-allowed') });
  });
});

test('an error of its own fails, and is told', () => {
  const app = newApp();
  new Stack(app, 'Stack');
  const report = new ImdsChecks().validate({ appConstruct: app, templatePaths: [] });
  expect(report).toMatchObject({ success: false, violations: [{ ruleName: 'ImdsChecks-internal-error' }] });
});
