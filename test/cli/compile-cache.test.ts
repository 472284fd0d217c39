import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCompiled } from '../../src/cli/compile-cache';

interface Greeter {
  readonly greet: (name: string) => string;
}

let folder: string;
let file: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imds-compile-cache-'));
  file = join(folder, 'greeter.js');
  cache = join(folder, 'cache');
  writeFileSync(file, "const { basename } = require('node:path'); exports.greet = name => `${basename(__filename)}: ${name}`;");
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(): string {
  const { exports, save } = loadCompiled<Greeter>(file, cache);
  const said = exports.greet('you');
  save();
  return said;
}

test('the first run leaves the compiled code, the second uses it and says the same', () => {
  expect(run()).toBe('greeter.js: you');
  const [name] = readdirSync(cache);
  const written = statSync(join(cache, name)).ino;

  expect(run()).toBe('greeter.js: you');
  expect(readdirSync(cache)).toEqual([name]);
  expect(statSync(join(cache, name)).ino).toBe(written); // not written again: it was accepted
});

test('a changed file of the same length and date is not run from what was kept of the old one', () => {
  const packed = new Date('1985-10-26T08:15:00Z'); // of every file of a package from npm
  utimesSync(file, packed, packed);
  run();
  writeFileSync(file, readFileSync(file, 'utf8').replace(': $', '! $'));
  utimesSync(file, packed, packed);

  expect(run()).toBe('greeter.js! you');
});

test.each<[string, (source: string) => string]>([
  ['is none', source => `${source}not compiled code`],
  ['is cut', source => source.slice(0, -1)],
  ['is empty', () => ''],
])('compiled code that %s is replaced', (_, keptFor) => {
  run();
  const kept = join(cache, readdirSync(cache)[0]);
  const source = readFileSync(file, 'utf8').replace(': $', '? $'); // a source that this process has not compiled yet
  writeFileSync(file, source);
  writeFileSync(kept, keptFor(source));

  expect(run()).toBe('greeter.js? you');
  expect(readFileSync(kept, 'latin1').startsWith(source)).toBe(true);
  expect(statSync(kept).size).toBeGreaterThan(source.length + 100);
});

test('a folder that cannot be written is no failure', () => {
  writeFileSync(cache, 'a file where the folder should be');

  expect(run()).toBe('greeter.js: you');
  expect(readFileSync(cache, 'utf8')).toBe('a file where the folder should be');
});
