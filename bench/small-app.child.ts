/**
 * What the library adds to a small app, from its import to the end of `synth`: the app is synthesized without it and then with it, in one
 * process, so that CDK itself is loaded and compiled for both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, aws_autoscaling, aws_ec2, aws_ecs } from 'aws-cdk-lib';

const load = createRequire(`${process.cwd()}/package.json`);
const folder = mkdtempSync(join(tmpdir(), 'imds-bench-'));
process.stderr.write = () => true;

for (let i = 0; i < 3; i++) timed(`warm-up-${i}`, () => {}); // CDK is loaded and compiled once
const unguarded = timed('unguarded', () => {});

const before = new Set(Object.keys(load.cache));
let required = 0;
const guarded = timed('guarded', app => {
  const start = performance.now();
  const { ImdsGuard } = load('./lib') as typeof import('../src');
  required = performance.now() - start;
  ImdsGuard.enforce(app);
});
const added = Object.keys(load.cache).filter(file => !before.has(file));

rmSync(folder, { recursive: true });
console.log(JSON.stringify({ required, unguarded, guarded, modules: added.filter(file => !file.includes('node_modules')).length }));

/** Milliseconds from an empty App to its cloud assembly. */
function timed(name: string, guard: (app: App) => void): number {
  global.gc!();
  const start = performance.now();
  const app = new App({ outdir: join(folder, name) });
  guard(app);
  writeStacks(app);
  app.synth();
  return performance.now() - start;
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
