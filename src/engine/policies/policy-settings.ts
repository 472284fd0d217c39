import { ExemptionCondition } from './policy-exemptions';
import { OPT_IN, STATEMENT_IDS, StatementId } from './policy-statement';
import { STATEMENTS } from './policy-statements';
import { quoted } from '../text/quoted';

/** What every policy is made from. */
export interface PolicySettings {
  /** Launches and changes above it are denied. */
  readonly maxHttpPutResponseHopLimit: number;

  /** What the EC2 policy gives to launches that do not say. */
  readonly httpPutResponseHopLimit: number;
  readonly httpEndpoint?: boolean;
  readonly exemptions: readonly ExemptionCondition[];

  /** Of the ARNs: `*` for all. */
  readonly partition: string;
  readonly statements: ReadonlySet<StatementId>;
}

export interface PolicyChoices {
  readonly maxHttpPutResponseHopLimit?: number;
  readonly httpPutResponseHopLimit?: number;
  readonly httpEndpoint?: boolean;
  readonly exemptions?: readonly ExemptionCondition[];
  readonly partition?: string;
  readonly includeStatements?: readonly StatementId[];
  readonly excludeStatements?: readonly StatementId[];
}

/** Containers on a bridge network need 2, and AWS advises at least 2 where tokens are required. */
const USUAL_HOP_LIMIT = 2;

/** A policy for a partition that is not there denies nothing; `*` is right in one that is not in this list yet. */
export const PARTITIONS: readonly string[] = ['aws', 'aws-cn', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-us-gov'];

/** The settings with their defaults. */
export function policySettings(choices: PolicyChoices): PolicySettings {
  const { httpEndpoint, exemptions = [], partition = '*', includeStatements: include = [], excludeStatements: exclude = [] } = choices;
  const max = choices.maxHttpPutResponseHopLimit ?? USUAL_HOP_LIMIT;
  return {
    maxHttpPutResponseHopLimit: max,
    httpPutResponseHopLimit: choices.httpPutResponseHopLimit ?? Math.min(USUAL_HOP_LIMIT, max),
    httpEndpoint,
    exemptions,
    partition,
    statements: new Set(STATEMENT_IDS.filter(id => !exclude.includes(id) && (include.includes(id) || !OPT_IN.includes(id)))),
  };
}

/** What contradicts itself or is unknown in the choices, or undefined. */
export function problemWithChoices({ httpEndpoint, partition = '*', includeStatements = [], excludeStatements = [] }: PolicyChoices): string | undefined {
  if (partition !== '*' && !PARTITIONS.includes(partition)) {
    return `the partition must be *, for every one, or one of ${PARTITIONS.join(', ')}; got ${quoted(partition)}`;
  }
  const both = includeStatements.find(id => excludeStatements.includes(id));
  if (both !== undefined) { return `the statement ${both} is both included and excluded; say one of them`; }
  if (httpEndpoint === true && includeStatements.includes('endpoint-disabled')) {
    return 'the statement endpoint-disabled denies every launch whose endpoint is enabled, which the settings ask for; leave out one of them';
  }
  const { statements } = policySettings({ includeStatements, excludeStatements });
  return STATEMENTS.some(({ statement }) => statements.has(statement)) ? undefined
    : 'every statement is excluded, so nothing is left to deny; exclude fewer';
}
