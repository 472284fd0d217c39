import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { compileWhereStale } from './compiled';
import { GuardRecord, RECORD_FILE } from '../../src/engine/record/guard-record';

/** What `npx projen compile` bundles. */
export const PRELOAD = resolve('lib/preload/preload.js');

compileWhereStale();

const FIXTURES = resolve('test/fixtures/preload');

/** The preload as it is, or with one of its two ways in taken away. */
export const WAYS_IN = {
  'the hook and the mark': [PRELOAD],
  'the hook of CDK alone': [join(FIXTURES, 'keep-define-property.cjs'), PRELOAD, join(FIXTURES, 'restore-define-property.cjs')],
  'the mark of an App alone': [join(FIXTURES, 'no-init-hook.cjs'), PRELOAD],
} as const;

/** As Node reads it: a path in quotes may have spaces, and a backslash in it stands twice. */
export const nodeOptions = (files: readonly string[]): string => files.map(file => `--require=${JSON.stringify(file)}`).join(' ');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly requires?: readonly string[];
  readonly outdir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command in a folder, guarded unless `requires` is empty. */
export function run(folder: string, command: readonly string[], { requires = [PRELOAD], outdir, env }: RunOptions = {}): Ran {
  const { NODE_OPTIONS: _, JEST_WORKER_ID: __, IMDS_GUARD: ___, ...inherited } = process.env;
  const { status, stdout, stderr, error } = spawnSync(command[0], command.slice(1), {
    cwd: folder,
    encoding: 'utf-8',
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...inherited,
      CDK_VALIDATION: 'false', // CDK's own rules about templates, which take seconds and have nothing to do with plugins
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
      ...requires.length > 0 ? { NODE_OPTIONS: nodeOptions(requires) } : {},
      ...outdir ? { CDK_OUTDIR: outdir } : {},
      ...env,
    },
  });
  if (error) { throw error; }
  return { code: status, stdout, stderr };
}

export const node = (folder: string, args: readonly string[], options?: RunOptions): Ran => run(folder, [process.execPath, ...args], options);

interface Resource {
  readonly Type: string;
  readonly Properties?: any;
}

export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

const filesIn = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap(entry => (
  entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]
));

/** The templates below a folder, by their paths in it. */
export function templatesIn(folder: string): Record<string, Template> {
  const files = filesIn(folder).filter(file => file.endsWith('.template.json')).sort();
  return Object.fromEntries(files.map(file => [relative(folder, file), JSON.parse(readFileSync(file, 'utf-8'))]));
}

/** HttpTokens of whatever launches or describes a launch with options of its own. */
export function tokensIn(folder: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(templatesIn(folder)).flatMap(([file, { Resources = {} }]) => (
    Object.entries(Resources).filter(([, { Type }]) => /^AWS::EC2::(Instance|LaunchTemplate)$|::LaunchConfiguration$/.test(Type))
      .map(([id, { Properties = {} }]) => [`${file} ${id}`, (Properties.LaunchTemplateData ?? Properties).MetadataOptions?.HttpTokens])
  )));
}

/** The records below a folder, by the path of their folder in it. */
export function recordsIn(folder: string): Record<string, GuardRecord> {
  const files = filesIn(folder).filter(file => file.endsWith(RECORD_FILE)).sort();
  return Object.fromEntries(files.map(file => [relative(folder, join(file, '..')), JSON.parse(readFileSync(file, 'utf-8'))]));
}

/** What the guard may change in a template and what follows from it: metadata options, and hashes of contents that have them. */
export function withoutGuard(template: Template): unknown {
  const text = JSON.stringify(template, (key, value) => key === 'MetadataOptions' ? undefined : value);
  return JSON.parse(text.replace(/\b[0-9a-f]{64}(:\d{12}-[a-z]+-[a-z]+-\d-[0-9a-f]{8})?\b/g, 'HASH'));
}

/** The annotations of every construct below a folder: path, kind and text. */
export function annotationsIn(folder: string): string[] {
  const metadata = filesIn(folder).filter(file => file.endsWith('manifest.json') || file.endsWith('.metadata.json'))
    .flatMap(file => entriesIn(JSON.parse(readFileSync(file, 'utf-8'))));
  return metadata.sort();
}

function entriesIn(content: any): string[] {
  const artifacts: any[] = content.artifacts ? Object.values(content.artifacts).map((each: any) => each.metadata ?? {}) : [content];
  return artifacts.flatMap(each => Object.entries(each)).flatMap(([path, entries]) => (
    Array.isArray(entries) ? entries.filter(({ type }) => /^aws:cdk:(info|warning|error)$/.test(type)).map(({ type, data }) => `${path} ${type} ${data}`) : []
  ));
}

/** Whether an app was guarded: each launch in it requires tokens, and the record says who it was. */
export function expectGuarded(folder: string, ran: Ran, launches = 1): void {
  expect(ran).toMatchObject({ code: 0 });
  expect(Object.values(tokensIn(folder))).toEqual(Array(launches).fill('required'));
  expect(Object.values(recordsIn(folder)).flatMap(({ calls }) => calls.map(({ by }) => by))).toContain('preload');
}
