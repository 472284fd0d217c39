import { createHash, createHmac } from 'crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A request, and for whom it is signed. */
export interface Unsigned {
  readonly method: string;
  readonly url: URL;

  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly region: string;
  readonly service: string;
  readonly credentials: Credentials;
  readonly date: Date;
}

/**
 * The headers of a request with AWS Signature Version 4.
 *
 * The SDK in the Lambda runtime may be older than `HttpTokensEnforced`, and leaves out what it does not know.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signed({ method, url, headers, body, region, service, credentials, date }: Unsigned): Record<string, string> {
  const time = date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const all: Record<string, string> = { ...headers, 'host': url.host, 'x-amz-date': time, ...sessionToken ? { 'x-amz-security-token': sessionToken } : {} };
  const names = Object.keys(all).sort();
  const request = [
    method, url.pathname, query(url), ...names.map(name => `${name}:${all[name].trim()}`), '', names.join(';'), sha256(body),
  ].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>((secret, part) => createHmac('sha256', secret).update(part).digest(), `AWS4${secretAccessKey}`);
  const signature = createHmac('sha256', key).update(['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(request)].join('\n')).digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...all, authorization };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function query({ searchParams }: URL): string {
  return [...searchParams].map(pair => pair.map(encoded).join('=')).sort().join('&');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}
