import { createServer, IncomingHttpHeaders, IncomingMessage, request, RequestListener } from 'http';
import { AddressInfo } from 'net';
import { text } from 'stream/consumers';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: IncomingHttpHeaders;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: IncomingHttpHeaders;
}

/** Answers a request; `undefined` is silence, as when a network drops a packet. */
export type Handler = (request: Request) => Reply | undefined | Promise<Reply | undefined>;

export interface Server {
  readonly port: number;
  close(): Promise<void>;
}

const HOST = '127.0.0.1'; // nothing here listens or connects anywhere else

/** Serves on a free port of this computer's loopback interface. */
export async function serve(handler: Handler): Promise<Server> {
  const server = createServer(listener(handler));
  await new Promise<void>(resolve => server.listen(0, HOST, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections(); // callers that got silence still wait
    }),
  };
}

/** Starts a server and says at which port. */
export type Start = (handler: Handler) => Promise<number>;

/** Uses servers for as long as `use` takes, and closes them all, whatever became of it. */
export async function withServers<T>(use: (start: Start) => Promise<T>): Promise<T> {
  const servers: Server[] = [];
  try {
    return await use(async handler => {
      const server = await serve(handler);
      servers.push(server);
      return server.port;
    });
  } finally {
    await Promise.all(servers.map(server => server.close()));
  }
}

/** Sends one request; `undefined` when no answer comes in time. */
export function ask(port: number, { method, path, headers = {} }: Request, timeoutMilliseconds = 500): Promise<Reply | undefined> {
  return new Promise(resolve => {
    const outgoing = request({ host: HOST, port, method, path, headers, agent: false, signal: AbortSignal.timeout(timeoutMilliseconds) });
    outgoing.on('response', response => resolve(replyOf(response)));
    outgoing.on('error', () => resolve(undefined));
    outgoing.end();
  });
}

function listener(handler: Handler): RequestListener {
  return (incoming, outgoing) => {
    void Promise.resolve(handler({ method: incoming.method!, path: incoming.url!, headers: incoming.headers })).then(reply => {
      if (reply) outgoing.writeHead(reply.status, reply.headers).end(reply.body);
    });
  };
}

async function replyOf(response: IncomingMessage): Promise<Reply | undefined> {
  const body = await text(response).catch(() => undefined);
  return body === undefined ? undefined : { status: response.statusCode!, body, headers: response.headers };
}
