import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { Files, folderWith } from '../support/files';
import { Npx, npxOfSources } from '../support/npx';

interface Input { readonly type?: string; readonly default: unknown; readonly regex?: string }
interface Job {
  readonly stage: string;
  readonly image: string;
  readonly variables: { readonly [name: string]: string };
  readonly before_script: readonly string[];
  readonly script: readonly string[];
  readonly artifacts: object;
}

const [HEAD, BODY] = readFileSync('templates/imds-guard.yml', 'utf8').split(/^---$/m);
const { inputs: INPUTS } = (load(HEAD) as { readonly spec: { readonly inputs: { readonly [name: string]: Input } } }).spec;

/** The job that GitLab makes of the template: https://docs.gitlab.com/ci/inputs/ */
function jobOf(given: { readonly [name: string]: unknown } = {}): { readonly [name: string]: Job } {
  return load(BODY.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = given[name] ?? INPUTS[name].default;
    return Array.isArray(value) ? JSON.stringify(value) : String(value);
  })) as { readonly [name: string]: Job };
}

let npx: Npx;
beforeAll(async () => { npx = await npxOfSources(); });

interface Ran { readonly cwd: string; readonly status: number | null; readonly out: string }

function run(files: Files, given: { readonly [name: string]: unknown } = {}): Ran {
  const cwd = folderWith(files);
  const [{ variables, before_script: before, script }] = Object.values(jobOf(given));
  const env = { HOME: process.env.HOME, PATH: npx.path, ...variables };
  const ran = spawnSync('sh', ['-e', '-c', [...before, ...script].join('\n')], { cwd, env, encoding: 'utf8' });
  return { cwd, status: ran.status, out: ran.stdout + ran.stderr };
}

const template = (httpTokens: string): object => ({
  Resources: { Web: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: httpTokens } } } } },
});

test('the job is as the inputs say, and what is not said is as documented', () => {
  const artifacts = { when: 'always', reports: { codequality: 'gl-imds.json', junit: 'imds.xml' } };
  expect(jobOf()).toMatchObject({ 'imds-guard': { stage: 'test', image: 'node:22', before_script: [], artifacts } });
  expect(jobOf({ 'job-name': 'imds', 'stage': 'lint', 'image': 'node:24', 'before': ['npm ci', 'npx cdk synth --quiet'] })).toMatchObject({
    imds: { stage: 'lint', image: 'node:24', before_script: ['npm ci', 'npx cdk synth --quiet'] },
  });
});

test('it checks, with both reports', () => {
  const { cwd, status, out } = run({ 'a b/x.json': template('optional'), 'c/y.json': template('required') }, { paths: '*/x.json c' });
  expect({ status, out }).toEqual({ status: 1, out: expect.stringContaining('imdsv1-allowed') });
  expect(JSON.parse(readFileSync(join(cwd, 'gl-imds.json'), 'utf8'))).toMatchObject([{ location: { path: 'a b/x.json' } }]);
  expect(existsSync(join(cwd, 'imds.xml'))).toBe(true);
  expect(readFileSync(npx.asked, 'utf8')).toBe(`--yes\nimds-guard@${String(INPUTS.version.default)}\n`);
  expect(run({ 'c/y.json': template('required') }, { paths: 'c' })).toMatchObject({ status: 0 });
});

test('it runs the commands before, the options and the command that are given', () => {
  const { status, out } = run({ 'kept.json': template('optional') }, {
    before: ['mkdir made', 'mv kept.json made/web.json'], paths: 'made', args: '--name=shop --format=json=out.json', command: npx.direct,
  });
  expect({ status, out }).toEqual({ status: 1, out: expect.stringContaining('made/web.json') });
});

test('nothing in an input is run', () => {
  for (const name of ['paths', 'args', 'command']) {
    const { cwd, status } = run({}, { [name]: '$(touch pwned) `touch pwned`; touch pwned #' });
    expect({ name, isRun: existsSync(join(cwd, 'pwned')), isFailed: status !== 0 }).toEqual({ name, isRun: false, isFailed: true });
  }
  expect('latest; x').not.toMatch(new RegExp(INPUTS.version.regex!));
  expect(INPUTS.version.default).toMatch(new RegExp(INPUTS.version.regex!));
});
