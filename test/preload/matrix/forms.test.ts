import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cdkFolder, installed, testIf } from './installed';
import { addFiles, folderWith } from '../../support/files';
import { expectGuarded, node, recordsIn, run, tokensIn } from '../../support/preload';

const VERSIONS = ['2.80.0', 'newest'];
const tools = installed('tools', [
  'tsx@4', 'ts-node@10', 'typescript@5', '@types/node@20', 'esbuild@0.25', 'webpack@5', 'pnpm@9', '@yarnpkg/cli-dist@4', 'aws-cdk@2',
]);
const tool = (path: string): string => join(tools!, 'node_modules', path);

const TYPESCRIPT = `
  import { App, Stack, aws_ec2 } from 'aws-cdk-lib';
  const name: string = 'Stack';
  const app: App = new App();
  new aws_ec2.CfnInstance(new Stack(app, name), 'Instance', { imageId: 'ami-1' });
  app.synth();
`;
const COMMON_JS = TYPESCRIPT.replace(/import (.*) from '(.*)'/, 'const $1 = require(\'$2\')').replace(/: (string|App) =/g, ' =');
const TSCONFIG = { compilerOptions: { target: 'ES2022', module: 'commonjs', esModuleInterop: true, types: ['node'], skipLibCheck: true } };
const TSCONFIG_ESM = { compilerOptions: { ...TSCONFIG.compilerOptions, module: 'NodeNext', moduleResolution: 'NodeNext' } };

/** A folder whose node_modules has the version of CDK, and the tools. */
function appOn(version: string, files: Record<string, unknown>): string {
  const folder = folderWith({ 'package.json': {}, ...files });
  mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
  for (const name of ['aws-cdk-lib', 'constructs']) { link(join(cdkFolder(version)!, 'node_modules', name), join(folder, 'node_modules', name)); }
  for (const name of ['typescript', '@types/node', 'ts-node', 'tsx']) { link(tool(name), join(folder, 'node_modules', name)); }
  return folder;
}

const link = (from: string, to: string): void => symlinkSync(from, to, 'junction');

/** The app is not broken as such: without the guard it synthesizes what allows IMDSv1. */
function expectPlainWorks(folder: string, args: readonly string[]): void {
  expect(node(folder, args, { requires: [], outdir: join(folder, 'plain') })).toMatchObject({ code: 0 });
  expect(Object.values(tokensIn(join(folder, 'plain')))).toEqual([undefined]);
}

describe.each(VERSIONS)('aws-cdk-lib %s', version => {
  const test = testIf(tools && cdkFolder(version));

  test.each<[string, string[], Record<string, unknown>]>([
    ['ts-node', [tools ? tool('ts-node/dist/bin.js') : '', 'app.ts'], { 'app.ts': TYPESCRIPT, 'tsconfig.json': TSCONFIG }],
    ['ts-node with --prefer-ts-exts, as cdk init has it',
      [tools ? tool('ts-node/dist/bin.js') : '', '--prefer-ts-exts', 'app.ts'], { 'app.ts': TYPESCRIPT, 'tsconfig.json': TSCONFIG }],
    ['ts-node/register', ['--require', 'ts-node/register/transpile-only', 'app.ts'], { 'app.ts': TYPESCRIPT, 'tsconfig.json': TSCONFIG }],
    ['--loader ts-node/esm', ['--no-warnings', '--loader', 'ts-node/esm/transpile-only', 'app.ts'],
      { 'app.ts': TYPESCRIPT, 'tsconfig.json': TSCONFIG_ESM, 'package.json': { type: 'module' } }],
    ['tsx', [tools ? tool('tsx/dist/cli.mjs') : '', 'app.ts'], { 'app.ts': TYPESCRIPT }],
    ['tsx, as an ES module', [tools ? tool('tsx/dist/cli.mjs') : '', 'app.mts'], { 'app.mts': TYPESCRIPT }],
    ['--import tsx', ['--import', 'tsx', 'app.ts'], { 'app.ts': TYPESCRIPT, 'package.json': { type: 'module' } }],
    ['tsx/cjs', ['--require', 'tsx/cjs', 'app.ts'], { 'app.ts': TYPESCRIPT }],
  ])('%s', (_, args, files) => {
    const folder = appOn(version, files);
    expectPlainWorks(folder, args);
    expectGuarded(join(folder, 'out'), node(folder, args, { outdir: join(folder, 'out') }));
  });

  test.each<[string, string[]]>([
    ['CommonJS', ['--format=cjs', '--outfile=bundle.cjs']],
    ['CommonJS, minified', ['--format=cjs', '--minify', '--outfile=bundle.cjs']],
    ['an ES module', ['--format=esm', '--outfile=bundle.mjs', '--banner:js=import{createRequire}from"module";import{fileURLToPath as f}from"url";'
      + 'import{dirname as d}from"path";const require=createRequire(import.meta.url),__filename=f(import.meta.url),__dirname=d(__filename);']],
  ])('a bundle of esbuild: %s', (_, options) => {
    const folder = appOn(version, { 'app.cjs': COMMON_JS });
    const bundle = options.find(each => each.startsWith('--outfile='))!.slice('--outfile='.length);
    expect(run(folder, [tool('esbuild/bin/esbuild'), 'app.cjs', '--bundle', '--platform=node', '--log-level=error', ...options])).toMatchObject({ code: 0 });
    expectPlainWorks(folder, [bundle]);
    expectGuarded(join(folder, 'out'), node(folder, [bundle], { outdir: join(folder, 'out') }));
  });

  test.each(['development', 'production'])('a bundle of webpack: %s', mode => {
    const folder = appOn(version, {
      'app.cjs': COMMON_JS,
      'build.cjs': `require(${JSON.stringify(tool('webpack'))})({
        mode: '${mode}', target: 'node', devtool: false, entry: './app.cjs', context: __dirname, node: { __dirname: false }, optimization: { minimize: false },
        output: { path: __dirname, filename: 'bundle.cjs' }, ignoreWarnings: [() => true],
      }, (error, stats) => { if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exit(1); } });`,
    });
    expect(node(folder, ['build.cjs'])).toMatchObject({ code: 0 });
    expectPlainWorks(folder, ['bundle.cjs']);
    expectGuarded(join(folder, 'out'), node(folder, ['bundle.cjs'], { outdir: join(folder, 'out') }));
  });
});

const CLI = tools ? tool('aws-cdk/bin/cdk') : '';

testIf(tools && cdkFolder('newest')).each<[string, string, Record<string, unknown>]>([
  ['node', 'node app.cjs', { 'app.cjs': COMMON_JS }],
  ['ts-node', `node ${tools ? tool('ts-node/dist/bin.js') : ''} app.ts`, { 'app.ts': TYPESCRIPT, 'tsconfig.json': TSCONFIG }],
  ['--loader ts-node/esm', 'node --no-warnings --loader ts-node/esm/transpile-only app.ts',
    { 'app.ts': TYPESCRIPT, 'tsconfig.json': TSCONFIG_ESM, 'package.json': { type: 'module' } }],
  ['tsx', `node ${tools ? tool('tsx/dist/cli.mjs') : ''} app.ts`, { 'app.ts': TYPESCRIPT }],
])('through the CDK CLI: %s', (_, app, files) => {
  const folder = appOn('newest', files);
  const ran = node(folder, [CLI, 'synth', '--quiet', '--no-version-reporting', '--no-notices', '--app', app, '--output', 'out']);
  expectGuarded(join(folder, 'out'), ran);
});

for (const [first, second] of [['2.80.0', '2.200.0'], ['2.200.0', '2.80.0'], ['2.258.0', '2.200.0']]) {
  testIf(cdkFolder(first) && cdkFolder(second))(`a workspace with aws-cdk-lib ${first} and ${second} in one process`, () => {
    const folder = folderWith({ 'index.cjs': 'require("./packages/a/app.cjs"); require("./packages/b/app.cjs");' });
    for (const [name, version] of [['a', first], ['b', second]]) {
      addFiles(folder, { [`packages/${name}/app.cjs`]: COMMON_JS.replace('new App()', `new App({ outdir: 'out/${name}' })`) });
      link(join(cdkFolder(version)!, 'node_modules'), join(folder, 'packages', name, 'node_modules'));
    }
    expectGuarded(join(folder, 'out'), node(folder, ['index.cjs']), 2);
    expect(Object.keys(recordsIn(join(folder, 'out')))).toEqual(['a', 'b']);
  });
}

const registry = tools && run(tools, ['npm', 'config', 'get', 'registry'], { requires: [] }).stdout.trim();

testIf(registry)('pnpm', () => {
  const folder = folderWith({ 'app.cjs': COMMON_JS, 'package.json': { private: true, scripts: { synth: 'node app.cjs' } } });
  const pnpm = (args: string[], requires?: string[]): ReturnType<typeof run> => node(
    folder, [tool('pnpm/bin/pnpm.cjs'), ...args], { requires, outdir: join(folder, 'out'), env: { npm_config_store_dir: join(folder, 'store') } },
  );
  expect(pnpm(['add', '--silent', '--ignore-scripts', 'aws-cdk-lib@2.200.0', 'constructs@10'], [])).toMatchObject({ code: 0 });
  expectGuarded(join(folder, 'out'), pnpm(['run', 'synth']));
}, 300_000);

testIf(registry)('Yarn PnP', () => {
  const folder = folderWith({ 'app.cjs': COMMON_JS, 'package.json': { private: true, scripts: { synth: 'node app.cjs' } }, 'yarn.lock': '' });
  const yarn = (args: string[], requires?: string[]): ReturnType<typeof run> => node(folder, [tool('@yarnpkg/cli-dist/bin/yarn.js'), ...args], {
    requires,
    outdir: join(folder, 'out'),
    env: {
      YARN_NPM_REGISTRY_SERVER: registry!.replace(/\/$/, ''),
      YARN_NODE_LINKER: 'pnp',
      YARN_ENABLE_GLOBAL_CACHE: 'false',
      YARN_ENABLE_TELEMETRY: 'false',
      YARN_UNSAFE_HTTP_WHITELIST: '*',
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      YARN_ENABLE_SCRIPTS: 'false',
      YARN_NPM_MINIMAL_AGE_GATE: '0',
      ...process.env.NODE_EXTRA_CA_CERTS ? { YARN_HTTPS_CA_FILE_PATH: process.env.NODE_EXTRA_CA_CERTS } : {},
    },
  });
  const added = yarn(['add', 'aws-cdk-lib@2.240.0', 'constructs@10.5.1'], []);
  expect({ code: added.code, stdout: added.code === 0 ? '' : added.stdout }).toEqual({ code: 0, stdout: '' });
  expectGuarded(join(folder, 'out'), yarn(['run', 'synth']));
}, 300_000);
