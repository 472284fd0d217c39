import { Outcomes, outcomeOf } from './cells';
import { Reply, Request } from '../examples/imds/loopback';

const TOKEN: Request = { method: 'PUT', path: '/latest/api/token', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' } };
const CREDENTIALS: Request = { method: 'GET', path: '/latest/meta-data/iam/security-credentials/example-role' };

/** The two ways to ask for the keys, over whatever carries the requests. */
export async function askBothWays(send: (request: Request) => Promise<Reply | undefined>): Promise<Outcomes> {
  const open = await send(CREDENTIALS);
  const token = await send(TOKEN);
  const withToken = token?.status === 200 ? await send({ ...CREDENTIALS, headers: { 'x-aws-ec2-metadata-token': token.body } }) : token;
  return { 'version 1': outcomeOf(open), 'version 2': outcomeOf(withToken) };
}
