import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WORKS = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' }).status === 0;

/** `test`, or a skipped test that says why. */
export const testWithLint: jest.It = WORKS ? test : skipped('there is no cfn-lint on the PATH');

function skipped(why: string): jest.It {
  console.warn(`skipped: ${why}`);
  return test.skip;
}

/** What cfn-lint calls an error in a template. */
export function lintErrors(template: unknown): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'imds-guard-lint-'));
  try {
    const file = join(folder, 'template.json');
    writeFileSync(file, JSON.stringify(template));
    const { stdout, stderr, status } = spawnSync('cfn-lint', ['--format', 'json', '--regions', 'us-east-1', '--', file], { encoding: 'utf8' });
    if (!stdout.trim().startsWith('[')) { throw new Error(`cfn-lint ended with ${status}\n${stderr}${stdout}`); }
    return (JSON.parse(stdout) as { Level: string; Message: string; Location: { Path: unknown[] } }[])
      .filter(({ Level: level }) => level === 'Error')
      .map(({ Message: message, Location: { Path: path } }) => `${path.join('/')}: ${message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
