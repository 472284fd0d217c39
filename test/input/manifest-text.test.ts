import { inputsOf } from '../../src/cli/inputs';
import { judgeAll } from '../../src/engine/judge/judge';
import { documentsOf } from '../../src/input/manifest-text';
import { folderWith } from '../support/files';
import { linesOf } from '../support/verdicts';

const nodes = (tokens: string): string => `apiVersion: v1
kind: Namespace
---
# nodes
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
spec:
  metadataOptions: {httpTokens: ${tokens}, httpPutResponseHopLimit: 2}
`;

async function linesIn(type: string, manifest: unknown, more: object = {}): Promise<string[]> {
  const cwd = folderWith({ 'a.json': { ...more, Resources: { R: { Type: type, Properties: { ClusterName: 'c', Manifest: manifest } } } } });
  for await (const { templates } of inputsOf(['a.json'], { cwd })) { return linesOf(judgeAll(templates).get('a.json')!); }
  return [];
}

describe.each(['AWSQS::Kubernetes::Resource', 'Custom::AWSCDK-EKS-KubernetesResource'])('a manifest in YAML of %s', type => {
  test.each<[string, unknown, string[]]>([
    ['that does not require tokens', nodes('optional'), ['R imdsv1-allowed Manifest.spec.metadataOptions.httpTokens']],
    ['that requires them', nodes('required'), []],
    ['that puts something else into it', { 'Fn::Sub': `${nodes('required')}  role: \${Role}\n` }, []],
    ['that puts a value into it', { 'Fn::Sub': [nodes('"${T}"'), { T: 'optional' }] }, ['R imdsv1-allowed Manifest.spec.metadataOptions.httpTokens']],
    ['of something else', 'kind: ConfigMap\ndata: {a: metadataOptions}\n', []],
    ['that cannot be read', 'kind: EC2NodeClass\n spec: [', ['R undecided-value Manifest.spec.metadataOptions']],
    ['with a mark in a key', { 'Fn::Sub': 'kind: EC2NodeClass\n${Key}: x\n' }, ['R undecided-value Manifest.spec.metadataOptions']],
    ['of a provisioner in a list', 'kind: List\nitems:\n- kind: Provisioner\n  spec: {provider: {metadataOptions: {}}}\n', [
      'R imdsv2-not-required Manifest.spec.provider.metadataOptions.httpTokens',
    ]],
    ['as JSON', JSON.stringify([{ kind: 'EC2NodeClass', spec: { metadataOptions: { httpTokens: 'optional' } } }]), ['R imdsv1-allowed Manifest.spec.metadataOptions.httpTokens']],
  ])('%s', async (_, manifest, expected) => expect(await linesIn(type, manifest)).toEqual(expected));
});

test('types of the public registry are of concern only where they mention what launches', async () => {
  expect(await linesIn('AWSQS::Kubernetes::Resource', { Ref: 'P' })).toEqual([]);
  expect(await linesIn('AWSQS::Kubernetes::Resource', { 'Fn::Join': ['', ['kind: EC2NodeClass\nspec: ', { Ref: 'P' }]] })).toEqual([
    'R undecided-value Manifest.spec.metadataOptions',
  ]);
});

test.each([['x'], [''], ['[]'], ['- 1'], ['a: &a [*a]'], ['a: 1\na: 2'], [5], [undefined], [{ Ref: 'P' }]])('%j is no text of YAML with objects in it', text => {
  expect(documentsOf(text)).toBeUndefined();
});

test('what Fn::Sub only takes a mark from is text', () => {
  expect(documentsOf({ 'Fn::Sub': 'a: "${!B}"\nc: ${D}' })).toEqual([{ a: '${B}', c: { 'Fn::Sub': '${D}' } }]);
});

describe('an SSM document in YAML', () => {
  const steps = (tokens: string): string => `schemaVersion: '0.3'
assumeRole: '\${Role}'
parameters: {Id: {type: String}}
mainSteps:
  - name: weaken
    action: aws:executeAwsApi
    inputs: {Service: ec2, Api: ModifyInstanceMetadataOptions, InstanceId: '{{ Id }}', HttpTokens: ${tokens}}
`;
  const script = (tokens: string): string => `schemaVersion: '0.3'
mainSteps:
- name: weaken
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Script: |
      import boto3
      def handler(events, context):
        boto3.client('ec2').modify_instance_metadata_options(InstanceId=events['id'], HttpTokens='${tokens}')
`;
  const lines = async (content: unknown): Promise<string[]> => {
    const cwd = folderWith({ 'a.json': { Resources: { R: { Type: 'AWS::SSM::Document', Properties: { DocumentFormat: 'YAML', Content: content } } } } });
    for await (const { templates } of inputsOf(['a.json'], { cwd })) { return linesOf(judgeAll(templates).get('a.json')!); }
    return [];
  };

  test.each<[string, unknown, string[]]>([
    ['that weakens', steps('optional'), ['R imdsv1-allowed Content.mainSteps.0.inputs.HttpTokens']],
    ['that requires tokens', steps('required'), []],
    ['with what Fn::Sub puts into it', { 'Fn::Sub': steps('optional') }, ['R imdsv1-allowed Content.mainSteps.0.inputs.HttpTokens']],
    ['whose parameter has no default', steps('"{{ Id }}"'), ['R undecided-value Content.mainSteps.0.inputs.HttpTokens']],
    ['whose values are no YAML', steps('{{ Id }}'), ['R undecided-value Content']],
    ['with a script that weakens', script('optional'), ['R imdsv1-allowed Content.mainSteps.0.inputs.Script']],
    ['with a script that requires tokens', script('required'), []],
    ['that only mentions a call', "schemaVersion: '2.2'\ndescription: runs after aws:runInstances\nmainSteps: []\n", []],
  ])('%s', async (_, content, expected) => expect(await lines(content)).toEqual(expected));
});
