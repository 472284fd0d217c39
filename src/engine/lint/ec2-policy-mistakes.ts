import { Undecided } from './concrete';
import { PolicyFinding } from './policy-finding';
import { RULES } from '../findings/rules';
import { isObject, isScalar, JsonObject } from '../json/json';
import { ec2PolicyOf } from '../policies/policy-ec2';
import { policySettings } from '../policies/policy-settings';
import { nearest } from '../text/did-you-mean';

const PAGE = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html';
const ROOT = 'ec2_attributes';
const DEFAULTS = 'instance_metadata_defaults';

/** What an EC2 policy can say about IMDS, in its own words: `no_preference` where the API has `no-preference`. */
const ATTRIBUTES: { readonly [name: string]: readonly string[] } = {
  http_tokens: ['no_preference', 'required', 'optional'],
  http_tokens_enforced: ['no_preference', 'enabled', 'disabled'],
  http_put_response_hop_limit: Array.from({ length: 66 }, (_, i) => String(i - 1)),
  http_endpoint: ['no_preference', 'enabled', 'disabled'],
  instance_metadata_tags: ['no_preference', 'enabled', 'disabled'],
};
const IS_LIKE_DEFAULTS = /metadata|imds/i;

interface Seen extends Pick<PolicyFinding, 'path' | 'reason'> {
  readonly rule: 'policy-denies-too-little' | 'policy-holds-in-part' | 'undecided-value';
  readonly values?: readonly unknown[];
}

/** What is seen at an attribute, and what it means: a row for each mistake. `name` has the value that is assigned. */
interface AttributeMistake {
  readonly rule: Seen['rule'];
  readonly isSeen: (name: string, value: string, written: unknown) => boolean;
  readonly reason: (name: string, value: string) => string;
}

const MISTAKES: readonly AttributeMistake[] = [
  {
    rule: 'policy-denies-too-little',
    isSeen: name => !Object.hasOwn(ATTRIBUTES, name) && !name.startsWith('@@'),
    reason: name => `EC2 policies have no ${name}${didYouMean(name, Object.keys(ATTRIBUTES))}, so it sets nothing`,
  },
  {
    rule: 'policy-denies-too-little',
    isSeen: (name, _, written) => Object.hasOwn(ATTRIBUTES, name) && !(isObject(written) && Object.hasOwn(written, '@@assign')),
    reason: name => `${name} assigns nothing: the value stands under @@assign`,
  },
  {
    rule: 'policy-denies-too-little',
    isSeen: (name, value) => Object.hasOwn(ATTRIBUTES, name) && !ATTRIBUTES[name].includes(value),
    reason: (name, value) => `${name} has no value ${JSON.stringify(value)}; it takes ${takes(name)}`,
  },
  {
    rule: 'policy-denies-too-little',
    isSeen: (name, value) => name === 'http_tokens' && value === 'optional',
    reason: () => 'it makes IMDSv1 the default of every account that it is attached to',
  },
  {
    rule: 'policy-holds-in-part',
    isSeen: (name, value) => name === 'http_tokens' && value === 'no_preference',
    reason: () => 'it leaves the tokens to the account and the image',
  },
  {
    rule: 'policy-holds-in-part',
    isSeen: (name, value) => name === 'http_tokens_enforced' && value !== 'enabled',
    reason: () => 'without enforcement it sets a default only, and a launch that asks for IMDSv1 gets it',
  },
];

/** Whether a document is a declarative policy of EC2, or meant to be. */
export function isEc2Policy(document: JsonObject): boolean {
  return document.Statement === undefined && [...Object.keys(document), ...keysOf(document[ROOT])].some(key => key === ROOT || key === DEFAULTS);
}

/** What is wrong with an EC2 policy whose values are known. */
export function ec2PolicyMistakes(document: unknown): PolicyFinding[] {
  return seenIn(document).map(({ rule, path, reason, values = [] }) => ({
    rule, path, reason, values, verdict: RULES[rule].verdict, fix: `write ${JSON.stringify({ [DEFAULTS]: corrected() })}`, page: PAGE,
  }));
}

function seenIn(document: unknown): Seen[] {
  if (document instanceof Undecided) { return [{ rule: 'undecided-value', path: [], reason: document.reason }]; }
  if (!isObject(document)) { return []; }
  if (!Object.hasOwn(document, ROOT)) {
    return [{ rule: 'policy-denies-too-little', path: [DEFAULTS], reason: `${DEFAULTS} stands below ${ROOT}; where it is, it sets nothing` }];
  }
  const root = document[ROOT];
  if (root instanceof Undecided) { return [{ rule: 'undecided-value', path: [ROOT], reason: root.reason }]; }
  if (!isObject(root)) { return []; }
  return Object.entries(root).flatMap(([name, value]): Seen[] => {
    if (name === DEFAULTS) { return inDefaults(value, [ROOT, DEFAULTS]); }
    if (!IS_LIKE_DEFAULTS.test(name) && !Object.hasOwn(ATTRIBUTES, name)) { return []; }
    const where = Object.hasOwn(ATTRIBUTES, name) ? `${name} stands below ${DEFAULTS}` : `EC2 policies have no ${name}${didYouMean(name, [DEFAULTS])}`;
    return [{ rule: 'policy-denies-too-little', path: [ROOT, name], reason: `${where}, so it sets nothing` }];
  });
}

function inDefaults(defaults: unknown, path: readonly string[]): Seen[] {
  if (defaults instanceof Undecided) { return [{ rule: 'undecided-value', path, reason: defaults.reason }]; }
  if (!isObject(defaults)) { return [{ rule: 'policy-denies-too-little', path, reason: `${DEFAULTS} holds no attributes, so it sets nothing` }]; }
  const found = Object.entries(defaults).flatMap(([name, written]): Seen[] => {
    const value = isObject(written) && Object.hasOwn(written, '@@assign') ? written['@@assign'] : written;
    const [at] = isObject(written) && Object.hasOwn(written, '@@assign') ? ['@@assign'] : [];
    const where = [...path, name, ...at === undefined ? [] : [at]];
    if (value instanceof Undecided) { return [{ rule: 'undecided-value', path: where, reason: value.reason }]; }
    const text = isScalar(value) ? String(value) : '';
    const mistake = MISTAKES.find(each => each.isSeen(name, text, written));
    return mistake ? [{ rule: mistake.rule, path: where, reason: mistake.reason(name, text), values: isScalar(value) ? [value] : [] }] : [];
  });
  const names = Object.keys(defaults);
  const isSilent = !names.includes('http_tokens') && found.length === 0;
  return isSilent ? [{ rule: 'policy-holds-in-part', path, reason: 'it says nothing about http_tokens, so the account and the image decide' }] : found;
}

function corrected(): unknown {
  const { [ROOT]: root } = ec2PolicyOf(policySettings({}), {});
  return (root as JsonObject)[DEFAULTS];
}

function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function takes(name: string): string {
  const values = ATTRIBUTES[name];
  return values.length > 3 ? `${values[0]} to ${values[values.length - 1]}` : values.join(', ');
}

function didYouMean(text: string, others: readonly string[]): string {
  const similar = nearest(text.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase(), others);
  return similar === undefined ? '' : `, did you mean ${similar}?`;
}
