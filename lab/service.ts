import { execFileSync, spawnSync } from 'child_process';
import { createServer } from 'http';
import { Socket } from 'net';
import { outcomeOf, Version } from './cells';
import { answerParent } from './spoken-to';
import { Request } from '../examples/imds/loopback';
import { MetadataOptions, MetadataService, TTL_HEADER } from '../examples/imds/metadata-service';

/** What the program is told: to be an instance with these options, or to say how the keys were fetched since. */
export type Order = { readonly use: MetadataOptions } | 'fetched';

// Node cannot set the TTL of a socket; a child that inherits the socket sets it for both
const SET_TTL = 'import socket, sys; socket.socket(fileno=3).setsockopt(socket.IPPROTO_IP, socket.IP_TTL, int(sys.argv[1]))';

/** The demo's stand-in at the real address; where the demo has a header, the packets that answer a PUT have a TTL. */
function main(): void {
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim(); // not a slow shim of it
  let service = new MetadataService();
  const fetched: Version[] = [];

  const server = createServer((incoming, outgoing) => {
    const request: Request = { method: incoming.method!, path: incoming.url!, headers: incoming.headers };
    const reply = service.answer(request);
    if (outcomeOf(reply) === 'keys') fetched.push(request.headers?.['x-aws-ec2-metadata-token'] === undefined ? 'version 1' : 'version 2');
    const { [TTL_HEADER]: ttl, ...headers } = reply.headers ?? {};
    if (ttl !== undefined) setTtl(python, incoming.socket, String(ttl));
    outgoing.writeHead(reply.status, { ...headers, connection: 'close' }).end(reply.body); // what is asked next has a TTL of its own
  });

  server.listen(80, '169.254.169.254', () => answerParent((order: Order) => {
    if (order !== 'fetched') service = new MetadataService(order.use);
    return fetched.splice(0);
  }));
}

function setTtl(python: string, socket: Socket, ttl: string): void {
  const { fd } = (socket as unknown as { readonly _handle: { readonly fd: number } })._handle; // Node has no public name for it
  const { status } = spawnSync(python, ['-c', SET_TTL, ttl], { stdio: ['ignore', 'inherit', 'inherit', fd] });
  if (status !== 0) throw new Error(`the TTL of the answer could not be set to ${ttl}`);
}

main();
