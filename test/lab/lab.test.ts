import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { differences, Fetched, Row } from '../../lab/cells';
import { modelOf } from '../../lab/model';
import { observe } from '../../lab/observe';
import { partOf, withParts } from '../../lab/page';
import { clientTable, markdown, matrix } from '../../lab/report';
import { refusal } from '../../lab/spaces';
import { settingsOfTemplates } from '../../lab/templates';

const WHY = readFileSync(join(__dirname, '..', '..', 'docs', 'why.md'), 'utf8');
const REQUIRED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const OPTIONAL = { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 };

const refused = refusal();
const overNetwork = refused ? test.skip : test;

let settings: ReturnType<typeof settingsOfTemplates>;
let model: Row[];
beforeAll(async () => {
  settings = settingsOfTemplates();
  model = await modelOf(settings);
});

test('the settings come from a template, without and with the guard', () => {
  expect(settings.map(({ HttpTokens, HttpPutResponseHopLimit }) => `${HttpTokens} ${HttpPutResponseHopLimit}`))
    .toEqual(['optional 1', 'optional 2', 'optional 3', 'required 1', 'required 2', 'required 3']);
});

overNetwork(`packets with a TTL agree with the model of the demo in every cell${refused ? ` (${refused})` : ''}`, async () => {
  const { rows } = await observe({ settings, clients: {} });
  expect(differences(rows, model)).toEqual([]);
});

overNetwork('a client in a container is seen to get the keys by a version, or not to', async () => {
  const get = "fetch('http://169.254.169.254/latest/meta-data/iam/security-credentials/example-role').then(r => r.text()).then(console.log)";
  const { fetched } = await observe({ settings: [OPTIONAL, REQUIRED], clients: { plain: [process.execPath, '-e', get], none: ['false'] } });
  expect(fetched.map(({ client, by }) => `${client}: ${by}`)).toEqual(['plain: version 1', 'none: nothing', 'plain: nothing', 'none: nothing']);
});

test('a cell that differs from the model is named', () => {
  const container = { ...model[0].seen.container, 'version 2': 'keys' } as const;
  expect(differences([{ ...model[0], seen: { ...model[0].seen, container } }], model))
    .toEqual(['{"HttpPutResponseHopLimit":1,"HttpTokens":"optional"}, container, version 2: the network says \'keys\', the model of the demo \'no answer\'']);
});

test('docs/why.md shows the matrix', () => {
  expect(partOf(WHY, 'matrix')).toBe(markdown(matrix(model)));
});

test('docs/why.md says of three SDKs that they fall back to version 1, get nothing, or work by version 2', () => {
  const [head, , ...rows] = partOf(WHY, 'clients').split('\n').map(line => line.split('|').map(cell => cell.trim()).slice(1, -1));
  expect(head.map(cell => cell.replace(/ [\d.]+$/, ''))).toEqual(['tokens', 'hop limit', 'AWS SDK for JavaScript', 'boto3', 'AWS SDK for Go']);
  expect(rows).toEqual([
    ['optional', '1', ...Array(3).fill('version 1')],
    ['optional', '2', ...Array(3).fill('version 2')],
    ['optional', '3', ...Array(3).fill('version 2')],
    ['required', '1', ...Array(3).fill('nothing')],
    ['required', '2', ...Array(3).fill('version 2')],
    ['required', '3', ...Array(3).fill('version 2')],
  ]);
});

test('clients have a column each, settings a line', () => {
  const fetched: Fetched[] = [
    { client: 'a 1', options: OPTIONAL, by: 'version 1' }, { client: 'b 2', options: OPTIONAL, by: 'version 2' },
    { client: 'a 1', options: { ...REQUIRED }, by: 'nothing' }, { client: 'b 2', options: { ...REQUIRED }, by: 'version 2' },
  ];
  expect(clientTable(fetched)).toEqual([
    ['tokens', 'hop limit', 'a 1', 'b 2'], ['optional', '1', 'version 1', 'version 2'], ['required', '1', 'nothing', 'version 2'],
  ]);
});

test('a part of a page is replaced, and a page without it is refused', () => {
  const page = '# a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n';
  expect(withParts(page, { x: 'new' })).toBe('# a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nb\n');
  expect(() => withParts(page, { y: 'new' })).toThrow('<!-- y:begin -->');
});

test('where namespaces are refused, the command says so and ends well', () => {
  const lab = join(__dirname, '..', '..', 'lab', 'lab.ts');
  const { status, stdout } = spawnSync(process.execPath, ['--require', 'ts-node/register/transpile-only', lab], {
    encoding: 'utf8', env: { ...process.env, PATH: '/nowhere' },
  });
  expect(stdout).toMatch(/^skipped: /);
  expect(status).toBe(0);
});
