import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { writeLightPackage } from '../../projenrc/light-package-files';
import type { GuardRecord } from '../../src/engine/record/guard-record';
import { compileWhereStale } from '../support/compiled';

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'imds two versions '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const light = join(folder, 'light');
const library = join(folder, 'node_modules/cdk-imds-guard');

beforeAll(() => {
  compileWhereStale();
  writeLightPackage(ROOT, light);
  mkdirSync(library, { recursive: true });
  for (const name of ['lib', 'package.json']) { cpSync(join(ROOT, name), join(library, name), { recursive: true }); }
  for (const name of ['aws-cdk-lib', 'constructs']) { symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name)); }
  write('app.js', `
    const { App, Stack, aws_ec2 } = require('aws-cdk-lib');
    const { ImdsGuard } = require('cdk-imds-guard');
    const app = new App({ outdir: process.argv[2] });
    if (process.argv[3] !== 'no call') ImdsGuard.enforce(app);
    const stack = new Stack(app, 'Stack');
    new aws_ec2.CfnInstance(stack, 'Plain', { imageId: 'ami-0123456789abcdef0' });
    new aws_ec2.CfnInstance(stack, 'Weak', { imageId: 'ami-0123456789abcdef0', metadataOptions: { httpTokens: 'optional' } });
    new aws_ec2.CfnInstance(stack, 'Elsewhere', { launchTemplate: { launchTemplateName: 'of-somebody', version: '1' } });
    const userData = Buffer.from('curl http://169.254.169.254/latest/meta-data/').toString('base64');
    new aws_ec2.CfnInstance(stack, 'Asks', { imageId: 'ami-0123456789abcdef0', userData });
    app.synth();
  `);
});

function write(name: string, content: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

function setVersion(path: string, version: string): void {
  writeFileSync(join(path, 'package.json'), JSON.stringify({ ...JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as object, version }));
}

interface Ran {
  readonly stderr: string;
  readonly record: GuardRecord;
  readonly template: { readonly Resources: Readonly<Record<string, unknown>> };
  readonly annotations: readonly string[];
}

function synthesize(versions: { readonly light?: string; readonly library: string }, ...args: string[]): Ran {
  setVersion(light, versions.light ?? '0.0.0');
  setVersion(library, versions.library);
  const outdir = join(folder, 'cdk.out');
  rmSync(outdir, { recursive: true, force: true });
  const { status, stderr } = spawnSync(process.execPath, ['app.js', 'cdk.out', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: versions.light ? `--require="${join(light, 'lib/preload/preload.js')}"` : '' },
  });
  if (status !== 0) { throw new Error(stderr); }
  const read = (name: string): unknown => JSON.parse(readFileSync(join(outdir, name), 'utf8'));
  const metadata = Object.values(read('Stack.metadata.json') as Record<string, readonly { readonly type: string; readonly data: string }[]>);
  return {
    stderr,
    record: read('imds-guard.json') as GuardRecord,
    template: read('Stack.template.json') as Ran['template'],
    annotations: metadata.flat().filter(({ type }) => /^aws:cdk:(info|warning|error)$/.test(type)).map(({ data }) => data),
  };
}

describe.each([
  ['the light package', { light: '2.10.0', library: '2.9.0' }],
  ['the library', { light: '2.9.0', library: '2.10.0' }],
])('%s is newer', (_, versions) => {
  let alone: Ran;
  let both: Ran;
  beforeAll(() => {
    alone = synthesize({ library: versions.library });
    both = synthesize(versions);
  });

  test('it does the work, and the record names both', () => {
    expect(both.record.version).toBe('2.10.0');
    expect([...both.record.versions].sort()).toEqual(['2.10.0', '2.9.0']);
    expect(both.record.calls.map(({ by, scope, mode }) => [by, scope, mode])).toEqual([['preload', '', 'enforce'], ['call', '', 'enforce']]); // of the preload and of the app
    expect(both.record.counts).toEqual(alone.record.counts);
  });

  test('the template is as with the library alone', () => {
    expect(both.template.Resources).toMatchObject({
      Plain: { Properties: { MetadataOptions: { HttpTokens: 'required' } } },
      Weak: { Properties: { MetadataOptions: { HttpTokens: 'required' } } },
    });
    expect(both.template).toEqual(alone.template);
  });

  test('each finding is told once', () => {
    expect(alone.annotations.length).toBeGreaterThan(0);
    expect(both.annotations).toEqual(alone.annotations);
    expect(alone.stderr).toContain('imdsv1-call (1 occurrences)');
    expect(both.stderr).toBe(alone.stderr);
  });

  test('an app that has the library and does not call it is guarded by the preload', () => {
    const { record, template } = synthesize(versions, 'no call');
    expect(record.calls.map(({ scope, mode }) => [scope, mode])).toEqual([['', 'enforce']]);
    expect(template).toEqual(alone.template);
  });
});
