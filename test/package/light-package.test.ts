import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeLightPackage } from '../../projenrc/light-package-files';
import { compileWhereStale } from '../support/compiled';

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'imds-light-'));
const light = join(folder, 'imds-guard');

beforeAll(() => {
  compileWhereStale();
  writeLightPackage(ROOT, light);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (path: string): string[] => (
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(name => lstatSync(join(path, name)).isFile())
);
const text = (name: string): string => readFileSync(join(light, name), 'utf8');

interface Manifest {
  readonly [field: string]: unknown;
}
const manifest = (path: string): Manifest => JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;

function imdsGuard(bin: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const bin = join(light, 'bin/imds-guard');

test('holds the command, the preload, the schema and the texts, and nothing else', () => {
  expect(filesIn(light).sort()).toEqual([
    'LICENSE', 'README.md', 'bin/imds-guard', 'imds-guard.schema.json',
    'lib/cli/bundle.js', 'lib/cli/compile-cache.js', 'lib/preload/cdk-plugin.js', 'lib/preload/guard.js', 'lib/preload/preload.js',
    'package.json', 'third-party-licenses.txt',
  ]);
});

test('is the library\'s version, depends on nothing and asks for no peer', () => {
  const { version, license, repository } = manifest(ROOT);
  expect(manifest(light)).toMatchObject({ name: 'imds-guard', version, license, repository, bin: { 'imds-guard': 'bin/imds-guard' } });
  expect(Object.keys(manifest(light)).filter(field => /dependenc|scripts|overrides/i.test(field))).toEqual([]);
});

test('takes at most 1.9 MB', () => {
  expect(filesIn(light).reduce((sum, name) => sum + lstatSync(join(light, name)).size, 0)).toBeLessThanOrEqual(1.9 * 1000 * 1000);
});

test('loads nothing but what Node has and what is in it', () => {
  const asked = filesIn(join(light, 'lib')).flatMap(name => (
    [...text(`lib/${name}`).matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, module]) => module.replace(/^node:/, ''))
  ));
  expect([...new Set(asked)].filter(module => !builtinModules.includes(module))).toEqual(['../../package.json']);
});

test('brings the licence of each package of whose code it has some', () => {
  const licences = text('third-party-licenses.txt');
  const names = [...licences.matchAll(/^# (\S+) \d+\.\d+\.\d+/gm)].map(([, name]) => name);
  expect(names).toEqual(expect.arrayContaining(['aws-cdk-lib', ...manifest(ROOT).bundledDependencies as string[]]));
  names.forEach(name => {
    const file = readdirSync(join(ROOT, 'node_modules', name)).find(each => /^licen[cs]e/i.test(each))!;
    expect(licences).toContain(readFileSync(join(ROOT, 'node_modules', name, file), 'utf8').trim());
  });
  expect(licences).toContain(readFileSync(join(ROOT, 'node_modules/aws-cdk-lib-newest/NOTICE'), 'utf8').trim());
});

test.each([
  ['0', { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'required' } } }, 0],
  ['1', { Type: 'AWS::EC2::Instance' }, 1],
])('checks templates without CDK: exit code %s', (name, resource, exitCode) => {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ Resources: { Web: resource } }));
  expect(imdsGuard(bin, 'check', file)).toMatchObject({ status: exitCode, stderr: '' });
});

test('ends with 2 where there is nothing to check', () => {
  expect(imdsGuard(bin, 'check', 'not-there.json')).toMatchObject({ status: 2, stderr: '' });
});

test('each package names itself and its version', () => {
  writeFileSync(join(light, 'package.json'), JSON.stringify({ ...manifest(light), version: '1.2.3' }));
  expect(imdsGuard(bin, '--version').stdout).toBe('imds-guard 1.2.3\n');
  expect(imdsGuard(join(ROOT, 'bin/imds-guard'), '--version').stdout).toBe(`cdk-imds-guard ${manifest(ROOT).version}\n`);
});

test('what is missing for it is said', () => {
  const empty = join(folder, 'empty');
  expect(() => writeLightPackage(folder, empty)).toThrow(/run `npx projen compile` first/);
  expect(existsSync(empty)).toBe(false);
});
