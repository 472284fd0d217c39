import { judge } from '../../../src/engine/judge/judge';
import { by, instance, judged, NO_VALUE, REQUIRED, template, withOptions } from '../../support/verdicts';

const lines = (resource: object, sections: object = {}): string[] => judged({ R: resource }, {}, sections).findings;
const beanstalk = (...OptionSettings: unknown[]): object => ({ Type: 'AWS::ElasticBeanstalk::Environment', Properties: { OptionSettings } });
const option = (Value: unknown): object => ({ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value });
const join = (...pieces: unknown[]): object => ({ 'Fn::Join': ['', pieces] });

/** A text with a name that nobody knows, and the tokens and a number that functions put into it. */
const mixed = (tokens: unknown, hops: unknown): object => manifest(join(
  '[{"kind":"EC2NodeClass","metadata":{"name":"', { Ref: 'Cluster' }, '"},"spec":{"metadataOptions":{"httpPutResponseHopLimit":', hops, ',"httpTokens":', tokens, '}}}]',
));
const manifest = (value: unknown): object => ({ Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { Manifest: value } });
const nodeClass = (metadataOptions: unknown): object => ({ kind: 'EC2NodeClass', spec: { metadataOptions } });
const security = (value: unknown): object => ({ Type: 'AWS::EMR::SecurityConfiguration', Properties: { SecurityConfiguration: value } });

describe('tokens', () => {
  test.each<[string, object, string]>([
    ['optional', withOptions({ HttpTokens: 'optional' }), 'imdsv1-allowed'],
    ['not set', withOptions({}), 'imdsv2-not-required'],
    ['in another case', withOptions({ HttpTokens: 'Required' }), 'invalid-value'],
    ['a list', withOptions({ HttpTokens: ['required'] }), 'invalid-value'],
    ['only known later', withOptions({ HttpTokens: { 'Fn::ImportValue': 'x' } }), 'undecided-value'],
    ['a number for a truth', { Type: 'AWS::AppStream::Fleet', Properties: { DisableIMDSV1: 1 } }, 'invalid-value'],
    ['a truth as text', { Type: 'AWS::AppStream::Fleet', Properties: { DisableIMDSV1: 'false' } }, 'imdsv1-allowed'],
    ['a version 1 as number', { Type: 'AWS::SageMaker::NotebookInstance', Properties: { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 1 } } }, 'imdsv1-allowed'],
    ['a version that is no whole number', security({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: ' 2' } }), 'invalid-value'],
    ['beside options that are a text', withOptions('required'), 'invalid-value'],
    ['a version 0', security({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 0 } }), 'invalid-value'],
  ])('that are %s have a rule of their own', (_, resource, rule) => {
    expect(lines(resource).map(each => each.split(' ')[1])).toEqual([rule]);
    expect(lines(withOptions(REQUIRED))).toEqual([]);
    expect(lines(security({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 10 } }))).toEqual([]);
  });

  test('that are invalid are told with what is valid', () => {
    expect(judge({ Resources: { R: withOptions({ HttpTokens: 'on' }) } }).findings).toMatchObject([
      { rule: 'invalid-value', values: ['on'], reason: '"required" or "optional" was expected, got "on"', fix: 'set MetadataOptions.HttpTokens to "required"' },
    ]);
  });

  test('that are missing are told with what decides', () => {
    expect(judged({ R: withOptions({}) }).reasons).toEqual([
      'it is not set, so the account default or the image decides; an account or a policy that enforces IMDSv2 may refuse the launch',
    ]);
    expect(judged({ R: beanstalk() }).reasons).toEqual(['it is not set, so a default of the service decides']);
  });

  test('that are weak are told with who refuses the launch, where EC2 sees the option', () => {
    expect(judged({ R: withOptions({ HttpTokens: 'optional' }) }).reasons).toEqual([
      '"optional" lets IMDSv1 answer; an account or a policy that enforces IMDSv2 refuses the launch',
    ]);
    expect(judged({ R: beanstalk(option('false')) }).reasons).toEqual(['"false" lets IMDSv1 answer']);
  });

  test('that are large or deep are told in short', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown;

    expect(judged({ R: withOptions({ HttpTokens: 'x'.repeat(1_000) }) }).reasons[0].length).toBeLessThan(200);
    expect(judged({ R: withOptions({ HttpTokens: deep }) }).reasons).toEqual(['"required" or "optional" was expected, got what nests too deeply']);
  });

  test('that are not known are told with no value', () => {
    expect(judge({ Resources: { R: withOptions({ HttpTokens: { 'Fn::ImportValue': 'x' } }) } }).findings).toMatchObject([{ rule: 'undecided-value', values: [] }]);
  });

  test('that one branch lacks, and another what it refers to, are told so', () => {
    const LaunchTemplate = { 'Fn::If': ['D', by('T'), NO_VALUE] };
    const { reasons } = judged({ R: instance({ LaunchTemplate, MetadataOptions: { HttpTokens: { 'Fn::If': ['C', 'required', NO_VALUE] } } }), T: template(REQUIRED) });

    expect(reasons).toEqual(['one branch lacks it, another what it refers to']);
  });

  test('in one branch are told though the other is not known', () => {
    const either = (a: unknown, b: unknown): object => withOptions({ HttpTokens: { 'Fn::If': ['C', a, b] } });

    expect(lines(either('optional', { Ref: 'P' }))).toEqual(['R imdsv1-allowed MetadataOptions.HttpTokens']);
    expect(lines(either('required', { Ref: 'P' }))).toEqual(['R undecided-value MetadataOptions.HttpTokens']);
    expect(lines(withOptions({ 'Fn::If': ['C', { Ref: 'P' }, { HttpTokens: 'optional' }] }))).toEqual(['R undecided-value MetadataOptions', 'R imdsv1-allowed MetadataOptions.HttpTokens']);
  });
});

describe('a launch template that switches the endpoint off', () => {
  const off = (options: object): object => template({ HttpEndpoint: 'disabled', ...options });
  const linked = (own: object, options: object): string[] => judged({ I: instance({ LaunchTemplate: by('T'), MetadataOptions: own }), T: off(options) }).findings;

  test.each<[string, object, string[]]>([
    ['is fine behind an instance that says nothing', {}, []],
    ['is fine behind an instance that does not require tokens', { HttpTokens: 'optional' }, []],
    ['is of no use behind an instance that switches it on', { HttpEndpoint: 'enabled' }, ['I imdsv2-not-required MetadataOptions.HttpTokens']],
    ['is of no use behind an instance that switches it on in one branch', { HttpTokens: 'optional', HttpEndpoint: { 'Fn::If': ['C', NO_VALUE, 'enabled'] } }, ['I imdsv1-allowed MetadataOptions.HttpTokens']],
  ])('%s', (_, own, expected) => expect(linked(own, { HttpTokens: 'optional' })).toEqual(expected));

  test('is fine behind an instance that switches it on, where it requires tokens', () => expect(linked({ HttpEndpoint: 'enabled' }, REQUIRED)).toEqual([]));

  const either = (a: unknown, b: unknown): object => ({ 'Fn::If': ['C', a, b] });
  const behind = (own: object, T: object, others: object, LaunchTemplate: object): string[] => (
    judged({ I: instance({ LaunchTemplate, MetadataOptions: own }), T, ...others }).findings.filter(each => each.startsWith('I'))
  );
  const ALLOWED = ['I imdsv1-allowed MetadataOptions.HttpTokens'];
  const LACKING = ['I imdsv2-not-required MetadataOptions.HttpTokens'];

  test.each<[string, string[], object, object, object, object]>([
    ['in one branch alone does not protect one that does not require tokens', ALLOWED, { HttpTokens: 'optional' }, template(either({ HttpEndpoint: 'disabled' }, REQUIRED)), {}, by('T')],
    ['beside one that does not, does not protect either', ALLOWED, { HttpTokens: 'optional' }, off({}), { U: template(REQUIRED) }, either(by('T'), by('U'))],
    ['is not one whose options are not known', ALLOWED, { HttpTokens: 'optional' }, template({ Ref: 'P' }), {}, by('T')],
    ['in one branch is of no use where it is switched on', LACKING, { HttpEndpoint: 'enabled' }, template(either({ HttpEndpoint: 'disabled' }, REQUIRED)), {}, by('T')],
    ['is of no use where it is switched on and requires tokens in one branch alone', LACKING, { HttpEndpoint: 'enabled' }, off({ HttpTokens: either('required', 'optional') }), {}, by('T')],
    ['is fine in the branch where the instance does so too', [], { HttpEndpoint: either('disabled', 'enabled') }, off({}), { U: template(REQUIRED) }, either(by('T'), by('U'))],
  ])('%s', (_, expected, own, T, others, LaunchTemplate) => expect(behind(own, T, others, LaunchTemplate)).toEqual(expected));
});

describe('options of Elastic Beanstalk', () => {
  test.each<[string, object, string | undefined]>([
    ['one that is safe', beanstalk(option('true')), undefined],
    ['one that is safe, as truth', beanstalk(option(true)), undefined],
    ['one that is safe, among others', beanstalk({ Namespace: 'aws:autoscaling:asg', OptionName: 'MinSize', Value: '1' }, option('true')), undefined],
    ['one that is weak', beanstalk(option('false')), 'imdsv1-allowed'],
    ['both', beanstalk(option('true'), option('false')), 'imdsv1-allowed'],
    ['another', beanstalk({ ...option('true'), OptionName: 'Other' }), 'imdsv2-not-required'],
    ['none', beanstalk(), 'imdsv2-not-required'],
    ['one that is there in one branch', beanstalk({ 'Fn::If': ['C', option('true'), NO_VALUE] }), 'imdsv2-not-required'],
    ['one that is hidden', beanstalk({ Ref: 'P' }), 'undecided-value'],
    ['one whose name is made of text', beanstalk({ ...option('true'), OptionName: { 'Fn::Sub': 'DisableIMDSv1' } }), undefined],
    ['one that is weak, whose name is made of text', beanstalk(option('true'), { ...option('false'), OptionName: { 'Fn::Sub': 'DisableIMDSv1' } }), 'imdsv1-allowed'],
    ['one whose namespace is made of text', beanstalk({ ...option('false'), Namespace: { 'Fn::Join': [':', ['aws', 'autoscaling', 'launchconfiguration']] } }), 'imdsv1-allowed'],
    ['one whose namespace is hidden', beanstalk({ ...option('true'), Namespace: { Ref: 'P' } }), 'undecided-value'],
    ['a safe one, and one that is hidden', beanstalk(option('true'), { ...option('false'), Namespace: { Ref: 'P' } }), 'undecided-value'],
    ['a safe one, and another in a namespace that is hidden', beanstalk(option('true'), { Namespace: { Ref: 'P' }, OptionName: 'MinSize', Value: '1' }), undefined],
    ['one that is another in one branch', beanstalk({ ...option('true'), OptionName: { 'Fn::If': ['C', 'DisableIMDSv1', 'Other'] } }), 'imdsv2-not-required'],
    ['a hidden list', { Type: 'AWS::ElasticBeanstalk::Environment', Properties: { OptionSettings: { 'Fn::ImportValue': 'x' } } }, 'undecided-value'],
  ])('%s', (_, resource, rule) => expect(lines(resource).map(each => each.split(' ')[1])).toEqual(rule ? [rule] : []));
});

describe('node classes of Karpenter', () => {
  test.each<[string, object, string | undefined]>([
    ['that require tokens', manifest([nodeClass({ httpTokens: 'required' })]), undefined],
    ['that leave them to Karpenter', manifest([nodeClass({}), nodeClass(undefined)]), undefined],
    ['of which one does not', manifest([nodeClass({ httpTokens: 'required' }), nodeClass({ httpTokens: 'optional' })]), 'imdsv1-allowed'],
    ['as text', manifest(JSON.stringify([nodeClass({ httpTokens: 'optional' })])), 'imdsv1-allowed'],
    ['alone', manifest(nodeClass({ httpTokens: 'optional' })), 'imdsv1-allowed'],
    ['with the endpoint off', manifest([nodeClass({ httpTokens: 'optional', httpEndpoint: 'disabled' })]), undefined],
    ['of another kind', manifest([{ ...nodeClass({ httpTokens: 'optional' }), kind: 'ConfigMap' }]), undefined],
    ['that are hidden', manifest([nodeClass({ httpTokens: 'required' }), { Ref: 'P' }]), 'undecided-value'],
    ['in a text that is hidden', manifest({ Ref: 'P' }), 'undecided-value'],
    ['in a text that is no JSON', manifest('kind: EC2NodeClass'), 'undecided-value'],
    ['in either text', manifest({ 'Fn::If': ['C', JSON.stringify([nodeClass({ httpTokens: 'required' })]), JSON.stringify([nodeClass({ httpTokens: 'optional' })])] }), 'imdsv1-allowed'],
    ['in a text with a condition', manifest({ 'Fn::Join': ['', ['[{"kind":"EC2NodeClass","spec":{"metadataOptions":{"httpTokens":', { 'Fn::If': ['C', '"required"', '"optional"'] }, '}}}]']] }), 'imdsv1-allowed'],
    ['in a text with a condition that is safe', manifest({ 'Fn::Join': ['', ['[{"kind":"EC2NodeClass","spec":{"metadataOptions":', { 'Fn::If': ['C', '{"httpTokens":"required"}', '{}'] }, '}}]']] }), undefined],
    ['in a text with a number, beside a name that is not known', mixed('"required"', { 'Fn::If': ['C', 1, '2'] }), undefined],
    ['in a text with a number, beside a name that is not known, that do not require tokens', mixed('"optional"', { 'Fn::If': ['C', 1, '2'] }), 'imdsv1-allowed'],
    ['in a text with a number that is not known', mixed('"required"', { Ref: 'Hops' }), undefined],
    ['in a text with tokens in quotes of their own, beside a name that is not known', mixed({ 'Fn::If': ['C', '"required"', '"optional"'] }, 1), 'imdsv1-allowed'],
    ['in a text with tokens without quotes, beside a name that is not known', mixed({ 'Fn::If': ['C', 'required', 'required'] }, 1), 'undecided-value'],
    ['in a list that is a resource', manifest([{ kind: 'List', items: [nodeClass({ httpTokens: 'optional' })] }]), 'imdsv1-allowed'],
    ['in a lone list', manifest({ kind: 'List', items: [{ kind: 'Namespace' }, nodeClass({ httpTokens: 'optional' })] }), 'imdsv1-allowed'],
    ['in a list of one kind', manifest({ kind: 'EC2NodeClassList', items: [nodeClass({ httpTokens: 'optional' })] }), 'imdsv1-allowed'],
    ['in a list that require tokens', manifest({ kind: 'List', items: [nodeClass({ httpTokens: 'required' })] }), undefined],
    ['in a list that is hidden', manifest({ kind: 'List', items: { Ref: 'P' } }), 'undecided-value'],
    ['in a list that is empty', manifest({ kind: 'List' }), undefined],
    ['whose kind is made of text', manifest([{ ...nodeClass({ httpTokens: 'optional' }), kind: { 'Fn::Sub': 'EC2NodeClass' } }]), 'imdsv1-allowed'],
    ['whose kind is another, made of text', manifest([{ ...nodeClass({ httpTokens: 'optional' }), kind: { 'Fn::Sub': 'ConfigMap' } }]), undefined],
    ['made by Fn::ToJsonString', manifest({ 'Fn::ToJsonString': [nodeClass({ httpTokens: 'optional' })] }), 'imdsv1-allowed'],
  ])('%s', (_, resource, rule) => expect(lines(resource).map(each => each.split(' ')[1])).toEqual(rule ? [rule] : []));

  test('whose kind is not known may be any', () => {
    const { findings, verdicts } = judged({ R: manifest([{ ...nodeClass({ httpTokens: 'optional' }), kind: { Ref: 'P' } }]) });
    expect(verdicts.R).toBe('cannot tell');
    expect(new Set(findings)).toEqual(new Set(['R undecided-value Manifest.spec.metadataOptions', 'R undecided-value Manifest.spec.provider.metadataOptions']));
  });
});

// aws/karpenter-provider-aws, pkg/apis/v1alpha1/provider.go: without settings tokens are required, among settings that leave them out they are optional
describe.each<[string, (metadataOptions?: unknown) => object]>([
  ['AWSNodeTemplate', metadataOptions => ({ apiVersion: 'karpenter.k8s.aws/v1alpha1', kind: 'AWSNodeTemplate', spec: { metadataOptions } })],
  ['Provisioner', metadataOptions => ({ apiVersion: 'karpenter.sh/v1alpha5', kind: 'Provisioner', spec: { provider: { metadataOptions } } })],
])('what Karpenter had before node classes: %s', (kind, of) => {
  test.each<[string, object, string | undefined]>([
    ['that requires tokens', manifest([of({ httpTokens: 'required' })]), undefined],
    ['that has no settings', manifest([of(), of(NO_VALUE)]), undefined],
    ['that does not require them', manifest([of({ httpTokens: 'optional' })]), 'imdsv1-allowed'],
    ['that has other settings only', manifest([of({ httpEndpoint: 'enabled' })]), 'imdsv2-not-required'],
    ['that has empty settings', manifest([of({})]), 'imdsv2-not-required'],
    ['that has them empty in one branch', manifest({ 'Fn::If': ['C', JSON.stringify([of()]), JSON.stringify([of({})])] }), 'imdsv2-not-required'],
    ['with the endpoint off', manifest([of({ httpEndpoint: 'disabled' })]), undefined],
    ['as text', manifest(JSON.stringify([of({ httpTokens: 'optional' })])), 'imdsv1-allowed'],
    ['in a list of its kind', manifest({ kind: `${kind}List`, items: [of({ httpTokens: 'optional' })] }), 'imdsv1-allowed'],
    ['in any list', manifest({ kind: 'List', items: [of({ httpTokens: 'optional' })] }), 'imdsv1-allowed'],
    ['beside a node class that requires them', manifest([nodeClass({ httpTokens: 'required' }), of({ httpTokens: 'optional' })]), 'imdsv1-allowed'],
    ['beside a node class that leaves them to Karpenter', manifest([nodeClass({}), of({ httpTokens: 'required' })]), undefined],
    ['with settings that are hidden', manifest([of({ Ref: 'P' })]), 'undecided-value'],
    ['with tokens that are hidden', manifest([of({ httpTokens: { Ref: 'P' } })]), 'undecided-value'],
  ])('%s', (_, resource, rule) => expect(lines(resource).map(each => each.split(' ')[1])).toEqual(rule ? [rule] : []));
});

test.each<[unknown, string[]]>([
  [1, []],
  [{ 'Fn::If': ['C', '1', '2'] }, ['R hop-limit-too-high Manifest.spec.metadataOptions.httpPutResponseHopLimit']],
  [{ Ref: 'Hops' }, ['R undecided-value Manifest.spec.metadataOptions.httpPutResponseHopLimit']],
])('a number that is put into a text is held against the maximum: %j', (hops, expected) => {
  expect(judged({ R: mixed('"required"', hops) }, { maxHttpPutResponseHopLimit: 1 }).findings).toEqual(expected);
});

describe('patches of Karpenter node classes', () => {
  const patch = (ApplyPatchJson: unknown, ResourceName: unknown = 'ec2nodeclass/default'): object => ({ Type: 'Custom::AWSCDK-EKS-KubernetesPatch', Properties: { ResourceName, ApplyPatchJson } });

  test.each<[string, object, string | undefined]>([
    ['that weaken them', patch('{"spec":{"metadataOptions":{"httpTokens":"optional"}}}'), 'imdsv1-allowed'],
    ['that weaken one whose name is not known', patch('{"spec":{"metadataOptions":{"httpTokens":"optional"}}}', { Ref: 'P' }), 'imdsv1-allowed'],
    ['that require tokens', patch('{"spec":{"metadataOptions":{"httpTokens":"required"}}}'), undefined],
    ['of something else in them', patch('{"spec":{"role":"r"}}'), undefined],
    ['that weaken a provisioner', patch('{"spec":{"provider":{"metadataOptions":{"httpTokens":"optional"}}}}', 'provisioner/default'), 'imdsv1-allowed'],
    ['of something else in a provisioner', patch('{"spec":{"provider":{"metadataOptions":{"httpPutResponseHopLimit":2}}}}', 'provisioner/default'), undefined],
    ['as operations', patch('[{"op":"replace","path":"/spec/metadataOptions/httpTokens","value":"optional"}]'), 'undecided-value'],
    ['that are hidden', patch({ Ref: 'P' }), 'undecided-value'],
  ])('%s', (_, resource, rule) => expect(lines(resource).map(each => each.split(' ')[1])).toEqual(rule ? [rule] : []));
});

describe('what has to do with node classes of Karpenter only at times', () => {
  test.each<[string, object]>([
    ['Custom::AWSCDK-EKS-HelmChart', { Chart: 'karpenter', Values: '{"settings":{"clusterName":"c"}}' }],
    ['Custom::AWSCDK-EKS-HelmChart', { Chart: 'nginx', Values: { 'Fn::Join': ['', ['{"a":', { Ref: 'P' }, '}']] } }],
    ['Custom::AWSCDK-EKS-KubernetesPatch', { ResourceName: 'deployment/coredns', ApplyPatchJson: { Ref: 'P' } }],
  ])('is silent where it has not: %s %j', (Type, Properties) => {
    expect(judge({ Resources: { R: { Type, Properties } } })).toMatchObject({ findings: [], resources: [] });
  });

  test('is not known of a chart that mentions them', () => {
    const chart = (Values: unknown): string[] => lines({ Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { Chart: 'nodes', Values } });

    expect(chart('{"kind":"EC2NodeClass"}')).toEqual(['R undecided-default Properties']);
    expect(chart({ 'Fn::Join': ['', ['{"metadataOptions":', { Ref: 'P' }, '}']] })).toEqual(['R undecided-default Properties']);
  });
});

describe('what calls an API that launches instances', () => {
  const call = (action: string): string => JSON.stringify({ service: 'EC2', action, parameters: {} });
  const states = (name: string): unknown => ({ 'Fn::Join': ['', ['{"Resource":"arn:', { Ref: 'AWS::Partition' }, `:states:::${name}"}`]] });

  test.each<[string, object]>([
    ['Custom::AWS', { Create: call('runInstances') }],
    ['Custom::AWS', { Update: { 'Fn::Join': ['', ['{"service":"ec2","action":"createLaunchTemplateVersion","x":"', { Ref: 'P' }, '"}']] } }],
    ['Custom::AWS', { Create: JSON.stringify({ service: '@aws-sdk/client-ec2', action: 'RunInstancesCommand' }) }],
    ['Custom::AWS', { Create: JSON.stringify({ service: 'Lightsail', action: 'createInstances' }) }],
    ['AWS::StepFunctions::StateMachine', { DefinitionString: states('aws-sdk:ec2:requestSpotFleet') }],
    ['AWS::StepFunctions::StateMachine', { Definition: { States: { A: { Resource: 'arn:aws:states:::elasticmapreduce:createCluster' } } } }],
    ['AWS::SSM::Document', { Content: { mainSteps: [{ action: 'aws:runShellScript', inputs: { runCommand: ['aws ec2 run-instances'] } }] } }],
    ['AWS::SSM::Document', { Content: { mainSteps: [{ action: 'aws:executeScript', inputs: { Script: 'ec2.run_instances()' } }] } }],
  ])('is not known to require IMDSv2: %s %j', (Type, Properties) => {
    expect(lines({ Type, Properties })).toEqual([expect.stringMatching(/^R undecided-(?:default|value|launch-template) \w+\./)]);
    expect(judge({ Resources: { R: { Type, Properties } } }).resources).toMatchObject([{ verdict: 'cannot tell' }]);
  });

  test.each<[string, object]>([
    ['Custom::AWS', { Create: call('describeInstances') }],
    ['Custom::AWS', { Create: JSON.stringify({ service: 'ECS', action: 'createCluster' }) }],
    ['AWS::StepFunctions::StateMachine', { DefinitionString: states('lambda:invoke') }],
    ['AWS::Scheduler::Schedule', { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances' } }],
    ['AWS::SSM::Document', { Content: { mainSteps: [{ action: 'aws:runShellScript', inputs: { runCommand: ['uptime'] } }] } }],
    ['AWS::RDS::DBInstance', { Engine: 'postgres' }],
    ['AWS::Backup::RestoreTestingSelection', { ProtectedResourceType: 'RDS' }],
    ['AWS::DataPipeline::Pipeline', { PipelineObjects: [] }],
    ['AWS::ImageBuilder::DistributionConfiguration', { Distributions: [{ AmiDistributionConfiguration: {} }, { FastLaunchConfigurations: [] }] }],
    ['AWS::ImageBuilder::DistributionConfiguration', {}],
  ])('is no matter where it launches none: %s %j', (Type, Properties) => {
    expect(judge({ Resources: { R: { Type, Properties } } })).toMatchObject({ findings: [], resources: [] });
  });
});

describe('text with JSON', () => {
  const version = (value: string): string => `{"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":${value}}}`;
  const parameters = { Parameters: { P: { Type: 'Number' }, Two: { AllowedValues: ['2'] }, One: { AllowedValues: ['1'] } } };

  test.each<[unknown, string | undefined]>([
    [version('2'), undefined],
    [version('1'), 'imdsv1-allowed'],
    [{ 'Fn::Sub': version('"${Two}"') }, undefined],
    [{ 'Fn::Sub': version('"${One}"') }, 'imdsv1-allowed'],
    [{ 'Fn::Sub': version('${Two}') }, undefined],
    [{ 'Fn::Sub': version('${One}') }, 'imdsv1-allowed'],
    [{ 'Fn::Sub': version('${P}') }, 'undecided-value'],
    [{ 'Fn::Sub': version('"${P}"') }, 'undecided-value'],
    [{ 'Fn::If': ['C', version('2'), NO_VALUE] }, 'imdsv2-not-required'],
    [{ 'Fn::If': ['C', version('2')] }, 'undecided-value'],
  ])('%j', (text, rule) => expect(lines(security(text), parameters).map(each => each.split(' ')[1])).toEqual(rule ? [rule] : []));

  test.each([[100, 'imdsv2-not-required'], [5_000, 'undecided-value']])('that nests %s deep is read as far as people write', (depth, rule) => {
    const text = `{"A":"\${P}","B":${'['.repeat(depth)}${']'.repeat(depth)}}`;

    expect(lines(security({ 'Fn::Sub': text }), parameters).map(each => each.split(' ')[1])).toEqual([rule]);
  });
});

describe('launches that nothing controls', () => {
  const fleet = (LaunchSpecifications: unknown): object => ({ Type: 'AWS::EC2::SpotFleet', Properties: { SpotFleetRequestConfigData: { LaunchSpecifications } } });

  test.each<[unknown, string]>([
    [[{ ImageId: 'ami' }], 'uncontrolled-launch'],
    [{ 'Fn::If': ['C', [{ ImageId: 'ami' }], NO_VALUE] }, 'uncontrolled-launch'],
    [[], 'undecided-default'],
    [[NO_VALUE], 'undecided-default'],
    [NO_VALUE, 'undecided-default'],
  ])('are told where they are there: %j', (specifications, rule) => expect(lines(fleet(specifications)).map(each => each.split(' ')[1])).toEqual([rule]));
});

test('findings carry the construct path that CDK notes', () => {
  const path = (metadata: unknown): unknown => judge({ Resources: { I: instance({}, { Metadata: metadata }) } }).findings[0].constructPath;

  expect(path({ 'aws:cdk:path': 'Stack/I/Resource' })).toBe('Stack/I/Resource');
  expect([path(undefined), path({}), path({ 'aws:cdk:path': 5 }), path('x')]).toEqual([undefined, undefined, undefined, undefined]);
});
