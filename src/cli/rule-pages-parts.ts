/** What is written about a rule beside its title and verdict. */
export interface WrittenPage {
  /** What goes wrong in production; for what is undecided, why it cannot be known. */
  readonly why: string;

  /** Whether an account that enforces IMDSv2, or the usual service control policy, refuses the launch. */
  readonly refused?: string;
  readonly fix: string;

  /** The fix as CDK code. `app`, `stack` and `vpc` are the reader's own. The passing template is the fix in CloudFormation. */
  readonly cdk?: string;

  /** Why there can be no exemption. Absent where the rule can be exempted. */
  readonly notExempt?: string;

  /** What AWS says. */
  readonly page: string;

  /** Options of `imds-guard check`, and the day of the check, that the two templates are meant for. */
  readonly options?: string;
  readonly day?: string;

  /** Templates in YAML. */
  readonly failing?: string;
  readonly passing?: string;

  /** Why there are none. */
  readonly withoutTemplates?: string;
}

export const USER_GUIDE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide';
export const TEMPLATE_REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
export const CDK_GUIDE = 'https://docs.aws.amazon.com/cdk/v2/guide';

/** Code or a template as it is to be shown: without the indentation that it has in the source. */
export function dedented(text: string): string {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const indent = Math.min(...lines.filter(line => line.trim() !== '').map(line => line.search(/\S/)));
  return lines.map(line => line.slice(indent).trimEnd()).join('\n');
}

/** Lines of prose as one paragraph. */
export function paragraph(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
