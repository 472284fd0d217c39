import { PolicySettings } from './policy-settings';
import { QUOTAS, sizeOf, tooLarge } from './policy-size';

/** What an EC2 policy says beside the settings that all policies share. */
export interface Ec2PolicyChoices {
  readonly httpTokensEnforced?: boolean;
  readonly exceptionMessage?: string;
}

const MESSAGE = 'A policy of the organization requires IMDSv2: launch with HttpTokens "required".';

/** A child policy cannot assign another value. */
const FINAL = { '@@operators_allowed_for_child_policies': ['@@none'] };

/**
 * The EC2 policy. Its words are not those of the API: `no_preference`, and the hop limit as text.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
 */
export function ec2PolicyOf({ httpPutResponseHopLimit, httpEndpoint }: PolicySettings, choices: Ec2PolicyChoices): { [key: string]: unknown } {
  const { httpTokensEnforced = true, exceptionMessage = MESSAGE } = choices;
  return {
    ec2_attributes: {
      exception_message: assign(exceptionMessage),
      instance_metadata_defaults: {
        http_tokens: { ...assign('required'), ...FINAL },
        ...httpTokensEnforced && { http_tokens_enforced: { ...assign('enabled'), ...FINAL } },
        http_put_response_hop_limit: assign(String(httpPutResponseHopLimit)),
        http_endpoint: assign(httpEndpoint === undefined ? 'no_preference' : httpEndpoint ? 'enabled' : 'disabled'),
        instance_metadata_tags: assign('no_preference'),
      },
    },
  };
}

/** What is wrong with a finished EC2 policy, or undefined. */
export function problemWithEc2Policy(content: unknown, { exceptionMessage }: Ec2PolicyChoices): string | undefined {
  if (exceptionMessage?.trim() === '') { return 'the exception message must not be empty; leave it out for a general one'; }
  const size = sizeOf(content, QUOTAS.ec2Policy);
  return size > QUOTAS.ec2Policy.characters ? tooLarge(size, QUOTAS.ec2Policy) : undefined;
}

/** What to tell where principals are exempt elsewhere, or undefined. */
export function cautionForExempt({ exemptions }: PolicySettings, { httpTokensEnforced = true }: Ec2PolicyChoices): string | undefined {
  return exemptions.length === 0 || !httpTokensEnforced ? undefined
    : 'an EC2 policy knows no exemptions: while http_tokens_enforced is on, whoever is exempt elsewhere cannot launch with IMDSv1 either; '
      + 'do not attach it to their accounts, or leave the enforcement out';
}

function assign(value: string): { '@@assign': string } {
  return { '@@assign': value };
}
