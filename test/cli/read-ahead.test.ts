import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readLooseFile } from '../../src/cli/loose-file';
import { ReadAhead } from '../../src/cli/read-ahead';
import { shownPath } from '../../src/cli/shown-path';
import { imdsGuard } from '../support/terminal';

const COUNT = 150;
const HOST = { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } } };
const OTHER = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'topic' } };

let work: string;
let folder: string;
let bundle: string;

beforeAll(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'imds-read-ahead-')));
  bundle = join(work, 'bundle.js');
  buildSync({ entryPoints: ['src/cli/main.ts'], bundle: true, platform: 'node', mainFields: ['module', 'main'], outfile: bundle, logLevel: 'error' });
  writeFileSync(join(work, 'cli.js'), 'require("./bundle.js").main();');
});

beforeEach(() => {
  folder = join(work, 'templates');
  mkdirSync(folder);
  for (let i = 0; i < COUNT; i++) { write(`stack${String(i).padStart(3, '0')}.yaml`, JSON.stringify({ Resources: { Host: HOST, [`Topic${i}`]: OTHER } })); }
});

afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => rmSync(work, { recursive: true }));

function write(name: string, content: string | Buffer): void {
  writeFileSync(join(folder, name), content);
}

const paths = (): string[] => Array.from({ length: COUNT }, (_, i) => join(folder, `stack${String(i).padStart(3, '0')}.yaml`));

/** As a busy main thread, which lets the other one get ahead. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function takeUntilAhead(ahead: ReadAhead): { index: number; found: unknown } | undefined {
  for (let index = 0; index < COUNT; index++) {
    const found = ahead.take(index);
    if (found) { return { index, found }; }
    sleep(100);
  }
  return undefined;
}

test('the output is the same as from one thread, byte by byte, whatever the files hold', async () => {
  const weak = { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1' } };
  const hostile: [string, string | Buffer][] = [
    ['weak.json', JSON.stringify({ Resources: { Host: weak, Topic: OTHER } }, undefined, 2)],
    ['weak.yaml', 'Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: !Ref Image\n'],
    ['alias.yaml', 'Resources:\n  A: &a\n    Type: AWS::EC2::Instance\n    Properties: { ImageId: x }\n  B: *a\n'],
    ['merge-bomb.yaml', `a0: &a0 { k0: 1 }\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} { x: *a${i}, y: *a${i}, k${i}: 1 }`).join('\n')}\nResources: { Host: *a30 }\n`],
    ['endless.yaml', 'Resources: &r\n  Host: *r\n'],
    ['broken.template.json', '{"Resources": {'],
    ['broken.yaml', 'Resources:\n  Host: [\n'],
    ['duplicate.json', '{"Resources": {"Host": {"Type": "AWS::EC2::Instance", "Type": "AWS::SNS::Topic"}}}'],
    ['untyped.json', '{"Resources": {"Host": {"Properties": {}}}}'],
    ['proto.json', `{"Resources": {"__proto__": ${JSON.stringify(weak)}, "constructor": ${JSON.stringify(OTHER)}}}`],
    ['deep.json', `{"Resources": ${'['.repeat(300)}${']'.repeat(300)}}`],
    ['utf16.json', Buffer.from(`\uFEFF${JSON.stringify({ Resources: { Host: weak } })}`, 'utf16le')],
    ['mark.json', `\uFEFF${JSON.stringify({ Resources: { Host: weak } })}`],
    ['crlf.yaml', 'Resources:\r\n  Host:\r\n    Type: AWS::EC2::Instance\r\n'],
    ['large.json', JSON.stringify({ Resources: { Host: weak }, Metadata: { text: 'x'.repeat(400_000) } })],
    ['no-template.json', '{"name": "Resources"}'],
    ['exports.json', JSON.stringify({ Resources: { T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: {} } } }, Outputs: { O: { Value: { Ref: 'T' }, Export: { Name: 'shared' } } } })],
    ['imports.yaml', 'Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      LaunchTemplate: { LaunchTemplateId: !ImportValue shared, Version: "1" }\n'],
    ['parent.json', JSON.stringify({ Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './stack120.yaml', Parameters: { Tokens: 'optional' } } } } })],
    ['exempt.json', JSON.stringify({ Resources: { Host: { ...weak, Metadata: { 'cdk-imds-guard:exemption': { reason: 'r', owner: 'o', until: '2026-12-31' } } } } })],
  ];
  // behind the others, where the thread surely comes by first, and between them
  hostile.forEach(([name, content], i) => ['stack', 'z-'].forEach(prefix => write(`${prefix}${String(7 * i).padStart(3, '0')}-${name}`, content)));
  for (let i = 0; i < COUNT; i++) { write(`zz-${i}.yaml`, JSON.stringify({ Resources: { Host: HOST } })); }

  const args = ['check', 'templates', '--format', 'json'];
  const alone = await imdsGuard(work, args);
  const { status, stdout } = spawnSync(process.execPath, [join(work, 'cli.js'), ...args], {
    cwd: work, encoding: 'utf8', env: { ...process.env, SOURCE_DATE_EPOCH: String(Date.UTC(2026, 10, 23) / 1000) }, maxBuffer: 64 * 1024 * 1024,
  });

  expect(stdout).toBe(alone.stdout);
  expect(status).toBe(alone.exitCode);
  expect(JSON.parse(stdout).templates.length).toBeGreaterThan(2 * COUNT);
}, 60_000);

test('what the other thread has read is what the main thread would have, but for what is of no use', () => {
  const ahead = new ReadAhead(bundle, paths(), work);
  const { index, found } = takeUntilAhead(ahead)!;
  ahead.end();
  const alone = readLooseFile(paths()[index], shownPath(paths()[index], work), false);

  expect(alone).toMatchObject({ outcome: 'read', resources: 2, read: { template: { Resources: { Host: HOST, [`Topic${index}`]: OTHER } } } });
  expect(found).toEqual({ ...alone, read: { format: 'json', imports: false, template: { Resources: { Host: HOST } } } });
}, 30_000);

test.each([
  ['cannot start', 'throw new Error("no");'],
  ['dies with a file in its hands', 'const { workerData: { shared } } = require("worker_threads"); exports.readForMain = () => { Atomics.store(shared, 3, 1); process.exit(); };'],
])('a thread that %s holds nothing up: the main thread reads everything', (_, code) => {
  const script = join(work, 'thread.js');
  writeFileSync(script, code);
  const ahead = new ReadAhead(script, paths(), work);
  sleep(1_000);

  expect(paths().map((__, i) => ahead.take(i)).every(found => found === undefined)).toBe(true);
}, 30_000);

test('a file that the main thread has taken is read by no other, and few files by none', () => {
  const ahead = new ReadAhead(bundle, paths().slice(0, 20), work);
  sleep(500);

  expect(ahead.take(15)).toBeUndefined();
});
