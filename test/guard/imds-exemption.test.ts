import {
  App, AspectPriority, Aspects, aws_ec2 as ec2, aws_codepipeline as codepipeline, aws_s3 as s3, CfnResource, Fn, NestedStack, pipelines, Stack,
  Stage, Token, Validations,
} from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { ImdsExemption, ImdsExemptionOptions, ImdsGuard, RequireImdsv2 } from '../../src';
import { generic, Json, messages, newApp, outcomeOf, quietly, templateOf, told, WAYS } from '../support/support';

const KEY = 'cdk-imds-guard:exemption';
const ACKNOWLEDGEMENTS = 'cdk-imds-guard:acknowledgements';
const LEGACY = { reason: 'the billing agent knows version 1 only', owner: 'team-billing', until: '2026-09-30' };
const EPOCH = process.env.SOURCE_DATE_EPOCH;

beforeEach(() => on('2026-06-01'));
afterAll(() => { if (EPOCH === undefined) { delete process.env.SOURCE_DATE_EPOCH; } else { process.env.SOURCE_DATE_EPOCH = EPOCH; } });

/** Sets the clock. */
function on(day: string): void {
  process.env.SOURCE_DATE_EPOCH = String(Date.parse(day) / 1000);
}

function instanceIn(scope: IConstruct, id = 'I', props: ec2.CfnInstanceProps = {}): ec2.CfnInstance {
  return new ec2.CfnInstance(scope as Stack, id, props);
}

function stackWith(build: (stack: Stack) => unknown, app = newApp()): Stack {
  const stack = new Stack(app, 'Stack');
  build(stack);
  return stack;
}

function resourceIn(stack: Stack, id = 'I'): Json {
  return templateOf(stack).Resources[id];
}

describe('what is exempt is left alone and carries the exemption', () => {
  test.each(['aspect', 'guard'] as const)('enforced by %s', way => {
    const stack = stackWith(each => ImdsExemption.add(instanceIn(each), LEGACY));
    instanceIn(stack, 'Other');
    WAYS[way](stack);

    const { Resources: resources } = templateOf(stack);
    expect(resources.I.Properties).toBeUndefined();
    expect(resources.I.Metadata[KEY]).toEqual({ ...LEGACY, scope: 'Stack/I' });
    expect(resources.Other.Properties.MetadataOptions.HttpTokens).toBe('required');
    expect(resources.Other.Metadata?.[KEY]).toBeUndefined();
    expect(told(stack)).toEqual(['Stack/I info exempted']);
    expect(messages(stack)).toContain('IMDSv2 is not required here until 2026-09-30 (121 days left): the billing agent knows version 1 only, owner team-billing; '
      + 'an account or a policy that enforces IMDSv2 refuses the launch all the same');
  });

  test('by a mixin that is applied afterwards', () => {
    const stack = stackWith(each => {
      const instance = instanceIn(each);
      ImdsExemption.add(instance, LEGACY);
      instance.with(new RequireImdsv2());
    });
    expect(resourceIn(stack)).toMatchObject({ Metadata: { [KEY]: LEGACY } });
    expect(resourceIn(stack).Properties).toBeUndefined();
  });

  test('without the guard, for the check that reads the template', () => {
    const stack = stackWith(each => ImdsExemption.add(instanceIn(each), { ...LEGACY, allow: ['imdsv1-allowed'] }));
    expect(resourceIn(stack).Metadata[KEY]).toEqual({ ...LEGACY, allow: ['imdsv1-allowed'], scope: 'Stack/I' });
    expect(told(stack)).toEqual([]);
  });

  test('without an exemption a template is as it was', () => {
    const stack = stackWith(each => instanceIn(each));
    WAYS.guard(stack);
    expect(resourceIn(stack).Metadata).toBeUndefined();
  });

  test('with metadata of its own', () => {
    const stack = stackWith(each => {
      const instance = instanceIn(each);
      instance.cfnOptions.metadata = { Own: 'kept' };
      ImdsExemption.add(instance, LEGACY);
    });
    expect(resourceIn(stack).Metadata).toEqual({ Own: 'kept', [KEY]: { ...LEGACY, scope: 'Stack/I' } });
  });

  test('a generic resource and an L2 with the launch template that it makes', () => {
    const stack = stackWith(each => {
      const vpc = ec2.Vpc.fromVpcAttributes(each, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['s-1'] });
      const instance = new ec2.Instance(each, 'L2', {
        vpc,
        vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
        instanceType: new ec2.InstanceType('t3.micro'),
        machineImage: ec2.MachineImage.genericLinux({}),
        requireImdsv2: true,
      });
      ImdsExemption.add(instance, LEGACY);
      ImdsExemption.add(generic(each, 'Generic', 'AWS::EC2::Instance', {}), LEGACY);
    });
    const carrying = Object.values<Json>(templateOf(stack).Resources).filter(each => each.Metadata?.[KEY]).map(({ Type }) => Type).sort();
    expect(carrying).toEqual(['AWS::EC2::Instance', 'AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate']);
  });
});

describe('reach', () => {
  class Release extends Stage {
    public readonly stack = new Stack(this, 'Stack');
    public readonly instance = instanceIn(this.stack);
  }

  test.each<[string, (app: App) => [exempted: IConstruct, stack: Stack]]>([
    ['a stack', app => { const stack = new Stack(app, 'S'); return [stack, stack]; }],
    ['a nested stack', app => { const nested = new NestedStack(new Stack(app, 'S'), 'N'); return [nested, nested]; }],
    ['a stack around a nested stack', app => { const stack = new Stack(app, 'S'); return [stack, new NestedStack(stack, 'N')]; }],
    ['a stack in a Stage', app => { const stack = new Stack(new Stage(app, 'Stage'), 'S'); return [stack, stack]; }],
    ['a Stage in a Stage', app => { const stage = new Stage(new Stage(app, 'A'), 'B'); return [stage, new Stack(stage, 'S')]; }],
    ['a construct around a Stage', app => { const around = new Construct(app, 'Around'); return [around, new Stack(new Stage(around, 'B'), 'S')]; }],
  ])('%s', (_, where) => {
    for (const guard of [true, false]) {
      const app = newApp();
      if (guard) { ImdsGuard.enforce(app); }
      const [exempted, stack] = where(app);
      ImdsExemption.add(exempted, LEGACY);
      instanceIn(stack); // added later
      const beside = new Stack(app, 'Beside');
      instanceIn(beside);

      expect(resourceIn(stack)).toEqual({ Type: 'AWS::EC2::Instance', Metadata: { [KEY]: { ...LEGACY, scope: exempted.node.path } } });
      expect(resourceIn(beside).Metadata).toBeUndefined();
    }
  });

  test('a Stage given to a pipeline, which is synthesized at once', () => {
    const app = newApp();
    ImdsGuard.enforce(app);
    const env = { account: '111111111111', region: 'eu-west-1' };
    const stack = new Stack(app, 'PipelineStack', { env });
    const release = new Release(app, 'Release', { env });
    ImdsExemption.add(release.instance, LEGACY);
    new pipelines.CodePipeline(stack, 'Pipeline', {
      synth: new pipelines.ShellStep('Synth', {
        input: pipelines.CodePipelineSource.s3(s3.Bucket.fromBucketName(stack, 'Source', 'source'), 'app.zip'), commands: ['npx cdk synth'],
      }),
      codePipeline: new codepipeline.Pipeline(stack, 'Inner', { pipelineType: codepipeline.PipelineType.V2 }),
    }).addStage(release);
    expect(resourceIn(release.stack)).toEqual({ Type: 'AWS::EC2::Instance', Metadata: { [KEY]: { ...LEGACY, scope: 'Release/Stack/I' } } });
  });

  test('a resource that an aspect adds, and one that an aspect exempts', () => {
    const stack = stackWith(each => ImdsExemption.add(each, LEGACY));
    Aspects.of(stack).add({ visit: node => { if (node === stack && !stack.node.tryFindChild('Late')) { instanceIn(stack, 'Late'); } } });
    expect(resourceIn(stack, 'Late').Metadata[KEY]).toMatchObject(LEGACY);

    const other = stackWith(each => instanceIn(each));
    Aspects.of(other).add({ visit: node => { if (node.node.id === 'I') { ImdsExemption.add(node, LEGACY); } } });
    expect(resourceIn(other).Metadata[KEY]).toMatchObject(LEGACY);
  });

  test('not a launch template elsewhere that an exempt instance uses', () => {
    const stack = stackWith(each => {
      const template = new ec2.CfnLaunchTemplate(each, 'T', { launchTemplateData: { imageId: 'ami' } });
      ImdsExemption.add(instanceIn(each, 'I', { launchTemplate: { launchTemplateId: template.ref, version: '1' } }), LEGACY);
    });
    WAYS.guard(stack);
    const { Resources: { I: instance, T: template } } = templateOf(stack);
    expect(template.Metadata).toBeUndefined();
    expect(template.Properties.LaunchTemplateData.MetadataOptions.HttpTokens).toBe('required');
    expect(instance.Properties.MetadataOptions).toBeUndefined();
  });
});

describe('nearness', () => {
  test('of several the nearest counts, and tells the others', () => {
    const stack = stackWith(each => {
      ImdsExemption.add(each, LEGACY);
      ImdsExemption.add(instanceIn(each), { ...LEGACY, owner: 'team-near' });
    });
    expect(resourceIn(stack).Metadata[KEY]).toEqual({ ...LEGACY, owner: 'team-near', scope: 'Stack/I', overlaps: ['Stack'] });
  });

  test('of several on one construct the last counts, and tells the others', () => {
    const stack = stackWith(each => {
      const instance = instanceIn(each);
      ImdsExemption.add(instance, LEGACY);
      ImdsExemption.add(instance, { ...LEGACY, until: '2026-07-01' });
    });
    expect(resourceIn(stack).Metadata[KEY]).toEqual({ ...LEGACY, until: '2026-07-01', scope: 'Stack/I', overlaps: ['Stack/I'] });
  });
});

describe('some rules only', () => {
  const high = { metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 5 } };
  const optionsWith = (allow: string[] | undefined, props = {}): Json => {
    const stack = stackWith(each => ImdsExemption.add(instanceIn(each, 'I', high), { ...LEGACY, allow }));
    WAYS.guard(stack, { maxHttpPutResponseHopLimit: 2, ...props });
    return resourceIn(stack).Properties.MetadataOptions;
  };

  test('an exemption from the maximum alone keeps the hop limit, and tokens are required', () => {
    expect(optionsWith(['hop-limit-too-high'])).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 5 });
    expect(optionsWith(['hop-limit-too-high'], { httpPutResponseHopLimit: 1 })).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 5 });
  });

  test('an exemption from a rule about version 1 leaves the resource alone', () => {
    expect(optionsWith(['imdsv1-allowed'])).toEqual({ HttpTokens: 'optional', HttpPutResponseHopLimit: 5 });
  });

  test('an exemption from advice stops nothing', () => {
    expect(optionsWith(['imdsv1-call'])).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
  });
});

describe('at its end', () => {
  const enforcedOn = (day: string, build: (stack: Stack) => CfnResource, props = {}): { template: Json; told: string[] } => {
    on(day);
    const stack = stackWith(each => ImdsExemption.add(build(each), LEGACY));
    WAYS.guard(stack, props);
    return { template: templateOf(stack).Resources, told: told(stack) };
  };
  const configuration = (stack: Stack): CfnResource => generic(stack, 'I', 'AWS::AutoScaling::LaunchConfiguration', { ImageId: 'ami', InstanceType: 't3.micro' });
  const nodes = (stack: Stack): CfnResource => generic(stack, 'I', 'AWS::EKS::Nodegroup', { ClusterName: 'c', NodeRole: 'r', Subnets: ['s'] });
  const security = (stack: Stack): CfnResource => generic(stack, 'I', 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: {} });

  test('the last day is exempt, the day after is not', () => {
    expect(enforcedOn('2026-09-30', instanceIn).told).toEqual(['Stack/I info exempted']);
    const after = enforcedOn('2026-10-01', instanceIn);
    expect(after.told).toEqual(['Stack/I warning exemption-expired']);
    expect(after.template.I.Properties.MetadataOptions.HttpTokens).toBe('required');
    expect(after.template.I.Metadata[KEY]).toEqual({ ...LEGACY, scope: 'Stack/I' });
  });

  test('what would be replaced is left, whatever may be replaced otherwise, and told', () => {
    const props = { allowReplacement: ['AWS::EMR::SecurityConfiguration'], attachLaunchTemplate: ['AWS::EKS::Nodegroup'] };
    for (const [build, type] of [[configuration, 'MetadataOptions'], [security, 'InstanceMetadataServiceConfiguration'], [nodes, 'LaunchTemplateData']] as const) {
      const { template, told: found } = enforcedOn('2026-10-01', build, props);
      expect(JSON.stringify(template)).not.toContain(type);
      expect(found).toContain('Stack/I warning exemption-expired');

      // without an exemption it is written
      const open = stackWith(build);
      WAYS.guard(open, props);
      expect(JSON.stringify(templateOf(open))).toContain(type);
    }
  });

  test('a launch template whose edit would replace an instance is left, whatever may be replaced otherwise', () => {
    const build = (stack: Stack): CfnResource => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: { imageId: 'ami' } });
      instanceIn(stack, 'I', { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } });
      return template;
    };
    const props = { allowReplacement: ['AWS::EC2::Instance'] };
    expect(enforcedOn('2026-10-01', build, props).template.T.Properties.LaunchTemplateData).toEqual({ ImageId: 'ami' });
    const open = stackWith(build);
    WAYS.guard(open, props);
    expect(templateOf(open).Resources.T.Properties.LaunchTemplateData.MetadataOptions.HttpTokens).toBe('required');
  });

  test.each([['2026-06-01', 'is exempt'], ['2026-10-01', 'was exempt']])('on %s an instance that %s is not replaced by an edit of its template', day => {
    const build = (stack: Stack): CfnResource => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: { imageId: 'ami' } });
      return instanceIn(stack, 'I', { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } });
    };
    const { template, told: found } = enforcedOn(day, build, { allowReplacement: ['AWS::EC2::Instance'] });
    expect(template.T.Properties.LaunchTemplateData).toEqual({ ImageId: 'ami' });
    expect(found.includes('Stack/T warning replacement-needed')).toBe(day === '2026-06-01'); // later the instance has options of its own
  });
});

test('who exempts an instance is told that its pinned template needs an exemption too', () => {
  const app = newApp();
  const stack = stackWith(each => {
    const template = new ec2.CfnLaunchTemplate(each, 'T', { launchTemplateData: { imageId: 'ami' } });
    ImdsExemption.add(instanceIn(each, 'I', { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } }), LEGACY);
    return template;
  }, app);
  WAYS.guard(stack);
  templateOf(stack);
  expect(messages(stack)).toContain('end the exemption, or exempt this launch template as well, which is what the check looks at');
});

describe('what an organization allows', () => {
  const { until } = LEGACY; // 121 days
  const enforcedWith = (build: (app: App, stack: Stack) => unknown): Json => {
    const app = newApp();
    const stack = stackWith(each => ImdsExemption.add(instanceIn(each), LEGACY), app);
    build(app, stack);
    return { ...resourceIn(stack), told: told(app) };
  };

  test.each([
    ['fewer days', { maxExemptionDays: 120 }, `the exemption ends on ${until}, in 121 days, but at most 120 days are allowed`],
    ['none', { forbidExemptions: true }, 'exemptions are forbidden here'],
  ])('%s: the exemption does not count, and the template says so', (_, options, notAllowed) => {
    const { Properties: properties, Metadata: metadata, told: found } = enforcedWith(app => ImdsGuard.enforce(app, options));
    expect(properties.MetadataOptions.HttpTokens).toBe('required');
    expect(metadata[KEY]).toEqual({ ...LEGACY, scope: 'Stack/I', notAllowed });
    expect(found).toEqual(['Stack/I warning exemption-not-allowed']);
  });

  test('as many days as there are', () => {
    const { Properties: properties, Metadata: metadata } = enforcedWith(app => ImdsGuard.enforce(app, { maxExemptionDays: 121 }));
    expect(properties).toBeUndefined();
    expect(metadata[KEY].notAllowed).toBeUndefined();
  });

  test('an inner scope may be stricter, not laxer', () => {
    const laxer = enforcedWith((app, stack) => {
      ImdsGuard.enforce(app, { forbidExemptions: true });
      ImdsGuard.enforce(stack, { forbidExemptions: false });
    });
    const stricter = enforcedWith((app, stack) => {
      ImdsGuard.enforce(app, { maxExemptionDays: 365 });
      ImdsGuard.observe(stack, { maxExemptionDays: 30 });
    });
    expect(laxer.Metadata[KEY].notAllowed).toBe('exemptions are forbidden here');
    expect(stricter.Metadata[KEY].notAllowed).toContain('at most 30 days');
  });

  test.each([0, -1, 1.5, NaN])('%d days is refused', maxExemptionDays => {
    expect(() => ImdsGuard.enforce(newApp(), { maxExemptionDays })).toThrow(`'maxExemptionDays' must be a whole number of days from 1, got ${maxExemptionDays}`);
    expect(() => ImdsGuard.observe(newApp(), { maxExemptionDays })).toThrow('maxExemptionDays');
  });
});

describe('the check of a guarded app', () => {
  const outcomeWith = (exemption: Partial<ImdsExemptionOptions> | undefined, options = {}): ReturnType<typeof outcomeOf> => {
    const app = newApp();
    ImdsGuard.enforce(app, options);
    const instance = instanceIn(new Stack(app, 'Stack'), 'I', { metadataOptions: { httpTokens: 'optional' } });
    if (exemption) { ImdsExemption.add(instance, { ...LEGACY, ...exemption }); }
    return outcomeOf(app);
  };

  test('passes while the exemption is in force, and says when it ends', () => {
    expect(outcomeWith({})).toMatchObject({ failed: false, output: expect.not.stringContaining('exemption-') });
    expect(outcomeWith({ until: '2026-06-15' })).toMatchObject({ failed: false, output: expect.stringContaining('exemption-expiring') });
  });

  test('fails once it has ended, though IMDSv2 is required by then, and passes without it', () => {
    expect(outcomeWith({ until: '2026-05-31' })).toMatchObject({ failed: true, output: expect.stringContaining('exemption-expired') });
    expect(outcomeWith(undefined).failed).toBe(false);
  });

  test('fails for an exemption that is not allowed', () => {
    expect(outcomeWith({}, { maxExemptionDays: 30 })).toMatchObject({ failed: true, output: expect.stringContaining('exemption-not-allowed') });
  });

  test('fails for what the exemption does not cover', () => {
    const app = newApp();
    ImdsGuard.enforce(app, { maxHttpPutResponseHopLimit: 2 });
    const instance = instanceIn(new Stack(app, 'Stack'), 'I', { metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 5 } });
    ImdsExemption.add(instance, { ...LEGACY, allow: ['imdsv1-allowed'] });
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(true);
    expect(output).toContain('hop-limit-too-high');
    expect(output).not.toContain('imdsv1-allowed');
  });
});

describe('what has no effect', () => {
  test.each<[string, (app: App) => IConstruct]>([
    ['Stack', app => new Stack(app, 'Stack')],
    ['Stage', app => { const stage = new Stage(app, 'Stage'); new Stack(stage, 'Stack'); return stage; }],
  ])('an exempt %s without anything that launches instances is told', (_, where) => {
    const app = newApp();
    instanceIn(new Stack(app, 'Other'));
    const scope = where(app);
    ImdsExemption.add(scope, LEGACY);
    quietly(() => app.synth());
    expect(told(app)).toEqual([expect.stringMatching(/Stack warning exemption-unused$/)]);
    expect(messages(app)).toContain(`the exemption of ${scope.node.path} has no effect`);
  });

  test('with something that does nothing is told', () => {
    const app = newApp();
    ImdsExemption.add(stackWith(each => instanceIn(each), app), LEGACY);
    const around = new Construct(app, 'Around');
    instanceIn(new Stack(new Stage(around, 'Stage'), 'Stack'));
    ImdsExemption.add(around, LEGACY);
    quietly(() => app.synth());
    expect(told(app)).toEqual([]);
  });
});

describe('acknowledgements are noted in the template', () => {
  const rule = 'cdk-imds-guard::imdsv1-allowed';

  test('with where they were made, also on a Stage or the app, and on nothing beside', () => {
    const app = newApp();
    const stage = new Stage(app, 'Stage');
    const stack = new Stack(stage, 'Stack');
    const instance = instanceIn(stack);
    instanceIn(stack, 'Beside');
    Validations.of(instance).acknowledge({ id: rule, reason: 'on the instance' }, { id: 'Somebody-else::rule', reason: 'not ours' });
    Validations.of(stage).acknowledge({ id: 'ImdsChecks::hop-limit-too-high', reason: 'on the stage' });
    ImdsGuard.observe(app);

    const onStage = { id: 'ImdsChecks::hop-limit-too-high', reason: 'on the stage', scope: 'Stage' };
    expect(resourceIn(stack).Metadata[ACKNOWLEDGEMENTS]).toEqual([{ id: rule, reason: 'on the instance', scope: 'Stage/Stack/I' }, onStage]);
    expect(resourceIn(stack, 'Beside').Metadata[ACKNOWLEDGEMENTS]).toEqual([onStage]);
  });

  test('with what forbids them', () => {
    const app = newApp();
    const stack = stackWith(each => instanceIn(each), app);
    Validations.of(stack).acknowledge({ id: rule, reason: 'r' });
    ImdsGuard.observe(app, { forbidAcknowledgements: true });
    expect(resourceIn(stack).Metadata[ACKNOWLEDGEMENTS]).toEqual([{ id: rule, reason: 'r', scope: 'Stack', notAllowed: 'acknowledgements are forbidden here' }]);
  });
});

describe('misuse throws at the call', () => {
  test.each<[string, Partial<ImdsExemptionOptions>]>([
    ['\'reason\' must say why IMDSv1 is needed, got " "', { reason: ' ' }],
    ['\'owner\' must name who answers for the exemption, got ""', { owner: '' }],
    ['\'until\' must be a day that exists, written as YYYY-MM-DD, got "2026-02-30"', { until: '2026-02-30' }],
    ['\'until\' must be a day that exists, written as YYYY-MM-DD, got "tomorrow"', { until: 'tomorrow' }],
    ['\'allow\' takes ids of rules about a resource, got "imdsv1-alowed"; did you mean "imdsv1-allowed"?', { allow: ['imdsv1-call', 'imdsv1-alowed'] }],
    ['\'allow\' takes ids of rules about a resource, got "exemption-expired"', { allow: ['exemption-expired'] }],
    ['\'allow\' must list at least one rule id, or be left out for every rule, got []', { allow: [] }],
    ['\'allow\' must list at least one rule id, or be left out for every rule, got "imdsv1-allowed"', { allow: 'imdsv1-allowed' as unknown as string[] }], // JavaScript
    ['\'reason\' must be plain text, got a token', { reason: Token.asString({ Ref: 'Why' }) }],
    ['\'owner\' must be plain text, got a token', { owner: Fn.ref('Who') }],
  ])('%s', (message, options) => {
    const stack = stackWith(each => instanceIn(each));
    expect(() => ImdsExemption.add(stack, { ...LEGACY, ...options })).toThrow(message);
    expect(resourceIn(stack).Metadata).toBeUndefined();
  });

  test('for a whole app', () => {
    const app = newApp();
    expect(() => ImdsExemption.add(app, LEGACY)).toThrow('an exemption cannot be for a whole app');
  });

  test('after the Stage was synthesized, also where it is deeper', () => {
    const app = newApp();
    const around = new Construct(app, 'Around');
    const stage = new Stage(around, 'Stage');
    const instance = instanceIn(new Stack(stage, 'Stack'));
    quietly(() => stage.synth());
    for (const construct of [instance, stage, around]) {
      expect(() => ImdsExemption.add(construct, LEGACY)).toThrow('Around/Stage was synthesized already; call ImdsExemption.add before');
    }
  });

  test('after IMDSv2 was required', () => {
    const stack = stackWith(each => instanceIn(each).with(new RequireImdsv2()));
    expect(() => ImdsExemption.add(stack, LEGACY)).toThrow('Stack cannot be exempted: IMDSv2 was required of Stack/I already');
  });

  test('in an aspect of a guarded app, where it would be too late', () => {
    const app = newApp();
    ImdsGuard.enforce(app);
    stackWith(each => instanceIn(each), app);
    Aspects.of(app).add({ visit: node => { if (node.node.id === 'I') { ImdsExemption.add(node, LEGACY); } } }, { priority: AspectPriority.MUTATING });
    expect(outcomeOf(app)).toMatchObject({ failed: true, output: expect.stringContaining('Stack/I cannot be exempted') });
  });
});
