import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
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
  ['is none', source => `0000${source}not compiled code`],
  ['is cut', source => `0000${source}`.slice(0, -1)],
  ['is empty', () => ''],
])('compiled code that %s is replaced', (_, keptFor) => {
  run();
  const kept = join(cache, readdirSync(cache)[0]);
  const source = readFileSync(file, 'utf8').replace(': $', '? $'); // a source that this process has not compiled yet
  writeFileSync(file, source);
  writeFileSync(kept, keptFor(source));

  expect(run()).toBe('greeter.js? you');
  expect(readFileSync(kept, 'latin1')).toContain(source);
  expect(statSync(kept).size).toBeGreaterThan(source.length + 100);
});

test('compiled code with a flipped bit is not given to V8, which would crash, and is replaced', () => {
  run();
  const kept = join(cache, readdirSync(cache)[0]);
  const whole = readFileSync(kept);
  const start = 4 + statSync(file).size;
  for (let place = start; place < whole.length; place += 41) {
    const flipped = Buffer.from(whole);
    flipped[place] += 128;
    writeFileSync(kept, flipped);

    expect(run()).toBe('greeter.js: you');
    expect(readFileSync(kept).equals(flipped)).toBe(false);
    const { ino } = statSync(kept);
    run();
    expect(statSync(kept).ino).toBe(ino); // what replaced it is accepted
  }
});

test('a write that fails leaves no draft behind', () => {
  run();
  const [name] = readdirSync(cache);
  rmSync(join(cache, name));
  mkdirSync(join(cache, name));
  writeFileSync(join(cache, name, 'in the way'), '');

  expect(run()).toBe('greeter.js: you');
  expect(readdirSync(cache)).toEqual([name]);
});

describe('who else can write into the folder could run code as whoever checks next', () => {
  const planted = (): void => {
    const source = readFileSync(file);
    const theirs = join(folder, 'planted', 'greeter.js'); // V8 remembers what it compiled by its path
    mkdirSync(join(folder, 'planted'));
    writeFileSync(theirs, source.toString().replace(': $', '! $'));
    const { exports, save } = loadCompiled<Greeter>(theirs, cache);
    exports.greet('them');
    save();
    const [name] = readdirSync(cache);
    const kept = readFileSync(join(cache, name));
    source.copy(kept, kept.indexOf(readFileSync(theirs)));
    writeFileSync(join(cache, name), kept);
  };

  test('the folder is made for its owner alone, and what is in it is run', () => {
    planted();
    expect(statSync(cache).mode % 0o1000).toBe(0o700);
    expect(run()).toBe('greeter.js! you'); // so the cases below are about the folder
  });

  const asRoot = process.getuid?.() === 0;
  test.each<[string, () => void, boolean]>([
    ['that others can write', () => chmodSync(cache, 0o777), true],
    ['that a group can read', () => chmodSync(cache, 0o750), true],
    ['of another user', () => chownSync(cache, 65534, 65534), asRoot],
    ['that is a link', () => {
      const elsewhere = join(folder, 'elsewhere');
      cpSync(cache, elsewhere, { recursive: true });
      chmodSync(elsewhere, 0o700);
      rmSync(cache, { recursive: true });
      symlinkSync(elsewhere, cache);
    }, true],
  ])('a folder %s is neither read nor written', (_, change, isPossible) => {
    if (!isPossible || process.platform === 'win32') return;
    planted();
    change();
    const kept = readdirSync(cache).map(name => readFileSync(join(cache, name)));

    expect(run()).toBe('greeter.js: you');
    expect(readdirSync(cache).map(name => readFileSync(join(cache, name)))).toEqual(kept);
  });
});

test('a folder that cannot be written is no failure', () => {
  writeFileSync(cache, 'a file where the folder should be');

  expect(run()).toBe('greeter.js: you');
  expect(readFileSync(cache, 'utf8')).toBe('a file where the folder should be');
});
