import { createRequire } from 'node:module';

const load = createRequire(`${process.cwd()}/package.json`);

const core = timed(() => new (load('aws-cdk-lib/core') as typeof import('aws-cdk-lib')).App());
const before = new Set(Object.keys(load.cache));
const library = timed(() => new (load('./lib') as typeof import('../src')).RequireImdsv2());

const added = Object.keys(load.cache).filter(file => !before.has(file));
const services = added.filter(file => /\/aws-cdk-lib\/(aws|alexa)-|\/cdk-nag\//.test(file));
console.log(JSON.stringify({ part: library / core, milliseconds: library, modules: added.length, services: services.length }));

/** In milliseconds of the processor, since others may have it meanwhile. */
function timed(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
