import { fixture } from '../../compare/labels';
import { CDK_NAG } from '../../compare/peers/cdk-nag';
import { CFN_GUARD } from '../../compare/peers/cfn-guard';
import { CFN_LINT } from '../../compare/peers/cfn-lint';
import { CHECKOV } from '../../compare/peers/checkov';
import { KICS } from '../../compare/peers/kics';
import { Peer } from '../../compare/peers/peer';
import { THIS_PROJECT } from '../../compare/peers/this-project';
import { TRIVY } from '../../compare/peers/trivy';

const kics = { files_parsed: 1, queries_failed_to_execute: 0 };

test.each<[Peer, unknown, string[], string[]]>([
  [THIS_PROJECT, { findings: [{ logicalId: 'A', verdict: 'violation' }, { logicalId: 'B', verdict: 'cannot tell' }] }, ['A'], ['B']],
  [CHECKOV, { results: { failed_checks: [{ resource: 'AWS::EC2::LaunchTemplate.A' }] } }, ['A'], []],
  [CHECKOV, { passed: 0, failed: 0 }, [], []], // nothing that it has a rule for
  [CFN_LINT, [at('Resources', 'A', 'Properties', 'MetadataOptions'), at('Resources', 'B', 'Properties', 'ImageId')], ['A'], []],
  [CFN_GUARD, [{ not_compliant: [{ Rule: { checks: [{ path: '/Resources/A/Properties' }] } }], compliant: [{ path: '/Resources/B/Properties' }] }], ['A'], []],
  [CDK_NAG, { reported: ['A'], undecided: ['B'] }, ['A'], ['B']],
  [KICS, { ...kics, queries: [{ files: [{ search_key: 'Resources.A.Properties.MetadataOptions' }] }] }, ['A'], []],
  [KICS, kics, [], []],
  [TRIVY, trivy(['AWS-0028', { Resource: 'InstanceThatIsOptional', StartLine: 58 }]), ['InstanceThatIsOptional'], []],
  [TRIVY, trivy(['AWS-0028', { Resource: 'instances.yaml:49-53', StartLine: 49 }]), ['InstanceThatSaysNothing'], []],
  [TRIVY, trivy(['AVD-AWS-0130', { StartLine: 158 }]), ['WeakConfiguration'], []], // it names nothing at all where a branch decides
  [TRIVY, trivy(['AWS-0131', { Resource: 'InstanceThatIsOptional', StartLine: 58 }]), [], []],
  [TRIVY, trivy(), [], []],
])('reads what $name reports', (peer, report, reported, undecided) => {
  expect(peer.read(JSON.stringify(report))).toEqual({ reported, undecided });
});

test.each([{ ...kics, files_parsed: 0 }, { ...kics, queries_failed_to_execute: 1 }])('a template that KICS did not judge is no all-clear: %j', report => {
  expect(() => KICS.read(JSON.stringify(report))).toThrow('it did not judge the template');
});

test.each([
  ['is not of CloudFormation', { ...trivy(), Results: [{ Type: 'kubernetes' }] }, 'it did not judge the template'],
  ['has no results', { ...trivy(), Results: undefined }, 'it did not judge the template'],
  ['is about what is no resource', trivy(['AWS-0028', { StartLine: 3 }]), 'it reports what is no resource: undefined, line 3'],
])('what Trivy reports is no all-clear if it %s', (_what, report, why) => {
  expect(() => TRIVY.read(JSON.stringify(report))).toThrow(why);
});

function trivy(...found: [ID: string, CauseMetadata: object][]): object {
  const Misconfigurations = found.map(([ID, CauseMetadata]) => ({ ID, Status: 'FAIL', CauseMetadata }));
  return { ArtifactName: fixture('instances'), Results: [{ Type: 'cloudformation', Misconfigurations }] };
}

function at(...Path: string[]): object {
  return { Rule: { Id: 'E1' }, Location: { Path } };
}
