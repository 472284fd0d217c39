import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import {
  aws_autoscaling as autoscaling, aws_batch as batch, aws_ec2 as ec2, aws_ecs as ecs, aws_eks as eks, aws_ssm as ssm,
  Aws, CfnOutput, CfnParameter, CustomResource, Fn, NestedStack, Stack, Stage,
} from 'aws-cdk-lib';
import { RequireImdsv2Props } from '../../src';
import { generic, Json, messages, newApp, outcomeOf, templateOf, told, Way, WAYS } from '../support/support';

const CREATE_ONLY_CONSUMERS = new Set(['AWS::EC2::Instance', 'AWS::EC2::EC2Fleet', 'AWS::EC2::SpotFleet', 'AWS::Batch::ComputeEnvironment']);

function mentionsLatest(properties: Json, template: string): boolean {
  const text = JSON.stringify(properties);
  return [`["${template}","LatestVersionNumber"]`, `"${template}.LatestVersionNumber"`, `\${${template}.LatestVersionNumber}`].some(each => text.includes(each));
}

/** What CloudFormation would replace, the consumers of a new template version included, which a template diff does not show. */
function replaced(before: Json, after: Json): string[] {
  const diff = fullDiff(before, after);
  const direct: string[] = [];
  diff.resources.forEachDifference((id, change) => {
    if (change.changeImpact !== ResourceImpact.WILL_UPDATE && change.changeImpact !== ResourceImpact.NO_CHANGE) { direct.push(`${id} ${change.changeImpact}`); }
  });
  const changed = Object.keys(after.Resources).filter(id => JSON.stringify(before.Resources[id]) !== JSON.stringify(after.Resources[id]));
  const indirect = Object.entries<Json>(after.Resources)
    .filter(([id, { Type, Properties }]) => CREATE_ONLY_CONSUMERS.has(Type)
      && changed.some(template => template !== id && mentionsLatest(Properties, template)))
    .map(([id]) => `${id} pinned to a changed template`);
  return [...direct, ...indirect];
}

interface BeforeAndAfter { before: Json; after: Json; stack: Stack }

function beforeAndAfter(build: (stack: Stack) => unknown, way: Way, props?: RequireImdsv2Props, context: Json = {}): BeforeAndAfter {
  const [before, after] = [false, true].map(guarded => {
    const stack = new Stack(newApp(context), 'Stack');
    build(stack);
    if (guarded) { WAYS[way](stack, props); }
    return { stack, template: templateOf(stack) };
  });
  return { before: before.template, after: after.template, stack: after.stack };
}

const instanceType = new ec2.InstanceType('t3.micro');
const vpcIn = (stack: Stack): ec2.IVpc => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['s-1'], privateSubnetIds: ['s-2'],
});
const machineImage = ec2.MachineImage.latestAmazonLinux2023();

function templateFor(stack: Stack, id = 'Template', options: Json = {}): ec2.CfnLaunchTemplate {
  return new ec2.CfnLaunchTemplate(stack, id, { launchTemplateData: { imageId: 'ami', ...options } });
}

const latest = (template: ec2.CfnLaunchTemplate): { launchTemplateId: string; version: string } => ({
  launchTemplateId: template.ref, version: template.attrLatestVersionNumber,
});

function batchWith(stack: Stack, launchTemplate: Json, props: Partial<batch.CfnComputeEnvironmentProps> = {}): batch.CfnComputeEnvironment {
  return new batch.CfnComputeEnvironment(stack, 'B', {
    type: 'MANAGED', computeResources: { type: 'EC2', maxvCpus: 1, subnets: ['s'], launchTemplate }, ...props,
  });
}

const FORMS: [string, (stack: Stack) => unknown][] = [
  ['an L2 instance', stack => new ec2.Instance(stack, 'I', { vpc: vpcIn(stack), instanceType, machineImage })],
  ['an L2 instance with CDK\'s requireImdsv2', stack => new ec2.Instance(stack, 'I', { vpc: vpcIn(stack), instanceType, machineImage, requireImdsv2: true })],
  ['a bastion with requireImdsv2', stack => new ec2.BastionHostLinux(stack, 'I', { vpc: vpcIn(stack), requireImdsv2: true })],
  ['a NAT instance', stack => new ec2.Vpc(stack, 'V', {
    maxAzs: 1, natGatewayProvider: ec2.NatProvider.instanceV2({ instanceType, machineImage }),
  })],
  ['an instance with its template', stack => new ec2.CfnInstance(stack, 'I', { launchTemplate: latest(templateFor(stack)) })],
  ['a generic instance with its template by logical id', stack => {
    templateFor(stack);
    generic(stack, 'I', 'AWS::EC2::Instance', {
      LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': 'Template.LatestVersionNumber' } },
    });
  }],
  ['an instance whose version is inside a Fn::Sub', stack => {
    templateFor(stack);
    generic(stack, 'I', 'AWS::EC2::Instance', {
      LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::Sub': '${Template.LatestVersionNumber}' } },
    });
  }],
  ['an instance whose version is inside a Fn::Sub with a map', stack => {
    templateFor(stack);
    generic(stack, 'I', 'AWS::EC2::Instance', {
      LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::Sub': ['${Template.LatestVersionNumber}', {}] } },
    });
  }],
  ['an EC2 fleet', stack => new ec2.CfnEC2Fleet(stack, 'F', {
    targetCapacitySpecification: { totalTargetCapacity: 1 }, launchTemplateConfigs: [{ launchTemplateSpecification: latest(templateFor(stack)) }],
  })],
  ['a spot fleet', stack => new ec2.CfnSpotFleet(stack, 'F', {
    spotFleetRequestConfigData: {
      iamFleetRole: 'r', targetCapacity: 1, launchTemplateConfigs: [{ launchTemplateSpecification: latest(templateFor(stack)) }],
    },
  })],
  ['a Batch environment with its template', stack => batchWith(stack, latest(templateFor(stack)))],
  ['a Batch environment with a template for some instance types', stack => {
    batchWith(stack, { launchTemplateId: 'lt-1', overrides: [{ ...latest(templateFor(stack)), targetInstanceTypes: ['p4d'] }] });
  }],
  ['an L2 Batch environment with its template', stack => {
    const template = new ec2.LaunchTemplate(stack, 'Template');
    new batch.ManagedEc2EcsComputeEnvironment(stack, 'B', { vpc: vpcIn(stack), launchTemplate: template });
  }],
  ['an instance and a group that share a template', stack => {
    const template = templateFor(stack);
    new ec2.CfnInstance(stack, 'I', { launchTemplate: latest(template) });
    new autoscaling.CfnAutoScalingGroup(stack, 'G', { minSize: '0', maxSize: '1', launchTemplate: latest(template) });
  }],
  ['an L2 group', stack => new autoscaling.AutoScalingGroup(stack, 'G', { vpc: vpcIn(stack), instanceType, machineImage })],
  ['an ECS cluster', stack => new ecs.Cluster(stack, 'C', { vpc: vpcIn(stack) }).addCapacity('D', { instanceType })],
  ['a node group', stack => new eks.CfnNodegroup(stack, 'N', { clusterName: 'c', nodeRole: 'r', subnets: ['s'] })],
  ['a Batch environment', stack => new batch.ManagedEc2EcsComputeEnvironment(stack, 'B', { vpc: vpcIn(stack) })],
];

describe.each(['aspect', 'guard', 'mixin'] as const)('enforced by %s', way => {
  test.each(FORMS)('%s: nothing is replaced, renamed or added', (_, build) => {
    const { before, after } = beforeAndAfter(build, way, {}, { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true });
    expect(replaced(before, after)).toEqual([]);
    expect(Object.keys(after.Resources)).toEqual(Object.keys(before.Resources));
  });
});

test('the rule of this test finds a pinned consumer of a changed template', () => {
  const template = (tokens: string): Json => ({
    Resources: {
      T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: tokens } } } },
      I: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'T' }, Version: { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] } } } },
    },
  });
  expect(replaced(template('optional'), template('required'))).toEqual(['I pinned to a changed template']);
});

test('a launch configuration without a name is replaced by nature, its group stays, and that is told', () => {
  const { before, after, stack } = beforeAndAfter(
    each => new autoscaling.AutoScalingGroup(each, 'G', { vpc: vpcIn(each), instanceType, machineImage }), 'aspect', {},
    { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': false },
  );
  expect(replaced(before, after)).toEqual([expect.stringMatching(/^GLaunchConfig\w+ WILL_REPLACE$/)]);
  expect(told(stack)).toContain('Stack/G/LaunchConfig info replaced');
});

describe('a template that a create-only consumer is pinned to', () => {
  const instances = (template: Json): Json[] => Object.values<Json>(template.Resources).filter(({ Type }) => Type === 'AWS::EC2::Instance');

  test('is left, and its instance is given options of its own, which repeat what the template says', () => {
    const { before, after, stack } = beforeAndAfter(each => new ec2.CfnInstance(each, 'I', {
      launchTemplate: latest(templateFor(each, 'Template', { metadataOptions: { httpPutResponseHopLimit: 3, httpProtocolIpv6: 'enabled' } })),
    }), 'aspect');
    expect(after.Resources.Template).toEqual(before.Resources.Template);
    expect(instances(after)[0].Properties.MetadataOptions).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 3, HttpProtocolIpv6: 'enabled' });
    expect(told(stack)).toEqual(['Stack/Template info left-as-it-is']);
  });

  test.each<[string, Json]>([
    ['says nothing', {}],
    ['says optional', { metadataOptions: { httpTokens: 'optional' } }],
  ])('and that %s is left and told, and the check passes', (_, options) => {
    const stack = new Stack(newApp(), 'Stack');
    new ec2.CfnInstance(stack, 'I', { launchTemplate: latest(templateFor(stack, 'Template', options)) });
    WAYS.guard(stack.node.root);

    expect(outcomeOf(stack.node.root as Stage)).toMatchObject({ failed: false });
    expect(told(stack)).toEqual(['Stack/Template info left-as-it-is']);
    expect(messages(stack)).toContain('a new version of this launch template would replace Stack/I, which is given options of its own');
    expect(messages(stack)).toContain('add \'AWS::EC2::Instance\' to \'allowReplacement\'');
  });

  test('is left without a word where it requires tokens', () => {
    const { stack } = beforeAndAfter(each => new ec2.CfnInstance(each, 'I', {
      launchTemplate: latest(templateFor(each, 'Template', { metadataOptions: { httpTokens: 'required' } })),
    }), 'aspect');
    expect(told(stack)).toEqual([]);
  });

  test('is left and told where others may use it by its name, and the check fails', () => {
    const stack = new Stack(newApp(), 'Stack');
    const template = templateFor(stack);
    template.launchTemplateName = 'shared';
    new ec2.CfnInstance(stack, 'I', { launchTemplate: latest(template) });
    WAYS.guard(stack.node.root);

    expect(outcomeOf(stack.node.root as Stage)).toMatchObject({ failed: true, output: expect.stringContaining('LaunchTemplateName lets others use it') });
    expect(told(stack)).toEqual(['Stack/Template warning replacement-needed']);
    expect(messages(stack)).toContain('others may launch from it by its name');
  });

  test.each<[string, (template: ec2.CfnLaunchTemplate) => unknown]>([
    ['exported', template => new CfnOutput(template.stack, 'Out', { value: template.ref, exportName: 'x' })],
    ['put into a parameter', template => new ssm.CfnParameter(template.stack, 'P', { type: 'String', value: template.ref })],
    ['given to a custom resource', template => generic(template.stack, 'P', 'Custom::Launcher', { Id: template.ref })],
  ])('is left and told where its id is %s, and the check fails', (_, use) => {
    const stack = new Stack(newApp(), 'Stack');
    const template = templateFor(stack);
    new ec2.CfnInstance(stack, 'I', { launchTemplate: latest(template) });
    use(template);
    WAYS.guard(stack.node.root);

    expect(outcomeOf(stack.node.root as Stage)).toMatchObject({ failed: true, output: expect.stringContaining('have options of their own, but') });
    expect(messages(stack)).toContain('whatever else launches from it is not');
  });

  test('is left and told where something else launches from it too', () => {
    const { stack } = beforeAndAfter(each => {
      const template = templateFor(each);
      new ec2.CfnInstance(each, 'I', { launchTemplate: latest(template) });
      new autoscaling.CfnAutoScalingGroup(each, 'G', { minSize: '0', maxSize: '1', launchTemplate: latest(template) });
    }, 'aspect');
    expect(told(stack)).toContain('Stack/Template warning replacement-needed');
    expect(messages(stack)).toContain('a new version of this launch template would replace Stack/I, and Stack/G still launches from it');
  });

  test('is edited where the consumer may be replaced', () => {
    const { after } = beforeAndAfter(each => new ec2.CfnEC2Fleet(each, 'F', {
      targetCapacitySpecification: { totalTargetCapacity: 1 }, launchTemplateConfigs: [{ launchTemplateSpecification: latest(templateFor(each)) }],
    }), 'aspect', { allowReplacement: ['AWS::EC2::EC2Fleet'] });
    expect(after.Resources.Template.Properties.LaunchTemplateData.MetadataOptions).toEqual({ HttpTokens: 'required' });
  });

  const PROPERTY_IS_TRUE: [string, (environment: batch.CfnComputeEnvironment) => void][] = [
    ['not given', () => {}],
    ['true', environment => { environment.replaceComputeEnvironment = true; }],
    ['only known later', environment => environment.addPropertyOverride('ReplaceComputeEnvironment', { Ref: 'Parameter' })],
  ];

  test.each(PROPERTY_IS_TRUE)('is left and told where ReplaceComputeEnvironment of a Batch environment is %s', (_, change) => {
    const { before, after, stack } = beforeAndAfter(each => {
      new CfnParameter(each, 'Parameter');
      change(batchWith(each, latest(templateFor(each))));
    }, 'aspect');
    expect(after.Resources.Template).toEqual(before.Resources.Template);
    expect(told(stack)).toContain('Stack/Template warning replacement-needed');
    expect(messages(stack)).toContain('would replace Stack/B, and Stack/B still launches from it');
    expect(messages(stack)).toContain('set ReplaceComputeEnvironment to false in a deployment of its own');
  });

  test.each<[string, (stack: Stack) => unknown]>([
    ['updates in place', stack => batchWith(stack, latest(templateFor(stack)), { replaceComputeEnvironment: false })],
    ['updates in place, as an override says', stack => batchWith(stack, latest(templateFor(stack))).addPropertyOverride('ReplaceComputeEnvironment', 'false')],
    ['launches $Latest', stack => batchWith(stack, { launchTemplateId: templateFor(stack).ref, version: '$Latest' })],
    ['launches the default version', stack => batchWith(stack, { launchTemplateId: templateFor(stack).ref })],
  ])('is edited where the Batch environment %s', (_, build) => {
    const { after, stack } = beforeAndAfter(build, 'aspect');
    expect(after.Resources.Template.Properties.LaunchTemplateData.MetadataOptions).toMatchObject({ HttpTokens: 'required' });
    expect(told(stack)).not.toContain('Stack/Template warning replacement-needed');
  });

  test('is edited where the Batch environment may be replaced', () => {
    const { after } = beforeAndAfter(each => batchWith(each, latest(templateFor(each))), 'aspect', { allowReplacement: ['AWS::Batch::ComputeEnvironment'] });
    expect(after.Resources.Template.Properties.LaunchTemplateData.MetadataOptions).toMatchObject({ HttpTokens: 'required' });
  });

  test('a fleet that launches $Latest is not pinned', () => {
    const { after } = beforeAndAfter(each => new ec2.CfnEC2Fleet(each, 'F', {
      targetCapacitySpecification: { totalTargetCapacity: 1 },
      launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: templateFor(each).ref, version: '$Latest' } }],
    }), 'aspect');
    expect(after.Resources.Template.Properties.LaunchTemplateData.MetadataOptions).toBeDefined();
  });

  test('is found in another stack', () => {
    const app = newApp();
    const one = new Stack(app, 'One');
    const two = new Stack(app, 'Two');
    const template = templateFor(one);
    new ec2.CfnInstance(two, 'I', { launchTemplate: latest(template) });
    WAYS.aspect(app);
    expect(templateOf(one).Resources.Template.Properties).toEqual({ LaunchTemplateData: { ImageId: 'ami' } });
    expect(templateOf(two).Resources.I.Properties.MetadataOptions).toEqual({ HttpTokens: 'required' });
  });

  test('is found in a nested stack', () => {
    const stack = new Stack(newApp(), 'Stack');
    const nested = new NestedStack(stack, 'Nested');
    const template = templateFor(stack);
    new ec2.CfnInstance(nested, 'I', { launchTemplate: latest(template) });
    WAYS.aspect(stack);
    expect(templateOf(stack).Resources.Template.Properties).toEqual({ LaunchTemplateData: { ImageId: 'ami' } });
  });

  test('is found through an export of another stack', () => {
    const app = newApp();
    const one = new Stack(app, 'One');
    const two = new Stack(app, 'Two');
    const template = templateFor(one);
    new CfnOutput(one, 'Id', { value: template.ref, exportName: 'template-id' });
    new CfnOutput(one, 'Version', { value: template.attrLatestVersionNumber, exportName: 'template-version' });
    new ec2.CfnInstance(two, 'I', { launchTemplate: { launchTemplateId: Fn.importValue('template-id'), version: Fn.importValue('template-version') } });
    WAYS.aspect(app);
    expect(templateOf(one).Resources.Template.Properties).toEqual({ LaunchTemplateData: { ImageId: 'ami' } });
  });

  test.each<[string, (name: string) => string, (name: string) => string, boolean]>([
    ['made of the Region', name => `${name}-${Aws.REGION}`, name => Fn.sub(`${name}-\${AWS::Region}`), true],
    ['made of the name of its stack', name => Fn.sub(`\${AWS::StackName}:${name}`), name => `One:${name}`, true],
    ['made of a parameter', name => Fn.sub(`\${Env}-${name}`), name => Fn.sub(`\${Env}-${name}`), true],
    ['made of the name of another stack', name => `One-${name}`, name => Fn.sub(`\${AWS::StackName}-${name}`), false],
  ])('is found through an export whose name is %s', (_, exported, imported, isFound) => {
    const app = newApp();
    const [one, two] = ['One', 'Two'].map(id => new Stack(app, id));
    [one, two].forEach(each => new CfnParameter(each, 'Env'));
    const template = templateFor(one);
    new CfnOutput(one, 'Id', { value: template.ref, exportName: exported('id') });
    new CfnOutput(one, 'Version', { value: template.attrLatestVersionNumber, exportName: exported('version') });
    new ec2.CfnInstance(two, 'I', { launchTemplate: { launchTemplateId: Fn.importValue(imported('id')), version: Fn.importValue(imported('version')) } });
    WAYS.aspect(app);

    expect(templateOf(one).Resources.Template.Properties.LaunchTemplateData.MetadataOptions === undefined).toBe(isFound);
  });

  test.each<[string, (stack: Stack, version: string) => string]>([
    ['a parameter of SSM', (stack, stringValue) => new ssm.StringParameter(stack, 'P', { stringValue }).stringValue],
    ['a text of a parameter of SSM', (stack, version) => new ssm.StringParameter(stack, 'P', { stringValue: `${version}` }).stringValue],
    ['two parameters of SSM', (stack, version) => {
      const first = new ssm.CfnParameter(stack, 'P', { type: 'String', value: version });
      return new ssm.CfnParameter(stack, 'Q', { type: 'String', value: first.attrValue }).attrValue;
    }],
    ['a custom resource', (stack, version) => new CustomResource(stack, 'C', { serviceToken: 'arn', properties: { Version: version } }).getAttString('Out')],
    ['an override of a parameter of SSM', (stack, version) => {
      const parameter = new ssm.CfnParameter(stack, 'P', { type: 'String', value: '1' });
      parameter.addPropertyOverride('Value', version);
      return parameter.attrValue;
    }],
  ])('is found through %s, in the same stack and in another', (_, hand) => {
    const fleet = (stack: Stack, template: ec2.CfnLaunchTemplate, version: string): unknown => new ec2.CfnEC2Fleet(stack, 'F', {
      targetCapacitySpecification: { totalTargetCapacity: 1 },
      launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: template.ref, version } }],
    });
    const unchanged = { LaunchTemplateData: { ImageId: 'ami' } };
    const app = newApp();
    const [one, two] = ['One', 'Two'].map(id => new Stack(app, id));
    const template = templateFor(one);
    fleet(one, template, hand(one, template.attrLatestVersionNumber));
    const shared = templateFor(one, 'Shared');
    fleet(two, shared, hand(two, shared.attrLatestVersionNumber));
    const free = templateFor(one, 'Free');
    new ssm.StringParameter(one, 'Unused', { stringValue: free.attrLatestVersionNumber });
    WAYS.aspect(app);

    const { Template, Shared, Free } = templateOf(one).Resources;
    expect([Template.Properties, Shared.Properties]).toEqual([unchanged, unchanged]);
    expect(Free.Properties.LaunchTemplateData.MetadataOptions).toMatchObject({ HttpTokens: 'required' });
  });

  test('is found through layers of resources that all refer to those below', () => {
    const stack = new Stack(newApp(), 'Stack');
    const template = templateFor(stack);
    let below = [template.attrLatestVersionNumber];
    for (let layer = 0; layer < 9; layer++) {
      below = Array.from({ length: 8 }, (_, i) => (
        new CustomResource(stack, `C${layer}-${i}`, { serviceToken: 'arn', properties: { Below: below } }).getAttString('Out')
      ));
    }
    new ec2.CfnInstance(stack, 'I', { launchTemplate: { launchTemplateId: template.ref, version: below[0] } });
    WAYS.aspect(stack);
    expect(templateOf(stack).Resources.Template.Properties).toEqual({ LaunchTemplateData: { ImageId: 'ami' } });
  });

  test('is found through a parameter of a nested stack', () => {
    const stack = new Stack(newApp(), 'Stack');
    const template = templateFor(stack);
    const nested = new NestedStack(stack, 'Nested', { parameters: { Version: template.attrLatestVersionNumber, Id: template.ref } });
    new ec2.CfnInstance(nested, 'I', { launchTemplate: { launchTemplateId: Fn.ref('Id'), version: Fn.ref('Version') } });
    WAYS.aspect(stack);
    expect(templateOf(stack).Resources.Template.Properties).toEqual({ LaunchTemplateData: { ImageId: 'ami' } });
  });
});

describe('a resource with a name, which CloudFormation replaces only under another one', () => {
  const NAMED: [string, string, string, (stack: Stack) => unknown][] = [
    ['launch configuration', 'AWS::AutoScaling::LaunchConfiguration', 'LaunchConfigurationName', stack => new autoscaling.CfnLaunchConfiguration(stack, 'R', {
      imageId: 'ami', instanceType: 't3.micro', launchConfigurationName: 'mine',
    })],
    ['security configuration', 'AWS::EMR::SecurityConfiguration', 'Name', stack => generic(stack, 'R', 'AWS::EMR::SecurityConfiguration', {
      Name: 'mine', SecurityConfiguration: {},
    })],
  ];

  test.each(NAMED)('%s: what is needed is told', (_, type, name, build) => {
    const { before, after, stack } = beforeAndAfter(build, 'aspect');
    expect(after).toEqual(before);
    expect(told(stack)).toContain('Stack/R warning replacement-needed');
    expect(messages(stack)).toContain(`which CloudFormation refuses unless ${name} changes too; change that and add '${type}'`);
  });

  test.each(NAMED)('%s: where it may be replaced, a warning says to rename it', (_, type, name, build) => {
    const { stack } = beforeAndAfter(build, 'aspect', { allowReplacement: [type] });
    expect(told(stack)).toContain('Stack/R warning rename-needed');
    expect(messages(stack)).toContain(`refuses unless ${name} changes in the same deployment`);
  });

  test.each<[string, string, Json]>([
    ['security configuration', 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: {} }],
    ['launch configuration', 'AWS::AutoScaling::LaunchConfiguration', { ImageId: 'ami' }],
  ])('%s without a name is replaced without that', (_, type, properties) => {
    const { stack } = beforeAndAfter(each => generic(each, 'R', type, properties), 'aspect', { allowReplacement: [type] });
    expect(told(stack)).toEqual(['Stack/R info replaced']);
  });

  test('what is replaced with it is told', () => {
    const { stack } = beforeAndAfter(each => {
      const security = generic(each, 'S', 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: {} });
      generic(each, 'C', 'AWS::EMR::Cluster', { SecurityConfiguration: security.ref });
    }, 'aspect', { allowReplacement: ['AWS::EMR::SecurityConfiguration'] });
    expect(messages(stack)).toContain('replaces this resource, and Stack/C with it, if it is deployed already');
  });

  test('a Batch environment that is pinned to a template', () => {
    const build = (stack: Stack): unknown => batchWith(stack, latest(templateFor(stack)), { computeEnvironmentName: 'prod' });
    const left = beforeAndAfter(build, 'aspect').stack;
    const replacedStack = beforeAndAfter(build, 'aspect', { allowReplacement: ['AWS::Batch::ComputeEnvironment'] }).stack;
    expect(messages(left)).toContain('to \'allowReplacement\' and change ComputeEnvironmentName, else CloudFormation refuses');
    expect(told(replacedStack)).toContain('Stack/B warning rename-needed');
    expect(told(beforeAndAfter(each => batchWith(each, latest(templateFor(each))), 'aspect', { allowReplacement: ['AWS::Batch::ComputeEnvironment'] }).stack)
      .join()).not.toContain('rename-needed');
  });
});

describe('what its author wrote in full is not told to be replaced, since nothing of it changes', () => {
  const options = { HttpTokens: 'required' };
  const typed = { httpTokens: 'required' };
  const minimum = { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 };
  const allowed = ['AWS::WorkspacesInstances::WorkspaceInstance', 'AWS::EMR::SecurityConfiguration', 'AWS::EC2::EC2Fleet', 'AWS::Batch::ComputeEnvironment'];
  const hardened = (stack: Stack): ec2.CfnLaunchTemplate => templateFor(stack, 'R', { metadataOptions: { ...typed, httpPutResponseHopLimit: 2 } });

  const WRITTEN: [string, (stack: Stack) => unknown][] = [
    ['launch configuration', stack => generic(stack, 'R', 'AWS::AutoScaling::LaunchConfiguration', { ImageId: 'ami', MetadataOptions: options })],
    ['typed launch configuration', stack => new autoscaling.CfnLaunchConfiguration(stack, 'R', { imageId: 'ami', instanceType: 't', metadataOptions: typed })],
    ['named security configuration', stack => generic(stack, 'R', 'AWS::EMR::SecurityConfiguration', {
      Name: 'mine', SecurityConfiguration: { InstanceMetadataServiceConfiguration: minimum },
    })],
    ['workspace instance', stack => generic(stack, 'R', 'AWS::WorkspacesInstances::WorkspaceInstance', { ManagedInstance: { MetadataOptions: options } })],
    ['template whose version is exported', stack => new CfnOutput(stack, 'V', { value: hardened(stack).attrLatestVersionNumber, exportName: 'v' })],
    ['template of a fleet that is pinned to it', stack => generic(stack, 'F', 'AWS::EC2::EC2Fleet', {
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateId: hardened(stack).ref, Version: { 'Fn::GetAtt': ['R', 'LatestVersionNumber'] } } }],
    })],
    ['template of a named Batch environment that is pinned to it', stack => batchWith(stack, latest(hardened(stack)), { computeEnvironmentName: 'prod' })],
  ];

  test.each(WRITTEN)('%s', (_, build) => {
    for (const way of ['aspect', 'guard'] as const) {
      const { before, after, stack } = beforeAndAfter(build, way, { allowReplacement: allowed });
      expect(after).toEqual(before);
      expect(told(stack)).toEqual([]);
    }
  });

  test.each(WRITTEN)('%s: with another hop limit it is', (_, build) => {
    const { stack } = beforeAndAfter(build, 'guard', { allowReplacement: allowed, httpPutResponseHopLimit: 3 });
    expect(told(stack).join()).toMatch(/ (replaced|version-exported)\b/);
  });
});

test.each(['aspect', 'guard'] as const)('a consumer that may be replaced is told that it is: %s', way => {
  const build = (stack: Stack): unknown => new ec2.CfnInstance(stack, 'I', { launchTemplate: latest(templateFor(stack)) });
  expect(told(beforeAndAfter(build, way, { allowReplacement: ['AWS::EC2::Instance'] }).stack)).toEqual(['Stack/I info replaced']);
});

test('an exported version number without a consumer in the app: the template is edited, and the export is told', () => {
  const { after, stack } = beforeAndAfter(each => {
    new CfnOutput(each, 'Version', { value: templateFor(each).attrLatestVersionNumber, exportName: 'template-version' });
  }, 'aspect');
  expect(after.Resources.Template.Properties.LaunchTemplateData.MetadataOptions).toBeDefined();
  expect(told(stack)).toEqual(['Stack/Template warning version-exported']);
});

test('an export whose name is only known later is told in the words of a template', () => {
  const { stack } = beforeAndAfter(each => {
    new CfnOutput(each, 'Version', { value: templateFor(each).attrLatestVersionNumber, exportName: `${Aws.REGION}-version` });
  }, 'aspect');

  expect(messages(stack)).toContain('is exported as ${AWS::Region}-version');
});

test('an instance with a template outside the app keeps whatever hop limit that has, and it is told', () => {
  const { after, stack } = beforeAndAfter(each => new ec2.CfnInstance(each, 'I', { launchTemplate: { launchTemplateId: 'lt-1', version: '3' } }), 'aspect');
  expect(after.Resources.I.Properties.MetadataOptions).toEqual({ HttpTokens: 'required' });
  expect(told(stack)).toEqual(['Stack/I info hop-limit-left']);
});

test('in a Stage nothing is replaced either', () => {
  const templates = [false, true].map(guarded => {
    const app = newApp();
    if (guarded) { WAYS.guard(app); }
    const stack = new Stack(new Stage(app, 'Stage'), 'Stack');
    FORMS.slice(0, 1).forEach(([, build]) => build(stack));
    return templateOf(stack);
  });
  expect(replaced(templates[0], templates[1])).toEqual([]);
  expect(templates[0]).not.toEqual(templates[1]);
});

