import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  App, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_eks as eks, CfnMapping, CfnParameter, cloudformation_include as include,
  Stack, Stage, Validations,
} from 'aws-cdk-lib';
import { ImdsGuard, ImdsValidator } from '../../src';

const instanceType = new ec2.InstanceType('t3.micro');
const machineImage = ec2.MachineImage.latestAmazonLinux2023();

/** The templates of an app, as text. */
function texts(build: (stack: Stack) => void, isGuarded: boolean): string[] {
  const app = new App({ analyticsReporting: true }); // by default it is on; then each stack lists the validation plugins
  if (isGuarded) { ImdsGuard.enforce(app); }
  build(new Stack(app, 'S', { env: { account: '111122223333', region: 'us-east-1' } }));
  const templates = app.synth().stacks.map(({ template }) => JSON.stringify(template));
  templates.forEach(template => expect(template).toContain('AWS::CDK::Metadata'));
  return templates;
}

function vpcIn(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['s-1'], privateSubnetIds: ['s-2'] });
}

describe('an app that requires tokens already is left byte for byte:', () => {
  const docker = ec2.UserData.custom('#!/bin/bash\nsystemctl start docker\ndocker run -d my/agent\n');

  test.each<[string, (stack: Stack) => void]>([
    ['an instance that starts containers', stack => void new ec2.Instance(stack, 'I', {
      vpc: vpcIn(stack), instanceType, machineImage, userData: docker, httpTokens: ec2.HttpTokens.REQUIRED,
    })],
    ['a group that rolls, with a template of its own', stack => {
      const launchTemplate = new ec2.LaunchTemplate(stack, 'L', { machineImage, instanceType, requireImdsv2: true });
      new autoscaling.AutoScalingGroup(stack, 'A', { vpc: vpcIn(stack), launchTemplate, updatePolicy: autoscaling.UpdatePolicy.rollingUpdate() });
    }],
    ['a group that rolls, with a launch configuration', stack => void new autoscaling.AutoScalingGroup(stack, 'B', {
      vpc: vpcIn(stack), machineImage, instanceType, requireImdsv2: true, updatePolicy: autoscaling.UpdatePolicy.rollingUpdate(),
    })],
    ['ECS hosts', stack => {
      const vpc = vpcIn(stack);
      const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'G', { vpc, instanceType, machineImage, requireImdsv2: true });
      new ecs.Cluster(stack, 'C', { vpc }).addAsgCapacityProvider(new ecs.AsgCapacityProvider(stack, 'P', { autoScalingGroup }));
    }],
    ['a node group', stack => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: { metadataOptions: { httpTokens: 'required' } } });
      new eks.CfnNodegroup(stack, 'N', {
        clusterName: 'c', nodeRole: 'r', subnets: ['s'], launchTemplate: { id: template.ref, version: template.attrLatestVersionNumber },
      });
    }],
    ['an instance whose template has the options', stack => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', {
        launchTemplateData: { metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 3, instanceMetadataTags: 'enabled' } },
      });
      new ec2.CfnInstance(stack, 'I', {
        launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber }, metadataOptions: { httpTokens: 'required' },
      });
    }],
    ['a parameter that allows nothing else', stack => {
      const tokens = new CfnParameter(stack, 'P', { allowedValues: ['required'], default: 'required' }).valueAsString;
      new ec2.CfnInstance(stack, 'I', { metadataOptions: { httpTokens: tokens } });
      new autoscaling.CfnLaunchConfiguration(stack, 'L', { imageId: 'a', instanceType: 't', launchConfigurationName: 'n', metadataOptions: { httpTokens: tokens } });
    }],
    ['a mapping', stack => {
      const mapping = new CfnMapping(stack, 'M', { mapping: { a: { t: 'required' } } });
      new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: { metadataOptions: { httpTokens: mapping.findInMap('a', 't') } } });
    }],
  ])('%s', (_, build) => {
    expect(texts(build, true)).toEqual(texts(build, false));
  });

  test('while a parameter that allows more is written over', () => {
    const build = (stack: Stack): void => void new ec2.CfnInstance(stack, 'I', {
      metadataOptions: { httpTokens: new CfnParameter(stack, 'P', { allowedValues: ['required', 'optional'], default: 'required' }).valueAsString },
    });
    expect(texts(build, true)[0]).toContain('"HttpTokens":"required"');
    const open = (stack: Stack): void => void new ec2.CfnInstance(stack, 'I', {
      metadataOptions: { httpTokens: new CfnParameter(stack, 'P', { default: 'required' }).valueAsString },
    });
    expect(texts(open, true)[0]).toContain('"HttpTokens":"required"');
  });

  test('while one that does not is edited', () => {
    const build = (stack: Stack): void => void new ec2.Instance(stack, 'I', { vpc: vpcIn(stack), instanceType, machineImage });
    expect(texts(build, true)).not.toEqual(texts(build, false));
  });
});

test('a stage in the app is left as it is', () => {
  const stagesOf = (isGuarded: boolean): string[] => {
    const app = new App({ analyticsReporting: true });
    if (isGuarded) { ImdsGuard.enforce(app); }
    const stage = new Stage(app, 'Stage', { env: { account: '111122223333', region: 'us-east-1' } });
    new ec2.CfnInstance(new Stack(stage, 'S'), 'I', { metadataOptions: { httpTokens: 'required' } });
    return app.synth().nestedAssemblies.flatMap(({ nestedAssembly }) => nestedAssembly.stacks).map(({ template }) => JSON.stringify(template));
  };
  expect(stagesOf(true)).toEqual(stagesOf(false));
  expect(stagesOf(true)[0]).toContain('AWS::CDK::Metadata');
});

test('who registers the validator has it listed, as CDK lists every plugin, and is told things once', () => {
  const app = new App({ analyticsReporting: true });
  ImdsGuard.observe(app);
  Validations.of(app).addPlugins(new ImdsValidator());
  new ec2.CfnInstance(new Stack(app, 'S'), 'I', { metadataOptions: { httpTokens: 'required' } });
  app.synth();
  expect((app as unknown as { _validationPlugins: readonly unknown[] })._validationPlugins).toHaveLength(1);
});

test('a template from a file that is compliant is left as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imds-guard-compliant-'));
  const templateFile = join(folder, 'template.json');
  writeFileSync(templateFile, JSON.stringify({
    Parameters: { Production: { Type: 'String' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'Production' }, 'yes'] } },
    Resources: {
      T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: { 'Fn::If': ['C', 'required', 'required'] } } } } },
      I: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { 'Fn::If': ['C', { HttpTokens: 'required' }, { HttpTokens: 'required', HttpPutResponseHopLimit: 4 }] } } },
    },
  }));
  const build = (stack: Stack): void => void new include.CfnInclude(stack, 'T', { templateFile });
  expect(texts(build, true)).toEqual(texts(build, false));
  rmSync(folder, { recursive: true });
});
