import { JudgedTemplate, ReportInput } from '../../src/engine/exemptions/report-input';
import { Report } from '../../src/engine/findings/report';
import { judgeAll } from '../../src/engine/judge/judge';
import { buildReport } from '../../src/engine/report/build-report';

export const DATE = '2026-06-01';

type Template = { readonly Resources: object; readonly Transform?: string } & Partial<Omit<JudgedTemplate, 'source' | 'judgement'>>;

/** Templates by stack, judged as the check does. What is known beside a template is given with it. */
export function judged(templates: { readonly [stack: string]: Template }, maxHttpPutResponseHopLimit?: number): JudgedTemplate[] {
  const sources = Object.entries(templates).map(([id, { Resources, Transform }]) => ({ id, template: { Resources, Transform } }));
  const judgements = judgeAll(sources, () => ({ maxHttpPutResponseHopLimit }));
  return sources.map(source => {
    const { Resources, Transform, ...known } = templates[source.id];
    return { file: `cdk.out/${source.id}.template.json`, stack: source.id, source, judgement: judgements.get(source.id)!, ...known };
  });
}

/** A report of one stack, or of several. */
export function reportOn(templates: Parameters<typeof judged>[0], input: Partial<ReportInput> = {}, maxHopLimit?: number): Report {
  return buildReport({ version: '1.2.3', date: DATE, templates: judged(templates, maxHopLimit), problems: [], cannotTell: 'warn', ...input });
}

/** Findings as `<status> <level> <rule> <logical id>`. */
export function listed({ findings }: Report): string[] {
  return findings.map(({ status, level, rule, logicalId }) => `${status} ${level} ${rule} ${logicalId}`.trim());
}

/** An instance that lets IMDSv1 answer, and whatever else is said about it. */
export function weak(metadata?: object): object {
  return { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 } }, ...metadata && { Metadata: metadata } };
}

export function strong(metadata?: object): object {
  return { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } }, ...metadata && { Metadata: metadata } };
}

/** A group whose launch template is elsewhere. */
export const UNDECIDED = {
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } },
};
