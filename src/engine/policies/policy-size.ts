import { Statement } from './policy-statement';

/** How large a document may be, and how many of them can work together. */
export interface Quota {
  /** What it is, for messages. */
  readonly what: string;
  readonly characters: number;

  /** The quota that older documentation and tools still have. */
  readonly formerly?: number;

  /** How many can be attached beside what must be. */
  readonly documents: number;

  /** IAM does not count white space; Organizations does. */
  readonly countsWhitespace: boolean;

  /** How to make it smaller. */
  readonly shorten: string;
  readonly page: string;
}

const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html';
const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';

const SHORTEN = 'name fewer exemptions or broader patterns, or exclude statements';

export const QUOTAS = {
  serviceControlPolicy: {
    what: 'a service control policy',
    characters: 10_240,
    formerly: 5_120, // until May 2026
    documents: 9, // of the ten for a root, unit or account, one is FullAWSAccess
    countsWhitespace: true,
    shorten: SHORTEN,
    page: ORGANIZATIONS,
  },
  managedPolicy: { what: 'a managed policy', characters: 6_144, documents: 10, countsWhitespace: false, shorten: SHORTEN, page: IAM },
  permissionBoundary: { what: 'a permission boundary', characters: 6_144, documents: 1, countsWhitespace: false, shorten: SHORTEN, page: IAM },
  ec2Policy: {
    what: 'an EC2 policy', characters: 10_000, documents: 1, countsWhitespace: true, shorten: 'shorten the exception message', page: ORGANIZATIONS,
  },
} as const satisfies { readonly [name: string]: Quota };

/** An IAM or service control policy. */
export interface PolicyText {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** The characters that AWS counts of a document without line breaks and indentation. */
export function sizeOf(document: unknown, { countsWhitespace }: Quota): number {
  const text = JSON.stringify(document);
  return (countsWhitespace ? text : text.replace(/\s/g, '')).length;
}

export function tooLarge(size: number, { what, characters, shorten, page }: Quota): string {
  return `${what} may have ${grouped(characters)} characters, got ${grouped(size)}; ${shorten}; see ${page}`;
}

/** What to tell about a document that only the present quota takes, or undefined. */
export function cautionFor(size: number, quota: Quota): string | undefined {
  return quota.formerly === undefined || size <= quota.formerly ? undefined
    : `${quota.what} of ${grouped(size)} characters is within the quota of ${grouped(quota.characters)}, but above the ${grouped(quota.formerly)} `
      + `that it was until May 2026 and that older tools still hold; ${quota.shorten}`;
}

export type Fitted = { readonly documents: readonly PolicyText[] } | { readonly problem: string };

/** The statements in as few documents as they need, in their order. Denials work the same from one document or from several. */
export function fitted(statements: readonly Statement[], quota: Quota): Fitted {
  const documents: PolicyText[] = [];
  for (const each of statements) {
    const alone: PolicyText = { Version: '2012-10-17', Statement: [each] };
    const last = documents[documents.length - 1];
    const together = last && { ...last, Statement: [...last.Statement, each] };
    if (together && fits(together, quota)) { documents[documents.length - 1] = together; } else { documents.push(alone); }
  }
  const whole: PolicyText = { Version: '2012-10-17', Statement: statements };
  if (documents.length > 1 && quota.documents === 1) { return { problem: tooLarge(sizeOf(whole, quota), quota) }; }
  const excess = documents.find(each => !fits(each, quota)); // one statement alone
  if (excess) { return { problem: `statement ${excess.Statement[0].Sid}: ${tooLarge(sizeOf(excess, quota), quota)}` }; }
  return documents.length <= quota.documents ? { documents }
    : { problem: `the statements need ${documents.length} documents, but ${quota.documents} can be attached in one place; ${quota.shorten}; see ${quota.page}` };
}

function fits(document: PolicyText, quota: Quota): boolean {
  return sizeOf(document, quota) <= quota.characters;
}

/** The same in every locale. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
