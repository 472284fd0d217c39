import { readFileSync } from 'fs';
import { join } from 'path';
import { bundleGuard } from '../../projenrc/bundle-guard';
import { run } from '../../src/cli/command-line';
import type { PlanReport } from '../../src/cli/plan/plan-report';

/** What `imds-guard plan` says of the app, which does not know of it: for people, and for the checks. */
export async function planOf(cwd: string, directory: string): Promise<{ readonly text: string; readonly plan: PlanReport }> {
  const guard = join(directory, 'guard'); // made of the sources: in a fresh clone nothing is compiled
  await bundleGuard(join(__dirname, '../../src'), guard);
  let text = '';
  let errors = '';
  const exitCode = await run(['plan', '--format', 'text', '--format', `json=${join(directory, 'plan.json')}`], {
    cwd,
    env: { ...process.env, JSII_DEPRECATED: 'quiet' },
    preload: join(guard, 'preload.js'),
    isTerminal: { stdout: process.stdout.isTTY === true, stderr: false },
    stdin: async () => Buffer.of(),
    stdout: each => { text += each; },
    stderr: each => { errors += each; },
  });
  if (exitCode !== 0) { throw new Error(`'imds-guard plan' ended with exit code ${exitCode}\n${errors}${text}`); }

  return { text, plan: JSON.parse(readFileSync(join(directory, 'plan.json'), 'utf8')) as PlanReport };
}
