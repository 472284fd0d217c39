/**
 * What the guard adds to a small app, and what cdk-nag's NIST pack adds, in milliseconds of the processor, since others may have it meanwhile.
 * All in one process, where CDK itself is loaded and compiled: first from the import to the end of the first guarded `synth`, which loads and
 * compiles what it uses, then `synth` alone, over and over in turns. Arguments: which aws-cdk-lib, and how many rounds.
 * Nothing asks for the garbage to be collected: V8 would drop what it compiled.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';

const [, cdk, rounds] = process.argv;
const WARM_UP = Math.ceil(Number(rounds) / 6);
useAsCdk(cdk);
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { App: MakeApp, Stack, Validations, aws_autoscaling, aws_ec2, aws_ecs } = require('aws-cdk-lib') as typeof import('aws-cdk-lib');
const load = createRequire(`${process.cwd()}/package.json`);
const library = (): typeof import('../src') => load('./lib');
const folder = mkdtempSync(join(tmpdir(), 'imds-bench-'));
process.stderr.write = () => true;

const VARIANTS = {
  none: (_app: App) => {},
  guard: (app: App) => library().ImdsGuard.enforce(app),
  nag: (app: App) => Validations.of(app).addPlugins(new (load('cdk-nag') as typeof import('cdk-nag')).NIST80053R5Checks(app)),
};
type Variant = keyof typeof VARIANTS;

for (let i = 0; i < WARM_UP; i++) measure('none');
const before = new Set(Object.keys(load.cache));
const first = { none: measure('none').whole, guard: measure('guard').whole };
const modules = Object.keys(load.cache).filter(file => !before.has(file) && !file.includes('node_modules')).length;

const times: Record<Variant, number[]> = { none: [], guard: [], nag: [] };
for (let round = 0; round < WARM_UP + Number(rounds); round++) {
  const names = Object.keys(VARIANTS) as Variant[];
  for (const name of round % 2 === 0 ? names : names.reverse()) {
    const { synth } = measure(name);
    if (round >= WARM_UP) times[name].push(synth);
  }
}

process.exitCode = 0; // the pack finds something in this app
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ first, modules, times }));

/** From an empty App to its cloud assembly, and the last part of the way. Each variant writes over what it wrote before. */
function measure(name: Variant): { readonly whole: number; readonly synth: number } {
  const start = now();
  const app = new MakeApp({ outdir: join(folder, name) });
  VARIANTS[name](app);
  writeStacks(app);
  const written = now();
  try {
    app.synth();
  } catch (error) {
    if (name !== 'nag') throw error; // newer CDK throws where a pack finds something, after all is written
  }
  const end = now();
  return { whole: end - start, synth: end - written };
}

function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function writeStacks(app: App): void {
  const network = new Stack(app, 'Network');
  const vpc = new aws_ec2.Vpc(network, 'Vpc', { maxAzs: 2 });
  const instanceType = new aws_ec2.InstanceType('t3.micro');
  const machineImage = aws_ec2.MachineImage.latestAmazonLinux2023();
  new aws_ec2.Instance(network, 'Instance', { vpc, instanceType, machineImage });

  const service = new Stack(app, 'Service');
  const launchTemplate = new aws_ec2.LaunchTemplate(service, 'LaunchTemplate', { instanceType, machineImage });
  new aws_autoscaling.AutoScalingGroup(service, 'Group', { vpc, launchTemplate });
  new aws_ecs.Cluster(service, 'Cluster', { vpc }).addCapacity('Capacity', { instanceType });
}

/** Whoever loads `aws-cdk-lib` gets this one. */
function useAsCdk(name: string): void {
  const resolver = Module as unknown as { _resolveFilename(request: string, ...others: unknown[]): string };
  const original = resolver._resolveFilename;
  resolver._resolveFilename = function (request, ...others) {
    return original.call(this, request.replace(/^aws-cdk-lib(?=$|\/)/, name), ...others);
  };
}
