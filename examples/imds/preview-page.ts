import { IncomingHttpHeaders } from 'http';
import { ask, Handler } from './loopback';

/**
 * A page that shows whatever address it is given: `/preview?url=…`, the classic server-side request forgery.
 *
 * It passes method and headers on, and like a proxy it says on whose behalf in `X-Forwarded-For`. The metadata service is
 * the one address it can reach here.
 */
export function previewPage(metadataPort: number): Handler {
  return async ({ method, path, headers }) => {
    const target = addressIn(path);
    if (target?.hostname !== '169.254.169.254') return { status: 502, body: 'unreachable' };
    const reply = await ask(metadataPort, { method, path: target.pathname, headers: forwarded(headers) });
    return reply ?? { status: 504, body: 'no answer' };
  };
}

function addressIn(path: string): URL | undefined {
  const address = new URL(path, 'http://page').searchParams.get('url') ?? '';
  return URL.canParse(address) ? new URL(address) : undefined;
}

function forwarded(headers: IncomingHttpHeaders = {}): IncomingHttpHeaders {
  const { host, connection, ...others } = headers;
  return { ...others, 'x-forwarded-for': '203.0.113.7' };
}
