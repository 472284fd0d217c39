import { randomBytes } from 'crypto';
import { Reply, Request } from './loopback';

/** The part of `MetadataOptions` that decides who gets an answer. */
export interface MetadataOptions {
  readonly HttpTokens?: string;
  readonly HttpEndpoint?: string;
  readonly HttpPutResponseHopLimit?: number;
}

/** Stands for the TTL of the IP packet, which a program on loopback cannot see. */
export const TTL_HEADER = 'x-simulated-ip-ttl';

const TOKEN_PATH = '/latest/api/token';
const TOKEN_HEADER = 'x-aws-ec2-metadata-token';
const TOKEN_TTL_HEADER = 'x-aws-ec2-metadata-token-ttl-seconds';
const LONGEST_TOKEN_TTL_SECONDS = 21600;
const ROLES_PATH = '/meta-data/iam/security-credentials/';
const ROLE = 'example-role';

const HOURS_OF_CREDENTIALS = 6;

/** The examples of AWS's documentation: they open nothing. */
const CREDENTIALS = {
  Code: 'Success',
  Type: 'AWS-HMAC',
  AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  SecretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  Token: 'EXAMPLE',
};

/**
 * A stand-in for the instance metadata service of one instance.
 *
 * Options that are not given behave as on an image and in an account that say nothing either: IMDSv1 is answered.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class MetadataService {
  private readonly expiryOfToken = new Map<string, number>();

  public constructor(private readonly options: MetadataOptions = {}, private readonly now: () => number = Date.now) {}

  public answer(request: Request): Reply {
    if (this.options.HttpEndpoint === 'disabled') return refusal(403, 'endpoint disabled');
    if (request.method === 'PUT') return this.issueToken(request);
    if (request.method !== 'GET') return refusal(405, 'only GET and PUT');
    return this.refusalOf(request.headers?.[TOKEN_HEADER]) ?? this.content(request.path);
  }

  private issueToken({ path, headers = {} }: Request): Reply {
    if (path !== TOKEN_PATH) return refusal(403, `tokens come from ${TOKEN_PATH} alone`);
    if (headers['x-forwarded-for'] !== undefined) return refusal(403, 'forwarded');

    const seconds = String(headers[TOKEN_TTL_HEADER] ?? '');
    if (!isTokenTtl(seconds)) return refusal(400, `${TOKEN_TTL_HEADER} must be 1 to ${LONGEST_TOKEN_TTL_SECONDS}`);

    const token = randomBytes(24).toString('base64url');
    this.expiryOfToken.set(token, this.now() + Number(seconds) * 1000);
    const hopLimit = String(this.options.HttpPutResponseHopLimit ?? 1);
    return { status: 200, body: token, headers: { [TOKEN_TTL_HEADER]: seconds, [TTL_HEADER]: hopLimit } };
  }

  private refusalOf(token: unknown): Reply | undefined {
    if (token === undefined) return this.options.HttpTokens === 'required' ? refusal(401, 'token required') : undefined;
    const expiry = this.expiryOfToken.get(String(token)) ?? 0;
    return this.now() < expiry ? undefined : refusal(401, 'token unknown or expired');
  }

  private content(path: string): Reply {
    const withoutVersion = path.replace(/^\/(latest|\d{4}-\d{2}-\d{2})/, '');
    if (withoutVersion === ROLES_PATH) return { status: 200, body: ROLE };
    if (withoutVersion !== ROLES_PATH + ROLE) return refusal(404, 'no such metadata');
    const expiry = new Date(this.now() + HOURS_OF_CREDENTIALS * 3600 * 1000).toISOString().replace(/\.\d+/, ''); // in whole seconds
    return { status: 200, body: JSON.stringify({ ...CREDENTIALS, Expiration: expiry }) };
  }
}

function isTokenTtl(seconds: string): boolean {
  return /^\d{1,5}$/.test(seconds) && Number(seconds) >= 1 && Number(seconds) <= LONGEST_TOKEN_TTL_SECONDS;
}

function refusal(status: number, body: string): Reply {
  return { status, body };
}
