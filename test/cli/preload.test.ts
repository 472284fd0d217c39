import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from '../support/files';
import { imdsGuard, Ran } from '../support/terminal';

let cwd: string;
let preload: string;
beforeEach(() => {
  cwd = folderWith({ 'it\'s $HOME/preload.js': 'console.log("loaded")', 'env': '' });
  preload = join(cwd, 'it\'s $HOME', 'preload.js');
});

const print = (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> => imdsGuard(cwd, ['preload', ...args], { env, preload });

test('prints the path alone', async () => {
  expect(await print([])).toEqual({ exitCode: 0, stdout: `${preload}\n`, stderr: '' });
});

const onPosix = process.platform === 'win32' ? test.skip : test;

onPosix('--shell is a line that a shell evaluates, with what is there already', async () => {
  const { stdout } = await print(['--shell'], { NODE_OPTIONS: '--no-warnings' });
  const { NODE_OPTIONS: _, ...env } = process.env;
  const shown = execFileSync('sh', ['-c', `${stdout}printf '%s\\n' "$NODE_OPTIONS"; ${process.execPath} -e ''`], { encoding: 'utf8', env });
  expect(shown).toBe(`--require="${preload}" --no-warnings\nloaded\n`);
});

test('--github writes a variable that GitHub takes, and says how a step uses it', async () => {
  const { exitCode, stdout, stderr } = await print(['--github'], { GITHUB_ENV: join(cwd, 'env') });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  expect(stderr).toMatch(/^imds-guard: .*env: \{ NODE_OPTIONS: \$\{\{ env\.IMDS_GUARD_NODE_OPTIONS \}\} \}\n$/);
  expect(readFileSync(join(cwd, 'env'), 'utf8')).toBe(`IMDS_GUARD_NODE_OPTIONS=--require="${preload}"\n`);
});

test('--docker is a line of a Dockerfile, which keeps what the image has', async () => {
  const { stdout } = await print(['--docker'], { NODE_OPTIONS: '--of-this-machine' });
  expect(stdout).toBe(`ENV NODE_OPTIONS="--require=\\"${preload.replace('$', '\\$')}\\" \${NODE_OPTIONS:-}"\n`);
});

test('Node takes the space that --docker leaves where the image has nothing', () => {
  const { NODE_OPTIONS: _, ...env } = process.env;
  expect(spawnSync(process.execPath, ['-e', ''], { encoding: 'utf8', env: { ...env, NODE_OPTIONS: `--require="${preload}" ` } }).stdout).toBe('loaded\n');
});

test('--plugin is the file for the command line of CDK', async () => {
  expect((await print(['--plugin'])).stdout).toBe(`${join(preload, '..', 'cdk-plugin.js')}\n`);
});

test.each([
  [['--shell', '--docker'], {}, '--shell and --docker do not go together; give one'],
  [['--github'], {}, '--github is for a step of a GitHub workflow, where GITHUB_ENV names a file; use --shell elsewhere'],
  [['--github'], { GITHUB_ENV: '/none/env' }, '/none/env: it cannot be written (ENOENT); GITHUB_ENV must name a file'],
])('%j with %j ends with 2 and one line', async (args, env, line) => {
  expect(await print(args, env)).toEqual({ exitCode: 2, stdout: '', stderr: `imds-guard: ${line}\n` });
});
