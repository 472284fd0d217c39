import {
  App, Aspects, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ssm as ssm, Aws, CfnOutput, CfnParameter, CustomResource, Environment, Fn,
  NestedStack, ScopedAws, Stack, Stage,
} from 'aws-cdk-lib';
import { ImdsGuard, RequireImdsv2 } from '../../src';
import { Json, newApp, quietly, templateOf, told } from '../support/support';

type Build = (stack: Stack, template: ec2.CfnLaunchTemplate, other: Stack) => void;

/** What is reported about the templates of a guarded app, and what it makes of them. */
function guarded(build: Build, enforce = (app: App): void => ImdsGuard.enforce(app)): { messages: string[]; template: Json; other: Json } {
  const app = newApp();
  enforce(app);
  const [stack, other] = [new Stack(app, 'S'), new Stack(app, 'B')];
  build(stack, new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} }), other);
  const assembly = quietly(() => app.synth());
  return { messages: textsIn(app), template: assembly.getStackByName('S').template, other: assembly.getStackByName('B').template };
}

function textsIn(app: App): string[] {
  const texts = app.node.findAll().flatMap(({ node }) => node.metadata.map(({ type, data }) => `${type.replace('aws:cdk:', '')} ${String(data)}`));
  return texts.filter(text => /version number|new version/.test(text));
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

describe('a name in SSM that is no plain text', () => {
  const pinned = (stack: Stack, version: string, launchTemplateId = 'lt-0123456789abcdef0'): void => void new ec2.CfnInstance(stack, 'Db', { launchTemplate: { launchTemplateId, version } });
  const stored = (stack: Stack, template: ec2.CfnLaunchTemplate, parameterName?: string): ssm.StringParameter => (
    new ssm.StringParameter(stack, 'Version', { parameterName, simpleName: parameterName === undefined ? undefined : false, stringValue: template.attrLatestVersionNumber })
  );
  const valueOf = (stack: Stack, parameterName: string): string => (
    ssm.StringParameter.fromStringParameterAttributes(stack, 'Read', { parameterName, simpleName: true, forceDynamicReference: true }).stringValue
  );
  const read = (name: string): string => Fn.sub(`{{resolve:ssm:${name}}}`);

  test.each<[string, Build]>([
    ['a function with pseudo parameters', (stack, template, other) => {
      stored(stack, template, Fn.sub('/${AWS::Region}/lt/version'));
      pinned(other, read('/${AWS::Region}/lt/version'));
    }],
    ['a join here and a text there', (stack, template, other) => {
      stored(stack, template, Fn.join('/', ['', Aws.ACCOUNT_ID, 'lt']));
      pinned(other, read('/${AWS::AccountId}/lt'));
    }],
    ['a pseudo parameter of a stack', (stack, template, other) => {
      stored(stack, template, Fn.join('/', ['', new ScopedAws(stack).region, 'lt']));
      pinned(other, read('/${AWS::Region}/lt'));
    }],
    ['a parameter that CloudFormation names, read where it is stored', (stack, template) => {
      pinned(stack, valueOf(stack, stored(stack, template).parameterName));
    }],
    ['a parameter that CloudFormation names, read elsewhere', (stack, template, other) => {
      pinned(other, valueOf(other, stored(stack, template).parameterName));
    }],
    ['a parameter that CloudFormation names, by its logical id', (stack, template) => {
      const { logicalId } = stored(stack, template).node.defaultChild as ssm.CfnParameter;
      pinned(stack, read(`\${${stack.resolve(logicalId)}}`));
    }],
    ['a parameter with a name, by a reference', (stack, template, other) => {
      stored(stack, template, '/lt/version');
      new ssm.CfnParameter(other, 'Copy', { type: 'String', value: 'x' });
      pinned(stack, read(`\${${stack.resolve((stack.node.findChild('Version').node.defaultChild as ssm.CfnParameter).logicalId)}}`));
      pinned(other, '{{resolve:ssm:/lt/version}}');
    }],
    ['what a parameter of the template chooses, on both sides', (stack, template, other) => {
      [stack, other].forEach(each => new CfnParameter(each, 'Env'));
      stored(stack, template, Fn.sub('/${Env}/lt'));
      pinned(other, read('/${Env}/lt'));
    }],
    ['what may turn out to be the same', (stack, template, other) => {
      new CfnParameter(other, 'Env');
      stored(stack, template, '/prod/lt');
      pinned(other, read('/${Env}/lt'));
    }],
    ['what nobody knows', (stack, template, other) => {
      new CfnParameter(other, 'Which', { type: 'AWS::SSM::Parameter::Value<String>' });
      stored(stack, template, '/prod/lt');
      pinned(other, Fn.ref('Which'));
    }],
    ['given to a nested stack', (stack, template, other) => {
      stored(stack, template, '/prod/lt');
      const nested = new NestedStack(other, 'N', { parameters: { Which: '/prod/lt' } });
      new CfnParameter(nested, 'Which', { type: 'AWS::SSM::Parameter::Value<String>' });
      pinned(nested, Fn.ref('Which'));
    }],
  ])('is followed: %s', (_, build) => {
    const { template, messages } = guarded(build, app => Aspects.of(app).add(new RequireImdsv2()));
    expect(optionsIn(template)).toBeUndefined();
    expect(messages).toEqual([expect.stringContaining('a new version of this launch template would replace')]);
  });

  test.each<[string, Build]>([
    ['another function', (stack, template, other) => {
      stored(stack, template, Fn.sub('/${AWS::Region}/lt/version'));
      pinned(other, read('/${AWS::Region}/lt/other'));
    }],
    ['another parameter that CloudFormation names', (stack, template) => {
      stored(stack, template);
      pinned(stack, valueOf(stack, new ssm.StringParameter(stack, 'Other', { stringValue: '1' }).parameterName));
    }],
    ['a name that CloudFormation makes beside a text', (stack, template) => {
      stored(stack, template);
      pinned(stack, '{{resolve:ssm:/lt}}');
    }],
    ['a beginning that cannot fit', (stack, template, other) => {
      new CfnParameter(other, 'Env');
      stored(stack, template, '/shop/prod/lt');
      pinned(other, read('/bank/${Env}/lt'));
    }],
    ['a version of the parameter', (stack, template, other) => {
      stored(stack, template, Fn.sub('/${AWS::Region}/lt'));
      pinned(other, read('/${AWS::Region}/lt:3'));
    }],
  ])('and the template is edited: %s', (_, build) => {
    const { template, messages } = guarded(build, app => Aspects.of(app).add(new RequireImdsv2()));
    expect(optionsIn(template)).toEqual(OPTIONS);
    expect(messages).toEqual([expect.stringContaining('its latest version number is also given to')]);
  });

  test('a fleet that has no options of its own is named as left without', () => {
    const { template, messages } = guarded((stack, lt, other) => {
      stored(stack, lt, Fn.sub('/${AWS::Region}/lt'));
      new ec2.CfnEC2Fleet(other, 'Fleet', {
        targetCapacitySpecification: { totalTargetCapacity: 1 },
        launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: 'lt-0123456789abcdef0', version: read('/${AWS::Region}/lt') } }],
      });
    }, app => Aspects.of(app).add(new RequireImdsv2()));
    expect(optionsIn(template)).toBeUndefined();
    expect(messages).toEqual([expect.stringContaining('and B/Fleet still launches from it')]);
  });
});

describe('a version number that another Stage reads from SSM', () => {
  /** The options of the template of the first Stage, and what is said about it. */
  function staged(name: string, read: string, env?: Environment, own?: string): { options: unknown; messages: string[] } {
    const app = newApp();
    ImdsGuard.enforce(app);
    const [one, two] = ['One', 'Two'].map(id => new Stage(app, id));
    const [stack, other] = [new Stack(one, 'S', { env: env && { region: 'eu-west-1' } }), new Stack(two, 'S', { env })];
    const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} });
    new ssm.StringParameter(stack, 'Version', { parameterName: name, simpleName: false, stringValue: template.attrLatestVersionNumber });
    new ec2.CfnInstance(other, 'Db', { launchTemplate: { launchTemplateId: 'lt-0123456789abcdef0', version: `{{resolve:ssm:${read}}}` } });
    if (own !== undefined) { new ssm.StringParameter(other, 'Own', { parameterName: own, simpleName: false, stringValue: '1' }); }
    return { options: templateOf(stack).Resources.T.Properties.LaunchTemplateData.MetadataOptions, messages: textsIn(app) };
  }

  test.each<[string, Parameters<typeof staged>]>([
    ['by its name', ['/lt', '/lt']],
    ['by a function', [Fn.sub('/${AWS::Region}/lt'), Fn.sub('/${AWS::Region}/lt')]],
    ['in an account that may be the same', ['/lt', '/lt', { account: '111122223333', region: 'eu-west-1' }]],
  ])('leaves the template as it is: %s', (_, given) => {
    const { options, messages } = staged(...given);
    expect(options).toBeUndefined();
    expect(messages).toEqual([expect.stringContaining('would replace Two/S/Db')]);
  });

  test.each<[string, Parameters<typeof staged>]>([
    ['under another name', ['/lt', '/other']],
    ['in another Region', ['/lt', '/lt', { account: '111122223333', region: 'eu-north-1' }]],
    ['stored there as well', ['/lt', '/lt', undefined, '/lt']],
  ])('does not when it is %s', (_, given) => {
    expect(staged(...given).options).toEqual(OPTIONS);
  });

  test('of the app itself, too', () => {
    const app = newApp();
    Aspects.of(app).add(new RequireImdsv2());
    const stack = new Stack(app, 'S');
    const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: {} });
    new ssm.StringParameter(stack, 'Version', { parameterName: '/lt', stringValue: template.attrLatestVersionNumber });
    new ec2.CfnInstance(new Stack(new Stage(app, 'Inner'), 'S'), 'Db', { launchTemplate: { launchTemplateId: 'lt-0123456789abcdef0', version: '{{resolve:ssm:/lt}}' } });
    expect(optionsIn(templateOf(stack))).toBeUndefined();
  });
});
