import { quoted } from '../text/quoted';

/** One condition of a Deny that is false for whom the policy does not bind. Each exempts by itself, since all conditions of a Deny must hold. */
export interface ExemptionCondition {
  readonly operator: 'ArnNotLike' | 'StringNotEquals' | 'ForAllValues:StringNotLike';
  readonly key: string;
  readonly values: readonly string[];
}

export const exemptionOf = {
  /** `aws:PrincipalArn` is the role's own ARN, path included, also in a session of it. */
  roles: (arns: readonly string[]): ExemptionCondition => ({ operator: 'ArnNotLike', key: 'aws:PrincipalArn', values: arns }),

  /** A missing tag is not equal, so whoever has none is denied. */
  principalTag: (key: string, value: string): ExemptionCondition => ({ operator: 'StringNotEquals', key: `aws:PrincipalTag/${key}`, values: [value] }),

  /** `ForAllValues` is true where the key is missing: whoever belongs to no organization is denied. */
  organizationPaths: (paths: readonly string[]): ExemptionCondition => (
    { operator: 'ForAllValues:StringNotLike', key: 'aws:PrincipalOrgPaths', values: paths }
  ),
};

const ROLE_ARN = /^arn:[a-z*?-]+:iam::[0-9*?]+:role\/[\w+=,.@/*?-]+$/;
const EXAMPLE_ROLE = 'arn:*:iam::*:role/imds-exempt/*';
const ORGANIZATION_PATH = /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/|\*\/)*ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/\*?$/;
const EXAMPLE_PATH = 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*';

/** What is wrong with the pattern of a role's ARN, or undefined. */
export function problemWithRole(arn: string): string | undefined {
  if (/:sts:.*assumed-role\//.test(arn)) {
    return `a session cannot be exempted, got ${quoted(arn)}; give its role, such as ${EXAMPLE_ROLE}`;
  }
  if (!ROLE_ARN.test(arn)) {
    return `a role to exempt must be the ARN of a role with its path, * for any text, such as ${EXAMPLE_ROLE}; got ${quoted(arn)}`;
  }
  const isEveryRole = /^[*?/]*$/.test(arn.slice(arn.indexOf(':role/') + ':role/'.length));
  return isEveryRole ? `${quoted(arn)} would exempt every role; name a path or the beginning of a name, such as ${EXAMPLE_ROLE}` : undefined;
}

/** What is wrong with a tag of principals, or undefined. */
export function problemWithTag(key: string, value: string): string | undefined {
  if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key)) {
    return `the key of a tag must have 1 to 128 letters, digits, spaces and any of _ . : / = + - @, got ${quoted(key)}`;
  }
  if (key.toLowerCase().startsWith('aws:')) { return `the key of a tag must not begin with aws:, got ${quoted(key)}`; }
  // an empty value, and IAM's own variables such as ${aws:username}, would exempt others than meant
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u.test(value) ? undefined
    : `the value of tag ${quoted(key)} must have 1 to 256 letters, digits, spaces and any of _ . : / = + - @, got ${quoted(value)}`;
}

/** What is wrong with the path of an organizational unit, or undefined. */
export function problemWithOrganizationPath(path: string): string | undefined {
  return ORGANIZATION_PATH.test(path) ? undefined
    : 'a path to exempt must lead from the organization to an organizational unit and end with / (its own accounts) or /* (all below as well), '
      + `such as ${EXAMPLE_PATH}; got ${quoted(path)}`;
}
