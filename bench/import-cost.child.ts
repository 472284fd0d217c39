import { createRequire } from 'node:module';
import { App } from 'aws-cdk-lib';

const load = createRequire(`${process.cwd()}/package.json`);

new App();
const before = new Set(Object.keys(load.cache));
const start = performance.now();
const { RequireImdsv2 } = load('./lib') as typeof import('../src');
new RequireImdsv2();
const milliseconds = performance.now() - start;

const added = Object.keys(load.cache).filter(file => !before.has(file));
const services = added.filter(file => /\/aws-cdk-lib\/(aws|alexa)-|\/cdk-nag\//.test(file));
console.log(JSON.stringify({ milliseconds, modules: added.length, services: services.length }));
