/** How long the engine takes for a template in a fresh process, compilation of the code included, and how long parsing it 20 times takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const text = readFileSync(process.argv[1], 'utf-8');
const since = (from: bigint): number => Number(process.hrtime.bigint() - from) / 1e6;
const beforeParsing = process.hrtime.bigint();
for (let i = 0; i < 20; i++) { JSON.parse(text); }
const parsing = since(beforeParsing);
const template: unknown = JSON.parse(text);
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { judge } = require(join(process.cwd(), 'lib/engine/judge/judge.js'));
const start = process.hrtime.bigint();
const { resources } = judge(template);
console.log(JSON.stringify({ milliseconds: since(start), parsing, resources: resources.length }));
