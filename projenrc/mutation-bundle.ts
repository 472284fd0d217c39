/**
 * Bundles what `npx projen mutation` runs for each mutant: the tests of these rooms as one program.
 *
 * Left out is what takes seconds for each mutant: whatever is made at random, tables of hundreds of rows, whole assemblies.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const HOME = 'test/engine';
const ROOMS = ['judge', 'harden', 'evaluator'];
const SLOW = ['corpus', 'fixtures', 'judge-assemblies', 'judge-hostile', 'judge-reads', 'judge-soundness', 'laws', 'nested-template-types', 'weak-spellings'];

const files = ROOMS.flatMap(room => readdirSync(join(HOME, room)).filter(file => file.endsWith('.test.ts')).map(file => `${room}/${file.slice(0, -'.test.ts'.length)}`))
  .filter(file => !SLOW.includes(file.split('/')[1]));
const contents = files.map(file => `describe('${file}', () => { require('./${file}.test.ts'); });`).join('\n');

buildSync({
  stdin: { contents, resolveDir: HOME, loader: 'ts' },
  outfile: join(HOME, 'mutation/tests.js'), // as deep as the tests, which read fixtures
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
