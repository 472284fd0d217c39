import { readFileSync, rmSync } from 'fs';
import { join } from 'path';
import { App, aws_ec2 as ec2, CfnElement, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { ImdsGuard, ImdsValidator } from '../src';
import { generic, Json, newApp, outcomeOf } from './support';

function appWith(build: (stack: Stack) => unknown, register: (app: App) => void = app => Validations.of(app).addPlugins(new ImdsValidator())): App {
  const app = newApp();
  register(app);
  build(new Stack(app, 'Stack'));
  return app;
}

const weak = (scope: Stack, id = 'Weak'): CfnResource => generic(scope, id, 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'optional' } });
const strong = (scope: Stack, id = 'Strong'): CfnResource => generic(scope, id, 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required' } });

describe('on its own', () => {
  test('fails on a violation, naming resource, path, reason and fix', () => {
    const { failed, output } = outcomeOf(appWith(stack => weak(stack)));
    expect(failed).toBe(true);
    for (const text of ['imdsv1-allowed', 'Stack/Weak', 'Properties.MetadataOptions.HttpTokens', '"optional" lets IMDSv1 answer',
      'set MetadataOptions.HttpTokens to "required"', 'https://docs.aws.amazon.com/']) {
      expect(output).toContain(text);
    }
  });

  test('passes without one', () => {
    expect(outcomeOf(appWith(stack => strong(stack)))).toMatchObject({ failed: false, output: expect.not.stringContaining('imdsv1-allowed') });
  });

  test('what cannot be told warns and does not fail', () => {
    const group = { MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } };
    const { failed, output } = outcomeOf(appWith(stack => generic(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', group)));
    expect(failed).toBe(false);
    expect(output).toContain('undecided');
    expect(output).toContain('the LaunchTemplate lt-1 is not in this template');
  });

  test.each<[string, (app: App) => Stack]>([
    ['a nested stack', app => new NestedStack(new Stack(app, 'Outer'), 'Nested')],
    ['a nested stack in a nested stack', app => new NestedStack(new NestedStack(new Stack(app, 'Outer'), 'Middle'), 'Nested')],
    ['a Stage', app => new Stack(new Stage(app, 'Stage'), 'Staged')],
    ['a nested stack in a Stage in a Stage', app => new NestedStack(new Stack(new Stage(new Stage(app, 'A'), 'B'), 'Staged'), 'Nested')],
  ])('sees %s', (_, where) => {
    const app = newApp();
    Validations.of(app).addPlugins(new ImdsValidator());
    const scope = where(app);
    weak(scope);
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(true);
    expect(output).toContain(`${scope.node.path}/Weak`);
  });

  test('an override and a resource without a construct are judged as CloudFormation receives them', () => {
    const { failed, output } = outcomeOf(appWith(stack => strong(stack).addPropertyOverride('MetadataOptions.HttpTokens', 'optional')));
    expect(failed).toBe(true);
    expect(output).toContain('Stack/Strong');
  });

  test('what is the same about many resources is one entry', () => {
    const app = appWith(stack => { weak(stack, 'One'); weak(stack, 'Two'); });
    outcomeOf(app);
    const { violations } = new ImdsValidator().validate({ appConstruct: app, templatePaths: [] });
    expect(violations.map(({ violatingResources }) => violatingResources.map(({ resourceLogicalId }) => resourceLogicalId))).toEqual([['One', 'Two']]);
  });

  test('a loop that makes resources at deployment warns', () => {
    class Loop extends CfnElement {
      public _toCloudFormation(): object {
        return { Resources: { 'Fn::ForEach::Hosts': ['Id', ['A'], { 'Host${Id}': { Type: 'AWS::EC2::Instance' } }] } };
      }
    }
    const { failed, output } = outcomeOf(appWith(stack => new Loop(stack, 'Loop')));
    expect(failed).toBe(false);
    expect(output).toContain('Fn::ForEach::Hosts makes resources when the stack is deployed');
  });

  test('counts what it examined', () => {
    const app = appWith(stack => { weak(stack); strong(stack); generic(stack, 'Editor', 'AWS::Cloud9::EnvironmentEC2', {}); });
    outcomeOf(app);
    const report: Json = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    expect(JSON.stringify(report)).toContain('"examined":"3","compliant":"1","violation":"1","cannot tell":"0","not governed":"1"');
  });

  test('an error of its own fails, and is told', () => {
    const app = appWith(stack => strong(stack));
    const { appConstruct } = { appConstruct: app };
    outcomeOf(app);
    rmSync(join(app.outdir, 'Stack.template.json'));
    const report = new ImdsValidator().validate({ appConstruct, templatePaths: [] });
    expect(report.success).toBe(false);
    expect(report.violations[0]).toMatchObject({ ruleName: 'internal-error', description: expect.stringContaining('ENOENT') });
  });
});

describe('with the guard', () => {
  test('judges enforced and observed scopes, not the others', () => {
    const app = newApp();
    const [beside, observed] = ['Beside', 'Observed'].map(id => new Stack(app, id));
    [beside, observed].forEach(stack => weak(stack));
    ImdsGuard.observe(observed);
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(false);
    expect(output).toContain('Observed/Weak');
    expect(output).not.toContain('Beside/Weak');
  });

  test('is registered once', () => {
    const app = appWith(stack => weak(stack), each => { ImdsGuard.observe(each); ImdsGuard.observe(each); });
    expect(outcomeOf(app).output.match(/Stack\/Weak/g)!.length).toBe(outcomeOf(appWith(stack => weak(stack), each => ImdsGuard.observe(each))).output.match(/Stack\/Weak/g)!.length);
  });

  test('fails on what could not be enforced, and on nothing that was', () => {
    const fleet = (stack: Stack): unknown => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: { imageId: 'ami' } });
      return new ec2.CfnEC2Fleet(stack, 'F', {
        targetCapacitySpecification: { totalTargetCapacity: 1 },
        launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } }],
      });
    };
    const enforce = (app: App): void => ImdsGuard.enforce(app);
    expect(outcomeOf(appWith(fleet, enforce))).toMatchObject({ failed: true, output: expect.stringContaining('Stack/T') });
    expect(outcomeOf(appWith(weak, enforce)).failed).toBe(false);
    expect(outcomeOf(appWith(fleet, app => ImdsGuard.enforce(app, { allowReplacement: ['AWS::EC2::EC2Fleet'] }))).failed).toBe(false);
  });

  test('types that are left out do not fail', () => {
    expect(outcomeOf(appWith(stack => weak(stack), app => ImdsGuard.enforce(app, { excludeResourceTypes: ['AWS::EC2::Instance'] }))).failed).toBe(false);
  });

  test('a hop limit above the maximum fails where it is only observed it warns', () => {
    const high = (stack: Stack): unknown => generic(stack, 'I', 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 5 } });
    const { failed, output } = outcomeOf(appWith(high, app => ImdsGuard.observe(app, { maxHttpPutResponseHopLimit: 2 })));
    expect(failed).toBe(false);
    expect(output).toContain('5 is above the maximum of 2');
  });
});
