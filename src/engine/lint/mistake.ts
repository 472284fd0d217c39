import { Case } from './case';
import { KeyCondition, operatorOf } from './operators';
import { Path } from './statement-view';
import { RuleId } from '../findings/rules';

/** What a statement gets wrong. The corrected one is the row of the policies for the same action and setting. */
export interface Mistake {
  readonly id: string;
  readonly rule: Extract<RuleId, 'policy-denies-too-little' | 'policy-denies-too-much' | 'policy-holds-in-part'>;

  /** Whether this is it; the first of the table that is counts. */
  readonly isSeen: (one: Case) => boolean;
  readonly reason: (one: Case) => string;

  /** Below the statement; the condition on the key where it is not given. */
  readonly path?: (one: Case) => Path;

  /** The other conditions that the corrected statement does not keep. */
  readonly isLeftOut?: (condition: KeyCondition, one: Case) => boolean;
  readonly page: string;
}

export const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
export const OPERATORS = `${IAM}/reference_policies_elements_condition_operators.html`;
export const KEYS_OF_EC2 = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html';
export const EXAMPLES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-instance-metadata';
export const RUN = 'ec2:RunInstances';

export function isDeny({ statement }: Case): boolean {
  return statement.effect === 'Deny';
}

export function isOfKind(kind: string): (condition: { readonly operator: string }) => boolean {
  return ({ operator }) => operatorOf(operator)?.kind === kind;
}

/** The operators on the key, as they are written. */
export function operatorsOf({ conditions }: Case): string {
  return [...new Set(conditions.map(({ operator }) => operator))].join(' with ');
}

export function listed(words: readonly string[]): string {
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
