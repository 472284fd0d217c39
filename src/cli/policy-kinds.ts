import { PolicyOptions, refuse } from './policy-options';
import { configRules } from '../engine/policies/config-rules';
import { conformancePack } from '../engine/policies/conformance-pack';
import { guardRules } from '../engine/policies/guard-rules';
import { cautionForExempt, ec2PolicyOf, problemWithEc2Policy } from '../engine/policies/policy-ec2';
import { ALLOW_THE_REST, statementsOf } from '../engine/policies/policy-render';
import { PolicySettings } from '../engine/policies/policy-settings';
import { cautionFor, fitted, Quota, QUOTAS, sizeOf } from '../engine/policies/policy-size';
import { Statement } from '../engine/policies/policy-statement';
import { Mistake } from '../settings/mistake';

/** What is printed, and what is reported beside it. */
export interface Policy {
  /** Documents to print as JSON or YAML, one at a time; or text to print as it is. */
  readonly content: readonly object[] | string;
  readonly cautions?: readonly string[];

  /** For documents that AWS counts as they are uploaded. */
  readonly quota?: Quota;
}

export interface PolicyKind {
  /** For the help. */
  readonly about: string;
  readonly render: (options: PolicyOptions) => Policy;
}

/** What `imds-guard policy` takes. Each is rendered inside a function, since compiled imports load their file at the first use. */
export const POLICY_KINDS = {
  'scp': {
    about: 'a service control policy',
    render: ({ settings }) => documents(statementsOf(settings), QUOTAS.serviceControlPolicy),
  },
  'iam': {
    about: 'a managed policy for IAM',
    render: ({ settings }) => documents(statementsOf(settings), QUOTAS.managedPolicy),
  },
  'boundary': {
    about: 'a permission boundary: the same and an Allow for all else',
    render: ({ settings }) => documents([ALLOW_THE_REST, ...statementsOf(settings)], QUOTAS.permissionBoundary),
  },
  'ec2-policy': {
    about: 'an EC2 policy (declarative) of AWS Organizations',
    render: ({ settings, ec2 }) => {
      const content = ec2PolicyOf(settings, ec2);
      refuse(problemWithEc2Policy(content, ec2));
      return { content: [content], cautions: some(cautionForExempt(settings, ec2)), quota: QUOTAS.ec2Policy };
    },
  },
  'guard': {
    about: 'rules of CloudFormation Guard, for a hook or a pipeline',
    render: ({ settings }) => ({ content: guardRules(settings), cautions: some(cautionForOthers(settings, 'CloudFormation Guard rules')) }),
  },
  'config-pack': {
    about: 'a conformance pack of AWS Config',
    render: ({ settings, region }) => ({
      content: [conformancePack({ ...settings, region })],
      cautions: [...some(cautionForOthers(settings, 'rules of AWS Config')), ...configRules(settings, region).missing.map(({ name, page }) => (
        `AWS Config has no rule ${name} in ${region} by its page, so it is left out; see ${page}`
      ))],
    }),
  },
} as const satisfies { readonly [name: string]: PolicyKind };

export type PolicyKindName = keyof typeof POLICY_KINDS;

export const POLICY_KIND_NAMES = Object.keys(POLICY_KINDS) as readonly PolicyKindName[];

function documents(statements: readonly Statement[], quota: Quota): Policy {
  const result = fitted(statements, quota);
  if ('problem' in result) { throw new Mistake(result.problem); }
  const largest = Math.max(...result.documents.map(each => sizeOf(each, quota)));
  return { content: result.documents, cautions: some(cautionFor(largest, quota)), quota };
}

/** What is asked for in vain must not look as if it were granted. */
function cautionForOthers({ exemptions }: PolicySettings, what: string): string | undefined {
  return exemptions.length > 0 ? `${what} exempt nobody: the exemptions are not in them` : undefined;
}

function some(caution: string | undefined): string[] {
  return caution === undefined ? [] : [caution];
}
