import { Start, windowsStart } from '../../../src/cli/child-process/windows-command';

const FILES = new Set(['C:\\nodejs\\npx.cmd', 'C:\\nodejs\\npx', 'C:\\nodejs\\node.exe', 'D:\\my tools\\cdk.cmd', 'D:\\my tools\\go.exe', 'C:\\nodejs\\old.bat', 'node_modules\\.bin\\cdk.cmd']);

function start(command: readonly string[], env: Record<string, string> = {}): Start | undefined {
  return windowsStart(command, { env: { Path: 'C:\\none;C:\\nodejs;"D:\\my tools"', ComSpec: 'C:\\Windows\\system32\\cmd.exe', ...env }, exists: path => FILES.has(path) });
}

const line = (...command: readonly string[]): string | undefined => start(command)?.args[3];

test('a program is started as it is', () => {
  expect(start(['node', '-e', '1 & 2'])).toEqual({ file: 'C:\\nodejs\\node.exe', args: ['-e', '1 & 2'] });
  expect(start(['go.exe', 'run'])).toEqual({ file: 'D:\\my tools\\go.exe', args: ['run'] });
});

test('npx is the file npx.cmd, and the shell starts it', () => {
  expect(start(['npx', 'cdk', 'deploy', '--app=cdk.out'])).toEqual({
    file: 'C:\\Windows\\system32\\cmd.exe', args: ['/d', '/s', '/c', '"C:\\nodejs\\npx.cmd cdk deploy --app=cdk.out"'], verbatim: true,
  });
  expect(line('npx.cmd')).toBe('"C:\\nodejs\\npx.cmd"');
  expect(line('NPX')).toBeUndefined(); // this list of files has case; a file system there has none
  expect(line('old')).toBe('"C:\\nodejs\\old.bat"');
});

test('a folder with a space in its name is kept together', () => expect(line('cdk', 'ls')).toBe('"D:\\my^ tools\\cdk.cmd ls"'));

test('a path is found where it is', () => {
  expect(line('node_modules\\.bin\\cdk', 'ls')).toBe('"node_modules\\.bin\\cdk.cmd ls"');
  expect(line('node_modules/.bin/cdk', 'ls')).toBe('"node_modules\\.bin\\cdk.cmd ls"');
});

test('what is not there is nothing', () => {
  expect(start(['nothing'])).toBeUndefined();
  expect(start(['npx'], { Path: '' })).toBeUndefined();
});

/** What the program gets that a batch file starts with `%*`: the shell reads the line twice, and then the program's runtime does. */
function received(command: readonly string[]): string[] {
  const unescape = (text: string): string => {
    let result = '';
    let inQuotes = false;
    for (let i = 0; i < text.length; i++) {
      if (text[i] === '^' && !inQuotes) {
        i++;
      } else if (text[i] === '"') { inQuotes = !inQuotes; }
      result += text[i] ?? '';
    }
    return result;
  };
  const words = unescape(unescape(line(...command)!.slice(1, -1))).replace(/^\S+ /, '');
  const found: string[] = [];
  for (const [, quoted, bare] of words.matchAll(/"((?:[^"\\]|\\+"|\\+(?!"))*)"|(\S+)/g)) {
    found.push(bare ?? quoted.replace(/(\\*)\\"/g, (_, slashes: string) => `${'\\'.repeat(slashes.length / 2)}"`).replace(/\\+$/, slashes => '\\'.repeat(slashes.length / 2)));
  }
  return found;
}

test.each([
  [['plain', '--all']], [['node app.js']], [['a & b']], [['100%', '%PATH%']], [['x^y', 'x|y', '<in>', '!var!']], [['say "hi"']], [['']], [['(a)', 'b;c,d', '*?', '[x]']],
])('%j arrives as it was', words => expect(received(['npx', ...words])).toEqual(words));
