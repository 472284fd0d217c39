import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** What EC2 answers instead of doing what it is asked. */
export interface Refusal {
  readonly status: number;
  readonly body: string;
}

export const refusal = (status: number, code: string, message: string): Refusal => (
  { status, body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r</RequestID></Response>` }
);

/** A stand-in for EC2 and for the place where CloudFormation waits for the answer, over HTTP on 127.0.0.1. */
export class FakeEc2 {
  /** The defaults of the account, by the names in EC2's answers. */
  public defaults: Record<string, string> = {};

  /** For the next calls, in order; what is undefined is done as asked. */
  public refusals: (Refusal | undefined)[] = [];

  /** For every call. */
  public always?: Refusal;

  /** Parameters that are taken, but have no effect. */
  public ignored: string[] = [];
  public readonly calls: URLSearchParams[] = [];
  public readonly authorizations: string[] = [];
  public readonly answers: { Status: string; Reason?: string; PhysicalResourceId: string }[] = [];

  /** How many reads after a change show what was before it. */
  public stale = 0;

  /** How many calls are never answered. */
  public hangs = 0;

  /** What the parameter says, and what Systems Manager was asked. */
  public parameter?: string;
  public readonly asked: string[] = [];
  private old: { reads: number; defaults: Record<string, string> } = { reads: 0, defaults: {} };

  /** How many answers CloudFormation does not take. */
  public deaf = 0;
  private readonly server: Server = createServer((request, response) => {
    void textOf(request).then(text => {
      if (request.method !== 'PUT' && this.hangs-- > 0) { return; }
      const target = request.headers['x-amz-target'];
      const { status, body } = target !== undefined ? this.ask(String(target), JSON.parse(text)) : request.method === 'PUT' ? this.hear(text) : this.call(new URLSearchParams(text), request);
      response.writeHead(status).end(body);
    });
  });

  public async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private hear(text: string): Refusal {
    if (this.deaf-- > 0) { return { status: 503, body: '' }; }
    this.answers.push(JSON.parse(text));
    return { status: 200, body: '' };
  }

  private ask(target: string, { Value }: { Value?: string }): Refusal {
    const action = target.replace('AmazonSSM.', '');
    this.asked.push(action);
    if (action === 'PutParameter') { this.parameter = Value; return { status: 200, body: '{"Version":1}' }; }
    if (this.parameter === undefined) { return { status: 400, body: '{"__type":"ParameterNotFound"}' }; }
    const found = this.parameter;
    if (action === 'DeleteParameter') { this.parameter = undefined; }
    return { status: 200, body: JSON.stringify({ Parameter: { Value: found } }) };
  }

  private call(parameters: URLSearchParams, { headers }: IncomingMessage): Refusal {
    this.calls.push(parameters);
    this.authorizations.push(headers.authorization ?? '');
    const refused = this.always ?? this.refusals.shift();
    if (refused) { return refused; }
    const action = parameters.get('Action')!;
    if (action === 'GetInstanceMetadataDefaults') {
      const elements = Object.entries(this.old.reads-- > 0 ? this.old.defaults : this.defaults).map(([name, value]) => `<${name}>${value}</${name}>`).join('');
      return { status: 200, body: `<?xml version="1.0"?><${action}Response xmlns="http://ec2"><requestId>r</requestId><accountLevel>${elements}</accountLevel></${action}Response>` };
    }
    this.old = { reads: this.stale, defaults: { ...this.defaults } };
    for (const [name, value] of parameters) {
      if (['Action', 'Version', ...this.ignored].includes(name)) { continue; }
      const element = name[0].toLowerCase() + name.slice(1);
      if (value === 'no-preference' || value === '-1') { delete this.defaults[element]; } else { this.defaults[element] = value; }
    }
    return { status: 200, body: `<${action}Response><requestId>r</requestId><return>true</return></${action}Response>` };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) { text += chunk; }
  return text;
}
