import { containerBridge } from './container-bridge';
import { ask, Reply, withServers } from './loopback';
import { MetadataOptions, MetadataService } from './metadata-service';
import { previewPage } from './preview-page';

const TOKEN_PATH = '/latest/api/token';
const CREDENTIALS_PATH = '/latest/meta-data/iam/security-credentials/example-role';
const IMDS = 'http://169.254.169.254';
const TOKEN_TTL = { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' };

/** What came back to whoever asked one instance's metadata service. */
export interface Attack {
  /** Through a web page on the instance that fetches any address: the credentials, without a token. */
  readonly pageGet: string;
  /** The same page, asked to fetch a token. */
  readonly pagePut: string;
  /** A program on the instance: a token, then the credentials. */
  readonly host: string;
  /** A container on the instance, one hop further: a token, then the credentials. */
  readonly container: string;
  /** The same container, without a token. */
  readonly containerGet: string;
}

/** Starts an instance's metadata service on loopback with these options, attacks it, and closes everything. */
export function attack(options: MetadataOptions): Promise<Attack> {
  const service = new MetadataService(options);
  return withServers(async start => {
    const host = await start(request => service.answer(request));
    const page = await start(previewPage(host));
    const container = await start(containerBridge(host));
    return {
      pageGet: describe(await ask(page, { method: 'GET', path: `/preview?url=${IMDS}${CREDENTIALS_PATH}` })),
      pagePut: describe(await ask(page, { method: 'PUT', path: `/preview?url=${IMDS}${TOKEN_PATH}`, headers: TOKEN_TTL })),
      host: describe(await askWithToken(host)),
      container: describe(await askWithToken(container)),
      containerGet: describe(await ask(container, { method: 'GET', path: CREDENTIALS_PATH })),
    };
  });
}

async function askWithToken(port: number): Promise<Reply | undefined> {
  const token = await ask(port, { method: 'PUT', path: TOKEN_PATH, headers: TOKEN_TTL });
  if (token?.status !== 200) return token;
  return ask(port, { method: 'GET', path: CREDENTIALS_PATH, headers: { 'x-aws-ec2-metadata-token': token.body } });
}

function describe(reply: Reply | undefined): string {
  if (reply === undefined) return 'no answer';
  const keys = reply.body.match(/"AccessKeyId":"(\w+)"/);
  return keys ? `${reply.status} ${keys[1]}` : `${reply.status} ${reply.body}`;
}
