/**
 * How a policy of AWS Organizations is named, and to what it is attached.
 */
export interface ImdsPolicyAttachment {
  /**
   * The name, 1 to 128 ASCII characters, unique among the policies of its type. What needs several documents gets a number behind it.
   *
   * @default - made from the path of the construct
   */
  readonly policyName?: string;

  /**
   * What it is for, up to 512 characters.
   *
   * @default - a text that names what is required
   */
  readonly description?: string;

  /**
   * Ids of what it is attached to: roots (`r-ab12`), organizational units (`ou-ab12-11111111`) or accounts (12 digits).
   *
   * @default - it is made, but attached to nothing
   * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html
   */
  readonly targetIds?: string[];
}
