import { Template, Templates } from '../../examples/demo/template';
import { differenceBetween } from '../../proof/difference';

const OPTIONS = { MetadataOptions: { HttpTokens: 'required' } };
const LATEST = { LaunchTemplateId: { Ref: 'T' }, Version: { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] } };
const [OPTION, OTHER] = ['DisableIMDSv1', 'InstanceType'].map(OptionName => ({ Namespace: 'aws:autoscaling:launchconfiguration', OptionName, Value: 'true' }));
const ROLLING = { UpdatePolicy: { AutoScalingRollingUpdate: {} } };
const RENEWED = { changed: 1, renewedByService: ['S.template.json E'] };
const NOTHING = {
  changed: 0, added: [], removed: [], replaced: [], newConfigurations: [], rolled: [], replacedGroups: [], renewedByService: [], besides: [],
};

const app = (Resources: object): Templates => ({ 'S.template.json': { Resources } as Template });
const instance = (properties: object): object => ({ I: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami', ...properties } } });
const beanstalk = (properties: object): object => ({ E: { Type: 'AWS::ElasticBeanstalk::Environment', Properties: { ApplicationName: 'a', ...properties } } });
const group = (template: object, more: object): object => ({
  T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: template } },
  G: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '1', LaunchTemplate: LATEST }, ...more },
});
const nodes = (template: object, version: unknown = LATEST.Version): object => ({
  T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: template } },
  N: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'c', LaunchTemplate: { Id: { Ref: 'T' }, Version: version } } },
});
const configured = (configuration: object, more: object = {}): object => ({
  C: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId: 'ami', ...configuration } },
  G: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '1', LaunchConfigurationName: { Ref: 'C' } }, ...more },
});

test.each<[string, object, object, object]>([
  ['settings of an instance, and nothing else', instance({}), instance(OPTIONS), { changed: 1 }],
  ['an instance that is replaced', instance({}), instance({ ...OPTIONS, ImageId: 'other' }), {
    changed: 1, replaced: ['S/I'],
  }],
  ['an instance that gets a launch template', instance({}), { ...instance({ LaunchTemplate: LATEST }), ...group({}, {}) }, {
    changed: 3, added: ['S/T', 'S/G'], replaced: ['S/I'],
  }],
  ['another logical id', instance({}), { J: Object.values(instance({}))[0] }, { changed: 2, added: ['S/J'], removed: ['S/I'] }],
  ['a property that is no setting', instance({}), instance({ ...OPTIONS, Tags: [{ Key: 'a', Value: 'b' }] }), {
    changed: 1, besides: ['S/I: more than IMDS settings changes: Tags'],
  }],
  ['an option of Elastic Beanstalk', beanstalk({ OptionSettings: [OTHER] }), beanstalk({ OptionSettings: [OTHER, OPTION] }), RENEWED],
  ['the first option of Elastic Beanstalk', beanstalk({}), beanstalk({ OptionSettings: [OPTION] }), RENEWED],
  ['another option of Elastic Beanstalk', beanstalk({ OptionSettings: [OPTION] }), beanstalk({ OptionSettings: [OTHER, OPTION] }), {
    ...RENEWED, besides: ['S/E: more than IMDS settings changes: OptionSettings'],
  }],
  ['a launch template whose group does nothing', group({}, {}), group(OPTIONS, {}), { changed: 1 }],
  ['a launch template whose group rolls', ...withPolicy({ AutoScalingRollingUpdate: {} }), { changed: 1, rolled: ['S.template.json G'] }],
  ['a launch template whose group is refreshed', ...withPolicy({ AutoScalingInstanceRefresh: {} }), { changed: 1, rolled: ['S.template.json G'] }],
  ['a launch template whose group is replaced', ...withPolicy({ AutoScalingReplacingUpdate: { WillReplace: true } }), {
    changed: 1, replacedGroups: ['S.template.json G'],
  }],
  ['a launch template of an EKS node group', nodes({}), nodes(OPTIONS), { changed: 1, renewedByService: ['S.template.json N'] }],
  ['a launch template of an EKS node group at a fixed version', nodes({}, '3'), nodes(OPTIONS, '3'), { changed: 1 }],
  ['a policy that is switched off', ...withPolicy({ AutoScalingReplacingUpdate: { WillReplace: false } }), { changed: 1 }],
  ['a policy about actions on a schedule', ...withPolicy({ AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true } }), { changed: 1 }],
  ['a launch configuration', configured({}), configured(OPTIONS), { changed: 1, newConfigurations: ['S/C'] }],
  ['a launch configuration whose group rolls', configured({}, ROLLING), configured(OPTIONS, ROLLING), {
    changed: 1, newConfigurations: ['S/C'], rolled: ['S.template.json G'],
  }],
  ['what CDK tells AWS about the app', metadata('a'), metadata('b'), { changed: 1, besides: ['S/M: more than IMDS settings changes: Analytics'] }],
  ['nothing at all, with a group that could roll', ...withPolicy({ AutoScalingRollingUpdate: {} }, {}), {}],
])('%s', (_, before, after, expected) => {
  expect(differenceBetween(app(before), app(after))).toEqual({ ...NOTHING, ...expected });
});

function metadata(Analytics: string): object {
  return { M: { Type: 'AWS::CDK::Metadata', Properties: { Analytics } } };
}

function withPolicy(UpdatePolicy: object, template: object = OPTIONS): [object, object] {
  return [group({}, { UpdatePolicy }), group(template, { UpdatePolicy })];
}

test('what stands outside of the resources', () => {
  const [before, after] = ['a', 'b'].map(Value => ({ 'S.template.json': { Resources: {}, Outputs: { O: { Value } } } }));
  expect(differenceBetween(before, after)).toEqual({ ...NOTHING, changed: 1, besides: ['S.template.json: more than resources changes'] });
});
