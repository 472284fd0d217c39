import { Counts, ExaminedTemplate, PassedOver, Problem, Report, ReportedExemption, ReportedFinding } from '../../../src/engine/findings/report';
import { RuleId, RULES } from '../../../src/engine/findings/rules';

/** What a report is made of; counts and exit code follow from it. */
export interface ReportParts {
  readonly templates?: readonly ExaminedTemplate[];
  readonly findings?: readonly ReportedFinding[];
  readonly exemptions?: readonly ReportedExemption[];
  readonly problems?: readonly Problem[];
  readonly notes?: readonly Problem[];
  readonly passedOver?: PassedOver;
  readonly cannotTell?: Report['cannotTell'];
}

/** A report whose counts and exit code agree with its parts. */
export function reportOf({ templates = [], findings: found = [], exemptions = [], problems = [], cannotTell = 'warn', ...more }: ReportParts = {}): Report {
  const undecided = cannotTell === 'fail' ? 'error' : 'warning';
  const findings = found.map(each => each.verdict === 'cannot tell' ? { ...each, level: undecided } as const : each);
  const counts = countsOf(templates, findings);
  return {
    schemaVersion: 1,
    tool: { name: 'imds-guard', version: '1.2.3' },
    date: '2026-03-14',
    templates,
    findings: findings.filter(each => cannotTell !== 'ignore' || each.verdict !== 'cannot tell'),
    exemptions,
    problems,
    ...more,
    counts,
    cannotTell,
    exitCode: problems.length > 0 ? 2 : counts.newErrors > 0 ? 1 : 0,
  };
}

function countsOf(templates: readonly ExaminedTemplate[], findings: readonly ReportedFinding[]): Counts {
  const resources = templates.flatMap(each => each.resources);
  const judged = (verdict: string): number => resources.filter(each => each.verdict === verdict).length;
  const fresh = (level: string): number => findings.filter(each => each.status === 'new' && each.level === level).length;
  return {
    templates: templates.length,
    resources: resources.length,
    compliant: judged('compliant'),
    violation: judged('violation'),
    cannotTell: judged('cannot tell'),
    notGoverned: judged('not governed'),
    newErrors: fresh('error'),
    newWarnings: fresh('warning'),
    newNotes: fresh('note'),
    exempt: findings.filter(each => each.status === 'exempt').length,
    baseline: findings.filter(each => each.status === 'baseline').length,
    withoutHopLimit: 0,
  };
}

/** A finding that needs only what a test is about. */
export function findingOf(parts: Partial<ReportedFinding> & { readonly rule: RuleId }): ReportedFinding {
  const { verdict } = RULES[parts.rule];
  return {
    verdict,
    logicalId: 'Server',
    type: 'AWS::EC2::Instance',
    path: 'Properties.MetadataOptions.HttpTokens',
    values: [],
    reason: RULES[parts.rule].about,
    fix: 'set MetadataOptions.HttpTokens to "required"',
    page: `${CLOUDFORMATION}/aws-properties-ec2-instance-metadataoptions.html`,
    file: 'template.json',
    stack: 'template.json',
    level: verdict === 'violation' ? 'error' : verdict === 'cannot tell' ? 'warning' : 'note',
    status: 'new',
    fingerprint: `${parts.rule}-${parts.file ?? ''}-${parts.logicalId ?? 'Server'}-${parts.path ?? ''}`,
    ...parts,
  };
}

/**
 * A report as a real assembly gives it: two stages, a nested stack, a YAML template beside them, every verdict, level and status,
 * exemptions in every state.
 */
export function sampleReport(parts: ReportParts = {}): Report {
  return reportOf({ templates: TEMPLATES, findings: FINDINGS, exemptions: EXEMPTIONS, ...parts });
}

/** The same, with inputs that could not be read. */
export function sampleReportWithProblems(): Report {
  return sampleReport({ problems: PROBLEMS });
}

const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const WEB = { file: 'cdk.out/assembly-Production/ProductionWeb.template.json', stack: 'Production/Web' };
const NETWORK = { file: 'cdk.out/assembly-Production/ProductionWebNetwork.nested.template.json', stack: 'Production/Web/Network' };
const BATCH = { file: 'cdk.out/Batch.template.json', stack: 'Batch' };
const LEGACY = { file: 'legacy/bastion hosts.yaml', stack: 'legacy/bastion hosts.yaml' };

const TEMPLATES: readonly ExaminedTemplate[] = [
  {
    ...WEB,
    resources: [
      { logicalId: 'WebServerA1B2C3D4', type: 'AWS::EC2::Instance', verdict: 'violation', constructPath: 'Production/Web/WebServer/Resource' },
      { logicalId: 'WorkerE5F6A7B8', type: 'AWS::EC2::Instance', verdict: 'violation', constructPath: 'Production/Web/Worker/Resource' },
      { logicalId: 'CacheC9D0E1F2', type: 'AWS::EC2::Instance', verdict: 'violation', constructPath: 'Production/Web/Cache/Resource' },
      { logicalId: 'FleetASG3A4B5C6', type: 'AWS::AutoScaling::AutoScalingGroup', verdict: 'cannot tell', constructPath: 'Production/Web/Fleet/ASG' },
      { logicalId: 'TemplateD7E8F9A0', type: 'AWS::EC2::LaunchTemplate', verdict: 'compliant', constructPath: 'Production/Web/Template/Resource' },
    ],
  },
  {
    ...NETWORK,
    resources: [
      { logicalId: 'NatInstance', type: 'AWS::EC2::Instance', verdict: 'violation', constructPath: 'Production/Web/Network/Nat/Resource' },
      { logicalId: 'Proxy', type: 'AWS::EC2::Instance', verdict: 'compliant', constructPath: 'Production/Web/Network/Proxy/Resource' },
    ],
  },
  {
    ...BATCH,
    resources: [
      { logicalId: 'Compute', type: 'AWS::Batch::ComputeEnvironment', verdict: 'cannot tell', constructPath: 'Batch/Compute/Resource' },
      { logicalId: 'BuildServer', type: 'AWS::Lightsail::Instance', verdict: 'not governed', constructPath: 'Batch/BuildServer' },
      { logicalId: 'HostTemplate', type: 'AWS::EC2::LaunchTemplate', verdict: 'compliant', constructPath: 'Batch/Host/Template' },
    ],
  },
  {
    ...LEGACY,
    resources: [
      { logicalId: 'Bastion', type: 'AWS::EC2::Instance', verdict: 'violation' },
      { logicalId: 'OldBastion', type: 'AWS::EC2::Instance', verdict: 'violation' },
    ],
  },
];

const OPTIONAL = {
  rule: 'imdsv1-allowed',
  values: ['optional'],
  reason: '"optional" lets IMDSv1 answer',
} as const;

const FINDINGS: readonly ReportedFinding[] = [
  findingOf({
    ...WEB, ...OPTIONAL, logicalId: 'WebServerA1B2C3D4', constructPath: 'Production/Web/WebServer/Resource', line: 42, column: 11, fingerprint: 'a1f0c3d2e4b59687',
  }),
  findingOf({
    ...WEB, ...OPTIONAL, logicalId: 'WorkerE5F6A7B8', constructPath: 'Production/Web/Worker/Resource', line: 88, column: 11, fingerprint: 'b2e1d4c3f5a60798',
  }),
  findingOf({
    ...WEB,
    rule: 'hop-limit-too-high',
    logicalId: 'WorkerE5F6A7B8',
    constructPath: 'Production/Web/Worker/Resource',
    path: 'Properties.MetadataOptions.HttpPutResponseHopLimit',
    values: [64],
    reason: '64 is above the maximum of 2',
    fix: 'set MetadataOptions.HttpPutResponseHopLimit to 2 or less',
    line: 89,
    column: 11,
    fingerprint: 'c3d2e5b4a6f70819',
  }),
  findingOf({
    ...WEB,
    rule: 'imdsv2-not-required',
    logicalId: 'CacheC9D0E1F2',
    constructPath: 'Production/Web/Cache/Resource',
    reason: 'it is not set, so the account default or the image decides',
    line: 120,
    column: 5,
    status: 'exempt',
    fingerprint: 'd4c3f6a5b7e8092a',
  }),
  findingOf({
    ...WEB,
    rule: 'undecided-launch-template',
    logicalId: 'FleetASG3A4B5C6',
    type: 'AWS::AutoScaling::AutoScalingGroup',
    constructPath: 'Production/Web/Fleet/ASG',
    path: 'Properties.LaunchTemplate',
    values: [{ 'Fn::ImportValue': 'golden-launch-template' }],
    reason: 'the LaunchTemplate golden-launch-template is not among the templates that were read',
    fix: 'check the template that exports golden-launch-template in the same run, or allow it with --allow-launch-template ID=REASON',
    page: `${CLOUDFORMATION}/aws-resource-autoscaling-autoscalinggroup.html`,
    line: 160,
    column: 7,
    fingerprint: 'e5b4a7f6c8d90a3b',
  }),
  findingOf({
    ...NETWORK,
    rule: 'imdsv2-not-required',
    logicalId: 'NatInstance',
    constructPath: 'Production/Web/Network/Nat/Resource',
    reason: 'it is not set, so the account default or the image decides',
    line: 7,
    column: 5,
    fingerprint: 'f6a5b8e7d9ca0b4c',
  }),
  findingOf({
    ...BATCH,
    rule: 'undecided-default',
    logicalId: 'Compute',
    type: 'AWS::Batch::ComputeEnvironment',
    constructPath: 'Batch/Compute/Resource',
    path: 'Properties.ComputeResources.LaunchTemplate',
    reason: 'it has no launch template, so the default of AWS Batch decides',
    fix: 'launch from a launch template that requires IMDSv2',
    page: 'https://docs.aws.amazon.com/batch/latest/userguide/imds-compute-environments.html',
    line: 12,
    column: 5,
    fingerprint: '07b6c9f8eadb1c5d',
  }),
  findingOf({
    ...BATCH,
    rule: 'hop-limit-too-low',
    logicalId: 'HostTemplate',
    type: 'AWS::EC2::LaunchTemplate',
    constructPath: 'Batch/Host/Template',
    path: 'Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit',
    values: [1],
    reason: 'containers on a bridge network need 2 hops, 1 keeps them from the metadata service',
    fix: 'set LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit to 2',
    page: `${CLOUDFORMATION}/aws-properties-ec2-launchtemplate-metadataoptions.html`,
    line: 31,
    column: 9,
    fingerprint: '18c7daf9fbec2d6e',
  }),
  findingOf({
    ...LEGACY, ...OPTIONAL, logicalId: 'Bastion', line: 9, column: 7, status: 'baseline', fingerprint: '29d8ebfa0cfd3e7f',
  }),
  findingOf({
    ...LEGACY,
    rule: 'exemption-expired',
    logicalId: 'OldBastion',
    path: 'Metadata.cdk-imds-guard',
    values: ['2026-02-28'],
    reason: 'the exemption ended on 2026-02-28',
    fix: 'require IMDSv2, or agree on a new end date',
    fingerprint: '3ae9fc0b1d0e4f80',
  }),
  findingOf({
    ...LEGACY, ...OPTIONAL, logicalId: 'OldBastion', line: 21, column: 7, fingerprint: '4bfa0d1c2e1f5091',
  }),
];

const EXEMPTIONS: readonly ReportedExemption[] = [
  {
    ...WEB,
    logicalId: 'CacheC9D0E1F2',
    constructPath: 'Production/Web/Cache/Resource',
    source: 'exemption',
    reason: 'the vendor appliance reads metadata the version 1 way until release 8',
    owner: 'platform@example.com',
    until: '2026-03-20',
    daysLeft: 6,
    state: 'expiring',
  },
  {
    ...LEGACY, logicalId: 'OldBastion', source: 'exemption', reason: 'is retired in February', owner: 'operations', until: '2026-02-28', daysLeft: -14, state: 'expired',
  },
  {
    ...NETWORK,
    logicalId: 'Proxy',
    constructPath: 'Production/Web/Network/Proxy/Resource',
    source: 'acknowledgement',
    reason: 'agreed with the security team',
    rules: ['imdsv1-allowed'],
    state: 'unused',
  },
  {
    ...BATCH,
    logicalId: 'HostTemplate',
    constructPath: 'Batch/Host/Template',
    source: 'file',
    reason: 'containers do not need the metadata service',
    owner: 'batch',
    until: '2026-12-31',
    daysLeft: 292,
    rules: ['hop-limit-too-low'],
    state: 'active',
  },
];

const PROBLEMS: readonly Problem[] = [
  { file: 'legacy/broken.yaml', line: 3, column: 14, message: 'bad indentation of a mapping entry, so the template was not read; correct the YAML' },
  { file: 'cdk.out/manifest.json', message: 'names the template Gone.template.json, which is not there; synthesize again' },
];
