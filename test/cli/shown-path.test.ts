import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shownPath } from '../../src/cli/shown-path';

test.each([
  ['/work/app/a.json', 'a.json'], ['/work/app/deep/a.json', 'deep/a.json'], ['/work/app', '.'], ['/work/application/a.json', '../application/a.json'], ['/a.json', '../../a.json'],
])('%s is shown from the working directory, as %s', (path, shown) => expect(shownPath(path, '/work/app')).toBe(shown));

test('a path through a link to the working directory is shown as inside it, others as they are', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'imds-shown-')));
  mkdirSync(join(folder, 'real/deep'), { recursive: true });
  symlinkSync('real', join(folder, 'link'));

  expect(shownPath(join(folder, 'link/deep'), join(folder, 'real'))).toBe('deep');
  expect(shownPath(join(folder, 'link/gone'), join(folder, 'real'))).toBe('../link/gone');
  expect(shownPath(join(folder, 'link/deep'), join(folder, 'real/deep'))).toBe('.');
  expect(shownPath(join(folder, 'link'), join(folder, 'real/deep'))).toBe('../../link');
  rmSync(folder, { recursive: true });
});

test('with the separators of Windows it is the same', () => {
  jest.isolateModules(() => {
    jest.doMock('path', () => jest.requireActual<typeof import('path')>('path').win32);
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { shownPath: onWindows } = require('../../src/cli/shown-path') as typeof import('../../src/cli/shown-path');

    expect(onWindows('C:\\app\\deep\\a.json', 'C:\\app')).toBe('deep/a.json');
    expect(onWindows('C:\\other\\a.json', 'C:\\app')).toBe('../other/a.json');
  });
});
