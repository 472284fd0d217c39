import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/command-line';
import { POLICY_KINDS } from '../../src/cli/policy-kinds';
import { Report } from '../../src/engine/findings/report';

const CWD = mkdtempSync(join(tmpdir(), 'policy-lint-'));
afterAll(() => rmSync(CWD, { recursive: true, force: true }));

const deny = (Resource: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Imds', Effect: 'Deny', Action: 'ec2:RunInstances', Resource, Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } } }],
});
const BAD = deny('*');
const GOOD = deny('arn:*:ec2:*:*:instance/*');

async function lint(args: readonly string[], input = ''): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  let [stdout, stderr] = ['', ''];
  const exitCode = await run(['policy', ...args], {
    cwd: CWD,
    env: {},
    threadScript: '',
    preload: '',
    stdin: async () => Buffer.from(input),
    stdout: text => { stdout += text; },
    stderr: text => { stderr += text; },
    isTerminal: { stdout: false, stderr: false },
  });
  return { stdout, stderr, exitCode };
}

async function reportOf(input: unknown, ...args: string[]): Promise<Report> {
  const { stdout } = await lint(['lint', '--format', 'json', ...args], typeof input === 'string' ? input : JSON.stringify(input, undefined, 2));
  return JSON.parse(stdout) as Report;
}

const summary = ({ findings, exitCode, problems }: Report): unknown => [exitCode, ...findings.map(({ rule, path }) => `${rule} ${path}`), ...problems.map(({ message }) => message)];

test('a policy that is wrong ends with 1, and says what, where and what to write', async () => {
  writeFileSync(join(CWD, 'scp.json'), JSON.stringify(BAD, undefined, 2));

  const { stdout, stderr, exitCode } = await lint(['lint', 'scp.json']);

  expect([exitCode, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^scp\.json\n\n {2}Imds\n {4}error {2}policy-denies-too-much\n {6}property {2}Statement\.0\.Resource: "\*"\n {6}why {7}a launch is authorized for image/);
  expect(stdout).toMatch(/write instead\s+\{"Sid":"Imds","Effect":"Deny"/);
  expect(stdout).toContain('at        scp.json:8:7');
  expect(stdout).toMatch(/\n1 policy\nfailed: 1 finding\n$/);
});

test('a policy that is right ends with 0', async () => {
  const { stdout, exitCode } = await lint(['lint', '-'], JSON.stringify(GOOD));

  expect({ stdout, exitCode }).toEqual({ stdout: '1 policy\npassed\n', exitCode: 0 });
});

test('a policy that says nothing about IMDS is named, so that nobody takes it for right', async () => {
  const other = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };
  for (let i = 0; i < 10; i++) { writeFileSync(join(CWD, `s3-${i}.json`), JSON.stringify(other)); }

  expect(await lint(['lint', 's3-0.json'])).toEqual({ stdout: '1 policy\npassed\n', stderr: 'imds-guard: not about IMDS, so not judged: s3-0.json\n', exitCode: 0 });
  expect((await lint(['lint', 's3-*.json'])).stderr).toMatch(/: s3-0\.json, s3-1\.json, .*s3-7\.json, and 2 more\n$/);
  expect((await lint(['lint', '-'], JSON.stringify(GOOD))).stderr).toBe('');
});

test.each([
  ['YAML', 'Statement:\n  Effect: Deny\n  Action: ec2:RunInstances\n  Resource: "*"\n  Condition:\n    StringNotEquals:\n      ec2:MetadataHttpTokens: required\n', 'Statement.Resource'],
  ['describe-policy', { Policy: { PolicySummary: { Type: 'SERVICE_CONTROL_POLICY' }, Content: JSON.stringify(BAD) } }, 'Policy.Content.Statement.0.Resource'],
  ['get-policy-version', { PolicyVersion: { Document: BAD } }, 'PolicyVersion.Document.Statement.0.Resource'],
  ['get-policy-version of the API', { PolicyVersion: { Document: encodeURIComponent(JSON.stringify(BAD)) } }, 'PolicyVersion.Document.Statement.0.Resource'],
  ['get-role-policy', { RoleName: 'r', PolicyDocument: BAD }, 'PolicyDocument.Statement.0.Resource'],
])('%s is read', async (_name, input, path) => expect(summary(await reportOf(input))).toEqual([1, `policy-denies-too-much ${path}`]));

test('an EC2 policy is read', async () => {
  expect(summary(await reportOf({ ec2_attributes: { instance_metadata_defaults: { http_tokens: { '@@assign': 'optional' } } } })))
    .toEqual([1, 'policy-denies-too-little ec2_attributes.instance_metadata_defaults.http_tokens.@@assign']);
});

test('the type of a policy counts', async () => {
  expect(summary(await reportOf({ Policy: { PolicySummary: { Type: 'RESOURCE_CONTROL_POLICY' }, Content: JSON.stringify(GOOD) } })))
    .toEqual([1, 'policy-denies-too-little Policy.Content.Statement.0.Action']);
});

test('advice passes, and is counted', async () => {
  const { stdout, exitCode } = await lint(['lint'], JSON.stringify(BAD).replace('StringNotEquals', 'StringEquals').replace('required', 'optional'));

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/policy-holds-in-part[^]*\n1 policy\npassed, 1 warning\n$/);
});

test('dates are held against the day of the run', async () => {
  const until = JSON.parse(JSON.stringify(GOOD).replace('"Condition":{', '"Condition":{"DateLessThan":{"aws:CurrentTime":"2026-06-01"},')) as object;
  const reportOn = async (day: string): Promise<unknown> => {
    jest.useFakeTimers({ now: new Date(day), doNotFake: ['setImmediate', 'nextTick'] });
    return summary(await reportOf(until).finally(() => jest.useRealTimers()));
  };

  expect(await reportOn('2026-05-31')).toEqual([0, 'policy-holds-in-part Statement.0.Condition.DateLessThan.aws:CurrentTime']);
  expect(await reportOn('2026-06-01')).toEqual([1, 'policy-denies-too-little Statement.0.Condition.DateLessThan.aws:CurrentTime']);
});

test('--partition says where it is to hold', async () => {
  const policy = deny('arn:aws:ec2:*:*:instance/*');

  expect(summary(await reportOf(policy))).toEqual([0]);
  expect(summary(await reportOf(policy, '--partition', 'aws-us-gov'))).toEqual([1, 'policy-denies-too-little Statement.0.Resource']);
  expect(await lint(['lint', '--partition', 'gov'], '{}')).toEqual({ stdout: '', stderr: expect.stringMatching(/^imds-guard: --partition must be one of aws, [^\n]+\n$/), exitCode: 2 });
});

test.each([
  ['nothing', '', /^the file is empty; name a policy/],
  ['a template', { Resources: { A: { Type: 'AWS::S3::Bucket' } } }, /^a template of CloudFormation; imds-guard check finds the policies in it$/],
  ['something else', { A: 1 }, /^no policy: neither Statement nor ec2_attributes is in it; name a policy/],
  ['a list', [BAD], /^no policy; name/],
  ['text that is no JSON', { Policy: { Content: '{' } }, /^no policy in Policy\.Content; name/],
  ['text that is no URL encoding', { PolicyVersion: { Document: '%7B%' } }, /^no policy in PolicyVersion\.Document; name/],
  ['malformed JSON', '{"Statement": [', /^malformed JSON/],
  ['a key that stands twice', '{"Statement": [], "Statement": []}', /twice/],
])('%s ends with 2 and one line', async (_name, input, message) => {
  const { exitCode, problems } = await reportOf(input);

  expect(exitCode).toBe(2);
  expect(problems).toEqual([expect.objectContaining({ file: '<stdin>', message: expect.stringMatching(message) })]);
});

test('a file that is not there ends with 2, and the others are held all the same', async () => {
  writeFileSync(join(CWD, 'good.json'), JSON.stringify(GOOD));
  const { stdout, exitCode } = await lint(['lint', 'good.json', 'missing.json']);

  expect(exitCode).toBe(2);
  expect(stdout).toContain('missing.json: there is no such file');
});

test('a report does not take the place of a policy', async () => {
  writeFileSync(join(CWD, 'good.json'), JSON.stringify(GOOD));

  expect((await lint(['lint', '--format', 'json=good.json', 'good.json'])).exitCode).toBe(2);
  expect(readFileSync(join(CWD, 'good.json'), 'utf8')).toBe(JSON.stringify(GOOD));
});

test.each(['sarif', 'junit', 'markdown', 'html', 'github', 'gitlab'])('%s shows the finding', async format => {
  const { stdout, exitCode } = await lint(['lint', '--format', format], JSON.stringify(BAD));

  expect(exitCode).toBe(1);
  expect(stdout).toContain('policy-denies-too-much');
});

const PRINTED = ['scp', 'iam', 'boundary', 'ec2-policy'] satisfies (keyof typeof POLICY_KINDS)[];

test.each(PRINTED.flatMap(kind => [
  [kind], [kind, '--format', 'yaml'], [kind, '--endpoint', 'disabled'], [kind, '--partition', 'aws'], [kind, '--max-hop-limit', '1', '--compact'],
  [kind, '--exempt-role', 'arn:*:iam::*:role/imds-exempt/*', '--exempt-tag', 'imds-exempt=true'], [kind, '--defaults-only'],
  [kind, '--with', 'role-delivery', '--with', 'start-instances', '--with', 'legacy-spot', '--with', 'launch-configurations', '--with', 'pinned-template-versions'],
].map(args => [args] as const)))('what imds-guard policy %j prints has no mistake', async args => {
  const { stdout } = await lint(args);

  expect(summary(await reportOf(stdout))).toEqual([0]);
});

describe('a policy that AWS would refuse', () => {
  const STATEMENT = { Effect: 'Deny', Action: 'ec2:RunInstances', Resource: 'arn:*:ec2:*:*:instance/*', Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } } };
  const one = (more: object): object => ({ Version: '2012-10-17', Statement: [STATEMENT, { ...STATEMENT, ...more }] });

  test.each([
    [{ Statement: 'ec2:MetadataHttpTokens' }, 'Statement must be a map with Effect, Action and Resource, got "ec2:MetadataHttpTokens"'],
    [{ Statement: null }, 'Statement must be a map with Effect, Action and Resource, got nothing'],
    [{ Statement: [] }, 'Statement must have a statement in it, the list is empty'],
    [{ Statement: [STATEMENT, 7] }, 'Statement.1 must be a map with Effect, Action and Resource, got 7'],
    [one({ Effect: 'deny' }), 'Statement.1.Effect must be "Allow" or "Deny", got "deny"'],
    [one({ Effect: undefined }), 'Statement.1.Effect must be "Allow" or "Deny", got nothing'],
    [one({ Action: null }), 'Statement.1.Action must be a text or a list of texts, got nothing'],
    [one({ Action: [] }), 'Statement.1.Action must be a text or a list of texts, got an empty list'],
    [one({ Action: undefined }), 'Statement.1 must have Action or NotAction'],
    [one({ NotAction: 'ec2:*' }), 'Statement.1 must have Action or NotAction, not both'],
    [one({ Resource: { a: 1 } }), 'Statement.1.Resource must be a text or a list of texts, got a map'],
    [one({ Resource: ['*', { a: 1 }] }), 'Statement.1.Resource must be a text or a list of texts, got a list'],
    [one({ Condition: 'x' }), 'Statement.1.Condition must be a map of operators, got "x"'],
    [one({ Condition: { StringNotEquals: 'required' } }), 'Statement.1.Condition.StringNotEquals must be a map of condition keys, got "required"'],
    [one({ Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': { a: 1 } } } }), 'Statement.1.Condition.StringNotEquals.ec2:MetadataHttpTokens must be a value or a list of values, got a map'],
    [{ ec2_attributes: null }, 'ec2_attributes must be a map, got nothing'],
    [{ instance_metadata_defaults: 'required' }, 'instance_metadata_defaults must be a map, got "required"'],
    [{ PolicyDocument: { Statement: 'imds' } }, 'Statement must be a map with Effect, Action and Resource, got "imds"'],
  ])('ends with 2: %j', async (policy, message) => {
    expect(summary(await reportOf(policy))).toEqual([2, `malformed policy: ${message}`]);
  });

  test.each([
    [one({ Resource: undefined })],
    [{ Statement: STATEMENT }],
    [one({ Condition: { Null: { 'ec2:MetadataHttpTokens': false } }, Effect: 'Allow' })],
    [one({ Condition: undefined, Action: 's3:GetObject' })],
  ])('is not this one: %j', async policy => {
    expect((await reportOf(policy)).problems).toEqual([]);
  });

  test('is told with its line, once, and what is right is linted all the same', async () => {
    writeFileSync(join(CWD, 'malformed.json'), JSON.stringify(one({ Action: null }), undefined, 2));
    writeFileSync(join(CWD, 'sound.json'), JSON.stringify(GOOD));

    const { stdout, exitCode } = await lint(['lint', 'malformed.json', 'sound.json']);

    expect(exitCode).toBe(2);
    expect(stdout.match(/malformed policy/g)).toHaveLength(1);
    expect(stdout).toMatch(/malformed\.json:16/);
  });
});
