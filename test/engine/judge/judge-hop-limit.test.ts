import { judge } from '../../../src/engine/judge/judge';
import { Settings } from '../../../src/engine/surfaces/settings';
import { by, GROUP, instance, judged, NO_VALUE, REQUIRED, template, withOptions } from '../../support/verdicts';

const PATH = 'MetadataOptions.HttpPutResponseHopLimit';
const MAX: Settings = { maxHttpPutResponseHopLimit: 2 };
let conditions = 0;
const either = (a: unknown, b: unknown): unknown => ({ 'Fn::If': [`C${++conditions}`, a, b] });
const parameters = { Parameters: { P: { Type: 'Number' }, Low: { AllowedValues: [1, 2], Default: 1 }, Wide: { AllowedValues: [1, 3], Default: 1 }, High: { AllowedValues: [1, 3], Default: 3 } } };
const withHops = (value: unknown, settings?: Settings): ReturnType<typeof judged> => (
  judged({ I: withOptions({ ...REQUIRED, HttpPutResponseHopLimit: value }) }, settings, parameters)
);

describe('a hop limit', () => {
  test.each([[1], [64], ['2'], [undefined], [NO_VALUE], [{ Ref: 'P' }], [{ Ref: 'Wide' }], [either(1, { Ref: 'P' })]])('%j is accepted', value => {
    expect(withHops(value).findings).toEqual([]);
  });

  test.each([[0], [65], [-1], [1.5], ['many'], [''], [' '], ['0x2'], ['1e1'], [true], [[2]], [{}], [{ valueOf: 2, toString: 1 }], [either(1, 65)]])('%j is refused', value => {
    expect(withHops(value).findings).toEqual([`I invalid-value ${PATH}`]);
  });

  test('that is too high is told with the maximum, and what to do', () => {
    expect(judge({ Resources: { I: withOptions({ ...REQUIRED, HttpPutResponseHopLimit: 3 }) } }, () => MAX).findings).toMatchObject([
      { rule: 'hop-limit-too-high', values: [3], reason: '3 is above the maximum of 2', fix: `set ${PATH} to a number from 1 to 2` },
    ]);
  });

  test('that is refused is told with the range', () => {
    expect(withHops(65).reasons).toEqual(['a whole number from 1 to 64 was expected, got 65']);
  });

  test.each<[unknown, string[]]>([
    [2, []],
    ['2', []],
    [either(1, 2), []],
    [{ Ref: 'Low' }, []],
    [3, [`I hop-limit-too-high ${PATH}`]],
    ['3', [`I hop-limit-too-high ${PATH}`]],
    [either(1, 3), [`I hop-limit-too-high ${PATH}`]],
    [{ Ref: 'High' }, [`I hop-limit-too-high ${PATH}`]],
    [{ Ref: 'Wide' }, [`I hop-limit-too-high ${PATH}`]],
    [{ Ref: 'P' }, [`I undecided-value ${PATH}`]],
    [NO_VALUE, [`I hop-limit-not-set ${PATH}`]],
  ])('%j is held against a maximum of 2', (value, expected) => expect(withHops(value, MAX).findings).toEqual(expected));

  test.each([[{ Ref: 'High' }, 'violation'], [{ Ref: 'Wide' }, 'cannot tell'], [{ Ref: 'P' }, 'cannot tell'], [NO_VALUE, 'cannot tell'], [{ Ref: 'Low' }, 'compliant']])(
    '%j under a maximum of 2 is judged: %s', (value, expected) => expect(withHops(value, MAX).verdicts.I).toBe(expected),
  );

  test('is not judged where the endpoint is disabled', () => {
    expect(judged({ I: withOptions({ HttpEndpoint: 'disabled', HttpPutResponseHopLimit: 3 }) }, MAX).findings).toEqual([]);
    expect(judged({ I: withOptions({ HttpEndpoint: { 'Fn::If': ['C', 'disabled', 'enabled'] }, HttpPutResponseHopLimit: { 'Fn::If': ['C', 3, 1] }, ...REQUIRED }) }, MAX).findings).toEqual([]);
    expect(judged({ I: withOptions({ HttpEndpoint: { 'Fn::If': ['C', 'disabled', 'enabled'] }, HttpPutResponseHopLimit: { 'Fn::If': ['C', 1, 3] }, ...REQUIRED }) }, MAX).findings).toEqual([`I hop-limit-too-high ${PATH}`]);
  });
});

describe('a hop limit that is not set', () => {
  test('is told with what decides', () => {
    expect(judged({ I: withOptions(REQUIRED) }, MAX).reasons).toEqual(['it is not set, so the account default or the image decides']);
  });
  test('cannot be decided where an instance switches the endpoint of its launch template on again, which has none', () => {
    const linked = (options: object): ReturnType<typeof judged> => (
      judged({ I: instance({ LaunchTemplate: by('T'), MetadataOptions: { HttpEndpoint: 'enabled' } }), T: template({ ...REQUIRED, HttpEndpoint: 'disabled', ...options }) }, MAX)
    );

    expect(linked({})).toMatchObject({ verdicts: { I: 'cannot tell' }, findings: [`I hop-limit-not-set ${PATH}`], reasons: ['it is not set, and T has none that is known to be within the maximum of 2'] });
    expect(linked({ HttpPutResponseHopLimit: 2 }).findings).toEqual([]);
  });
  test('is good to know where tokens are required', () => expect(withHops(NO_VALUE)).toMatchObject({ verdicts: { I: 'compliant' }, advice: [`I hop-limit-not-set ${PATH}`] }));
  test('is no news where they are not', () => expect(judged({ I: withOptions({}) }).advice).toEqual([]));
  test('cannot be decided under a maximum, whatever the tokens are', () => {
    expect(judged({ I: withOptions({}) }, MAX).findings).toEqual(['I imdsv2-not-required MetadataOptions.HttpTokens', `I hop-limit-not-set ${PATH}`]);
  });
  test('is no news where the service has a default of its own', () => {
    const manifest = (metadataOptions: object): object => ({ Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { Manifest: JSON.stringify([{ kind: 'EC2NodeClass', spec: { metadataOptions } }]) } });

    expect(judged({ K: manifest({ httpTokens: 'required' }) }, MAX)).toMatchObject({ findings: [], advice: [] });
    expect(judged({ K: manifest({ httpTokens: 'required', httpPutResponseHopLimit: 3 }) }, MAX).findings).toEqual(['K hop-limit-too-high Manifest.spec.metadataOptions.httpPutResponseHopLimit']);
  });
});

describe('containers', () => {
  const host = (hops: number, data: object = {}): object => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: hops }, ...data } } });
  const tooLow = (resources: object): string[] => judged(resources).advice.filter(each => each.includes('too-low'));
  const TOO_LOW = ['T hop-limit-too-low LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit'];
  const consumers: ReadonlyArray<[string, number, object]> = [
    ['Batch', 2, { B: { Type: 'AWS::Batch::ComputeEnvironment', Properties: { ComputeResources: { LaunchTemplate: by('T') } } } }],
    ['ECS', 2, {
      G: { Type: GROUP, Properties: { LaunchTemplate: by('T') } },
      E: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'G' } } } },
    }],
    ['EKS', 1, { N: { Type: 'AWS::EKS::Nodegroup', Properties: { LaunchTemplate: { Id: { Ref: 'T' } } } } }],
    ['a plain group', 1, { G: { Type: GROUP, Properties: { LaunchTemplate: by('T') } } }],
  ];

  test('of user data in a mapping are seen where it decides them', () => {
    const Mappings = { M: { a: { run: '#!/bin/bash\ndocker run nginx', other: '#!/bin/bash\ndnf remove docker', image: 'nginx' }, b: { run: 'x', other: 'y', image: 'z' } } };
    const mapped = (data: unknown): string[] => (
      judged({ T: host(1, { UserData: { 'Fn::Base64': data } }) }, undefined, { Mappings, Parameters: { P: { Type: 'String', AllowedValues: ['a', 'b'], Default: 'b' } } })
        .advice.filter(each => each.includes('too-low'))
    );
    const find = (key: unknown, name: string): object => ({ 'Fn::FindInMap': ['M', key, name] });
    expect(mapped(find('a', 'run'))).toEqual(TOO_LOW);
    expect(mapped(find({ Ref: 'P' }, 'run'))).toEqual(TOO_LOW); // one of its values
    expect(mapped({ 'Fn::Sub': ['#!/bin/bash\ndocker ${verb} ${image}', { verb: 'run', image: find('a', 'image') }] })).toEqual(TOO_LOW);
    expect(mapped(find('a', 'other'))).toEqual([]);
    expect(mapped(find('b', 'run'))).toEqual([]);
    expect(mapped(find('nobody', 'run'))).toEqual([]);
  });

  test.each(consumers)('of %s need %s hops', (_, hops, others) => {
    expect(tooLow({ T: host(2), ...others })).toEqual([]);
    expect(tooLow({ T: host(1), ...others })).toEqual(hops === 2 ? TOO_LOW : []);
  });

  test.each([['docker run x', 2], ['echo ECS_CLUSTER=c >> /etc/ecs/ecs.config', 2], ['dockerize', 1], ['echo', 1]])('in user data need their hops: %s needs %s', (UserData, hops) => {
    expect(tooLow({ T: host(1, { UserData: { 'Fn::Base64': UserData } }) })).toEqual(hops === 2 ? TOO_LOW : []);
    expect(tooLow({ T: host(2, { UserData }) })).toEqual([]);
  });

  test('in one branch of the properties need them there', () => {
    const branches = (hops: number): object => ({ Type: 'AWS::EC2::Instance', Properties: { 'Fn::If': ['C', { UserData: 'docker run x', MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: hops } }, { MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 1 } }] } });

    expect(tooLow({ I: branches(1) })).toEqual([`I hop-limit-too-low ${PATH}`]);
    expect(tooLow({ I: branches(2) })).toEqual([]);
  });

  test('in user data need them whatever else is not known', () => {
    const data = { UserData: 'docker run x', MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 1 } };
    const quiet = { MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 2 } };
    const byCondition = (condition: unknown, ...branches: unknown[]): object => ({ I: { Type: 'AWS::EC2::Instance', Properties: { 'Fn::If': [condition, ...branches] } } });

    expect(tooLow(byCondition('C', data, { Ref: 'P' }))).toEqual([`I hop-limit-too-low ${PATH}`]);
    expect(tooLow(byCondition({ 'Fn::Equals': ['a', 'a'] }, data, quiet))).toEqual([`I hop-limit-too-low ${PATH}`]); // not a name, so nothing is known in its branches
    expect(tooLow(byCondition({ 'Fn::Equals': ['a', 'a'] }, { Ref: 'P' }, data))).toEqual([`I hop-limit-too-low ${PATH}`]);
  });

  test.each([[undefined, ''], [1, ', and the maximum of 1 with it'], [3, '']])('need their hops, which are too few and not too many, under a maximum of %s', (max, raised) => {
    const { findings } = judge({ Resources: { T: host(1, { UserData: 'docker run x' }) } }, () => ({ maxHttpPutResponseHopLimit: max }));

    expect(findings).toMatchObject([{
      rule: 'hop-limit-too-low',
      values: [1],
      reason: 'containers on a bridge network need 2 hops, the limit is 1',
      fix: `set LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit to 2${raised}, or keep it where no container needs IMDS or all of them use the host network`,
    }]);
  });

  test('that are built need them, images that are built do not', () => {
    const build = (recipe: object, hops: number): string[] => tooLow({
      C: { Type: 'AWS::ImageBuilder::InfrastructureConfiguration', Properties: { InstanceMetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: hops } } },
      P: { Type: 'AWS::ImageBuilder::ImagePipeline', Properties: { InfrastructureConfigurationArn: { Ref: 'C' }, ...recipe } },
    });

    expect(build({ ContainerRecipeArn: 'arn' }, 1)).toEqual(['C hop-limit-too-low InstanceMetadataOptions.HttpPutResponseHopLimit']);
    expect(build({ ContainerRecipeArn: 'arn' }, 2)).toEqual([]);
    expect(build({ ImageRecipeArn: 'arn' }, 1)).toEqual([]);
  });

  test('are told what they need', () => {
    const resources = { T: template({ ...REQUIRED, HttpPutResponseHopLimit: 1 }), I: instance({ LaunchTemplate: by('T') }), ...consumers[0][2] };

    expect(judged(resources).verdicts.T).toBe('compliant');
    expect(tooLow(resources)).toEqual(TOO_LOW);
  });
});
