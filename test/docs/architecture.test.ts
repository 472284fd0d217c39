import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { page, ROOT } from './pages';

const ARCHITECTURE = page('docs/architecture.md');
const folders = (under: string): string[] => (
  readdirSync(join(ROOT, under), { withFileTypes: true }).filter(each => each.isDirectory()).map(({ name }) => `${under}/${name}/`)
);

test('the table has every room, and no other', () => {
  const rooms = [...ARCHITECTURE.matchAll(/^\| `(src\/[^`]+)` \|/gm)].map(([, room]) => room);
  expect(rooms.sort()).toEqual([...folders('src').filter(room => room !== 'src/engine/'), ...folders('src/engine')].sort());
});

test('every file that it names is there', () => {
  const files = [...ARCHITECTURE.matchAll(/`((?:src|bin|projenrc)\/[\w./-]*)`/g)].map(([, file]) => file);
  expect(files.filter(file => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('every room opens with a page that says what it does, and names only files that are in it', () => {
  const rooms = [...folders('src').filter(room => room !== 'src/engine/'), ...folders('src/engine')];
  const wrong = rooms.flatMap(room => {
    if (!existsSync(join(ROOT, room, 'README.md'))) { return [room]; }
    return [...readFileSync(join(ROOT, room, 'README.md'), 'utf8').matchAll(/`([\w-]+\.ts)`/g)].map(([, file]) => `${room}${file}`).filter(file => !existsSync(join(ROOT, file)));
  });
  expect(wrong).toEqual([]);
});

test.each(['From `ImdsGuard.enforce(app)`', 'From `imds-guard check file`'])('the walk %s has ten steps and passes no file twice', title => {
  const [, walk] = ARCHITECTURE.split(`## ${title}`);
  const steps = [...walk.split('\n## ')[0].matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file);
  expect(new Set(steps).size).toBe(10);
  expect(steps).toHaveLength(10);
});
