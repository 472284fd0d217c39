import { execFile } from 'child_process';
import { text } from 'stream/consumers';
import { promisify } from 'util';
import { Fetched, Outcomes, PLACES, Row, Version } from './cells';
import { Order } from './service';
import { inSpace, layNetwork } from './spaces';
import { SpokenTo } from './spoken-to';
import { MetadataOptions } from '../examples/imds/metadata-service';

/** What the program reads: what instances to be, and the commands of clients that fetch the keys from a container. */
export interface Wanted {
  readonly settings: readonly MetadataOptions[];
  readonly clients: Readonly<Record<string, readonly string[]>>;
}

/** What the program prints. */
export interface Seen {
  readonly rows: Row[];
  readonly fetched: Fetched[];
}

const HOME = '/run'; // empty here, so that a client finds neither profiles nor keys
const LONGEST_WAIT_MILLISECONDS = 60_000;

async function main(): Promise<Seen> {
  const { settings, clients }: Wanted = JSON.parse(await text(process.stdin));
  layNetwork();
  const [service, probes] = await Promise.all([
    SpokenTo.start<Order, Version[]>('service', 'service'),
    Promise.all(PLACES.map(place => SpokenTo.start<'ask', Outcomes>('probe', place))),
  ]);

  const seen: Seen = { rows: [], fetched: [] };
  for (const options of settings) {
    await service.tell({ use: options });
    const [host, container, nested] = await Promise.all(probes.map(probe => probe.tell('ask')));
    seen.rows.push({ options, seen: { host, container, nested } });
    for (const [client, command] of Object.entries(clients)) {
      await service.tell({ use: options });
      const got = await hasKeys(command);
      const [version] = await service.tell('fetched');
      seen.fetched.push({ client, options, by: got ? version : 'nothing' });
    }
  }
  [service, ...probes].forEach(program => program.end());
  return seen;
}

/** Whether a client in the container gets the keys; it ends with an exit code when it does not. */
async function hasKeys(command: readonly string[]): Promise<boolean> {
  const env = { PATH: process.env.PATH, HOME, AWS_REGION: 'us-east-1' };
  const run = promisify(execFile)(...inSpace('container', command), { env, timeout: LONGEST_WAIT_MILLISECONDS });
  return run.then(({ stdout }) => stdout.includes('EXAMPLE'), () => false);
}

main().then(seen => process.stdout.write(JSON.stringify(seen)), error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
