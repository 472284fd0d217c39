import { ask, Handler } from './loopback';
import { TTL_HEADER } from './metadata-service';

/**
 * One network hop, such as the bridge between a container and its host.
 *
 * Like a router, it takes one from the TTL of what passes and drops what has none left. Only the answer to the PUT is
 * sent with a TTL as low as the hop limit; anything else passes.
 */
export function containerBridge(upstreamPort: number): Handler {
  return async request => {
    const reply = await ask(upstreamPort, request);
    const ttl = reply?.headers?.[TTL_HEADER];
    if (reply === undefined || ttl === undefined) return reply;

    const ttlLeft = Number(ttl) - 1;
    return ttlLeft > 0 ? { ...reply, headers: { ...reply.headers, [TTL_HEADER]: String(ttlLeft) } } : undefined;
  };
}
