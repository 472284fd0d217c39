import { askBothWays } from './requests';
import { answerParent } from './spoken-to';
import { Reply, Request } from '../examples/imds/loopback';

const LONGEST_WAIT_MILLISECONDS = 2000;

async function send({ method, path, headers }: Request): Promise<Reply | undefined> {
  try {
    const signal = AbortSignal.timeout(LONGEST_WAIT_MILLISECONDS);
    const response = await fetch(`http://169.254.169.254${path}`, { method, headers: headers as Record<string, string>, signal });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return undefined;
    throw error;
  }
}

/** A program that asks for the keys both ways, from wherever it runs, as often as it is told to. */
answerParent(() => askBothWays(send));
