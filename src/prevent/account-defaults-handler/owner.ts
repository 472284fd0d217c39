import { Aws, Refused, Service } from './aws-call';

/** Who set the defaults last, and what was there before. */
export interface Owner {
  /** The stack and the resource in it. */
  readonly owner: string;

  /** Of CloudFormation: the same where Lambda repeats it. */
  readonly request: string;

  /** A physical id. */
  readonly before: string;
}

const SSM: Service = {
  name: 'ssm',
  contentType: 'application/x-amz-json-1.1',
  errorIn: text => {
    const { __type: type, message, Message } = parsed(text) as { __type?: string; message?: string; Message?: string };
    return { code: type?.replace(/^.*#/, ''), message: message ?? Message };
  },
};

/** One parameter for the account in its Region, so that a resource does not undo what its successor has set. */
export class OwnerParameter {
  public constructor(private readonly aws: Aws, private readonly name: string) {}

  public async read(): Promise<Owner | undefined> {
    try {
      const { Parameter: { Value: value = '' } = {} } = parsed(await this.ask('GetParameter', {})) as { Parameter?: { Value?: string } };
      const { owner, request, before } = parsed(value) as Partial<Owner>;
      return typeof owner === 'string' && typeof request === 'string' && typeof before === 'string' ? { owner, request, before } : undefined;
    } catch (error) {
      if (error instanceof Refused && error.code === 'ParameterNotFound') { return undefined; }
      throw error;
    }
  }

  public async write(owner: Owner): Promise<void> {
    await this.ask('PutParameter', { Value: JSON.stringify(owner), Type: 'String', Overwrite: true });
  }

  public async remove(): Promise<void> {
    try {
      await this.ask('DeleteParameter', {});
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'ParameterNotFound')) { throw error; }
    }
  }

  private async ask(action: string, input: object): Promise<string> {
    return this.aws.call(SSM, { action, headers: { 'x-amz-target': `AmazonSSM.${action}` }, body: JSON.stringify({ Name: this.name, ...input }) });
  }
}

function parsed(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
