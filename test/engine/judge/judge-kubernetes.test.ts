import { judge } from '../../../src/engine/judge/judge';
import { relevantPart } from '../../../src/engine/templates/relevant-part';
import { isSelfContained } from '../../../src/engine/templates/self-contained';
import { judged, NO_VALUE, TEMPLATE, verdictsIn } from '../../support/verdicts';

const MANIFEST = 'Custom::AWSCDK-EKS-KubernetesResource';
const manifest = (...objects: unknown[]): object => ({ Type: MANIFEST, Properties: { Manifest: JSON.stringify(objects) } });
const named = (LaunchTemplateName: string, HttpTokens: string): object => (
  { Type: TEMPLATE, Properties: { LaunchTemplateName, LaunchTemplateData: { MetadataOptions: { HttpTokens } } } }
);
const lines = (resource: object): string[] => judged({ R: resource }).findings.map(each => each.split(' ')[1]);

// aws-controllers-k8s/ec2-controller, apis/v1alpha1: no defaults of its own
describe.each<[string, (options?: unknown, more?: object) => object]>([
  ['Instance', (metadataOptions, more) => ({ apiVersion: 'ec2.services.k8s.aws/v1alpha1', kind: 'Instance', spec: { imageID: 'ami-1', metadataOptions, ...more } })],
  ['LaunchTemplate', metadataOptions => ({ apiVersion: 'ec2.services.k8s.aws/v1alpha1', kind: 'LaunchTemplate', spec: { name: 'n', data: { metadataOptions } } })],
])('what AWS Controllers for Kubernetes make of kind %s', (kind, of) => {
  test.each<[string, object, string | undefined]>([
    ['that requires tokens', manifest(of({ httpTokens: 'required' })), undefined],
    ['that does not require them', manifest(of({ httpTokens: 'optional' })), 'imdsv1-allowed'],
    ['that says nothing', manifest(of()), 'imdsv2-not-required'],
    ['that says something else', manifest(of({ httpPutResponseHopLimit: 2 })), 'imdsv2-not-required'],
    ['with the endpoint off', manifest(of({ httpEndpoint: 'disabled' })), undefined],
    ['of the same kind in another group', manifest({ ...of({ httpTokens: 'optional' }), apiVersion: 'ec2.aws.upbound.io/v1beta1' }), undefined],
    ['in a list', manifest({ kind: 'List', items: [of({ httpTokens: 'optional' })] }), 'imdsv1-allowed'],
    ['in a list of its kind', manifest({ kind: `${kind}List`, items: [of()] }), 'imdsv2-not-required'],
    ['of which one does not require them', manifest(of({ httpTokens: 'required' }), of({ httpTokens: 'optional' })), 'imdsv1-allowed'],
    ['beside a node class that leaves them to Karpenter', manifest({ kind: 'EC2NodeClass', spec: {} }, of({ httpTokens: 'required' })), undefined],
    ['with tokens that are hidden', { Type: MANIFEST, Properties: { Manifest: [of({ httpTokens: { Ref: 'P' } })] } }, 'undecided-value'],
  ])('%s', (_, resource, rule) => expect(lines(resource)).toEqual(rule ? [rule] : []));

  test('is told where to set them', () => {
    const { findings } = judge({ Resources: { R: manifest(of({ httpTokens: 'optional' })) } });

    expect(findings[0]).toMatchObject({ page: expect.stringContaining('ec2-controller'), fix: expect.stringMatching(new RegExp(`^set spec\\..*metadataOptions\\.httpTokens to "required" in the manifest of the ${kind}$`)) });
  });
});

describe('an instance of AWS Controllers for Kubernetes', () => {
  const of = (spec: object): object => ({ apiVersion: 'ec2.services.k8s.aws/v1alpha1', kind: 'Instance', spec });
  const from = (launchTemplateName: string, more: object = {}): object => manifest(of({ launchTemplate: { launchTemplateName, version: '$Latest' }, ...more }));

  test.each<[string, object, string]>([
    ['that is launched from a template elsewhere', from('elsewhere'), 'cannot tell'],
    ['that requires tokens whatever the template says', from('elsewhere', { metadataOptions: { httpTokens: 'required' } }), 'compliant'],
    ['that weakens what the template says', from('strong', { metadataOptions: { httpTokens: 'optional' } }), 'violation'],
    ['that is launched from a template that requires tokens', from('strong'), 'compliant'],
    ['that is launched from one that does not', from('weak'), 'violation'],
    ['that names a template of the cluster', manifest(of({ launchTemplate: { launchTemplateRef: { from: { name: 'n' } } } })), 'cannot tell'],
    ['beside one without a template', manifest(of({ launchTemplate: { launchTemplateName: 'strong', version: '$Latest' } }), of({})), 'violation'],
  ])('%s', (_, R, verdict) => {
    expect(verdictsIn(judge({ Resources: { R, Strong: named('strong', 'required'), Weak: named('weak', 'optional') } })).R).toBe(verdict);
  });
});

describe.each<[string, (spec: object) => object]>([
  ['AWSNodeTemplate', spec => ({ kind: 'AWSNodeTemplate', spec })], ['Provisioner', provider => ({ kind: 'Provisioner', spec: { provider } })],
])('a %s that names a launch template', (_, of) => {
  const resources = { R: manifest(of({ launchTemplate: 'named' })) };

  test('follows it', () => {
    expect(verdictsIn(judge({ Resources: { ...resources, T: named('named', 'required') } })).R).toBe('compliant');
    expect(verdictsIn(judge({ Resources: { ...resources, T: named('named', 'optional') } })).R).toBe('violation');
  });

  test('is undecided where it is elsewhere', () => {
    expect(judged(resources).findings).toEqual([expect.stringContaining('R undecided-launch-template')]);
    expect(isSelfContained(relevantPart({ Resources: resources }))).toBe(false);
    expect(isSelfContained(relevantPart({ Resources: { R: manifest(of({})) } }))).toBe(true);
  });
});

test('EKS Auto Mode leaves nothing to set', () => {
  expect(lines(manifest({ apiVersion: 'eks.amazonaws.com/v1', kind: 'NodeClass', spec: { role: 'r' } }, NO_VALUE))).toEqual([]);
});

test('a patch of a launch template is read', () => {
  const patch = (tokens: string): object => ({
    Type: 'Custom::AWSCDK-EKS-KubernetesPatch',
    Properties: { ResourceName: 'launchtemplates.ec2.services.k8s.aws/n', ApplyPatchJson: JSON.stringify({ spec: { data: { metadataOptions: { httpTokens: tokens } } } }) },
  });

  expect(lines(patch('optional'))).toEqual(['imdsv1-allowed']);
  expect(lines(patch('required'))).toEqual([]);
});
