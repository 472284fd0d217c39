import { spawn } from 'child_process';
import { text } from 'stream/consumers';
import { Seen, Wanted } from './inside';
import { inOwnNetwork, program } from './spaces';

/** Sets the network up, asks from everywhere in it, and takes it down. */
export async function observe(wanted: Wanted): Promise<Seen> {
  const child = spawn(...inOwnNetwork([process.execPath, ...program('inside')]), { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(wanted));
  const exited = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [exitCode, stdout] = await Promise.all([exited, text(child.stdout)]);
  if (exitCode !== 0) throw new Error(`the lab ended with exit code ${exitCode}`);
  return JSON.parse(stdout);
}
