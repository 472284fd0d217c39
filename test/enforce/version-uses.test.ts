import { App, Aspects, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ssm as ssm, CfnOutput, CustomResource, Fn, Stack } from 'aws-cdk-lib';
import { ImdsGuard, RequireImdsv2 } from '../../src';
import { Json, newApp, quietly, told } from '../support/support';

type Build = (stack: Stack, template: ec2.CfnLaunchTemplate, other: Stack) => void;

/** What is reported about the templates of a guarded app, and what it makes of them. */
function guarded(build: Build, enforce = (app: App): void => ImdsGuard.enforce(app)): { messages: string[]; template: Json; other: Json } {
  const app = newApp();
  enforce(app);
  const [stack, other] = [new Stack(app, 'S'), new Stack(app, 'B')];
  build(stack, new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} }), other);
  const assembly = quietly(() => app.synth());
  const texts = app.node.findAll().flatMap(({ node }) => node.metadata.map(({ type, data }) => `${type.replace('aws:cdk:', '')} ${String(data)}`));
  return { messages: texts.filter(text => /version number|new version/.test(text)), template: assembly.getStackByName('S').template, other: assembly.getStackByName('B').template };
}

const OPTIONS = { HttpTokens: 'required' };
const optionsIn = ({ Resources }: Json): unknown => Resources.T.Properties.LaunchTemplateData.MetadataOptions;

describe('the version number of an edited template that is given to', () => {
  test.each<[string, (stack: Stack, template: ec2.CfnLaunchTemplate) => unknown, string]>([
    ['an output', (stack, { attrLatestVersionNumber: value }) => new CfnOutput(stack, 'Out', { value }), 'S/Out'],
    ['an SSM parameter', (stack, template) => new ssm.CfnParameter(stack, 'P', { type: 'String', value: template.attrLatestVersionNumber }), 'S/P'],
    ['a custom resource', (stack, template) => (
      new CustomResource(stack, 'C', { serviceToken: 'arn:aws:sns:us-east-1:111122223333:t', properties: { Version: template.attrLatestVersionNumber } })
    ), 'S/C/Default'],
    ['a tag', (stack, template) => new ec2.CfnInstance(stack, 'I', { imageId: 'a', tags: [{ key: 'lt', value: template.attrLatestVersionNumber }] }), 'S/I'],
    ['user data', (stack, template) => new ec2.CfnInstance(stack, 'I', { imageId: 'a', userData: Fn.base64(`echo ${template.attrLatestVersionNumber}`) }), 'S/I'],
  ])('%s is reported', (_, build, path) => {
    const { messages, template } = guarded((stack, lt) => void build(stack, lt));
    expect(messages).toEqual([expect.stringMatching(new RegExp(`^warning .*its latest version number is also given to ${path},`))]);
    expect(optionsIn(template)).toEqual(OPTIONS);
  });

  test('its own group alone is not', () => {
    expect(guarded((stack, template) => void new autoscaling.CfnAutoScalingGroup(stack, 'G', {
      minSize: '0', maxSize: '1', launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
    })).messages).toEqual([]);
  });

  test('an output is not where the template required tokens already', () => {
    expect(guarded((stack, template) => {
      template.launchTemplateData = { metadataOptions: { httpTokens: 'required' } };
      new CfnOutput(stack, 'Out', { value: template.attrLatestVersionNumber });
    }).messages).toEqual([]);
  });
});

describe('a template to whose version an instance is pinned through SSM', () => {
  const store = (stack: Stack, template: ec2.CfnLaunchTemplate): void => {
    new ssm.StringParameter(stack, 'Id', { parameterName: '/shared/lt/id', stringValue: template.ref });
    new ssm.StringParameter(stack, 'Version', { parameterName: '/shared/lt/version', stringValue: template.attrLatestVersionNumber });
  };
  const instance = (stack: Stack, launchTemplateId: string, version: string): unknown => new ec2.CfnInstance(stack, 'Db', { launchTemplate: { launchTemplateId, version } });

  test.each<[string, (stack: Stack) => unknown]>([
    ['a parameter', stack => instance(stack, ssm.StringParameter.valueForStringParameter(stack, '/shared/lt/id'),
      ssm.StringParameter.valueForStringParameter(stack, '/shared/lt/version'))],
    ['a dynamic reference', stack => instance(stack, '{{resolve:ssm:/shared/lt/id}}', '{{resolve:ssm:/shared/lt/version}}')],
  ])('by %s is not edited, and the instance is given options of its own', (_, build) => {
    const { template, other, messages } = guarded((stack, lt, another) => {
      store(stack, lt);
      build(another);
    }, app => Aspects.of(app).add(new RequireImdsv2())); // the guard fails: whoever else reads the id may launch from the template
    expect(optionsIn(template)).toBeUndefined();
    expect(other.Resources.Db.Properties.MetadataOptions).toEqual(OPTIONS);
    expect(messages).toEqual([expect.stringContaining('a new version of this launch template would replace B/Db')]);
  });

  test.each<[string, string]>([
    ['another parameter', '{{resolve:ssm:/other/version}}'],
    ['a version of the parameter', '{{resolve:ssm:/shared/lt/version:3}}'],
  ])('by %s is edited', (_, version) => {
    const { template } = guarded((stack, lt, another) => {
      store(stack, lt);
      instance(another, '{{resolve:ssm:/shared/lt/id}}', version);
    });
    expect(optionsIn(template)).toEqual(OPTIONS);
  });
});

test('nothing is reported twice', () => {
  const app = newApp();
  ImdsGuard.enforce(app);
  const stack = new Stack(app, 'S');
  const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} });
  new CfnOutput(stack, 'Out', { value: template.attrLatestVersionNumber });
  quietly(() => app.synth());
  expect(told(stack).filter(each => each.includes('version-exported'))).toHaveLength(1);
});
