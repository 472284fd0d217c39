import { Defaults, DefaultName, defaultsFrom } from './defaults';
import { Credentials, signed } from './signature';

/** The defaults as EC2 has them, and who decides about them. */
export interface Found {
  readonly defaults: Defaults;

  /** A declarative policy of the organization owns them; the account cannot change them. */
  readonly isManaged: boolean;

  /** What the policy says to whoever tries. */
  readonly message?: string;
}

/** What came back, or what is wrong and whether it may be better a little later. */
type Answer = { readonly text: string } | { readonly problem: string; readonly mayPass: boolean };

const AGAIN = /^(RequestLimitExceeded|Throttling|ThrottlingException|RequestThrottled|Unavailable|ServiceUnavailable|InternalError|InternalFailure)$/;
const VERSION = '2016-11-15';
const FIRST_WAIT = 200;
const LONGEST_WAIT = 10_000;

/** What is asked of EC2's Query API. */
export class Ec2 {
  /** @param end until when a call is repeated, in milliseconds since 1970 */
  public constructor(private readonly env: NodeJS.ProcessEnv, private readonly end: number) {}

  public async get(): Promise<Found> {
    const text = await this.call('GetInstanceMetadataDefaults', {});
    if (!/<GetInstanceMetadataDefaultsResponse\b/.test(text)) { throw new Error(`the answer of EC2 cannot be read: ${text.slice(0, 100)}`); }
    return {
      defaults: defaultsFrom(name => elementIn(text, name[0].toLowerCase() + name.slice(1))),
      isManaged: elementIn(text, 'managedBy') === 'declarative-policy',
      message: elementIn(text, 'managedExceptionMessage'),
    };
  }

  public async modify(changes: Partial<Record<DefaultName, string>>): Promise<void> {
    const text = await this.call('ModifyInstanceMetadataDefaults', changes);
    if (elementIn(text, 'return') !== 'true') { throw new Error(`EC2 did not confirm the change: ${text.slice(0, 100)}`); }
  }

  private async call(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const answer = await this.tryOnce(action, parameters);
      if ('text' in answer) { return answer.text; }
      const pause = wait * (0.5 + Math.random() / 2);
      if (!answer.mayPass || Date.now() + pause > this.end) { throw new Error(`${action}: ${answer.problem}`); }
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }

  private async tryOnce(action: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
    const region = this.env.AWS_REGION!;
    const url = new URL(this.env.AWS_ENDPOINT_URL_EC2 ?? `https://ec2.${region}.${this.env.URL_SUFFIX}/`);
    const body = new URLSearchParams({ Action: action, Version: VERSION, ...parameters }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const request = { method: 'POST', url, headers, body, region, service: 'ec2', credentials: credentialsIn(this.env), date: new Date() };
    try {
      const signal = AbortSignal.timeout(Math.max(this.end - Date.now(), 1));
      const response = await fetch(url, { method: 'POST', headers: signed(request), body, signal });
      const text = await response.text();
      if (response.ok) { return { text }; }
      const code = elementIn(text, 'Code') ?? `status ${response.status}`;
      return { problem: `${code}: ${elementIn(text, 'Message') ?? text.slice(0, 100)}`, mayPass: response.status >= 500 || AGAIN.test(code) };
    } catch (error) {
      return { problem: String((error as Error).cause ?? error), mayPass: true }; // no answer came
    }
  }
}

function credentialsIn(env: NodeJS.ProcessEnv): Credentials {
  return { accessKeyId: env.AWS_ACCESS_KEY_ID!, secretAccessKey: env.AWS_SECRET_ACCESS_KEY!, sessionToken: env.AWS_SESSION_TOKEN };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' };

function elementIn(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1].replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => ENTITIES[entity]);
}
