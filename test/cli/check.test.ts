import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Report } from '../../src/engine/findings/report';
import { imdsGuard, Ran } from '../support/terminal';

let cwd: string;
beforeEach(() => { cwd = mkdtempSync(join(tmpdir(), 'imds-guard-')); });
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const write = (file: string, content: unknown): void => {
  mkdirSync(join(cwd, file, '..'), { recursive: true });
  writeFileSync(join(cwd, file), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
};
const check = (...args: string[]): Promise<Ran> => imdsGuard(cwd, ['check', ...args]);
const instance = (options?: object): object => ({ Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: options } });
const SAFE = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const templateOf = (resources: object): object => ({ Resources: resources });
const GOOD = templateOf({ Web: instance(SAFE) });
const BAD = templateOf({ Web: instance({ HttpTokens: 'optional' }) });
const UNDECIDED = templateOf({ Web: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } } } });

describe('the exit code', () => {
  test('is 0 for a template that is fine, and the summary says what was examined', async () => {
    write('t.json', GOOD);
    const ran = await check('t.json');

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toContain('1 template, 1 resource that launches instances: 1 compliant');
  });

  test('is 1 for one that allows version 1, with line, reason and fix', async () => {
    write('t.json', BAD);
    const { exitCode, stdout } = await check('t.json');

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/t\.json:7:\d+/);
    expect(stdout).toContain('"optional" lets IMDSv1 answer');
    expect(stdout).toContain('set MetadataOptions.HttpTokens to "required"');
  });

  test.each([['warn', 0], ['ignore', 0], ['fail', 1]])('with --cannot-tell %s is %d for what is undecided, which is always counted', async (what, expected) => {
    write('t.json', UNDECIDED);
    const { exitCode, stdout } = await check('t.json', '--cannot-tell', what);

    expect(exitCode).toBe(expected);
    expect(stdout).toContain('1 cannot tell');
    expect(stdout.includes('lt-1')).toBe(what !== 'ignore');
  });

  test('is 2 where one of the inputs cannot be read, and the others are still checked', async () => {
    write('good.json', GOOD);
    write('bad.yaml', 'Resources: [\n');
    const { exitCode, stdout } = await check('good.json', 'bad.yaml', 'missing.json');

    expect(exitCode).toBe(2);
    expect(stdout).toContain('bad.yaml:');
    expect(stdout).toContain('missing.json: ');
    expect(stdout).toContain('1 compliant');
  });

  test('is 2 where there is nothing to check', async () => {
    const { exitCode, stdout } = await check();
    expect(exitCode).toBe(2);
    expect(stdout).toContain('there is no cdk.out here; run `cdk synth` first');
  });

  test.each([
    [['--max-hop-limit', '0'], '--max-hop-limit must be a whole number from 1 to 64, got 0'],
    [['--max-hop-limit', 'two'], '--max-hop-limit must be a whole number from 1 to 64, got "two"'],
    [['--max-hop-limit', '0x2'], '--max-hop-limit must be a whole number'],
    [['--max-hop-limit', ''], '--max-hop-limit must be a whole number'],
    [['--max-exemption-days', '1e2'], '--max-exemption-days must be a whole number of days'],
    [['--format', 'pdf'], '--format must be one of text, json'],
    [['--format', 'json', '--format', 'text'], 'only one --format can go to standard output'],
    [['--format', 'json='], 'lacks the file'],
    [['--allow-launch-template', 'lt-1'], 'needs an id and a reason'],
    [['--allow-launch-template', 'lt-1= '], 'needs an id and a reason'],
    [['--update-baseline'], '--update-baseline needs --baseline FILE'],
    [['--baseline', 'none.json'], 'none.json: there is no such file'],
    [['--stdin-name', 'web'], '--stdin-name needs the path -'],
    [['-', '--stdin-name', ''], '--stdin-name must be a text'],
    [['--config', 'none.yaml'], 'none.yaml: there is no such file'],
    [['--max-exemption-days', '0'], '--max-exemption-days must be a whole number of days'],
    [['--cannot-tell', 'maybe'], 'Allowed choices are fail, warn, ignore'],
    [['--nonsense'], "unknown option '--nonsense'"],
    [['--formt', 'json'], "unknown option '--formt'; did you mean --format?"],
    [['--non\nsense\u001b[31m'], "unknown option '--non\\nsense\\u001b[31m'"],
    [['--config', ''], '--config must be a text, got ""'],
    [['--config', 'no\nne.yaml'], '--config must be a text without control characters, got "no\\nne.yaml"'],
    [['a\u0007.json'], 'PATH must be a text without control characters, got "a\\u0007.json"'],
    [['--format', 'json=r\n.json'], '--format must be a text without control characters'],
    [['--baseline', 'b\r.json'], '--baseline must be a text without control characters'],
    [['--baseline', 'b\u202e.json'], 'b\\u202e.json: there is no such file'],
    [['--allow-launch-template', 'lt-1\u009b=x'], '--allow-launch-template must be a text without control characters'],
  ])('is 2 for the misuse %j, told in one line', async (args, message) => {
    write('t.json', GOOD);
    const { exitCode, stdout, stderr } = await check('t.json', ...args);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^imds-guard: [^\n\p{Cc}]+\n$/u);
  });
});

describe('inputs', () => {
  test('come from standard input, too', async () => {
    expect(await imdsGuard(cwd, ['check', '-'], { input: JSON.stringify(BAD) })).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('<stdin>') });
    expect((await imdsGuard(cwd, ['check', '-'], { input: JSON.stringify(GOOD) })).exitCode).toBe(0);
    expect((await imdsGuard(cwd, ['check', '-'], { input: '' })).exitCode).toBe(2);
  });

  test('in YAML and JSON get the same verdict', async () => {
    write('a.yaml', 'Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      MetadataOptions: !If [Prod, { HttpTokens: required }, !Ref AWS::NoValue]\n');
    write('b.json', templateOf({ Web: instance({ 'Fn::If': ['Prod', { HttpTokens: 'required' }, { Ref: 'AWS::NoValue' }] }) }));
    const { stdout } = await check('a.yaml', 'b.json', '--format', 'json');

    const rules = (JSON.parse(stdout) as { findings: { file: string; rule: string }[] }).findings.map(({ file, rule }) => `${file} ${rule}`);
    expect(rules.filter(each => each.startsWith('a.')).map(each => each.slice(7)).sort()).toEqual(rules.filter(each => each.startsWith('b.')).map(each => each.slice(7)).sort());
    expect(rules).toContain('a.yaml imdsv2-not-required');
  });

  test('that refer to each other are judged together', async () => {
    write('network.json', {
      Resources: { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: SAFE } } } },
      Outputs: { Id: { Value: { Ref: 'Template' }, Export: { Name: 'template' } }, Version: { Value: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] }, Export: { Name: 'version' } } },
    });
    write('app.json', templateOf({
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'template' }, Version: { 'Fn::ImportValue': 'version' } } },
      },
    }));

    expect((await check('app.json', 'network.json', '--cannot-tell', 'fail')).exitCode).toBe(0);
    expect((await check('app.json', '--cannot-tell', 'fail')).exitCode).toBe(1);
  });
});

test.each([
  ['known.yaml', '[A, B]', 2], ['open.yaml', '!Ref Names', 1],
])('what a loop makes has the line of the body: %s', async (file, list, findings) => {
  write(file, `Transform: AWS::LanguageExtensions
Parameters: { Names: { Type: CommaDelimitedList } }
Resources:
  Fn::ForEach::Hosts:
    - Id
    - ${list}
    - Host\${Id}:
        Type: AWS::EC2::Instance
        Properties:
          MetadataOptions:
            HttpTokens: optional
`);
  const { stdout } = await check(file, '--format', 'json');
  const found = (JSON.parse(stdout) as Report).findings.map(({ line, column }) => ({ line, column }));
  expect(found).toEqual(Array(findings).fill({ line: 11, column: 13 }));
});

test('a report that replaces a file keeps its mode and its link', async () => {
  write('t.json', GOOD);
  write('real.json', 'old');
  chmodSync(join(cwd, 'real.json'), 0o640);
  symlinkSync('real.json', join(cwd, 'report.json'));
  expect((await check('t.json', '--format', 'json=report.json')).exitCode).toBe(0);
  expect(statSync(join(cwd, 'real.json')).mode % 0o1000).toBe(0o640);
  expect(lstatSync(join(cwd, 'report.json')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(cwd, 'real.json'), 'utf8')).toContain('"exitCode": 0');
});

test('a module is told and counted, for nobody knows what it makes', async () => {
  write('t.json', templateOf({ M: { Type: 'My::EC2::Bastion::MODULE', Properties: {} } }));

  expect(await check('t.json')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 cannot tell') });
  expect((await check('t.json')).stdout).toContain('undecided-transform');
  expect((await check('t.json', '--cannot-tell', 'fail')).exitCode).toBe(1);
});

test.each([['optional', 1], ['required', 0]])('a placeholder in the text of a stack set is what the stack around it says: %s', async (allowed, exitCode) => {
  const tokens = (value: string): object => ({ Tokens: { Type: 'String', Default: value, AllowedValues: [value] } });
  const body = { Parameters: tokens(allowed === 'required' ? 'optional' : 'required'), ...templateOf({ I: instance({ ...SAFE, HttpTokens: '${Tokens}' }) }) };
  const properties = (TemplateBody: unknown): object => ({ Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody } });
  write('t.json', { Parameters: tokens(allowed), ...templateOf({ Set: properties({ 'Fn::Sub': JSON.stringify(body) }) }) });

  expect((await check('t.json', '--cannot-tell', 'fail')).exitCode).toBe(exitCode);
});

test.each([[{ Type: 'AWS::SSM::Parameter', Properties: { Value: { 'Fn::ImportValue': 'x' } } }, 1], [{ Type: 'AWS::SSM::Parameter', Properties: { Value: 'x' } }, 0]])(
  'a launch template that an instance does without matters where a third template gives it on: %j', async (third, exitCode) => {
    const template = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1' } } };
    const host = { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': 'x' }, Version: '1' }, MetadataOptions: SAFE } };
    write('a.json', { ...templateOf({ T: template }), Outputs: { Id: { Value: { Ref: 'T' }, Export: { Name: 'x' } } } });
    write('b.json', templateOf({ I: host }));
    write('c.json', templateOf({ P: third }));

    expect((await check('a.json', 'b.json', 'c.json')).exitCode).toBe(exitCode);
  },
);

test('a product that is launched is told and counted, for its template is elsewhere', async () => {
  write('t.json', templateOf({ P: { Type: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct', Properties: { ProductId: 'prod-1', ProvisioningArtifactName: 'v1' } } }));
  const { exitCode, stdout } = await check('t.json');

  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('1 cannot tell') });
  expect(stdout).toContain('undecided-template');
  expect((await check('t.json', '--cannot-tell', 'fail')).exitCode).toBe(1);
});

test('a portfolio, which launches nothing, is not told', async () => {
  write('t.json', templateOf({ P: { Type: 'AWS::ServiceCatalog::Portfolio', Properties: { DisplayName: 'p', ProviderName: 'p' } } }));

  expect((await check('t.json', '--cannot-tell', 'fail')).exitCode).toBe(0);
});

test('a type of somebody else that is no module is not told', async () => {
  write('t.json', templateOf({ M: { Type: 'My::EC2::Bastion', Properties: {} } }));

  expect((await check('t.json', '--cannot-tell', 'fail')).exitCode).toBe(0);
});

describe('a setting', () => {
  test('of the highest hop limit is a violation above it', async () => {
    write('t.json', templateOf({ Web: instance({ ...SAFE, HttpPutResponseHopLimit: 3 }) }));
    expect((await check('t.json', '--max-hop-limit', '2')).stdout).toContain('hop-limit-too-high');
    expect((await check('t.json', '--max-hop-limit', '3')).exitCode).toBe(0);
  });

  test('of a trusted launch template lets it pass, and tells one that was not met', async () => {
    write('t.json', UNDECIDED);
    expect(await check('t.json', '--cannot-tell', 'fail', '--allow-launch-template', 'lt-1=golden template')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await check('t.json', '--cannot-tell', 'fail', '--allow-launch-template', 'lt-2=golden template')).toMatchObject({
      exitCode: 1, stderr: expect.stringContaining('lt-2 was not met'),
    });
  });

  test('may stand in a file, and the command line wins over it', async () => {
    write('t.json', UNDECIDED);
    write('.imds-guard.yaml', 'cannotTell: fail\nallowLaunchTemplate:\n  lt-9: golden\n');
    expect(await check('t.json')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('.imds-guard.yaml') });
    expect((await check('t.json', '--cannot-tell', 'warn')).exitCode).toBe(0);
  });

  test.each([['cannotTel: fail', 'there is no option "cannotTel"'], ['cannotTell: maybe', 'must be one of'], ['- x', 'an object was expected'], ['a: [', '.imds-guard.yaml:']])(
    'in a file that says %j is told', async (text, message) => {
      write('t.json', GOOD);
      write('.imds-guard.yaml', text);
      expect(await check('t.json')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
    },
  );

  test.each<[string, unknown, string]>([
    ...[true, [3], '2', null, 2.5, 65, {}].map((value): [string, unknown, string] => ['maxHopLimit', value, 'must be a whole number from 1 to 64']),
    ...[true, [90], '90', null, 1.5, 0].map((value): [string, unknown, string] => ['maxExemptionDays', value, 'must be a whole number of days from 1']),
    ...['true', 1, null, [true]].flatMap(value => ['quiet', 'color', 'forbidExemptions', 'forbidAcknowledgements', 'updateBaseline'].map(
      (name): [string, unknown, string] => [name, value, 'must be true or false'])),
    ...[7, true, null, ['a.json'], {}, ''].flatMap(value => ['baseline', 'exemptions'].map((name): [string, unknown, string] => [name, value, 'must be a text'])),
    ...[true, ['fail'], null].map((value): [string, unknown, string] => ['cannotTell', value, 'must be one of fail, warn, ignore']),
    ...[7, [7], null, { a: 'b' }].flatMap(value => ['paths', 'format'].map((name): [string, unknown, string] => [name, value, 'must be a text'])),
    ...[7, null, [null]].map((value): [string, unknown, string] => ['allowLaunchTemplate', value, 'must be a text']),
    ...[{ 'lt-1': 7 }, { 'lt-1': null }, { 'lt-1': ['r'] }].map((value): [string, unknown, string] => ['allowLaunchTemplate', value, 'needs an id and a reason']),
  ])('in a file has its own type: %s: %j', async (name, value, message) => {
    write('t.json', GOOD);
    write('.imds-guard.json', { [name]: value });
    const { exitCode, stdout, stderr } = await check('t.json');

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^imds-guard: [^\n]*\n$/);
    expect(stderr).toContain(`.imds-guard.json: ${name} ${message}`);
  });

  test('in a file may be a list or a single one, and a map of reasons', async () => {
    write('t.json', UNDECIDED);
    write('.imds-guard.yaml', 'format: [text, json=r.json]\nmaxHopLimit: 2\nmaxExemptionDays: 90\ncannotTell: fail\nallowLaunchTemplate: {lt-1: golden}\nforbidExemptions: true\n');
    expect((await check('t.json')).exitCode).toBe(0);
    write('.imds-guard.yaml', 'format: json\ncannotTell: fail\nallowLaunchTemplate: lt-1=golden\n');
    expect((await check('t.json')).exitCode).toBe(0);
  });
});

describe('reports', () => {
  test('go to a file each, and the log still says why it failed', async () => {
    write('t.json', BAD);
    const { exitCode, stdout } = await check('t.json', '--format', 'sarif=reports/imds.sarif', '--format', 'junit=reports/imds.xml');

    expect(exitCode).toBe(1);
    expect(stdout).toContain('imdsv1-allowed');
    expect(JSON.parse(readFileSync(join(cwd, 'reports/imds.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(join(cwd, 'reports/imds.xml'), 'utf8')).toContain('<testsuite');
  });

  test.each([
    ['the template itself', ['--format', 'json=t.json']],
    ['the template, by another way', ['--format', 'json=../link/t.json']],
    ['a template that cannot be read', ['--format', 'json=broken.yaml']],
    ['the exemptions', ['--exemptions', 'exemptions.yaml', '--format', 'json=exemptions.yaml']],
    ['the configuration', ['--format', 'sarif=.imds-guard.yaml']],
    ['the baseline that is read', ['--baseline', 'baseline.json', '--format', 'json=./baseline.json']],
    ['the template, with the baseline', ['--baseline', 't.json', '--update-baseline']],
  ])('never take the place of %s', async (_, args) => {
    const link = `${cwd}-link`;
    symlinkSync(cwd, link);
    write('t.json', BAD);
    write('broken.yaml', 'Resources: [\n');
    write('exemptions.yaml', 'exemptions: []\n');
    write('.imds-guard.yaml', 'color: false\n');
    await check('t.json', '--baseline', 'baseline.json', '--update-baseline');
    const files = readdirSync(cwd).map(file => [file, readFileSync(join(cwd, file), 'utf8')]);
    const ran = await check('t.json', 'broken.yaml', ...args.map(each => each.replace('../link', link)));
    rmSync(link);

    expect(ran).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/\nimds-guard: \S+: it is read here, so it cannot be written; .*\n$/) });
    expect(readdirSync(cwd).map(file => [file, readFileSync(join(cwd, file), 'utf8')])).toEqual(files);
  });

  test.each([
    ['two formats', ['--format', 'json=a.out', '--format', 'sarif=./a.out']],
    ['a format and the baseline', ['--format', 'json=a.out', '--baseline', 'a.out', '--update-baseline']],
  ])('never take the place of each other: %s', async (_, args) => {
    write('t.json', BAD);
    expect(await check('t.json', ...args)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('a.out: more than one output goes to it') });
    expect(existsSync(join(cwd, 'a.out'))).toBe(false);
  });

  test('may go to one device, and over the report of the run before', async () => {
    write('t.json', BAD);
    for (let times = 0; times < 2; times++) {
      expect(await check('.', '--format', 'json=r.json', '--format', 'sarif=/dev/null', '--format', 'junit=/dev/null')).toMatchObject({ exitCode: 1, stderr: '' });
    }
  });

  test('that cannot be written end with 2', async () => {
    write('t.json', GOOD);
    write('file', 'x');
    expect(await check('t.json', '--format', 'json=file/x.json')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('cannot be written') });
  });

  test('have colours on a terminal only', async () => {
    write('t.json', BAD);
    const coloured = async (env: object, terminal: boolean, ...args: string[]): Promise<boolean> => (
      (await imdsGuard(cwd, ['check', 't.json', ...args], { env: { ...env }, isTerminal: { stdout: terminal, stderr: false } })).stdout.includes('\u001b[')
    );

    expect(await coloured({}, true)).toBe(true);
    expect(await coloured({}, false)).toBe(false);
    expect(await coloured({}, true, '--no-color')).toBe(false);
    expect(await coloured({ NO_COLOR: '1' }, true)).toBe(false);
    expect(await coloured({ FORCE_COLOR: '1' }, false)).toBe(true);
  });
});

describe('a baseline', () => {
  test('lets known findings pass and fails new ones, wherever they are in the file', async () => {
    write('t.json', BAD);
    expect((await check('t.json', '--baseline', 'base.json', '--update-baseline')).exitCode).toBe(0);
    write('t.json', templateOf({ Other: instance(SAFE), ...(BAD as { Resources: object }).Resources }));
    expect((await check('t.json', '--baseline', 'base.json')).exitCode).toBe(0);
    write('t.json', templateOf({ Web: instance({ HttpTokens: 'optional' }), New: instance({ HttpTokens: 'optional' }) }));
    const { exitCode, stdout } = await check('t.json', '--baseline', 'base.json');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('failed: 1 of 2 resources with violations, 1 new finding');
  });

  test('tells files of the same name apart, in a text inside them too', async () => {
    const body = templateOf({ Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: JSON.stringify(BAD) } } });
    for (const folder of ['a', 'b']) {
      write(`${folder}/web.json`, BAD);
      write(`${folder}/set.json`, body);
    }
    await check('a', '--baseline', 'base.json', '--update-baseline');

    expect((await check('a', '--baseline', 'base.json')).exitCode).toBe(0);
    expect(await check('b', '--baseline', 'base.json')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('failed: 2 resources with violations, 2 findings') });
    write('a/web.yaml', 'Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties: {MetadataOptions: {HttpTokens: optional}}\n');
    expect(await check('a', '--baseline', 'base.json')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('failed: 1 of 3 resources with violations, 1 new finding') });
  });

  test('knows a file however it is named, also a nested template without its parent', async () => {
    write('a/web.json', templateOf({ Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './deep/nested.json' } } }));
    write('a/deep/nested.json', BAD);
    await check('a', '--baseline', 'base.json', '--update-baseline');

    symlinkSync(cwd, `${cwd}-link`);
    for (const path of ['.', './a/', 'a/deep', 'a/deep/nested.json', 'a/**/*.json', join(cwd, 'a'), `../${basename(cwd)}/a/deep`, `${cwd}-link/a/deep`]) {
      expect({ path, exitCode: (await check(path, '--baseline', 'base.json')).exitCode }).toEqual({ path, exitCode: 0 });
    }
    rmSync(`${cwd}-link`);
  });

  test('knows a stack wherever its assembly is', async () => {
    const artifacts = { App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' } } };
    for (const folder of ['cdk.out', 'build/out']) {
      write(`${folder}/manifest.json`, { version: '48.0.0', artifacts });
      write(`${folder}/App.template.json`, BAD);
    }
    await check('--baseline', 'base.json', '--update-baseline');

    expect((await check('build/out', '--baseline', 'base.json')).exitCode).toBe(0);
    expect((await check('build/out/App.template.json', '--baseline', 'base.json')).exitCode).toBe(1); // a file, of which no stack is known
  });

  test('knows a template from standard input by the name that it is given', async () => {
    const from = (...args: string[]): Promise<Ran> => imdsGuard(cwd, ['check', '-', '--baseline', 'base.json', ...args], { input: JSON.stringify(BAD) });
    expect(await from('--stdin-name', 'a/web.json', '--update-baseline')).toMatchObject({ exitCode: 0, stderr: 'imds-guard: base.json holds 1 finding now\n' });

    expect(await from('--stdin-name', './a/web.json')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await from('--stdin-name', 'b/web.json')).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/ b\/web.json:\d/) });
    expect((await from()).exitCode).toBe(1);
    write('a/web.json', BAD);
    expect((await check('a', '--baseline', 'base.json')).exitCode).toBe(0); // the file of that name
  });

  test('with standard input that has no name is told to need one, unless asked for quiet', async () => {
    const from = (...args: string[]): Promise<Ran> => imdsGuard(cwd, ['check', '-', ...args], { input: JSON.stringify(BAD) });
    await from('--baseline', 'base.json', '--update-baseline', '--quiet');

    expect(await from('--baseline', 'base.json')).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^imds-guard: [^\n]*--stdin-name NAME\n$/) });
    expect(await from('--baseline', 'base.json', '--quiet')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await from()).toMatchObject({ exitCode: 1, stderr: '' });
  });

  test('has the fingerprints that SARIF and GitLab have', async () => {
    write('a/web.json', BAD);
    await check('a', '--baseline', 'base.json', '--update-baseline');
    await check('a', '--format', 'sarif=r.sarif', '--format', 'gitlab=r.json');
    const read = (file: string): unknown => JSON.parse(readFileSync(join(cwd, file), 'utf8'));
    const { findings } = read('base.json') as { findings: { fingerprint: string }[] };
    const fingerprints = findings.map(({ fingerprint }) => fingerprint).sort();

    const { runs: [{ results }] } = read('r.sarif') as { runs: { results: { partialFingerprints: object }[] }[] };
    expect(results.map(each => Object.values(each.partialFingerprints)[0]).sort()).toEqual(fingerprints);
    expect((read('r.json') as typeof findings).map(each => each.fingerprint).sort()).toEqual(fingerprints);
  });

  test('that is written is told, unless asked for quiet', async () => {
    write('t.json', BAD);
    const update = (...args: string[]): Promise<Ran> => check('t.json', '--baseline', 'base.json', '--update-baseline', ...args);
    expect((await update()).stderr).toBe('imds-guard: base.json holds 1 finding now\n');
    expect((await update('--quiet')).stderr).toBe('');
    write('t.json', GOOD);
    expect((await update()).stderr).toBe('imds-guard: base.json holds no findings now\n');
  });

  test('with findings that are gone from what was checked is told to hold them, unless asked for quiet', async () => {
    write('t.json', templateOf({ Web: instance({ HttpTokens: 'optional' }), Other: instance({ HttpTokens: 'optional' }) }));
    write('u.json', BAD);
    await check('.', '--baseline', 'base.json', '--update-baseline');
    const gone = async (...args: string[]): Promise<string> => (await check('--baseline', 'base.json', ...args)).stderr;

    expect(await gone('t.json')).toBe(''); // u.json was not looked at, so nothing is known of it
    write('t.json', templateOf({ Web: instance(SAFE), Other: instance({ HttpTokens: 'optional' }) }));
    expect(await gone('t.json')).toBe('imds-guard: base.json holds 1 finding that is gone; --update-baseline takes it out, so that it fails when it returns\n');
    write('t.json', GOOD);
    write('u.json', GOOD);
    expect(await gone('.')).toBe('imds-guard: base.json holds 3 findings that are gone; --update-baseline takes them out, so that they fail when they return\n');
    expect(await gone('.', '--quiet')).toBe('');
    expect(await gone('.', '--update-baseline')).toBe('imds-guard: base.json holds no findings now\n');
  });

  test('that is not there is told how to be made', async () => {
    write('t.json', GOOD);
    expect(await check('t.json', '--baseline', 'base.json')).toMatchObject({
      exitCode: 2, stdout: '', stderr: 'imds-guard: base.json: there is no such file; make it with --update-baseline\n',
    });
  });

  test('is not written where something could not be read', async () => {
    write('t.json', BAD);
    const { exitCode, stderr } = await check('t.json', 'missing.json', '--baseline', 'base.json', '--update-baseline');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('base.json is left as it is');
    expect(existsSync(join(cwd, 'base.json'))).toBe(false);
  });

  test.each([['package.json', '{"name": "app"}'], ['notes.txt', 'a: [b'], ['list.json', '[]'], ['other.json', '{"tool": "another", "findings": []}']])(
    'never takes the place of a file that is none: %s', async (file, content) => {
      write('t.json', BAD);
      write(file, content);
      expect(await check('t.json', '--format', 'json=r.json', '--baseline', file, '--update-baseline')).toEqual({
        exitCode: 2, stdout: '', stderr: `imds-guard: ${file}: this is no baseline, so it is not overwritten; give --baseline another file, or remove this one\n`,
      });
      expect(readFileSync(join(cwd, file), 'utf8')).toBe(content);
      expect(existsSync(join(cwd, 'r.json'))).toBe(false);
    },
  );

  test.each([['of another version', '{"version": 0, "tool": "cdk-imds-guard", "findings": [{}]}'], ['in YAML', 'tool: cdk-imds-guard\nfindings: []\n'], ['that is empty', ' \n']])(
    'is written anew over one %s', async (_, content) => {
      write('t.json', BAD);
      write('base.json', content);
      expect((await check('t.json', '--baseline', 'base.json', '--update-baseline')).exitCode).toBe(0);
      expect((await check('t.json', '--baseline', 'base.json')).exitCode).toBe(0);
    },
  );

  test('that is broken is told', async () => {
    write('t.json', GOOD);
    write('base.json', '{"version": 99}');
    expect(await check('t.json', '--baseline', 'base.json')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('base.json') });
  });
});

describe('the day', () => {
  test.each<[string | undefined, boolean]>([['yesterday', true], ['1e9', true], ['1792713600', false], ['', false], [undefined, false]])('of SOURCE_DATE_EPOCH=%p', async (epoch, isTold) => {
    write('t.json', templateOf({ Web: instance(SAFE) }));
    const { exitCode, stderr } = await imdsGuard(cwd, ['check', 't.json'], { env: { SOURCE_DATE_EPOCH: epoch } });
    expect(exitCode).toBe(0);
    expect(stderr.includes('SOURCE_DATE_EPOCH is no number of seconds since 1970')).toBe(isTold);
  });
});

describe('exemptions in a file', () => {
  const entry = 'exemptions:\n  - logicalId: Web\n    reason: vendor appliance, moves in spring\n    owner: team-edge\n    until: ';

  test('let a resource pass until their day, and fail after it', async () => {
    write('t.json', BAD);
    write('e.yaml', `${entry}2027-03-01\n`);
    const good = await check('t.json', '--exemptions', 'e.yaml');
    expect(good.exitCode).toBe(0);
    expect(good.stdout).toContain('98 days left');
    write('e.yaml', `${entry}2026-11-22\n`);
    expect(await check('t.json', '--exemptions', 'e.yaml')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('exemption-expired') });
  });

  test('that a compliant resource carries is told with its line', async () => {
    const exemption = { reason: 'r', owner: 'o', until: '2027-03-01' };
    write('t.json', templateOf({ Web: { ...instance(SAFE), Metadata: { 'cdk-imds-guard:exemption': exemption } } }));
    expect((await check('t.json')).stdout).toMatch(/exemption-unused[^]*at +t\.json:\d+:/);
  });

  test('can be forbidden, or made short', async () => {
    write('t.json', BAD);
    write('e.yaml', `${entry}2027-03-01\n`);
    expect((await check('t.json', '--exemptions', 'e.yaml', '--forbid-exemptions')).stdout).toContain('exemption-not-allowed');
    expect((await check('t.json', '--exemptions', 'e.yaml', '--max-exemption-days', '30')).exitCode).toBe(1);
    expect((await check('t.json', '--exemptions', 'e.yaml', '--max-exemption-days', '98')).exitCode).toBe(0);
  });

  test.each<[string, string, string[]]>([
    ['exemption-not-allowed', '2027-03-01', ['--forbid-exemptions']],
    ['exemption-not-allowed', '2027-03-01', ['--max-exemption-days', '30']],
    ['exemption-expired', '2026-11-22', []],
    ['exemption-expiring', '2026-11-25', []],
    ['exemption-unused', '2027-03-01', ['other.json']],
  ])('are told with their own file and line: %s', async (rule, until, args) => {
    write('t.json', rule === 'exemption-unused' ? templateOf({ Web: instance(SAFE) }) : BAD);
    write('other.json', templateOf({}));
    write('e.yaml', `# agreed on\n\n${entry}${until}\n`);
    const all = ['t.json', '--exemptions', 'e.yaml', ...args];
    const found = (JSON.parse((await check(...all, '--format', 'json')).stdout) as Report).findings.filter(each => each.rule === rule);
    expect(found).toEqual([expect.objectContaining({ file: 'e.yaml', line: 4, column: 5, logicalId: 'Web' })]);
    expect((await check(...all)).stdout).toMatch(new RegExp(`${rule}[^]*at +e\\.yaml:4:5\n`));
    write('e.yaml', JSON.stringify({ exemptions: [{ logicalId: 'Web', reason: 'r', owner: 'o', until }] }, undefined, 1));
    expect((await check(...all)).stdout).toMatch(new RegExp(`${rule}[^]*at +e\\.yaml:3:`));
  });

  test('cover none of the same name that stands before it in the map, unless they name that one', async () => {
    const host = (tokens: string): string => `  Web: { Type: AWS::EC2::Instance, Properties: { MetadataOptions: { HttpTokens: ${tokens}, HttpPutResponseHopLimit: 1 } } }\n`;
    write('t.yaml', `Resources:\n${host('optional')}${host('optional')}`);
    write('e.yaml', `${entry}2027-03-01\n`);
    const report = async (): Promise<{ findings: { logicalId: string; rule: string; status: string }[] }> => (
      JSON.parse((await check('t.yaml', '--exemptions', 'e.yaml', '--format', 'json')).stdout)
    );
    const weak = async (): Promise<string[]> => (await report()).findings.filter(each => each.rule === 'imdsv1-allowed').map(each => `${each.logicalId} ${each.status}`).sort();

    expect(await weak()).toEqual(['Web exempt', 'Web#1 new']);
    write('e.yaml', `${entry}2027-03-01\n`.replace('Web', "'Web#1'"));
    expect(await weak()).toEqual(['Web new', 'Web#1 exempt']);
    write('e.yaml', `${entry}2027-03-01\n`.replace('Web', "'Web*'"));
    expect(await weak()).toEqual(['Web exempt', 'Web#1 exempt']);
  });

  test('with a bad date are refused', async () => {
    write('t.json', BAD);
    write('e.yaml', `${entry}2027-02-30\n`);
    expect(await check('t.json', '--exemptions', 'e.yaml')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('e.yaml') });
  });
});

describe('help', () => {
  test.each(['check', 'fix'])('the help of %s says how to name a launch template of another stack', async command => {
    expect((await imdsGuard(cwd, [command, '--help'])).stdout.replace(/\s+/g, ' ')).toContain('its id or name, the parameter or export for it, or STACK.OUTPUT');
  });

  test.each([[['--help']], [['check', '--help']], [['--version']], [['-v']]])('%j ends with 0', async args => {
    const { exitCode, stdout } = await imdsGuard(cwd, args);
    expect(exitCode).toBe(0);
    expect(stdout).not.toBe('');
  });

  test('names the command that was meant', async () => {
    expect(await imdsGuard(cwd, ['chek'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('check') });
  });

  test('is shown where nothing is asked for, and a mistake begins with the name of the tool like every other', async () => {
    expect(await imdsGuard(cwd, [])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Usage: imds-guard/) });
    expect((await check('--nonsense')).stderr).toBe("imds-guard: unknown option '--nonsense'\n");
  });
});

test('a mistake of ours shows its trace and is no pass', async () => {
  write('t.json', GOOD);
  const ran = await imdsGuard(cwd, ['check', '-'], { stdin: () => Promise.reject(new Error('boom')) });
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toMatch(/mistake of ours[\s\S]*boom[\s\S]*at /);
});

describe('a key that stands twice', () => {
  const twice = (first: string, last: string): string => (
    `{"Resources": {"Web": {"Type": "AWS::EC2::Instance", "Properties": {"MetadataOptions": {\n"HttpPutResponseHopLimit": 1,\n"HttpTokens": "${first}",\n"HttpTokens": "${last}"}}}}}`
  );
  const note = 'the key \'HttpTokens\' stands 2 times in one map, in lines 3 and 4: CloudFormation takes the last, and every one is judged; keep one';

  test('is told, and fails nothing where every value is fine', async () => {
    write('t.json', twice('required', 'required'));

    expect(await check('t.json')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`note  t.json:4:1: ${note}\n`) });
    expect((await check('t.json', '--quiet')).stdout).not.toContain('note');
    expect(JSON.parse((await check('t.json', '--format', 'json')).stdout)).toMatchObject({ problems: [], notes: [{ file: 't.json', line: 4, column: 1, message: note }] });
    expect((await check('t.json', '--format', 'sarif')).stdout).toContain(note);
  });

  test('fails where one value is weak, whichever', async () => {
    write('first.json', twice('optional', 'required'));
    write('last.json', twice('required', 'optional'));

    expect(await check('first.json')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('imdsv1-allowed') });
    expect(await check('last.json')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('imdsv1-allowed') });
  });

  test('in a template inside a template is told without its lines being taken for those of the file', async () => {
    write('t.json', templateOf({ Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: twice('required', 'required') } } }));

    const { notes } = JSON.parse((await check('t.json', '--format', 'json')).stdout) as { notes: object[] };
    expect(notes).toEqual([{ file: 't.json', message: `the template in 'Set': ${note}` }]);
  });
});

describe('--only-templates', () => {
  test('passes over named files that are no templates, and judges the others', async () => {
    write('values.yaml', 'replicas: 3\n');
    write('package.json', '{}');
    write('good.json', GOOD);

    expect(await check('values.yaml', 'good.json')).toMatchObject({ exitCode: 2 });
    expect(await check('values.yaml', 'package.json', 'good.json', '--only-templates')).toMatchObject({
      exitCode: 0, stdout: expect.stringContaining('passed over: 2 files that are no templates'),
    });
    write('bad.yaml', 'Resources:\n  Host:\n    Type: AWS::EC2::LaunchTemplate\n    Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: optional } } }\n');
    expect(await check('values.yaml', 'bad.yaml', '--only-templates')).toMatchObject({ exitCode: 1 });
  });

  test('has nothing to say against no template at all', async () => {
    write('values.yaml', 'replicas: 3\n');
    expect(await check('values.yaml', '--only-templates', '--quiet')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test.each([
    ['a template that is broken', 'Resources:\n  Host: { Type: AWS::EC2::Instance\n', ['broken.yaml']],
    ['a file that is not there', '', ['absent.yaml']],
    ['no file at all', '', []],
    ['a pattern that matches nothing', '', ['*.cfn']],
  ])('passes over no %s', async (_, text, paths) => {
    write('broken.yaml', text);
    expect(await check(...paths, '--only-templates')).toMatchObject({ exitCode: 2 });
  });
});

describe('a folder', () => {
  test('is told to have other files, with their endings, and they fail nothing', async () => {
    write('a.json', GOOD);
    write('b.MD', 'x');
    write('c.md', 'x');
    write('d', 'x');

    expect(await check('.')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('passed over: 3 files that are no templates (2 .md, 1 without an ending)\n') });
    expect(JSON.parse((await check('.', '--format', 'json')).stdout)).toMatchObject({ passedOver: { count: 3, endings: { '.md': 2, '': 1 } } });
    expect((await check('.', '--quiet')).stdout).not.toContain('passed over');
  });

  test('of templates alone has nothing that was passed over', async () => {
    write('a.json', GOOD);

    expect((await check('.')).stdout).not.toContain('passed over');
    expect(JSON.parse((await check('a.json', '--format', 'json')).stdout)).not.toHaveProperty('passedOver');
  });
});

describe('nested stacks in a chain', () => {
  /** Files whose order is that of the chain, or the opposite. */
  function writeChain(length: number, isReversed = false): void {
    const name = (i: number): string => `s${String(isReversed ? length - i : i).padStart(5, '0')}.json`;
    for (let i = 0; i < length; i++) {
      write(name(i), templateOf({ Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: name(i + 1) } } }));
    }
    write(name(length), GOOD);
  }

  test('are read as deep as people nest them', async () => {
    writeChain(20);

    expect(await check('.')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 compliant') });
  });

  test('thousands deep are judged where the innermost are read first', async () => {
    writeChain(2_000, true);

    expect(await check('.')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 compliant') });
  });

  test('thousands deep are one line and exit code 2', async () => {
    writeChain(5_000);

    const { exitCode, stdout, stderr } = await check('.', '--format', 'json');
    const { problems } = JSON.parse(stdout) as { problems: { message: string }[] };
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('nested stacks deeper than 100')]);
  });
});
