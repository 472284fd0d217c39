import { containerBridge } from '../../examples/imds/container-bridge';
import { ask, Reply, serve, Server } from '../../examples/imds/loopback';
import { MetadataOptions, MetadataService } from '../../examples/imds/metadata-service';
import { previewPage } from '../../examples/imds/preview-page';

const ROLES = '/latest/meta-data/iam/security-credentials/';
const CREDENTIALS = `${ROLES}example-role`;
const REQUIRED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const TTL = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
const WITH_TOKEN = (token: string) => ({ 'x-aws-ec2-metadata-token': token });

function service(options?: MetadataOptions, now?: () => number) {
  const instance = new MetadataService(options, now);
  return {
    get: (path: string, headers = {}) => instance.answer({ method: 'GET', path, headers }),
    put: (headers = {}, path = '/latest/api/token') => instance.answer({ method: 'PUT', path, headers }),
    send: (method: string) => instance.answer({ method, path: ROLES, headers: {} }),
  };
}

describe('a GET without a token', () => {
  test.each([[undefined], [{}], [{ HttpTokens: 'optional' }]])('gets the credentials where the options are %j', options => {
    expect(service(options).get(ROLES)).toMatchObject({ status: 200, body: 'example-role' });
    expect(JSON.parse(service(options).get(CREDENTIALS).body).AccessKeyId).toMatch(/EXAMPLE$/);
  });

  test('gets credentials that say when they expire, in hours, as SDKs need it', () => {
    const { Expiration } = JSON.parse(service({}, () => Date.UTC(2026, 0, 1)).get(CREDENTIALS).body);
    expect(Expiration).toBe('2026-01-01T06:00:00Z');
  });

  test('is refused where tokens are required', () => {
    expect(service(REQUIRED).get(CREDENTIALS).status).toBe(401);
  });

  test('may name a version, and gets 404 for what is not there', () => {
    expect(service().get('/2009-04-04/meta-data/iam/security-credentials/').status).toBe(200);
    expect(service().get('/latest/meta-data/nothing').status).toBe(404);
  });
});

describe('a PUT for a token', () => {
  test.each(['1', '60', '21600'])('is answered for %s seconds', seconds => {
    expect(service(REQUIRED).put({ ...TTL, 'x-aws-ec2-metadata-token-ttl-seconds': seconds }).status).toBe(200);
  });

  test.each([undefined, '', '0', '-1', '21601', '1.5', 'ten', '99999999'])('is a bad request for %p seconds', seconds => {
    expect(service(REQUIRED).put({ 'x-aws-ec2-metadata-token-ttl-seconds': seconds }).status).toBe(400);
  });

  test('is refused when it was forwarded', () => {
    expect(service(REQUIRED).put({ ...TTL, 'x-forwarded-for': '203.0.113.7' }).status).toBe(403);
  });

  test('is refused on a path that names a version', () => {
    expect(service(REQUIRED).put(TTL, '/2021-07-15/api/token').status).toBe(403);
  });
});

describe('a GET with a token', () => {
  test('gets the credentials until the token expires', () => {
    let milliseconds = 0;
    const { put, get } = service(REQUIRED, () => milliseconds);
    const token = WITH_TOKEN(put(TTL).body);

    milliseconds = 59_999;
    expect(get(CREDENTIALS, token).status).toBe(200);
    milliseconds = 60_000;
    expect(get(CREDENTIALS, token).status).toBe(401);
  });

  test.each([REQUIRED, {}])('is refused when the token is made up or of another instance, options %j', options => {
    expect(service(options).get(CREDENTIALS, WITH_TOKEN('guess')).status).toBe(401);
    expect(service(options).get(CREDENTIALS, WITH_TOKEN(service(options).put(TTL).body)).status).toBe(401);
  });
});

test('a disabled endpoint refuses everything', () => {
  const { get, put } = service({ HttpEndpoint: 'disabled' });
  expect([get(ROLES).status, put(TTL).status]).toEqual([403, 403]);
});

test('an enabled endpoint has no use for other methods', () => {
  expect(service({ HttpEndpoint: 'enabled' }).send('POST').status).toBe(405);
});

describe('over the network', () => {
  const servers: Server[] = [];
  const start = async (...handler: Parameters<typeof serve>) => {
    const server = await serve(...handler);
    servers.push(server);
    return server.port;
  };
  const startService = (options: MetadataOptions) => {
    const instance = new MetadataService(options);
    return start(request => instance.answer(request));
  };
  const put = (port: number): Promise<Reply | undefined> => ask(port, { method: 'PUT', path: '/latest/api/token', headers: TTL }, 200);

  afterEach(async () => { await Promise.all(servers.splice(0).map(server => server.close())); });

  test.each([
    { hopLimit: 1, bridges: 0, answered: true },
    { hopLimit: 1, bridges: 1, answered: false },
    { hopLimit: 2, bridges: 1, answered: true },
    { hopLimit: 2, bridges: 2, answered: false },
  ])('a token crosses $bridges bridges with hop limit $hopLimit: $answered', async ({ hopLimit, bridges, answered }) => {
    let port = await startService({ HttpTokens: 'required', HttpPutResponseHopLimit: hopLimit });
    for (let i = 0; i < bridges; i++) port = await start(containerBridge(port));

    expect((await put(port))?.status).toBe(answered ? 200 : undefined);
  });

  test('the hop limit does not hold back IMDSv1', async () => {
    const container = await start(containerBridge(await startService({ HttpPutResponseHopLimit: 1 })));
    expect((await ask(container, { method: 'GET', path: CREDENTIALS }))?.status).toBe(200);
  });

  const throughPage = async (options: MetadataOptions, method: string, path: string) => {
    const page = await start(previewPage(await startService(options)));
    return ask(page, { method, path: `/preview?url=http://169.254.169.254${path}`, headers: TTL });
  };

  test('the page gives the credentials away where tokens are optional', async () => {
    expect((await throughPage({}, 'GET', CREDENTIALS))?.body).toContain('EXAMPLE');
  });

  test('the page gets neither credentials nor a token where tokens are required', async () => {
    expect((await throughPage(REQUIRED, 'GET', CREDENTIALS))?.status).toBe(401);
    expect((await throughPage(REQUIRED, 'PUT', '/latest/api/token'))?.status).toBe(403);
  });

  test('the page reaches no other address', async () => {
    const page = await start(previewPage(0));
    expect((await ask(page, { method: 'GET', path: '/preview?url=http://example.com/' }))?.status).toBe(502);
    expect((await ask(page, { method: 'GET', path: '/' }))?.status).toBe(502);
  });

  test('a closed port is no answer', async () => {
    const { port, close } = await serve(() => undefined);
    await close();
    expect(await ask(port, { method: 'GET', path: '/' })).toBeUndefined();
  });
});
