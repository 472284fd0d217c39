import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildSync } from 'esbuild';
import { imdsGuard } from '../support/terminal';

const bundles = mkdtempSync(join(tmpdir(), 'imds-main-bundle-'));
const bundle = join(bundles, 'main.js');
beforeAll(() => {
  const entryPoints = [join(__dirname, '../../src/cli/main.ts')];
  buildSync({ entryPoints, bundle: true, platform: 'node', mainFields: ['module', 'main'], outfile: bundle, footer: { js: 'main();' }, logLevel: 'error' });
});
afterAll(() => rmSync(bundles, { recursive: true }));

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'imds-main-'));
  writeFileSync(join(cwd, 't.json'), JSON.stringify({ Resources: { Web: { Type: 'AWS::EC2::Instance' } } }));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

/** A process of its own, with its output sent elsewhere by a shell. */
function main(args: string, redirection: string): Ended {
  const script = `set -o pipefail; '${process.execPath}' '${bundle}' ${args} ${redirection}`;
  const { status, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
  return { status, stderr };
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux.each([['check t.json'], ['check t.json --format json'], ['explain'], ['policy scp'], ['--help']])('standard output that is full ends %s with 2 and one line', args => {
  expect(main(args, '> /dev/full')).toEqual({ status: 2, stderr: 'imds-guard: standard output cannot be written (ENOSPC)\n' });
});

onLinux('standard error that is full changes nothing', () => {
  expect(main('check t.json --config none.yaml', '2> /dev/full').status).toBe(2);
  writeFileSync(join(cwd, '.imds-guard.yaml'), 'cannotTell: warn');
  expect(main('check t.json', '> /dev/null 2> /dev/full').status).toBe(1);
});

onLinux('a reader that has seen enough is no failure', () => {
  expect(main('policy --help', '| true')).toEqual({ status: 0, stderr: '' });
});

test('a pipe gets no colours, in a pipeline (CI) neither', () => {
  const { stdout } = spawnSync(process.execPath, [bundle, 'check', 't.json'], { cwd, encoding: 'utf8', env: { PATH: process.env.PATH, CI: 'true' } });
  expect(stdout).toContain('failed: 1 resource with violations, 1 finding');
  expect(stdout).not.toContain('\u001b[');
});

describe('a report', () => {
  const check = (...args: string[]): ReturnType<typeof imdsGuard> => imdsGuard(cwd, ['check', 't.json', ...args]);

  // never a device of the machine: as root, a mistake here would take it away
  (process.platform === 'win32' ? test.skip : test)('for a pipe is written into it, and the pipe is left as it is', async () => {
    const pipe = join(cwd, 'pipe');
    spawnSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    const read = text(reader.stdout);
    expect(await check('--format', 'json=pipe')).toMatchObject({ exitCode: 1, stderr: '' });
    expect(statSync(pipe).isFIFO()).toBe(true);
    expect(JSON.parse(await read)).toMatchObject({ exitCode: 1 });
  });

  onLinux('for a folder that the file system refuses ends with 2, not never', () => { // as /proc does, and places where file systems are mounted on demand
    const { status, stderr } = spawnSync(process.execPath, [bundle, 'check', 't.json', '--format', 'json=/proc/none/deep/x.json'], { cwd, encoding: 'utf8', timeout: 20_000 });
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'imds-guard: /proc/none/deep/x.json: it cannot be written (ENOENT); give a file that can be written\n' });
  });

  test('for a folder ends with 2 and one line, and leaves nothing behind', async () => {
    expect(await check('--format', 'json=.')).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^imds-guard: \.: it cannot be written \(E\w+\); [^\n]*\n$/) });
    expect(existsSync(`${cwd}.${process.pid}.tmp`)).toBe(false);
  });

  (process.platform === 'win32' ? test.skip : test)('for a link is written where it leads', async () => {
    symlinkSync('real.json', join(cwd, 'link.json'));
    writeFileSync(join(cwd, 'real.json'), '');
    await check('--format', 'json=link.json');
    expect(statSync(join(cwd, 'real.json')).size).toBeGreaterThan(0);
  });
});
