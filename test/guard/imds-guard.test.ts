import { readFileSync } from 'fs';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import {
  App, AspectPriority, Aspects, aws_codepipeline as codepipeline, aws_ec2 as ec2, aws_s3 as s3, CfnResource, NestedStack, pipelines, Stack, Stage,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ImdsExemption, ImdsGuard, RequireImdsv2 } from '../../src';
import { generic, Json, messages, newApp, outcomeOf, quietly, templateOf, told } from '../support/support';

const REQUIRED = { HttpTokens: 'required' };

function instanceIn(scope: IConstruct, id = 'I', options: Json = {}): ec2.CfnInstance {
  return new ec2.CfnInstance(scope as Stack, id, options);
}

function optionsIn(stack: Stack, id = 'I'): unknown {
  return templateOf(stack).Resources[id].Properties?.MetadataOptions;
}

class Release extends Stage {
  public readonly stack = new Stack(this, 'Stack');
  public readonly instance = instanceIn(this.stack);
}

function pipelineIn(stack: Stack): pipelines.CodePipeline {
  return new pipelines.CodePipeline(stack, 'Pipeline', {
    synth: new pipelines.ShellStep('Synth', {
      input: pipelines.CodePipelineSource.s3(s3.Bucket.fromBucketName(stack, 'Source', 'source'), 'app.zip'), commands: ['npx cdk synth'],
    }),
    codePipeline: new codepipeline.Pipeline(stack, 'Inner', { pipelineType: codepipeline.PipelineType.V2 }),
  });
}

describe('reach', () => {
  test('stacks, nested stacks, stages and stages in stages, added before and after the call', () => {
    const app = newApp();
    const early = new Release(app, 'Early');
    ImdsGuard.enforce(app);
    const late = new Release(app, 'Late');
    const inner = new Release(late, 'Inner');
    const stack = new Stack(app, 'Stack');
    instanceIn(stack);
    const nested = new NestedStack(stack, 'Nested');
    instanceIn(nested);

    expect([early.stack, late.stack, inner.stack, stack, nested].map(each => optionsIn(each))).toEqual(Array(5).fill(REQUIRED));
  });

  test('a stage given to a pipeline, which is synthesized at once', () => {
    const app = newApp();
    ImdsGuard.enforce(app);
    const stack = new Stack(app, 'PipelineStack', { env: { account: '111111111111', region: 'eu-west-1' } });
    const release = new Release(app, 'Release', { env: { account: '111111111111', region: 'eu-west-1' } });
    pipelineIn(stack).addStage(release);
    expect(optionsIn(release.stack)).toEqual(REQUIRED);
    expect(outcomeOf(app)).toMatchObject({ failed: false });
  });

  test('a stage that was synthesized before the call is an error that names it, and fails', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const release = new Release(app, 'Release');
    quietly(() => release.synth());
    ImdsGuard.enforce(app);
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(true);
    expect(output).toContain('stage-synthesized-before-enforce');
    expect(output).toContain('Release');
    expect(messages(app)).toContain('stage-synthesized-before-enforce: the Stage Release was synthesized before ImdsGuard.enforce was called');
    expect(stack).toBeDefined();
  });

  describe.each(['enforce', 'observe'] as const)('%s, called too late, throws', mode => {
    test.each(['an app', 'a stack in it', 'a stack that was added later'])('%s that was synthesized', what => {
      const app = newApp();
      const early = new Stack(app, 'Early');
      instanceIn(early);
      quietly(() => app.synth());
      const scope = what === 'an app' ? app : what === 'a stack in it' ? early : new Stack(app, 'Late');
      const message = `was synthesized before ImdsGuard.${mode} was called, which changes nothing in it any more; move the call up, right after new App()`;
      expect(() => ImdsGuard[mode](scope)).toThrow(new Error(`the app ${message}`));
      expect(optionsIn(early)).toBeUndefined();
    });

    test('a Stage, or a scope in it, that was synthesized, and not the app around it', () => {
      const app = newApp();
      const release = new Release(app, 'Release');
      quietly(() => release.synth());
      expect(() => ImdsGuard[mode](release)).toThrow(`the Stage Release was synthesized before ImdsGuard.${mode} was called`);
      expect(() => ImdsGuard[mode](release.stack)).toThrow(`the Stage Release was synthesized before ImdsGuard.${mode} was called`);
      expect(() => ImdsGuard[mode](app)).not.toThrow();
    });
  });

  test('a resource that is added between two syntheses', () => {
    const app = newApp();
    ImdsGuard.enforce(app);
    const stack = new Stack(app, 'Stack');
    instanceIn(stack);
    quietly(() => app.synth());
    instanceIn(stack, 'Late');
    quietly(() => app.synth({ force: true }));
    expect(JSON.parse(readFileSync(join(app.outdir, stack.templateFile), 'utf8')).Resources.Late.Properties?.MetadataOptions).toEqual(REQUIRED);
  });

  test('a Stage as scope, and not the stacks around it', () => {
    const app = newApp();
    const release = new Release(app, 'Release');
    const beside = new Stack(app, 'Beside');
    instanceIn(beside);
    ImdsGuard.enforce(release);
    expect(optionsIn(release.stack)).toEqual(REQUIRED);
    expect(optionsIn(beside)).toBeUndefined();
  });

  test('a scope inside the app, and nothing beside it', () => {
    const app = newApp();
    const inside = new Stack(app, 'Inside');
    const beside = new Stack(app, 'Beside');
    [inside, beside].forEach(stack => instanceIn(stack));
    ImdsGuard.enforce(inside);
    expect(optionsIn(inside)).toEqual(REQUIRED);
    expect(optionsIn(beside)).toBeUndefined();
  });

  test('another app in the same process is left alone', () => {
    ImdsGuard.enforce(newApp());
    const stack = new Stack(newApp(), 'Stack');
    instanceIn(stack);
    expect(optionsIn(stack)).toBeUndefined();
  });

  test('an app that is synthesized twice', () => {
    const app = newApp();
    ImdsGuard.enforce(app);
    const stack = new Stack(app, 'Stack');
    instanceIn(stack);
    quietly(() => app.synth());
    expect(() => quietly(() => app.synth())).not.toThrow();
    expect(() => quietly(() => app.synth({ force: true }))).not.toThrow();
    expect(optionsIn(stack)).toEqual(REQUIRED);
  });
});

describe.each([true, false])('what runs later, with aspectStabilization %s', stabilization => {
  const context = { '@aws-cdk/core:aspectStabilization': stabilization };

  test.each([100, AspectPriority.MUTATING, AspectPriority.DEFAULT, AspectPriority.READONLY, 5000])('an aspect of priority %d that weakens is undone', priority => {
    const app = newApp(context);
    ImdsGuard.enforce(app);
    const stack = new Stack(app, 'Stack');
    instanceIn(stack);
    Aspects.of(app).add({
      visit: node => { if ((node as Partial<CfnResource>).cfnResourceType === 'AWS::EC2::Instance') { (node as ec2.CfnInstance).metadataOptions = { httpTokens: 'optional' }; } },
    }, { priority });
    Aspects.of(app).add({
      visit: node => { if (node instanceof CfnResource && node.cfnResourceType === 'AWS::EC2::Instance') { node.addPropertyOverride('MetadataOptions.HttpTokens', 'optional'); } },
    }, { priority });
    expect(optionsIn(stack)).toEqual(REQUIRED);
  });

  test('a resource that an aspect adds is hardened', () => {
    const app = newApp(context);
    ImdsGuard.enforce(app);
    const stack = new Stack(app, 'Stack');
    Aspects.of(stack).add({ visit: node => { if (node === stack && !stack.node.tryFindChild('I')) { instanceIn(stack); } } });
    expect(optionsIn(stack)).toEqual(REQUIRED);
  });

  test('an aspect that works from afar, on a construct that has been visited', () => {
    const app = newApp(context);
    ImdsGuard.enforce(app);
    const stack = new Stack(app, 'A');
    const instance = instanceIn(stack);
    const last = new Stack(app, 'Z');
    Aspects.of(last).add({ visit: () => { instance.metadataOptions = { httpTokens: 'optional' }; } }, { priority: 9999 });
    expect(optionsIn(stack)).toEqual(REQUIRED);
  });
});

test.each<[string, (instance: ec2.CfnInstance) => void, unknown]>([
  ['a value', each => each.addPropertyOverride('MetadataOptions.HttpTokens', 'optional'), REQUIRED],
  ['a whole object', each => each.addPropertyOverride('MetadataOptions', { HttpTokens: 'optional', HttpProtocolIpv6: 'enabled' }),
    { ...REQUIRED, HttpProtocolIpv6: 'enabled' }],
  ['a literal Fn::If', each => each.addPropertyOverride('MetadataOptions', { 'Fn::If': ['C', { HttpTokens: 'optional' }, { Ref: 'AWS::NoValue' }] }),
    { 'Fn::If': ['C', REQUIRED, REQUIRED] }],
  ['a deletion', each => each.addPropertyDeletionOverride('MetadataOptions'), REQUIRED],
  ['a deletion of the key', each => each.addPropertyDeletionOverride('MetadataOptions.HttpTokens'), REQUIRED],
  ['everything', each => each.addOverride('Properties', { MetadataOptions: { HttpTokens: 'optional' } }), REQUIRED],
])('a raw override with %s does not weaken', (_, override, expected) => {
  const app = newApp();
  ImdsGuard.enforce(app);
  const stack = new Stack(app, 'Stack');
  override(instanceIn(stack));
  expect(optionsIn(stack)).toEqual(expected);
});

describe('idempotence and scopes', () => {
  test('enforcing twice is enforcing once', () => {
    const templates = [1, 2].map(times => {
      const app = newApp();
      for (let i = 0; i < times; i++) { ImdsGuard.enforce(app); }
      const stack = new Stack(app, 'Stack');
      generic(stack, 'I', 'AWS::EC2::Instance', {});
      const { output } = outcomeOf(app);
      return { template: templateOf(stack), output };
    });
    expect(templates[1]).toEqual(templates[0]);
  });

  test('the innermost scope decides, option by option', () => {
    const app = newApp();
    const one = new Stack(app, 'One');
    const two = new Stack(app, 'Two');
    const three = new Stack(app, 'Three');
    [one, two, three].forEach(stack => instanceIn(stack));
    ImdsGuard.enforce(two, { httpPutResponseHopLimit: 3 });
    ImdsGuard.enforce(app, { httpPutResponseHopLimit: 2, httpEndpoint: true });
    Aspects.of(three).add(new RequireImdsv2({ httpPutResponseHopLimit: 4 }));
    expect(optionsIn(one)).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled' });
    expect(optionsIn(two)).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 3, HttpEndpoint: 'enabled' });
    expect(optionsIn(three)).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 4, HttpEndpoint: 'enabled' });
  });

  test.each(['before', 'after'])('options that the app chose by an aspect on the same scope are kept, the aspect added %s the call', order => {
    const app = newApp();
    const props = [{ httpPutResponseHopLimit: 2, httpEndpoint: true }, { httpPutResponseHopLimit: 3 }, {}];
    const aspects = props.map(each => new RequireImdsv2(each));
    const steps = [() => aspects.forEach(aspect => Aspects.of(app).add(aspect)), () => ImdsGuard.enforce(app)];
    (order === 'before' ? steps : steps.reverse()).forEach(step => step());
    const stack = new Stack(app, 'Stack');
    instanceIn(stack);
    expect(optionsIn(stack)).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 3, HttpEndpoint: 'enabled' });
  });

  test('of a call and an aspect on the same scope, the call decides an option that both have', () => {
    const app = newApp();
    ImdsGuard.enforce(app, { httpPutResponseHopLimit: 2 });
    Aspects.of(app).add(new RequireImdsv2({ httpPutResponseHopLimit: 3 }));
    const stack = new Stack(app, 'Stack');
    instanceIn(stack);
    expect(optionsIn(stack)).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
  });

  test('a mixin on one construct beats the scope around it', () => {
    const app = newApp();
    ImdsGuard.enforce(app, { httpPutResponseHopLimit: 2 });
    const stack = new Stack(app, 'Stack');
    instanceIn(stack).with(new RequireImdsv2({ httpPutResponseHopLimit: 5 }));
    expect(optionsIn(stack)).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 5 });
  });

  test('the maximum of an outer scope caps the choice of an inner one', () => {
    const app = newApp();
    ImdsGuard.enforce(app, { maxHttpPutResponseHopLimit: 2 });
    const stack = new Stack(app, 'Stack');
    instanceIn(stack).with(new RequireImdsv2({ httpPutResponseHopLimit: 5 }));
    expect(optionsIn(stack)).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
  });

  test('an observed scope inside an enforced one is not written', () => {
    const app = newApp();
    ImdsGuard.enforce(app);
    const stack = new Stack(app, 'Stack');
    instanceIn(stack);
    ImdsGuard.observe(stack);
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(false);
    expect(output).toContain('imdsv2-not-required');
    expect(optionsIn(stack)).toBeUndefined();
  });
});

test('two copies of this library, as with a preload and a call of the app\'s own, tell everything once', () => {
  let copy!: { ImdsGuard: typeof ImdsGuard };
  jest.isolateModules(() => {
    jest.doMock('aws-cdk-lib', () => cdk);
    copy = jest.requireActual('../../src');
  });
  expect(copy.ImdsGuard).not.toBe(ImdsGuard);
  const app = newApp();
  copy.ImdsGuard.enforce(app);
  const stack = new Stack(app, 'Stack');
  ImdsGuard.enforce(stack, { httpPutResponseHopLimit: 2 });
  generic(stack, 'Weak', 'AWS::AutoScaling::AutoScalingGroup', { InstanceId: 'i-1' });
  instanceIn(stack, 'I', { metadataOptions: { httpPutResponseHopLimit: 3 } });
  const { output } = outcomeOf(app);
  expect(output.match(/uncontrolled-launch/g)).toHaveLength(outputOfOne().match(/uncontrolled-launch/g)!.length);
  expect(told(app)).toEqual(['Stack/Weak warning cannot-enforce', 'Stack/I warning hop-limit-changed']);
  expect(optionsIn(stack)).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });

  function outputOfOne(): string {
    const alone = newApp();
    ImdsGuard.enforce(alone);
    generic(new Stack(alone, 'Stack'), 'Weak', 'AWS::AutoScaling::AutoScalingGroup', { InstanceId: 'i-1' });
    return outcomeOf(alone).output;
  }
});

test('says so when nothing was examined', () => {
  const app = newApp();
  ImdsGuard.enforce(app);
  new Stack(app, 'Stack');
  quietly(() => app.synth());
  expect(told(app)).toEqual(['Stack info nothing-to-enforce']);
});

test.each(['enforce', 'observe'] as const)('an app that launches something is not told so: %s', mode => {
  const app = newApp();
  ImdsGuard[mode](app);
  instanceIn(new Stack(app, 'Stack'));
  quietly(() => app.synth());
  expect(told(app)).toEqual([]);
});

test('props are checked at the call', () => {
  expect(() => ImdsGuard.enforce(new App(), { httpPutResponseHopLimit: 65 })).toThrow('from 1 to 64, got 65');
  expect(() => ImdsGuard.observe(new App(), { maxHttpPutResponseHopLimit: 0 })).toThrow('from 1 to 64, got 0');
});

test.each<[unknown, string]>([
  [{}, 'an object'], [undefined, 'undefined'], [null, 'null'], ['app', '"app"'], [App, 'a function'], [{ node: {} }, 'an object'],
])('what is no construct is refused: %p', (scope, given) => {
  for (const name of ['enforce', 'observe'] as const) {
    expect(() => ImdsGuard[name](scope as App)).toThrow(new TypeError(`ImdsGuard.${name} must be given a construct, such as the App, got ${given}`));
  }
  expect(() => ImdsExemption.add(scope as App, { reason: 'r', owner: 'o', until: '2026-12-01' }))
    .toThrow(new TypeError(`ImdsExemption.add must be given a construct, such as a Stack, got ${given}`));
});
