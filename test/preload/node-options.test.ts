import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { withPreload } from '../../src/preload/node-options';
import { folderWith } from '../support/files';

test.each([
  [undefined, '/opt/guard/preload.js', '--require=/opt/guard/preload.js'],
  ['', '/opt/guard/preload.js', '--require=/opt/guard/preload.js'],
  ['--max-old-space-size=4096', '/opt/guard/preload.js', '--require=/opt/guard/preload.js --max-old-space-size=4096'],
  ['--require=/opt/guard/preload.js', '/opt/guard/preload.js', '--require=/opt/guard/preload.js'],
  ['--require=/opt/guard/preload.js.other', '/opt/guard/preload.js', '--require=/opt/guard/preload.js --require=/opt/guard/preload.js.other'],
  ['--require=/old/preload.js --require=/opt/guard/preload.js', '/opt/guard/preload.js',
    '--require=/opt/guard/preload.js --require=/old/preload.js --require=/opt/guard/preload.js'],
  [undefined, '/my files/preload.js', '--require="/my files/preload.js"'],
  ['--require="/my files/preload.js" --no-warnings', '/my files/preload.js', '--require="/my files/preload.js" --no-warnings'],
  [undefined, 'C:\\guard\\preload.js', '--require=C:\\guard\\preload.js'],
  [undefined, 'C:\\Program Files\\preload.js', '--require="C:\\\\Program Files\\\\preload.js"'],
  [undefined, '/a"b/preload.js', '--require="/a\\"b/preload.js"'],
])('to %p is added %s: %s', (options, preload, expected) => expect(withPreload(options, preload)).toBe(expected));

test.each(['plain', 'with space', 'quo"te', 'back\\slash', 'back\\slash and space', 'tab\there'])('Node loads it from a folder that is called %p, and what was there too', name => {
  if (process.platform === 'win32' && /["\\\t]/.test(name)) { return; }
  const folder = folderWith({ [`${name}/preload.js`]: 'console.log("loaded")', 'other.js': 'console.log("other")' });
  const NODE_OPTIONS = withPreload(`--require=${join(folder, 'other.js')}`, join(folder, name, 'preload.js'));
  const { stdout } = spawnSync(process.execPath, ['-e', ''], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS } });
  expect(stdout).toBe('loaded\nother\n');
});
