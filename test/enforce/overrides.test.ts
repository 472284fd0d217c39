import { aws_ec2 as ec2, aws_elasticbeanstalk as elasticbeanstalk, CfnCondition, CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { enforced, generic, Json, Way, WAYS } from '../support/support';

const INSTANCE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const ENVIRONMENT = 'AWS::ElasticBeanstalk::Environment';
const REQUIRED = { HttpTokens: 'required' };
const V2_ONLY = { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' };

const TYPED_OPTION = { namespace: 'n', optionName: 'o', value: '1' };
const option = (Value: string): Json => ({ Namespace: 'n', OptionName: 'o', Value });
const either = (yes: unknown, no: unknown): Json => ({ 'Fn::If': ['C', yes, no] });
const lazy = (value: unknown): any => Lazy.any({ produce: () => value });

/** The properties of a resource once IMDSv2 is required. */
function propertiesOf(build: (stack: Stack) => CfnResource, way: Way): Json {
  return enforced(stack => {
    new CfnCondition(stack, 'C', { expression: Fn.conditionEquals('a', 'b') });
    return build(stack).overrideLogicalId('R');
  }, {}, way).Resources.R.Properties;
}

describe.each(Object.keys(WAYS) as Way[])('what an author overrides stays, enforced by %s', way => {
  test.each<[string, string, Json, [path: string, value: unknown], unknown]>([
    ['Fn::If in place of the options', INSTANCE, { MetadataOptions: { HttpTokens: 'optional' } }, ['MetadataOptions', either({ HttpEndpoint: 'enabled' }, {})],
      { MetadataOptions: either({ ...REQUIRED, HttpEndpoint: 'enabled' }, REQUIRED) }],
    ['an option over a lazy value', INSTANCE, { MetadataOptions: lazy({}) }, ['MetadataOptions.HttpEndpoint', 'enabled'],
      { MetadataOptions: { ...REQUIRED, HttpEndpoint: 'enabled' } }],
    ['something else over lazy properties', TEMPLATE, lazy({ LaunchTemplateData: {} }), ['LaunchTemplateData.KeyName', 'k'],
      { LaunchTemplateData: { KeyName: 'k', MetadataOptions: REQUIRED } }],
    ['a list', ENVIRONMENT, { OptionSettings: [option('1')] }, ['OptionSettings', [option('2'), option('3')]],
      { OptionSettings: [option('2'), option('3'), V2_ONLY] }],
    ['a new element of a list', ENVIRONMENT, { OptionSettings: [option('1')] }, ['OptionSettings.1', option('2')],
      { OptionSettings: [option('1'), option('2'), V2_ONLY] }],
    ['a new element with version 1', ENVIRONMENT, { OptionSettings: [option('1')] }, ['OptionSettings.1', { ...V2_ONLY, Value: 'false' }],
      { OptionSettings: [option('1'), V2_ONLY] }],
    ['a part of a list', ENVIRONMENT, { OptionSettings: [option('1')] }, ['OptionSettings.0.Value', '2'], { OptionSettings: [option('2'), V2_ONLY] }],
  ])('in a generic resource: %s', (_, type, given, [path, value], expected) => {
    expect(propertiesOf(stack => {
      const resource = generic(stack, 'R', type, given);
      resource.addPropertyOverride(path, value);
      return resource;
    }, way)).toEqual(expected);
  });

  test('in the type', () => {
    const typed = (type: string) => (stack: Stack): CfnResource => {
      const resource = new ec2.CfnInstance(stack, 'R', { imageId: 'ami' });
      resource.addOverride('Type', type);
      return resource;
    };
    expect(propertiesOf(typed('Custom::Instance'), way)).toEqual({ ImageId: 'ami' });
    expect(propertiesOf(typed('AWS::AppStream::ImageBuilder'), way)).toEqual({ ImageId: 'ami' }); // opt-in
    expect(propertiesOf(typed(INSTANCE), way)).toEqual({ ImageId: 'ami', MetadataOptions: REQUIRED });
    expect(propertiesOf(stack => {
      const resource = generic(stack, 'R', 'Custom::Instance', { ImageId: 'ami' });
      resource.addOverride('Type', INSTANCE);
      return resource;
    }, way)).toEqual({ ImageId: 'ami', MetadataOptions: REQUIRED });
  });

  test('in a class that is older than the property', () => {
    class OldInstance extends CfnResource {
      protected get cfnProperties(): Json { return { ImageId: 'ami' }; }
    }
    expect(propertiesOf(stack => {
      const resource = new OldInstance(stack, 'R', { type: INSTANCE, properties: { imageId: 'ami' } });
      resource.addPropertyOverride('MetadataOptions.HttpEndpoint', 'enabled');
      return resource;
    }, way)).toEqual({ ImageId: 'ami', MetadataOptions: { ...REQUIRED, HttpEndpoint: 'enabled' } });
  });

  test('in one of several generic resources that share their properties', () => {
    const given = Object.freeze({ MetadataOptions: Object.freeze({ HttpTokens: 'optional' }) });
    const { Resources: { One: one, Two: two } } = enforced(stack => {
      generic(stack, 'One', INSTANCE, given).addPropertyOverride('MetadataOptions.HttpPutResponseHopLimit', 3);
      generic(stack, 'Two', INSTANCE, given);
    }, {}, way);

    expect(one.Properties).toEqual({ MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 3 } });
    expect(two.Properties).toEqual({ MetadataOptions: REQUIRED });
  });
});

describe.each(Object.keys(WAYS) as Way[])('beside an override of something else, enforced by %s,', way => {
  const weak = { httpTokens: 'optional', httpPutResponseHopLimit: 3 };
  const STRONG = { HttpTokens: 'required', HttpPutResponseHopLimit: 3 };

  test.each<[string, (stack: Stack) => CfnResource, string, Json]>([
    ['branches stay', stack => new ec2.CfnInstance(stack, 'R', { metadataOptions: Fn.conditionIf('C', { HttpPutResponseHopLimit: 3 }, {}) }), 'KeyName',
      { MetadataOptions: either(STRONG, REQUIRED) }],
    ['branches around stay', stack => new ec2.CfnLaunchTemplate(stack, 'R', { launchTemplateData: Fn.conditionIf('C', { ImageId: 'a' }, { ImageId: 'b' }) }),
      'VersionDescription', { LaunchTemplateData: either({ ImageId: 'a', MetadataOptions: REQUIRED }, { ImageId: 'b', MetadataOptions: REQUIRED }) }],
    ['a list stays', stack => new elasticbeanstalk.CfnEnvironment(stack, 'R', { applicationName: 'a', optionSettings: lazy([TYPED_OPTION]) }), 'Description',
      { ApplicationName: 'a', OptionSettings: [option('1'), V2_ONLY] }],
    ['a lazy hop limit stays', stack => new ec2.CfnInstance(stack, 'R', { metadataOptions: lazy(weak) }), 'KeyName', { MetadataOptions: STRONG }],
    ['a lazy hop limit stays beside another option', stack => new ec2.CfnInstance(stack, 'R', { metadataOptions: lazy(weak) }),
      'MetadataOptions.HttpEndpoint', { MetadataOptions: { ...STRONG, HttpEndpoint: 'x' } }],
    ['lazy options stay inside what is overridden in part', stack => new ec2.CfnLaunchTemplate(stack, 'R', { launchTemplateData: lazy({ metadataOptions: weak }) }),
      'LaunchTemplateData.KeyName', { LaunchTemplateData: { MetadataOptions: STRONG, KeyName: 'x' } }],
  ])('%s', (_, build, path, expected) => {
    const properties = propertiesOf(stack => {
      const resource = build(stack);
      resource.addPropertyOverride(path, 'x');
      return resource;
    }, way);

    expect(properties).toEqual(path.includes('.') ? expected : { ...expected, [path]: 'x' });
  });

  test('tokens are required where the override takes the place of branches', () => {
    const properties = propertiesOf(stack => {
      const template = new ec2.CfnLaunchTemplate(stack, 'R', { launchTemplateData: Fn.conditionIf('C', { ImageId: 'a' }, { ImageId: 'b' }) });
      template.addPropertyOverride('LaunchTemplateData.KeyName', 'x');
      return template;
    }, way);

    expect(properties).toEqual({ LaunchTemplateData: { KeyName: 'x', MetadataOptions: { HttpTokens: 'required' } } });
  });
});
