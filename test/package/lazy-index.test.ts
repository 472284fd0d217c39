import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { compileWhereStale } from '../support/compiled';

const ROOT = resolve(__dirname, '../..');
const MODULES = join(ROOT, 'node_modules');
/** An app's folder in which `cdk-imds-guard` is the compiled library. */
const APP = mkdtempSync(join(tmpdir(), 'imds-guard-'));

beforeAll(() => {
  compileWhereStale();
  mkdirSync(join(APP, 'node_modules'));
  symlinkSync(ROOT, join(APP, 'node_modules', 'cdk-imds-guard'));
  for (const name of ['aws-cdk-lib', 'constructs']) symlinkSync(join(MODULES, name), join(APP, 'node_modules', name));
});

afterAll(() => rmSync(APP, { recursive: true }));

test('an app that imports the library and makes an Aspect loads no service module and no cdk-nag', () => {
  const added: string[] = JSON.parse(node('app.js', `
    const { App } = require('aws-cdk-lib');
    new App();
    const before = new Set(Object.keys(require.cache));
    const { RequireImdsv2 } = require('cdk-imds-guard');
    new RequireImdsv2();
    console.log(JSON.stringify(Object.keys(require.cache).filter(file => !before.has(file))));
  `));

  expect(added).toContain(join(ROOT, 'lib', 'index.js'));
  expect(added.filter(file => /\/aws-cdk-lib\/(aws|alexa)-|\/cdk-nag\//.test(file))).toEqual([]);
});

test('an app is synthesized from the index and two bundles, and a stack trace names one of them', () => {
  const { loaded, stack } = JSON.parse(node('small.js', `
    const { App, Stack, aws_ec2 } = require('aws-cdk-lib');
    const { ImdsGuard } = require('cdk-imds-guard');
    const app = new App({ outdir: 'small.out' });
    ImdsGuard.enforce(app);
    new aws_ec2.CfnInstance(new Stack(app, 'Stack'), 'Instance', { imageId: 'ami-1' });
    app.synth();
    let stack;
    try { ImdsGuard.enforce(app, { maxExemptionDays: 0 }); } catch (error) { stack = error.stack; }
    console.log(JSON.stringify({ loaded: Object.keys(require.cache), stack }));
  `));

  expect(loaded.filter((file: string) => file.startsWith(join(ROOT, 'lib'))).map((file: string) => relative(join(ROOT, 'lib'), file)).sort())
    .toEqual(['index.js', 'start.js', 'synthesis.js']);
  expect(stack).toContain(join(ROOT, 'lib', 'start.js'));
});

test('what runs in Lambda is found from a bundle', () => {
  const handler = node('handler.js', `
    const { App, Stack } = require('aws-cdk-lib');
    const { ImdsAccountDefaults } = require('cdk-imds-guard');
    const app = new App({ outdir: 'handler.out' });
    new ImdsAccountDefaults(new Stack(app, 'Stack'), 'Defaults');
    app.synth();
    const { readdirSync } = require('fs');
    console.log(readdirSync('handler.out').filter(name => name.startsWith('asset.')).flatMap(name => readdirSync('handler.out/' + name)).join());
  `);

  expect(handler.trim()).toBe('aws-call.js,defaults.js,ec2.js,index.js,owner.js,signature.js,timing.js');
});

test('an ES module imports every class and enum by name', () => {
  const names = valuesInAssembly().map(fqn => fqn.split('.')[1]);

  const types = JSON.parse(node('app.mjs', `
    import { ${names.join(', ')} } from 'cdk-imds-guard';
    console.log(JSON.stringify([${names.join(', ')}].map(value => typeof value)));
  `));

  expect(types).toHaveLength(names.length);
  expect(types).not.toContain('undefined');
});

test('every file of the library loads by itself, whatever was loaded before', () => {
  const files = compiledFiles();

  node('each.js', `
    for (const file of ${JSON.stringify(files)}) {
      for (const loaded of Object.keys(require.cache)) if (loaded.startsWith(${JSON.stringify(join(ROOT, 'lib'))})) delete require.cache[loaded];
      require(file);
    }
  `);

  expect(files.length).toBeGreaterThan(5);
});

test('making the library lazy again changes nothing', () => {
  const contents = () => compiledFiles().map(file => readFileSync(file, 'utf-8'));
  const before = contents();

  execFileSync('npx', ['ts-node', '-T', '--project', 'tsconfig.dev.json', 'projenrc/make-lazy.ts'], { cwd: ROOT });

  expect(before.join()).toContain('lazy("RequireImdsv2"');
  expect(contents()).toEqual(before);
});

describe('through the jsii kernel, as Python, Java, .NET and Go load it', () => {
  test('every class and enum is found', () => {
    const loads = loadRequests();
    const values = valuesInAssembly();

    const responses = kernel([...loads, ...values.map(lookup)]);

    expect(responses.slice(0, loads.length).map(response => response.error)).toEqual(loads.map(() => undefined));
    expect(values.filter((_, i) => !isFound(responses[loads.length + i]))).toEqual([]);
  });

  test('a class or enum that the index lacks is missed', () => {
    const loads = loadRequests(index => index.split('\n').filter(line => !line.startsWith('lazy(')).join('\n'));
    const values = valuesInAssembly();

    const responses = kernel([...loads, ...values.map(lookup)]);

    expect(values.filter((_, i) => isFound(responses[loads.length + i]))).toEqual([]);
  });

  test('the one call is made on an App', () => {
    const responses = kernel([
      ...loadRequests(),
      { api: 'create', fqn: 'aws-cdk-lib.App' },
      { api: 'create', fqn: 'cdk-imds-guard.RequireImdsv2' },
      { api: 'sinvoke', fqn: 'cdk-imds-guard.ImdsGuard', method: 'enforce', args: [{ '$jsii.byref': 'aws-cdk-lib.App@10000' }] },
    ]);

    expect(responses.filter(response => response.error)).toEqual([]);
  });
});

interface Assembly {
  readonly version: string;
  readonly types: Record<string, { kind: string; namespace?: string; members: { name: string }[]; initializer?: { parameters?: unknown[] } }>;
}

function assembly(): Assembly {
  return JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf-8'));
}

/** What exists at run time, in contrast to interfaces. */
function valuesInAssembly(): string[] {
  return Object.entries(assembly().types).filter(([, type]) => type.kind !== 'interface' && !type.namespace).map(([fqn]) => fqn);
}

function compiledFiles(): string[] {
  return readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf-8' }).filter(file => file.endsWith('.js')).map(file => join(ROOT, 'lib', file));
}

function node(name: string, source: string): string {
  writeFileSync(join(APP, name), source);
  return execFileSync(process.execPath, [name], { cwd: APP, encoding: 'utf-8', env: { PATH: process.env.PATH } });
}

/**
 * Loads the library and what it depends on. The kernel unpacks tarballs: ours is the real one; the others hold their assembly and a
 * file that requires the installed package, since unpacking 140 MB of aws-cdk-lib would show nothing about our index.
 */
function loadRequests(changeIndex = (index: string) => index): object[] {
  return [...['constructs', 'aws-cdk-lib', 'cdk-nag'].map(packStandIn), packOurs(changeIndex)].map(request => ({ api: 'load', ...request }));
}

function packOurs(changeIndex: (index: string) => string): object {
  const folder = mkdtempSync(join(APP, 'ours-'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, stdio: 'pipe' });
  execFileSync('tar', ['-xzf', readdirSync(folder)[0]], { cwd: folder });
  const index = join(folder, 'package', 'lib', 'index.js');
  writeFileSync(index, changeIndex(readFileSync(index, 'utf-8')));
  return { name: 'cdk-imds-guard', version: assembly().version, tarball: tar(join(folder, 'package'), 'cdk-imds-guard.tgz') };
}

function packStandIn(name: string): object {
  const installed = join(MODULES, name);
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf-8'));
  const folder = join(APP, 'stand-ins', name, 'package');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }));
  writeFileSync(join(folder, 'index.js'), `module.exports = require(${JSON.stringify(installed)});`);
  for (const file of ['.jsii', '.jsii.gz'].filter(candidate => existsSync(join(installed, candidate)))) {
    writeFileSync(join(folder, file), readFileSync(join(installed, file)));
  }
  return { name, version, tarball: tar(folder, `${name}.tgz`) };
}

/**
 * A call that makes the kernel look the type up: an enum's member is handed to something that takes anything, and a class is made,
 * which gets no further than its arguments, if it has any: they are an object that is not there.
 */
function lookup(fqn: string): object {
  const { kind, members, initializer } = assembly().types[fqn];
  return kind === 'enum'
    ? { api: 'sinvoke', fqn: 'aws-cdk-lib.Token', method: 'isUnresolved', args: [{ '$jsii.enum': `${fqn}/${members[0].name}` }] }
    : { api: 'create', fqn, args: (initializer?.parameters ?? []).map(() => ({ '$jsii.byref': 'nobody@1' })) };
}

function isFound(response: Response): boolean {
  return response.error === undefined || response.error.includes('Object nobody@1 not found');
}

function tar(folder: string, name: string): string {
  const file = join(APP, name);
  execFileSync('tar', ['-czf', file, '-C', resolve(folder, '..'), 'package']);
  return file;
}

interface Response {
  readonly ok?: unknown;
  readonly error?: string;
}

/** The answers of a jsii runtime, the process behind every language, to these requests. */
function kernel(requests: object[]): Response[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [require.resolve('@jsii/runtime/webpack/bin/jsii-runtime.js')], {
    input: [...requests, { exit: 0 }].map(request => JSON.stringify(request) + '\n').join(''),
    encoding: 'utf-8',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', NODE_OPTIONS: '' },
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`the jsii runtime ended with ${status}\n${stderr}`);
  const [hello, ...responses] = stdout.trim().split('\n').map(line => JSON.parse(line));
  expect(hello.hello).toMatch('@jsii/runtime');
  return responses;
}
