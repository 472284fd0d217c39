import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Log } from 'sarif';
import { Report } from '../../src/engine/findings/report';
import { folderWith } from '../support/files';
import { imdsGuard, Ran } from '../support/terminal';

const ROOT = resolve(__dirname, '../..');

/** The repository of a company, with the example app in it. */
const repository = folderWith({ '.git/HEAD': 'ref: refs/heads/main\n', 'package.json': readFileSync(join(ROOT, 'package.json')) });
cpSync(join(ROOT, 'examples/company-app'), join(repository, 'app'), { recursive: true, filter: path => !path.includes('cdk.out') });
cpSync(join(ROOT, 'examples/company-app/templates'), join(repository, 'dist/app/templates'), { recursive: true });
symlinkSync(join(ROOT, 'node_modules'), join(repository, 'node_modules'));

/** Compiles the app to one file of JavaScript with a source map, and runs it. */
async function synth(): Promise<void> {
  await build({
    entryPoints: [join(repository, 'app/app.ts')],
    outfile: join(repository, 'dist/app/app.js'),
    bundle: true,
    platform: 'node',
    packages: 'external',
    sourcemap: true,
    plugins: [{ name: 'guard', setup: ({ onResolve }) => onResolve({ filter: /^\.\.\/\.\.\/src$/ }, () => ({ path: join(ROOT, 'src/index.ts') })) }],
  });
  execFileSync(process.execPath, [join(repository, 'dist/app/app.js')], {
    cwd: join(repository, 'app'), env: { ...process.env, NODE_OPTIONS: '', CDK_OUTDIR: join(repository, 'cdk.out') }, stdio: 'pipe',
  });
}

function edit(file: string, from: string, to: string): void {
  const path = join(repository, 'app', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

const check = async (...args: string[]): Promise<Ran> => imdsGuard(repository, ['check', 'cdk.out', '--baseline', 'baseline.json', ...args]);

test('a pull request: the line that makes an instance without tokens is named, and enforcing makes it pass', async () => {
  await synth();
  await check('--update-baseline');
  expect((await check()).exitCode).toBe(0);

  edit('fleets.ts', '    const renderTemplate', '    new ec2.Instance(this, \'Bastion\', { vpc, machineImage, instanceType });\n\n    const renderTemplate');
  const line = readFileSync(join(repository, 'app/fleets.ts'), 'utf8').split('\n').findIndex(each => each.includes('\'Bastion\'')) + 1;
  await synth();

  const text = await check();
  expect(text.exitCode).toBe(1);
  expect(text.stdout).toMatch(new RegExp(`\\bat +app/fleets\\.ts:${line}:5\n +cdk\\.out/Fleets\\.template\\.json:\\d+:\\d+\n`));

  const { runs } = JSON.parse((await check('--format', 'sarif')).stdout) as Log;
  const fresh = runs[0].results!.filter(each => each.baselineState === 'new' && each.level === 'error');
  expect(fresh).toMatchObject([{
    locations: [{ physicalLocation: { artifactLocation: { uri: 'app/fleets.ts' }, region: { startLine: line } } }],
    relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'cdk.out/Fleets.template.json' } } }],
  }]);

  const { stdout } = await check('--format', 'github');
  expect(stdout.split('\n').filter(each => each.startsWith('::error '))).toEqual([expect.stringContaining(`::error file=app/fleets.ts,line=${line},col=5,`)]);

  edit('app.ts', 'if (app.node.tryGetContext(\'guard\') === \'on\') ImdsGuard.enforce(app);', 'ImdsGuard.enforce(app);');
  await synth();
  const enforced = await check('--format', 'json');
  expect(enforced.exitCode).toBe(0);
  const { templates, findings } = JSON.parse(enforced.stdout) as Report;
  expect(templates.flatMap(({ resources }) => resources).find(each => each.constructPath === 'Fleets/Bastion/Resource')).toMatchObject({ verdict: 'compliant' });
  expect(findings.filter(each => each.level === 'error' && each.constructPath?.startsWith('Fleets/Bastion'))).toEqual([]);
}, 240_000);
