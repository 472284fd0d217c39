import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { blocksOf, page, ROOT } from './pages';
import { imdsGuard } from '../support/terminal';

/** The commands of the CI recipes, run as far as a machine without their services can. */
const CI = page('docs/ci-commands.md');
const recipes = [CI, page('docs/check.md'), page('docs/exemptions.md')].flatMap(blocksOf).filter(({ language }) => language === 'yaml').map(({ text }) => text);
const commands = [...`${page('README.md')}\n${CI}\n${page('docs/check.md')}`.matchAll(/(?<!\/)node_modules\/\.bin\/imds-guard (check[^\n`]*)/g)]
  .map(([, args]) => args.trim().split(/\s+/)).filter(args => !args.join().includes('$')); // what needs a shell is run by job-summary.test.ts

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'imds-recipe-'));
  mkdirSync(join(cwd, 'cdk.out'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const templateWith = (httpTokens: string): object => ({
  Resources: { Web: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: httpTokens, HttpPutResponseHopLimit: 1 } } } },
});

function write(file: string, content: unknown): void {
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), JSON.stringify(content));
}

function synthesized(httpTokens: string): void {
  const artifacts = { App: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'App.template.json' } } };
  write('cdk.out/manifest.json', { version: '48.0.0', artifacts });
  write('cdk.out/App.template.json', templateWith(httpTokens));
  write('templates/web.json', templateWith(httpTokens)); // those that are kept as they are
}

test('every recipe is YAML', () => {
  expect(recipes.length).toBeGreaterThanOrEqual(5);
  recipes.forEach(text => expect(load(text)).toBeInstanceOf(Object));
});

/** npx runs what the registry has under the name of the command, where the library is not installed; that package is not ours. */
const FETCHED = /\b(?:npx|pnpx|bunx|npm exec|pnpm dlx|yarn dlx)(?: +-\S+)* +imds-guard\b/;

test.each([
  ['npx imds-guard check', true],
  ['npx --no -- imds-guard check', true],
  ['yarn dlx imds-guard check', true],
  ['node_modules/.bin/imds-guard check', false],
  ['npx cdk synth && imds-guard check', false],
])('%s asks the registry: %s', (command, isFetched) => expect(FETCHED.test(command)).toBe(isFetched));

test('no recipe has the registry asked for a package that is called as the command is', () => {
  const places = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'RULES.md', 'docs', 'rules', 'examples', 'src', 'rosetta', '.github', '.ci'].map(name => join(ROOT, name));
  const files = places.flatMap(place => statSync(place).isFile() ? [place] : readdirSync(place, { recursive: true, encoding: 'utf8' }).map(name => join(place, name)))
    .filter(file => statSync(file).isFile());
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter(file => FETCHED.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('there is a command for each place', () => expect(commands.length).toBeGreaterThanOrEqual(5));

test.each(commands.map(args => [args.join(' '), args] as const))('%s fails for a violation, passes without one, and writes what the recipe picks up', async (_, args) => {
  const files = args.flatMap(arg => /^(?:sarif|junit|gitlab|html)=(.+)$/.exec(arg)?.[1] ?? []);
  synthesized('optional');
  expect((await imdsGuard(cwd, args)).exitCode).toBe(1);
  expect(files.filter(file => !existsSync(join(cwd, file)))).toEqual([]);
  expect(files.filter(file => !CI.split(file).slice(2).length)).toEqual([]);
  synthesized('required');
  expect((await imdsGuard(cwd, args)).exitCode).toBe(0);
});

test('the recipe for GitHub may upload, in a private repository too, with an action that is not at its end', () => {
  interface Workflow { readonly permissions: object; readonly steps: readonly { readonly uses?: string }[] }
  const workflow = recipes.map(text => load(text)).find((each): each is Workflow => Object.hasOwn(each as object, 'steps'))!;
  // https://docs.github.com/en/code-security/how-tos/find-and-fix-code-vulnerabilities/integrate-with-existing-tools/uploading-a-sarif-file-to-github
  expect(workflow.permissions).toEqual({ 'contents': 'read', 'actions': 'read', 'security-events': 'write' });
  // https://github.blog/changelog/2025-10-28-upcoming-deprecation-of-codeql-action-v3/
  expect(workflow.steps.map(({ uses }) => uses)).toContain('github/codeql-action/upload-sarif@v4');
});

test('the recipes for build services say which Node they want, for the images have others', () => {
  const ofServices = recipes.filter(text => text.includes('npm ci'));
  expect(ofServices).toHaveLength(3);
  ofServices.forEach(text => expect(text).toMatch(/(?:node-version|image|nodejs): (?:node:)?22\b/));
});

test('checked from the root of a repository, a report has the paths that the services look for', async () => {
  const [, command] = /`infra\/node_modules\/\.bin\/imds-guard (check [^`]+)`/.exec(CI)!;
  synthesized('optional');
  renameSync(join(cwd, 'cdk.out'), join(cwd, 'moved'));
  mkdirSync(join(cwd, 'infra'));
  renameSync(join(cwd, 'moved'), join(cwd, 'infra/cdk.out'));
  const { stdout } = await imdsGuard(cwd, [...command.split(' '), '--format', 'gitlab']);
  expect(JSON.parse(stdout)).toMatchObject([{ location: { path: 'infra/cdk.out/App.template.json' } }]);
});

describe('the recipe for pre-commit', () => {
  interface Hook {
    readonly entry: string;
    readonly files: string;
    readonly pass_filenames?: boolean;
  }
  const { repos: [{ hooks: [hook] }] } = recipes.map(text => load(text)).find((each): each is { repos: { hooks: Hook[] }[] } => Object.hasOwn(each as object, 'repos'))!;

  /** As pre-commit runs it: not at all without a file that it is about. */
  async function committed(...files: string[]): Promise<number> {
    const about = files.filter(file => new RegExp(hook.files).test(file));
    const args = hook.entry.replace('node_modules/.bin/imds-guard ', '').split(' ');
    return about.length === 0 ? 0 : (await imdsGuard(cwd, [...args, ...hook.pass_filenames === false ? [] : about])).exitCode;
  }

  const ORDINARY = ['package.json', '.github/workflows/ci.yaml', '.pre-commit-config.yaml', 'src/index.ts', 'templates/web.parameters.json', 'templates/README.md'];

  test('lets ordinary commits pass, beside a template too', async () => {
    ORDINARY.forEach(file => write(file, { name: 'x' }));
    write('templates/web.json', templateWith('required'));
    expect(await committed(...ORDINARY)).toBe(0);
    expect(await committed(...ORDINARY, 'templates/web.json')).toBe(0);
    for (const file of ORDINARY) { expect({ file, exitCode: await committed(file) }).toEqual({ file, exitCode: 0 }); }
  });

  test('fails for a template that allows version 1', async () => {
    for (const file of ['templates/web.json', 'templates/deep/web.yaml', 'templates/web.template']) {
      write(file, templateWith('optional'));
      expect({ file, exitCode: await committed(...ORDINARY, file) }).toEqual({ file, exitCode: 1 });
      write(file, templateWith('required'));
    }
  });
});
