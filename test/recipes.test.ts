import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { imdsGuard } from './cli/terminal';

/** The commands of the README's CI recipes, run as far as a machine without their services can. */
const README = readFileSync(join(__dirname, '../README.md'), 'utf8');
const recipes = [...README.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text]) => text);
const commands = [...README.matchAll(/npx imds-guard (check[^\n`]*)/g)].map(([, args]) => args.trim().split(/\s+/));

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'imds-recipe-'));
  mkdirSync(join(cwd, 'cdk.out'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function synthesized(httpTokens: string): void {
  const artifacts = { App: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'App.template.json' } } };
  writeFileSync(join(cwd, 'cdk.out/manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }));
  writeFileSync(join(cwd, 'cdk.out/App.template.json'), JSON.stringify({
    Resources: { Web: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: httpTokens, HttpPutResponseHopLimit: 1 } } } },
  }));
}

test('every recipe is YAML', () => {
  expect(recipes.length).toBeGreaterThanOrEqual(5);
  recipes.forEach(text => expect(load(text)).toBeInstanceOf(Object));
});

test('there is a command for each place', () => expect(commands.length).toBeGreaterThanOrEqual(5));

test.each(commands.map(args => [args.join(' '), args] as const))('%s fails for a violation, passes without one, and writes what the recipe picks up', async (_, args) => {
  const files = args.flatMap(arg => /^(?:sarif|junit|gitlab|html)=(.+)$/.exec(arg)?.[1] ?? []);
  synthesized('optional');
  expect((await imdsGuard(cwd, args)).exitCode).toBe(1);
  expect(files.filter(file => !existsSync(join(cwd, file)))).toEqual([]);
  expect(files.filter(file => !README.slice(README.indexOf('### Recipes')).split(file).slice(2).length)).toEqual([]);
  synthesized('required');
  expect((await imdsGuard(cwd, args)).exitCode).toBe(0);
});
