import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { thirdPartyLicenses } from '../../projenrc/third-party-licenses';

const folder = mkdtempSync(join(tmpdir(), 'imds-licenses-'));
afterAll(() => rmSync(folder, { recursive: true }));

function install(name: string, files: Record<string, string>): void {
  mkdirSync(join(folder, 'node_modules', name), { recursive: true });
  const manifest = JSON.stringify({ name: name.replace(/.*node_modules\//, ''), version: '1.0.0', license: 'MIT' });
  Object.entries({ ...files, 'package.json': manifest }).forEach(([file, text]) => writeFileSync(join(folder, 'node_modules', name, file), text));
}

/** What esbuild tells of a bundle with so many bytes of each file. */
function bundleOf(files: Record<string, number>): Metafile {
  const inputs = Object.fromEntries(Object.entries(files).map(([file, bytesInOutput]) => [join(folder, file), { bytesInOutput }]));
  return { inputs: {}, outputs: { 'bundle.js': { inputs, bytes: 0, imports: [], exports: [] } } };
}

test('each package of whose code there is some is named once, with its licence and its notice', () => {
  install('one', { 'LICENSE': 'licence of one', 'NOTICE': 'notice of one', 'readme.md': 'read me' });
  install('@scope/two', { 'license.txt': 'licence of two' });
  install('one/node_modules/three', { 'LICENCE.md': 'licence of three' });

  const text = thirdPartyLicenses([
    bundleOf({ 'lib/own.js': 9, 'node_modules/one/a.js': 1, 'node_modules/one/b.js': 1 }),
    bundleOf({ 'node_modules/@scope/two/lib/c.js': 1, 'node_modules/one/node_modules/three/d.js': 1, 'node_modules/one/e.js': 1 }),
  ]);

  expect(text.match(/^# .*$/gm)).toEqual(['# @scope/two 1.0.0 (MIT)', '# one 1.0.0 (MIT)', '# three 1.0.0 (MIT)']);
  ['licence of one', 'notice of one', 'licence of two', 'licence of three'].forEach(each => expect(text.split(each)).toHaveLength(2));
  expect(text).not.toContain('read me');
});

test('a package of which nothing is left is not named', () => {
  install('left-out', {});
  expect(thirdPartyLicenses([bundleOf({ 'node_modules/left-out/index.js': 0 })])).not.toContain('left-out');
});

test('a package without the text of its licence cannot be bundled', () => {
  install('bare', { NOTICE: 'a notice is none' });
  expect(() => thirdPartyLicenses([bundleOf({ 'node_modules/bare/index.js': 1 })])).toThrow(/bare has no text of its licence \(MIT\)/);
});
