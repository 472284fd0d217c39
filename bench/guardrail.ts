/**
 * What `imds-guard check` costs, beside the floor (read, parse, walk) and beside the native cfn-guard with two equivalent rules. One run, interleaved.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { child, goal, median, Seen } from './child';
import { generatedTemplate, linkedPairs, smallTemplate, writeTemplates } from './generated-templates';

const CLI = join(__dirname, '../bin/imds-guard');
const MEGABYTE = 1024 * 1024;
const work = mkdtempSync(join(tmpdir(), 'imds-guard-bench-'));

/**
 * What was seen on a machine with two cores that did nothing else: ratios of one run, so that they hold on any machine.
 *
 * A goal once was to be 50 times as fast as cfn-guard on 50 templates of 200 resources. It is dropped: `node -e 0` alone is a twentieth of what
 * cfn-guard takes for them, so no program that starts Node could reach it.
 */
const SEEN = seenOn('2026-11-29', {
  'one template': 1.48,
  'pairs': 2.4,
  'plugin l1': 0.18,
  'plugin l2': 0.1,
  'cfn-guard, small templates': 0.78,
  '50 json': 1.8,
  '50 json, cfn-guard': 0.144,
  '50 yaml': 1.25,
  '50 yaml, cfn-guard': 0.246,
  '500 json': 1.85,
  '500 json, cfn-guard': 0.045,
  '500 yaml': 0.9,
  '500 yaml, cfn-guard': 0.081,
  '2000 json': 1.4,
  '2000 yaml': 0.8,
});

function seenOn<Name extends string>(on: string, values: Readonly<Record<Name, number>>): Readonly<Record<string, Seen | undefined>> {
  return Object.fromEntries(Object.entries<number>(values).map(([name, seen]) => [name, { seen, on }]));
}

/** What was never seen, such as another number of templates, is only told. */
function ratio(name: string, value: number, seen: string): void {
  goal(name, value, SEEN[seen] ?? Infinity);
}

interface Run { readonly milliseconds: number; readonly peak: number }

function timed(command: string, args: readonly string[]): Run {
  const start = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf-8', maxBuffer: 1024 * MEGABYTE });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (error || status !== 0) throw error ?? new Error(`${command} ended with ${status}\n${stderr}`);
  return { milliseconds, peak: Number(/peak=(\d+)/.exec(stderr)?.[1] ?? 0) };
}

const node = (...args: string[]): Run => timed(process.execPath, args);
const check = (path: string): Run => node('--require', join(__dirname, 'report-peak.cjs'), CLI, 'check', path, '--quiet');
const times = <T>(count: number, run: () => T): T[] => Array.from({ length: count }, run);

const floor = (folder: string): Run => node('--require', join(__dirname, 'report-peak.cjs'), join(__dirname, 'guardrail-floor.cjs'), folder);

/** The binary that the CDK plugin ships, where it has one for this machine. */
function cfnGuard(folder: string): Run | undefined {
  const root = dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
  const binary = join(root, 'bin', process.platform === 'darwin' ? 'macos' : 'ubuntu', process.arch === 'arm64' ? 'aarch64' : 'x86_64', 'cfn-guard');
  if (process.platform === 'win32' || !existsSync(binary)) { return undefined; }
  return timed(binary, ['validate', '--rules', join(__dirname, 'imdsv2.guard'), '--data', folder, '--output-format', 'json', '--show-summary', 'none', '--structured']);
}

function compare(count: number, format: 'json' | 'yaml'): void {
  const folder = join(work, `${format}-${count}`);
  writeTemplates(folder, count, format);
  check(folder); // files into the cache of the system
  const runs = times(count > 500 ? 3 : 5, () => ({ ours: check(folder), floor: floor(folder) }));
  const ours = median(runs.map(run => run.ours.milliseconds));
  const least = median(runs.map(run => run.floor.milliseconds));
  console.log(`\n${count} ${format} templates of 200 resources: ${Math.round(ours)} ms, floor ${Math.round(least)} ms`);
  ratio('times the floor', ours / least, `${count} ${format}`);
  goal('peak memory in MB', Math.max(...runs.map(run => run.ours.peak)) / MEGABYTE, 120);
  const guard = count > 500 ? undefined : cfnGuard(folder); // it takes 7 GB for 2,000
  if (guard) { ratio(`our part of cfn-guard's time (${Math.round(guard.milliseconds)} ms)`, ours / guard.milliseconds, `${count} ${format}, cfn-guard`); }
  rmSync(folder, { recursive: true });
}

function oneTemplate(): void {
  const file = join(work, 'one.json');
  writeFileSync(file, JSON.stringify(generatedTemplate(0)));
  const runs = times(21, () => ({ ours: node(CLI, 'check', file, '--quiet').milliseconds, nothing: node('-e', '0').milliseconds }));
  const [ours, nothing] = [median(runs.map(run => run.ours)), median(runs.map(run => run.nothing))];
  console.log(`\none template: ${Math.round(ours)} ms, \`node -e 0\` ${Math.round(nothing)} ms`);
  ratio('times `node -e 0`', ours / nothing, 'one template');
}

/** The fastest peer, on many templates that are small: what both do before they judge counts most here. */
function smallTemplates(): void {
  const folder = join(work, 'small');
  writeTemplates(folder, 200, 'json', smallTemplate);
  if (!cfnGuard(folder)) { return; }
  const runs = times(11, () => ({ ours: check(folder).milliseconds, guard: cfnGuard(folder)!.milliseconds }));
  const [ours, guard] = [median(runs.map(run => run.ours)), median(runs.map(run => run.guard))];
  console.log(`\n200 json templates of 8 resources: ${Math.round(ours)} ms, cfn-guard with two rules ${Math.round(guard)} ms`);
  ratio('our part of cfn-guard\'s time', ours / guard, 'cfn-guard, small templates');
}

interface Judged { readonly milliseconds: number; readonly parsing: number }

function pairs(): void {
  const judged = [1000, 2000, 4000].map(count => {
    const file = join(work, `pairs-${count}.json`);
    writeFileSync(file, JSON.stringify(linkedPairs(count)));
    const runs = times(5, () => child<Judged>('judge-pairs.child.ts', file));
    return { milliseconds: median(runs.map(run => run.milliseconds)), ratio: median(runs.map(run => run.milliseconds / run.parsing)) };
  });
  const all = judged.map(({ milliseconds }) => Math.round(milliseconds)).join(', ');
  console.log(`\nlinked instances and templates in one stack: ${all} ms for 1,000, 2,000 and 4,000 pairs`);
  ratio('times of parsing them 20 times, for 2,000 pairs', judged[1].ratio, 'pairs');
  goal('growth exponent from 1,000 to 4,000', Math.log2(judged[2].milliseconds / judged[0].milliseconds) / 2, 1.15);
}

/** A megabyte has more than 16,000 lines, and each of them calls IMDS. */
function longScripts(): void {
  const line = 'curl http://169.254.169.254/latest/meta-data/instance-id\n';
  const read = [1, 2, 4].map(megabytes => {
    const file = join(work, `script-${megabytes}.json`);
    const script = `#!/bin/bash\n${line.repeat(Math.ceil(megabytes * MEGABYTE / line.length))}`;
    writeFileSync(file, JSON.stringify({ Resources: { I: { Type: 'AWS::EC2::Instance', Properties: { UserData: { 'Fn::Base64': script } } } } }));
    return median(times(3, () => child<Judged>('judge-pairs.child.ts', file).milliseconds));
  });
  console.log(`\nuser data that calls IMDS in every line: ${read.map(Math.round).join(', ')} ms for 1, 2 and 4 MB`);
  goal('growth exponent from 1 MB to 4 MB', Math.log2(read[2] / read[0]) / 2, 1.15);
}

function pluginShare(): void {
  for (const [kind, name] of [['l2', 'with roles, user data and VPCs'], ['l1', 'and nothing else']]) {
    const runs = times(9, () => child<{ milliseconds: number; synthesis: number }>('plugin-share.child.ts', kind));
    const [plugin, synthesis] = [median(runs.map(run => run.milliseconds)), median(runs.map(run => run.synthesis))];
    console.log(`\nthe validation plugin, 1,000 instances ${name}: ${Math.round(plugin)} ms of ${Math.round(synthesis)} ms`);
    ratio('part of synthesis', median(runs.map(run => run.milliseconds / run.synthesis)), `plugin ${kind}`);
  }
}

try {
  oneTemplate();
  smallTemplates();
  pairs();
  longScripts();
  pluginShare();
  const counts = process.argv.slice(2).map(Number);
  for (const count of counts.length > 0 ? counts : [50, 500, 2000]) {
    compare(count, 'json');
    compare(count, 'yaml');
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
