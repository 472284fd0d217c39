import { Aws, Service } from './aws-call';
import { Defaults, DefaultName, defaultsFrom } from './defaults';

/** The defaults as EC2 has them, and who decides about them. */
export interface Found {
  readonly defaults: Defaults;

  /** A declarative policy of the organization owns them; the account cannot change them. */
  readonly isManaged: boolean;

  /** What the policy says to whoever tries. */
  readonly message?: string;
}

export const MODIFY = 'ModifyInstanceMetadataDefaults';
const VERSION = '2016-11-15';

const EC2: Service = {
  name: 'ec2',
  contentType: 'application/x-www-form-urlencoded; charset=utf-8',
  errorIn: text => ({ code: elementIn(text, 'Code'), message: elementIn(text, 'Message') }),
};

/** What is asked of EC2's Query API. */
export class Ec2 {
  public constructor(private readonly aws: Aws) {}

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
    const text = await this.call(MODIFY, changes);
    if (elementIn(text, 'return') !== 'true') { throw new Error(`EC2 did not confirm the change: ${text.slice(0, 100)}`); }
  }

  private async call(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    return this.aws.call(EC2, { action, body: new URLSearchParams({ Action: action, Version: VERSION, ...parameters }).toString() });
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' };

function elementIn(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1].replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => ENTITIES[entity]);
}
