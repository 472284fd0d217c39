import { Token } from 'aws-cdk-lib';
import { ExemptionCondition, exemptionOf, problemWithOrganizationPath, problemWithRole, problemWithTag } from '../engine/policies/policy-exemptions';

/**
 * Whom the policies do not bind. Several exempt each by itself.
 */
export abstract class ImdsPolicyExemption {
  /**
   * Exempts roles, also in sessions of them. For `ROLE_DELIVERY` it is the role of the instance.
   *
   * @param arnPatterns ARNs of roles with their path, `*` for any text, such as `arn:*:iam::*:role/imds-exempt/*`; plain text, since
   *   the size of a policy is checked at synthesis
   * @throws when there is none, or one is not the ARN of a role, is a token, or would exempt every role
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
   */
  public static roles(...arnPatterns: string[]): ImdsPolicyExemption {
    checkEach('roles', arnPatterns, problemWithRole);
    return new Exempting(exemptionOf.roles([...arnPatterns]));
  }

  /**
   * Exempts principals with a tag. Who may tag roles and sessions may exempt, so restrict that too.
   *
   * @param key the key of the tag, 1 to 128 characters
   * @param value the value that exempts, 1 to 256 characters, case-sensitive
   * @throws when the key or the value is no text of a tag, or a token
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltag
   */
  public static principalTag(key: string, value: string): ImdsPolicyExemption {
    checkEach('principalTag', [key, value], () => problemWithTag(key, value));
    return new Exempting(exemptionOf.principalTag(key, value));
  }

  /**
   * Exempts all principals of organizational units. It is better not to attach a policy there, where that can be.
   *
   * @param paths from the organization to the unit, such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*` for the unit and all below it, or with `/`
   *   at the end for its own accounts alone
   * @throws when there is none, or one does not lead to a unit, or is a token
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
   */
  public static organizationPaths(...paths: string[]): ImdsPolicyExemption {
    checkEach('organizationPaths', paths, problemWithOrganizationPath);
    return new Exempting(exemptionOf.organizationPaths([...paths]));
  }

  /** @internal */
  public abstract _condition(): ExemptionCondition;
}

class Exempting extends ImdsPolicyExemption {
  public constructor(private readonly condition: ExemptionCondition) {
    super();
  }

  public _condition(): ExemptionCondition {
    return this.condition;
  }
}

function checkEach(name: string, texts: readonly string[], problemWith: (text: string) => string | undefined): void {
  if (texts.length === 0) { throw new Error(`'${name}' must name at least one, got none`); }
  const problem = [texts, ...texts].some(Token.isUnresolved) ? 'it must be plain text, got a token, with which the size of a policy cannot be checked'
    : texts.map(problemWith).find(each => each !== undefined);
  if (problem !== undefined) { throw new Error(`'${name}': ${problem}`); }
}
