import { spawnSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

const ROOT = join(__dirname, '../..');
const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

/** What the lint step says of a source tree of these files. */
function lint(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-'));
  folders.push(folder);
  cpSync(join(ROOT, '.dependency-cruiser.json'), join(folder, '.dependency-cruiser.json'));
  writeFileSync(join(folder, 'tsconfig.dev.json'), '{}');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const depcruise = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  return spawnSync(process.execPath, [depcruise, 'src'], { cwd: folder, encoding: 'utf8' }).stdout;
}

const JUDGE = { 'src/engine/judge/judge.ts': "import { a } from '../json/json'; export const b = a;", 'src/engine/json/json.ts': 'export const a = 1;' };

test('a file may import from a room before its own', () => {
  expect(lint(JUDGE)).toContain('no dependency violations found');
});

test.each([
  ['an import from a later room', { ...JUDGE, 'src/engine/json/json.ts': "import { c } from '../../cli/main'; export const a = c;", 'src/cli/main.ts': 'export const c = 1;' }, 'engine-json-looks-down'],
  ['a type from a later room', { 'src/tree/tree.ts': "import type { C } from '../guard/guard'; export type A = C;", 'src/guard/guard.ts': 'export type C = 1;' }, 'tree-looks-down'],
  ['a circle inside a room', { 'src/tree/a.ts': "import type { B } from './b'; export type A = B;", 'src/tree/b.ts': "import type { A } from './a'; export type B = A | 1;" }, 'no-circle'],
  ['a file in no room', { ...JUDGE, 'src/stray.ts': "import { a } from './engine/json/json'; export const b = a;" }, 'every-file-in-a-room'],
])('%s is an error', (_, files, rule) => {
  expect(lint(files)).toContain(`error ${rule}`);
});
