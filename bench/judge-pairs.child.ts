/** How long the engine takes for linked pairs in one stack, in a fresh process: compilation of the code included. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const template: unknown = JSON.parse(readFileSync(process.argv[1], 'utf-8'));
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { judge } = require(join(process.cwd(), 'lib/engine/judge/judge.js'));
const start = process.hrtime.bigint();
const { resources } = judge(template);
console.log(JSON.stringify({ milliseconds: Number(process.hrtime.bigint() - start) / 1e6, resources: resources.length }));
