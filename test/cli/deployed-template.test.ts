import { folderWith } from '../support/files';
import { imdsGuard, Ran } from '../support/terminal';

/** What `aws cloudformation get-template` prints, of stacks in YAML and in JSON, with and without a query. */
const YAML = 'Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      MetadataOptions: {HttpTokens: !If [Old, optional, required], HttpPutResponseHopLimit: 1}\n';
const JSON_TEMPLATE = { Resources: { Web: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 } } } } };
const answer = (body: unknown): object => ({ TemplateBody: body, StagesAvailable: ['Original', 'Processed'] });
const printed = (value: unknown): string => `${JSON.stringify(value, undefined, 4)}\n`;

const check = (content: string, ...args: string[]): Promise<Ran> => imdsGuard(folderWith({ 't.json': content }), ['check', 't.json', '--format', 'json', ...args]);

/** The findings with the violation alone, as `line:column rule`. */
async function found(content: string): Promise<{ exitCode: number; findings: string[] }> {
  const { exitCode, stdout } = await check(content);
  const { findings } = JSON.parse(stdout) as { findings: { line?: number; column?: number; rule: string; verdict: string }[] };
  return { exitCode, findings: findings.filter(({ verdict }) => verdict === 'violation').map(({ line, column, rule }) => `${line}:${column} ${rule}`) };
}

test.each<[string, string, string]>([
  ['a text, which is in one line', printed(YAML), '1:1'],
  ['a text of JSON', printed(JSON.stringify(JSON_TEMPLATE)), '1:1'],
  ['the answer with a text, which is in one line', printed(answer(YAML)), '2:5'],
  ['the answer with a map, which has its lines', printed(answer(JSON_TEMPLATE)), '8:25'],
  ['the answer in YAML', `StagesAvailable:\n- Original\nTemplateBody: ${JSON.stringify(YAML)}\n`, '3:1'],
  ['the template itself', printed(JSON_TEMPLATE), '7:21'],
])('is read: %s', async (_, content, place) => expect(await found(content)).toEqual({ exitCode: 1, findings: [`${place} imdsv1-allowed`] }));

test('it is read from standard input, and passes where it is fine', async () => {
  const run = (input: string): Promise<Ran> => imdsGuard(folderWith({}), ['check', '-'], { input });

  expect(await run(printed(answer(YAML)))).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('<stdin>:2:5') });
  expect(await run(printed(YAML.replace('optional', 'required')))).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 compliant') });
});

test('it is read in a folder, too, where others are skipped', async () => {
  const folder = folderWith({ 'a.json': printed(answer(YAML)), 'b.json': printed('the Resources'), 'c.json': printed({ TemplateBody: 'see the Resources' }) });
  expect(await imdsGuard(folder, ['check', '.'])).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('1 template') });
});

test('a template in a template in it has the place of the outermost text, or of its own', async () => {
  const parent = { Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: YAML } } } };
  expect((await found(printed(answer(parent)))).findings).toEqual(['7:21 imdsv1-allowed']);
  expect((await found(printed(answer(JSON.stringify(parent))))).findings).toEqual(['2:5 imdsv1-allowed']);
});

test.each<[string, string, string]>([
  ['text', printed('hello'), 't.json: no CloudFormation template: a map with \'Resources\' was expected, got text'],
  ['text in text', printed(printed(YAML)), 't.json: no CloudFormation template: a map with \'Resources\' was expected, got text'],
  ['a text that is cut', printed(YAML).slice(0, -9), 't.json:1:'],
  ['a malformed template', printed('Resources: ['), 't.json:1:1: the template in it: malformed YAML, '],
  ['a malformed template in an answer', printed(answer('Resources: [')), 't.json:2:5: the template in it: malformed YAML, '],
  ['a template with a resource that is none', printed(answer({ Resources: { Web: 7 } })), 't.json:2:5: the template in it: resource \'Web\' must be a map'],
  ['an answer with nothing', printed(answer('')), 't.json: no CloudFormation template: it has none of the sections'],
  ['an answer with a list', printed(answer([])), 't.json: no CloudFormation template: it has none of the sections'],
  ['the same key twice', '{"TemplateBody": {"Resources": {}, "Resources": {}}}', 't.json:1:36: the key \'Resources\' is there twice'],
])('is told in one line: %s', async (_, content, message) => {
  const { exitCode, stdout, stderr } = await check(content, '--format', 'text=r.txt');
  const { problems } = JSON.parse(stdout) as { problems: { file: string; line?: number; column?: number; message: string }[] };
  const lines = problems.map(({ file, line, column, message: what }) => `${[file, line, column].filter(each => each !== undefined).join(':')}: ${what}`);

  expect({ exitCode, stderr, lines }).toEqual({ exitCode: 2, stderr: '', lines: [expect.stringContaining(message)] });
  expect(lines[0]).not.toContain('\n');
});
