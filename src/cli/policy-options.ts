import { Ec2PolicyChoices } from '../engine/policies/policy-ec2';
import { ExemptionCondition, exemptionOf, problemWithOrganizationPath, problemWithRole, problemWithTag } from '../engine/policies/policy-exemptions';
import { PolicyChoices, PolicySettings, policySettings, problemWithChoices } from '../engine/policies/policy-settings';
import { STATEMENT_IDS, StatementId } from '../engine/policies/policy-statement';
import { HOP_LIMITS, isHopLimit } from '../engine/surfaces/settings';
import { nearest } from '../engine/text/did-you-mean';
import { Mistake } from '../settings/mistake';

/** As commander gives them. */
export interface RawPolicyOptions {
  readonly exemptRole?: readonly string[];
  readonly exemptTag?: readonly string[];
  readonly exemptOrgPath?: readonly string[];
  readonly maxHopLimit?: string;
  readonly hopLimit?: string;
  readonly endpoint?: 'enabled' | 'disabled';
  readonly partition?: string;
  readonly with?: readonly string[];
  readonly without?: readonly string[];
  readonly defaultsOnly?: boolean;
  readonly message?: string;
  readonly format?: 'json' | 'yaml';
  readonly compact?: boolean;
  readonly part?: string;
  readonly region?: string;
}

/** What `imds-guard policy` was asked for. */
export interface PolicyOptions {
  readonly settings: PolicySettings;
  readonly ec2: Ec2PolicyChoices;
  readonly format: 'json' | 'yaml';
  readonly isCompact: boolean;

  /** Which of several documents, from 1. */
  readonly part?: number;

  /** Of a conformance pack. */
  readonly region?: string;
}

/** @throws Mistake when an option cannot be taken */
export function policyOptions(raw: RawPolicyOptions): PolicyOptions {
  const choices: PolicyChoices = {
    maxHttpPutResponseHopLimit: hopLimit('--max-hop-limit', raw.maxHopLimit),
    httpPutResponseHopLimit: hopLimit('--hop-limit', raw.hopLimit),
    httpEndpoint: raw.endpoint === undefined ? undefined : raw.endpoint === 'enabled',
    partition: raw.partition,
    exemptions: exemptions(raw),
    includeStatements: raw.with?.map(each => statement('--with', each)),
    excludeStatements: raw.without?.map(each => statement('--without', each)),
  };
  refuse(problemWithChoices(choices));
  const settings = policySettings(choices);
  const { httpPutResponseHopLimit: given, maxHttpPutResponseHopLimit: max } = settings;
  if (given > max) { throw new Mistake(`--hop-limit ${given} is above --max-hop-limit ${max}; lower the one or raise the other`); }
  if (raw.compact && raw.format === 'yaml') { throw new Mistake('--compact is for JSON; leave it out with --format yaml'); }
  return {
    settings,
    ec2: { httpTokensEnforced: !raw.defaultsOnly, exceptionMessage: raw.message },
    format: raw.format ?? 'json',
    isCompact: raw.compact ?? false,
    part: part(raw.part),
    region: region(raw.region),
  };
}

function exemptions({ exemptRole = [], exemptTag = [], exemptOrgPath = [] }: RawPolicyOptions): ExemptionCondition[] {
  exemptRole.forEach(each => refuse(problemWithRole(each)));
  exemptOrgPath.forEach(each => refuse(problemWithOrganizationPath(each)));
  return [
    ...exemptRole.length > 0 ? [exemptionOf.roles(exemptRole)] : [],
    ...exemptTag.map(tag),
    ...exemptOrgPath.length > 0 ? [exemptionOf.organizationPaths(exemptOrgPath)] : [],
  ];
}

/** The key of a tag may hold a `=` as well; the first one counts. */
function tag(text: string): ExemptionCondition {
  const at = text.indexOf('=');
  if (at < 0) { throw new Mistake(`--exempt-tag needs a key and a value, as in imds-exempt=true; got ${JSON.stringify(text)}`); }
  const [key, value] = [text.slice(0, at), text.slice(at + 1)];
  refuse(problemWithTag(key, value));
  return exemptionOf.principalTag(key, value);
}

function statement(option: string, text: string): StatementId {
  const found = STATEMENT_IDS.find(id => id === text);
  if (found) { return found; }
  const similar = nearest(text, STATEMENT_IDS);
  throw new Mistake(`${option} takes one of ${STATEMENT_IDS.join(', ')}; got ${JSON.stringify(text)}${similar ? `, did you mean ${similar}?` : ''}`);
}

function hopLimit(option: string, text: string | undefined): number | undefined {
  if (text === undefined) { return undefined; }
  if (!/^\d+$/.test(text) || !isHopLimit(Number(text))) {
    throw new Mistake(`${option} must be a whole number from ${HOP_LIMITS.min} to ${HOP_LIMITS.max}, got ${JSON.stringify(text)}`);
  }
  return Number(text);
}

function part(text: string | undefined): number | undefined {
  if (text !== undefined && !/^[1-9]\d{0,3}$/.test(text)) { throw new Mistake(`--part must be a whole number from 1, got ${JSON.stringify(text)}`); }
  return text === undefined ? undefined : Number(text);
}

/** A Region that is new is not in a list; what is none at all would leave nothing out. */
function region(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[a-z]{2,}(-[a-z]+)+-\d$/.test(text)) { throw new Mistake(`--region must be a Region such as eu-central-1, got ${JSON.stringify(text)}`); }
  return text;
}

export function refuse(problem: string | undefined): void {
  if (problem !== undefined) { throw new Mistake(problem); }
}
