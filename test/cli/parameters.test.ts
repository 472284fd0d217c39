import { Report } from '../../src/engine/findings/report';
import { Files, folderWith } from '../support/files';
import { imdsGuard } from '../support/terminal';

const host = (tokens: unknown): object => ({ Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: tokens } } });
const template = (declared: object = { Type: 'String' }): object => ({ Parameters: { Tokens: declared }, Resources: { Host: host({ Ref: 'Tokens' }) } });

interface Checked extends Pick<Report, 'exitCode' | 'parameters'> {
  readonly verdicts: string[];
  readonly problems: string[];
  readonly notes: string[];
  readonly stderr: string;
}

async function check(files: Files, args: readonly string[], env: { readonly [name: string]: string } = {}): Promise<Checked> {
  const { stdout, stderr, exitCode } = await imdsGuard(folderWith(files), ['check', '--format', 'json', ...args], { env });
  if (stdout === '') { return { verdicts: [], problems: [], notes: [], exitCode: exitCode as 2, stderr }; }
  const { templates, problems, notes = [], parameters } = JSON.parse(stdout) as Report;
  return {
    verdicts: templates.flatMap(({ resources }) => resources.map(({ verdict }) => verdict)),
    problems: problems.map(({ file, message }) => `${file}: ${message}`),
    notes: notes.map(({ file, message }) => `${file}: ${message}`),
    parameters,
    exitCode: exitCode as 0,
    stderr,
  };
}

test('without a value a parameter stays undecided', async () => {
  expect(await check({ 'a.json': template() }, ['a.json'])).toMatchObject({ verdicts: ['cannot tell'], parameters: undefined, exitCode: 0 });
});

test.each([['required', 'compliant', 0], ['optional', 'violation', 1]])('a value decides: %s is %s', async (tokens, verdict, exitCode) => {
  expect(await check({ 'a.json': template() }, ['a.json', '--parameter', `Tokens=${tokens}`]))
    .toMatchObject({ verdicts: [verdict], exitCode, parameters: [{ name: 'Tokens', value: tokens, from: '--parameter' }], stderr: '' });
});

test('a value stands before the default, and decides conditions', async () => {
  const files = {
    'a.json': {
      Parameters: { Tokens: { Type: 'String', Default: 'required' }, Stage: { Type: 'String', Default: 'dev' } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      Resources: { A: host({ Ref: 'Tokens' }), B: host({ 'Fn::If': ['IsProd', 'required', 'optional'] }), C: { ...host('optional'), Condition: 'IsProd' } },
    },
  };

  expect((await check(files, ['a.json', '--parameter', 'Tokens=optional', '--parameter', 'Stage=prod'])).verdicts).toEqual(['violation', 'compliant', 'violation']);
  expect((await check(files, ['a.json', '--parameter', 'Stage=dev'])).verdicts[1]).toBe('violation');
});

const FORMS: { readonly [form: string]: unknown } = {
  'aws cloudformation create-stack': [{ ParameterKey: 'Other', ParameterValue: 'x' }, { ParameterKey: 'Tokens', ParameterValue: 'required' }],
  'the same, in a file of all arguments': { StackName: 'a', Parameters: [{ ParameterKey: 'Tokens', ParameterValue: 'required' }] },
  'aws cloudformation deploy': ['Tokens=required', 'Other=a=b'],
  'CodePipeline': { Parameters: { Tokens: 'required' }, Tags: { a: 'b' } },
  'a map': { Tokens: 'required', Other: ['a', 'b'], Count: 1 },
  'SAM, one text': { version: 0.1, default: { deploy: { parameters: { parameter_overrides: 'Other="two \\"words\\"" Tokens=required' } } } },
  'SAM, one text of the long form': { default: { global: { parameters: { parameter_overrides: 'ParameterKey=Tokens,ParameterValue=required ParameterKey=B,ParameterValue="x y"' } } } },
  'SAM, a list': { default: { deploy: { parameters: { parameter_overrides: ['Tokens=required'] } } } },
  'SAM, a map': { default: { deploy: { parameters: { parameter_overrides: { Tokens: 'required' } } } } },
};

test.each(Object.keys(FORMS))('a file is read: %s', async form => {
  expect(await check({ 'a.json': template(), 'p.json': FORMS[form] as object }, ['a.json', '--parameters', 'p.json']))
    .toMatchObject({ verdicts: ['compliant'], exitCode: 0, parameters: [{ name: 'Tokens', value: 'required', from: 'p.json' }] });
});

test('a file in YAML keeps texts as they stand', async () => {
  const files = { 'a.json': { Parameters: { Stage: { Type: 'String' } }, Resources: { A: host({ 'Fn::Sub': '${Stage}' }) } }, 'p.yaml': 'Stage: 0644\n' };

  expect((await check(files, ['a.json', '--parameters', 'p.yaml'])).parameters).toEqual([{ name: 'Stage', value: '0644', from: 'p.yaml' }]);
});

test('what keeps its previous value stays undecided', async () => {
  const files = { 'a.json': template(), 'p.json': [{ ParameterKey: 'Tokens', UsePreviousValue: true }] };

  expect((await check(files, ['a.json', '--parameters', 'p.json'])).verdicts).toEqual(['cannot tell']);
});

test('later files win over earlier ones, and the option over files', async () => {
  const files = { 'a.json': template(), 'p.json': { Tokens: 'optional' }, 'q.json': { Tokens: 'required' } };
  const found = async (...args: string[]): Promise<unknown> => (await check(files, ['a.json', ...args])).verdicts[0];

  expect(await found('--parameters', 'p.json', '--parameters', 'q.json')).toBe('compliant');
  expect(await found('--parameters', 'q.json', '--parameters', 'p.json')).toBe('violation');
  expect(await found('--parameters', 'p.json', '--parameter', 'Tokens=required')).toBe('compliant');
});

test.each<[string, string, string]>([
  ['a template', '{"Parameters": {"Tokens": {"Type": "String"}}}', 'p.json: these are no parameters; a list of ParameterKey'],
  ['a text', 'Tokens', 'p.json: these are no parameters'],
  ['a list of other things', '[{"Key": "Tokens"}]', 'p.json: these are no parameters'],
  ['what is no JSON', '{"a"', 'p.json:\\d:\\d: '],
  ['an odd text of SAM', '{"default": {"deploy": {"parameters": {"parameter_overrides": "Tokens"}}}}', 'p.json: these are no parameters'],
])('%s is no file of parameters', async (_, text, message) => {
  expect(await check({ 'a.json': template(), 'p.json': text }, ['a.json', '--parameters', 'p.json']))
    .toMatchObject({ exitCode: 2, stderr: expect.stringMatching(new RegExp(`^imds-guard: ${message.replace(/[{}[\]]/g, '\\$&')}.*\\n$`)) });
});

test('TOML is refused with what to do', async () => {
  expect(await check({ 'a.json': template(), 'samconfig.toml': 'version = 0.1' }, ['a.json', '--parameters', 'samconfig.toml']))
    .toMatchObject({ exitCode: 2, stderr: expect.stringContaining('samconfig.toml: TOML cannot be read; give a samconfig.yaml') });
});

test.each(['Tokens', '=required'])('%s is no value', async value => {
  expect(await check({ 'a.json': template() }, ['a.json', '--parameter', value])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('as in HttpTokens=required') });
});

test('a name that no template has is told', async () => {
  expect((await check({ 'a.json': template() }, ['a.json', '--parameter', 'Token=required'])).stderr)
    .toBe('imds-guard: no template has the parameter Token (--parameter); check its name\n');
});

test.each<[object, string, string]>([
  [{ AllowedValues: ['required', 'optional'] }, 'requird', 'it takes required, optional'],
  [{ AllowedPattern: '[a-z]+' }, 'Required1', 'it takes what matches [a-z]+'],
  [{ MinLength: 3 }, 'ab', 'it takes 3 characters or more'],
  [{ MaxLength: '3' }, 'abcd', 'it takes 3 characters or fewer'],
  [{ Type: 'Number' }, 'x', 'it takes a number'],
  [{ Type: 'Number', MinValue: 3 }, '2', 'it takes 3 or more'],
  [{ Type: 'Number', MaxValue: 3 }, '4', 'it takes 3 or fewer'],
])('what CloudFormation would not take is bad input: %j, %s', async (declared, value, why) => {
  expect(await check({ 'a.json': template({ Type: 'String', ...declared }) }, ['a.json', '--parameter', `Tokens=${value}`]))
    .toMatchObject({ exitCode: 2, problems: [`a.json: the parameter 'Tokens' cannot be '${value}' (--parameter): ${why}`] });
});

test.each<[object, string]>([
  [{ AllowedPattern: '(a+)+$' }, `${'a'.repeat(60)}!`], [{ AllowedPattern: '(?<' }, 'x'], [{ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a, b'],
])('what takes too long or cannot be read keeps nothing out: %j, %s', async (declared, value) => {
  expect((await check({ 'a.json': template({ Type: 'String', ...declared }) }, ['a.json', '--parameter', `Tokens=${value}`])).problems).toEqual([]);
});

test('what one of several templates does not take is a note, and stays undecided there', async () => {
  const files = { 'a.json': template(), 'b.json': template({ Type: 'String', AllowedPattern: 'r.*' }) };

  expect(await check(files, ['a.json', 'b.json', '--parameter', 'Tokens=optional'])).toMatchObject({
    verdicts: ['violation', 'cannot tell'], exitCode: 1, notes: ['b.json: the parameter \'Tokens\' cannot be \'optional\' (--parameter): it takes what matches r.*'],
  });
});

test.each([true, 'true', 'TRUE', 'True', 'yes', 'on'])('a secret is neither used nor printed: NoEcho %j', async noEcho => {
  const found = await check({ 'a.json': template({ Type: 'String', NoEcho: noEcho }) }, ['a.json', '--parameter', 'Tokens=hush']);

  expect(found).toMatchObject({ verdicts: ['cannot tell'], parameters: undefined, notes: [expect.stringContaining('the parameter \'Tokens\' is NoEcho')] });
  expect(JSON.stringify(found)).not.toContain('hush');
});

test('the name of a parameter in Systems Manager is not its value', async () => {
  const files = { 'a.json': template({ Type: 'AWS::SSM::Parameter::Value<String>' }) };

  expect((await check(files, ['a.json', '--parameter', 'Tokens=required'])).verdicts).toEqual(['cannot tell']);
});

describe('a nested stack', () => {
  const parent = (given: object): object => ({
    Parameters: { Tokens: { Type: 'String' } },
    Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './inner.json', Parameters: given } } },
  });

  test('gets its values from its parent', async () => {
    const files = { 'in/inner.json': template(), 'in/parent.json': parent({ Tokens: { Ref: 'Tokens' } }), 'in/own.json': parent({ Tokens: 'required' }) };

    expect((await check(files, ['in/parent.json', '--parameter', 'Tokens=optional'])).verdicts).toEqual(['violation']);
    expect((await check(files, ['in/own.json', '--parameter', 'Tokens=optional'])).verdicts).toEqual(['compliant']);
    expect((await check(files, ['in/own.json', 'in/inner.json', '--parameter', 'Tokens=optional'])).verdicts).toEqual(['compliant']);
  });
});

describe('a cloud assembly', () => {
  const stack = (name: string): object => ({ type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.template.json`, stackName: name } });
  const files: Files = {
    'cdk.out/manifest.json': { version: '36.0.0', artifacts: { Web: stack('Web'), Jobs: stack('Jobs') } },
    'cdk.out/Web.template.json': template(),
    'cdk.out/Jobs.template.json': template(),
  };

  test('gives every stack, or one, as cdk deploy does', async () => {
    expect((await check(files, ['--parameter', 'Tokens=required'])).verdicts).toEqual(['compliant', 'compliant']);
    expect(await check(files, ['--parameter', 'Web:Tokens=required']))
      .toMatchObject({ verdicts: ['compliant', 'cannot tell'], parameters: [{ name: 'Web:Tokens' }], stderr: '' });
    expect((await check(files, ['--parameter', 'Tokens=required', '--parameter', 'Jobs:Tokens=optional'])).verdicts).toEqual(['compliant', 'violation']);
    expect((await check(files, ['--parameter', 'Wb:Tokens=required'])).stderr).toContain('no template has the parameter Wb:Tokens');
  });
});

test('reports for people name what was given', async () => {
  const cwd = folderWith({ 'a.json': template(), 'p.json': { Tokens: 'required' } });
  for (const format of ['text', 'markdown', 'html', 'github']) {
    const { stdout } = await imdsGuard(cwd, ['check', 'a.json', '--parameters', 'p.json', '--format', format]);
    expect(stdout).toContain('judged with Tokens=required from p.json');
  }
});

test('in a settings file it is told as what lets more pass, and a repository cannot do so beside an organization', async () => {
  const files = { 'a.json': template(), '.imds-guard.yaml': 'parameter: { Tokens: required }\nparameters: p.json\n', 'p.json': {}, 'org.json': {} };

  expect(await check(files, ['a.json'])).toMatchObject({ verdicts: ['compliant'], stderr: expect.stringContaining('loosens the check: parameter: Tokens') });
  expect(await check(files, ['a.json'], { IMDS_GUARD_CONFIG: 'org.json' })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('lets more pass') });
});

test('no report takes the place of a file of parameters', async () => {
  expect(await check({ 'a.json': template(), 'p.json': {} }, ['a.json', '--parameters', 'p.json', '--format', 'sarif=p.json']))
    .toMatchObject({ exitCode: 2, stderr: expect.stringContaining('p.json: it is read here') });
});
