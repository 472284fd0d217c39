import { Credentials, signed } from './signature';
import { Backoff, Timing } from './timing';

/** A service as it is asked over HTTP. */
export interface Service {
  readonly name: 'ec2' | 'ssm';
  readonly contentType: string;

  /** The code and the message in an answer that is an error. */
  readonly errorIn: (text: string) => { readonly code?: string; readonly message?: string };
}

export interface Call {
  readonly action: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the service refused. */
export class Refused extends Error {
  /** @param hasNoEffect whether each attempt was answered, so that nothing can have been done */
  public constructor(message: string, public readonly action: string, public readonly hasNoEffect: boolean, public readonly code?: string) {
    super(message);
  }
}

/** What came back, or what is wrong. */
type Answer = { readonly text: string } | { readonly problem: string; readonly code?: string; readonly isAnswered: boolean };

const AGAIN = new RegExp(`^(${[
  'RequestLimitExceeded', 'Throttling', 'ThrottlingException', 'RequestThrottled', 'Unavailable', 'ServiceUnavailable',
  'InternalError', 'InternalFailure', 'InternalServerError', 'TooManyUpdates',
].join('|')})$`);
const NOT_YET = /^(UnauthorizedOperation|AccessDeniedException)$/;

/** Calls of AWS, repeated until `end`, in milliseconds since 1970. */
export class Aws {
  private readonly start = Date.now();

  public constructor(private readonly env: NodeJS.ProcessEnv, public readonly end: number, public readonly timing: Timing) {}

  public async call(service: Service, call: Call): Promise<string> {
    const backoff = new Backoff(this.timing, this.end);
    for (let hasNoEffect = true; ;) {
      const answer = await this.tryOnce(service, call);
      if ('text' in answer) { return answer.text; }
      const { problem, code = '', isAnswered } = answer;
      hasNoEffect &&= isAnswered;
      const end = !isAnswered || AGAIN.test(code) ? this.end : NOT_YET.test(code) ? Math.min(this.start + this.timing.permission, this.end) : 0;
      if (!await backoff.wait(end)) { throw new Refused(`${call.action}: ${problem}`, call.action, hasNoEffect, code); }
    }
  }

  private async tryOnce({ name: service, contentType, errorIn }: Service, { headers: more, body }: Call): Promise<Answer> {
    const region = this.env.AWS_REGION!;
    const url = new URL(this.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? `https://${service}.${region}.${this.env.URL_SUFFIX}/`);
    const headers = { 'content-type': contentType, ...more };
    const request = { method: 'POST', url, headers, body, region, service, credentials: credentialsIn(this.env), date: new Date() };
    try {
      const signal = AbortSignal.timeout(Math.max(Math.min(this.timing.attempt, this.end - Date.now()), 1));
      const response = await fetch(url, { method: 'POST', headers: signed(request), body, signal });
      const text = await response.text();
      if (response.ok) { return { text }; }
      const { code = `status ${response.status}`, message = text.slice(0, 100) } = errorIn(text);
      return { problem: `${code}: ${message}`, code, isAnswered: response.status < 500 || AGAIN.test(code) };
    } catch (error) {
      return { problem: String((error as Error).cause ?? error), isAnswered: false };
    }
  }
}

function credentialsIn(env: NodeJS.ProcessEnv): Credentials {
  return { accessKeyId: env.AWS_ACCESS_KEY_ID!, secretAccessKey: env.AWS_SECRET_ACCESS_KEY!, sessionToken: env.AWS_SESSION_TOKEN };
}
