import { Outcomes, PLACES, Row } from './cells';
import { askBothWays } from './requests';
import { containerBridge } from '../examples/imds/container-bridge';
import { ask, withServers } from '../examples/imds/loopback';
import { MetadataOptions, MetadataService } from '../examples/imds/metadata-service';

/** What the demo's model of hops says, which has a header for the TTL and bridges on loopback for routers. */
export function modelOf(settings: readonly MetadataOptions[]): Promise<Row[]> {
  return Promise.all(settings.map(async options => {
    const [host, container, nested] = await Promise.all(PLACES.map((_, bridges) => behind(bridges, options)));
    return { options, seen: { host, container, nested } };
  }));
}

function behind(bridges: number, options: MetadataOptions): Promise<Outcomes> {
  const service = new MetadataService(options);
  return withServers(async start => {
    let port = await start(request => service.answer(request));
    for (let i = 0; i < bridges; i++) port = await start(containerBridge(port));
    return askBothWays(request => ask(port, request));
  });
}
