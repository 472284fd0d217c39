/**
 * Ids of what the checks find. They are public: users acknowledge them, so changing one is breaking.
 */
export const RULES = {
  'imdsv1-allowed': 'Instances answer IMDSv1, or whether they do is left to the account or the image',
  'uncontrolled-launch': 'Instances are launched in a form that has no IMDS setting',
  'hop-limit-too-high': 'The hop limit is above the maximum',
  'invalid-value': 'A value that EC2 does not accept',
  'stage-synthesized-before-enforce': 'A Stage was synthesized before IMDSv2 was required in it',
  'internal-error': 'The check itself failed, so nothing is known',
  'undecided': 'The template alone does not tell which IMDS versions the instances answer to',
} as const;

export type RuleId = keyof typeof RULES;
