import { spawnSync, SpawnSyncReturns } from 'child_process';
import { join } from 'path';

const NETWORK = join(__dirname, 'network.sh');
const OWN_NETWORK = ['-Urnm']; // user, network and mounts of its own, so that nobody needs to be root

/** A TypeScript program of this folder, as arguments of `node`. */
export function program(name: string): string[] {
  return ['--require', 'ts-node/register/transpile-only', join(__dirname, `${name}.ts`)];
}

/** The command that runs another where the mounts and the network are its own. */
export function inOwnNetwork(command: readonly string[]): [string, string[]] {
  return ['unshare', [...OWN_NETWORK, ...command]];
}

/** The command that runs another in one of the namespaces. */
export function inSpace(name: string, command: readonly string[]): [string, string[]] {
  return ['nsenter', [`--net=/run/netns/${name}`, ...command]];
}

/** Lays the network; only where mounts and network are this process's own. */
export function layNetwork(): void {
  const failure = failureOf('sh', [NETWORK]);
  if (failure) throw new Error(failure);
}

/** Why the lab cannot be set up here, if it cannot. */
export function refusal(): string | undefined {
  if (process.platform !== 'linux') return `network namespaces are Linux's, and this is ${process.platform}`;
  const network = failureOf(...inOwnNetwork(['sh', NETWORK]));
  if (network) return `network namespaces are refused: ${network}`;
  const python = failureOf('python3', ['-c', 'import socket']);
  return python && `python3, which sets the TTL of packets, does not run: ${python}`;
}

function failureOf(command: string, args: string[]): string | undefined {
  const { status, error, stderr }: SpawnSyncReturns<string> = spawnSync(command, args, { encoding: 'utf8' });
  if (error) return error.message;
  return status === 0 ? undefined : stderr.trim().split('\n').pop() || `'${command}' ended with exit code ${status}`;
}
