/**
 * Ids of what the checks find, one a kind of failure. They are public: users acknowledge and exempt them, so changing one is breaking.
 *
 * `verdict` is what a finding means for the exit code: a `violation` fails, `cannot tell` is the user's choice, `advice` never fails.
 */
export const RULES = {
  'acknowledgement-not-allowed': { verdict: 'violation', about: 'A CDK acknowledgement stands for an exemption where these are forbidden' },
  'acknowledgement-unknown-rule': { verdict: 'violation', about: 'An acknowledgement names no rule that can be acknowledged, so it has no effect' },
  'acknowledgement-without-reason': { verdict: 'violation', about: 'An acknowledgement gives no reason, so it is not accepted' },
  'endpoint-needed': { verdict: 'advice', about: 'The endpoint is disabled where user data, cfn-init, a signal, SSM or a role needs it' },
  'exemption-expired': { verdict: 'violation', about: 'An exemption is past its end date' },
  'exemption-expiring': { verdict: 'advice', about: 'An exemption ends within 14 days' },
  'exemption-invalid': { verdict: 'violation', about: 'An exemption lacks a reason, an owner or a valid end date' },
  'exemption-not-allowed': { verdict: 'violation', about: 'An exemption is forbidden here, or lasts longer than the allowed days' },
  'exemption-overlap': { verdict: 'advice', about: 'More than one exemption applies to the resource; the nearest counts' },
  'exemption-unused': { verdict: 'advice', about: 'An exemption covers nothing that needs one' },
  'hop-limit-not-set': { verdict: 'cannot tell', about: 'No hop limit is written, so nobody knows whether it is within the maximum' },
  'hop-limit-too-high': { verdict: 'violation', about: 'The hop limit is above the maximum' },
  'hop-limit-too-low': { verdict: 'advice', about: 'Containers on the host need more hops than the limit allows' },
  'imdsv1-allowed': { verdict: 'violation', about: 'A value lets instances answer IMDSv1' },
  'imdsv1-call': { verdict: 'advice', about: 'User data, cfn-init or another script calls IMDS the version 1 way, which will break where version 2 is required' },
  'imdsv2-not-required': { verdict: 'violation', about: 'Nothing requires IMDSv2, so the account default or the image decides' },
  'internal-error': { verdict: 'violation', about: 'The check itself failed, so nothing is known' },
  'invalid-value': { verdict: 'violation', about: 'A value that EC2 does not accept' },
  'not-guarded': { verdict: 'violation', about: 'Nothing shows that the guard was on, as strict as asked, when the template was made' },
  'old-template-version': { verdict: 'cannot tell', about: 'The launch template version that is launched may hold old data' },
  'policy-denies-too-little': { verdict: 'violation', about: 'A policy about IMDS lets pass what it is there to prevent' },
  'policy-denies-too-much': { verdict: 'violation', about: 'A policy about IMDS denies what it is not meant to, such as every launch' },
  'policy-holds-in-part': { verdict: 'advice', about: 'A policy about IMDS leaves something open that it seems to close' },
  'stage-synthesized-before-enforce': { verdict: 'violation', about: 'A Stage was synthesized before IMDSv2 was required in it' },
  'token-lifetime': { verdict: 'advice', about: 'A token is asked for with a lifetime outside 1 to 21600 seconds, which IMDS refuses' },
  'token-through-proxy': { verdict: 'advice', about: 'The request for a token goes through a proxy, whose X-Forwarded-For header IMDS refuses' },
  'uncontrolled-launch': { verdict: 'violation', about: 'Instances are launched in a form that has no IMDS setting' },
  'undecided-default': { verdict: 'cannot tell', about: 'No setting and no launch template: a default of the service decides' },
  'undecided-launch-template': { verdict: 'cannot tell', about: 'What the resource launches from is not among the templates that were read' },
  'undecided-template': { verdict: 'cannot tell', about: 'A template inside this one is not among the templates that were read' },
  'undecided-transform': { verdict: 'cannot tell', about: 'A macro, an include or a loop changes the template when the stack is deployed' },
  'undecided-value': { verdict: 'cannot tell', about: 'A value is only known when the stack is deployed' },
  'weaker-inside': { verdict: 'advice', about: 'A call of the guard asks for less than a scope around it' },
} as const satisfies { readonly [id: string]: { readonly verdict: FindingVerdict; readonly about: string } };

export type FindingVerdict = 'violation' | 'cannot tell' | 'advice';

export type RuleId = keyof typeof RULES;

/** Every rule id, sorted. */
export const RULE_IDS = Object.keys(RULES) as readonly RuleId[];
