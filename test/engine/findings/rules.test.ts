import { MESSAGES } from '../../../src/engine/exemptions/messages';
import { RULE_IDS, RULES } from '../../../src/engine/findings/rules';

test('rules keep their ids: users acknowledge them', () => {
  expect(RULE_IDS).toMatchInlineSnapshot(`
[
  "acknowledgement-not-allowed",
  "acknowledgement-unknown-rule",
  "acknowledgement-without-reason",
  "endpoint-needed",
  "exemption-expired",
  "exemption-expiring",
  "exemption-invalid",
  "exemption-not-allowed",
  "exemption-overlap",
  "exemption-unused",
  "hop-limit-not-set",
  "hop-limit-too-high",
  "hop-limit-too-low",
  "imdsv1-allowed",
  "imdsv1-call",
  "imdsv2-not-required",
  "internal-error",
  "invalid-value",
  "not-guarded",
  "old-template-version",
  "policy-denies-too-little",
  "policy-denies-too-much",
  "policy-holds-in-part",
  "stage-synthesized-before-enforce",
  "token-lifetime",
  "token-through-proxy",
  "uncontrolled-launch",
  "undecided-default",
  "undecided-launch-template",
  "undecided-template",
  "undecided-transform",
  "undecided-value",
  "weaker-inside",
]
`);
});

test('rules are sorted', () => expect(RULE_IDS).toEqual([...RULE_IDS].sort()));

test('ids are words in lower case, each with a sentence about it', () => {
  const abouts = [...Object.entries({ ...RULES, ...MESSAGES }).map(([id, { about }]) => [id, about] as const)];

  expect(abouts.filter(([id, about]) => !/^[a-z]+\d?(-[a-z\d]+)*$/.test(id) || !/^[A-Z].*[^.]$/.test(about))).toEqual([]);
});
