import { Finding, Verdict } from '../../src/engine/findings/finding';
import { judge, Judgement } from '../../src/engine/judge/judge';
import { Settings } from '../../src/engine/surfaces/settings';

/** The verdicts by logical id. */
export function verdictsIn({ resources }: Judgement): Record<string, Verdict> {
  return Object.fromEntries(resources.map(({ logicalId, verdict }) => [logicalId, verdict]));
}

/** Findings as `<logical id> <rule> <path below Properties>`; advice is left out where it is not asked for. */
export function linesOf({ findings }: Pick<Judgement, 'findings'>, verdicts: readonly Finding['verdict'][] = ['violation', 'cannot tell']): string[] {
  return findings.filter(({ verdict }) => verdicts.includes(verdict)).map(({ logicalId, rule, path }) => `${logicalId} ${rule} ${path.replace('Properties.', '')}`);
}

export interface Judged {
  readonly verdicts: Record<string, Verdict>;
  readonly findings: string[];
  readonly advice: string[];
  readonly reasons: string[];
}

/** What is said about resources, beside other sections of their template. */
export function judged(resources: unknown, settings: Settings = {}, sections: object = {}): Judged {
  const judgement = judge({ Resources: resources, ...sections }, () => settings);
  return {
    verdicts: verdictsIn(judgement),
    findings: linesOf(judgement),
    advice: linesOf(judgement, ['advice']),
    reasons: judgement.findings.filter(({ verdict }) => verdict !== 'advice').map(({ reason }) => reason),
  };
}

export const NO_VALUE = { Ref: 'AWS::NoValue' };
export const REQUIRED = { HttpTokens: 'required' };
export const INSTANCE = 'AWS::EC2::Instance';
export const TEMPLATE = 'AWS::EC2::LaunchTemplate';
export const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** A launch template specification. */
export function by(id: string, version: unknown = '$Latest'): object {
  return { LaunchTemplateId: { Ref: id }, Version: version };
}

export function instance(properties: unknown, others: object = {}): object {
  return { Type: INSTANCE, Properties: properties, ...others };
}

/** An instance with metadata options. */
export function withOptions(options: unknown, others: object = {}): object {
  return instance({ MetadataOptions: options }, others);
}

export function template(options: unknown, others: object = {}): object {
  return { Type: TEMPLATE, Properties: { LaunchTemplateData: { MetadataOptions: options } }, ...others };
}

export function group(properties: unknown): object {
  return { Type: GROUP, Properties: properties };
}
