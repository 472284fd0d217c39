import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION, commandCalled, RanAction, runAction } from '../support/action';
import { Files, folderWith } from '../support/files';
import { Npx, npxOfSources } from '../support/npx';

/** A launch template, whose tokens are what is given. */
const template = (httpTokens: string): object => ({
  Resources: { Web: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: httpTokens } } } } },
});
const ASSEMBLY: Files = {
  'cdk.out/manifest.json': { version: '48.0.0', artifacts: { App: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'App.template.json' } } } },
  'cdk.out/App.template.json': template('required'),
};

let npx: Npx;
beforeAll(async () => { npx = await npxOfSources(); });

type Values<T> = { readonly [name: string]: T };

function run(files: Files, inputs: Values<string> = {}, github?: Values<unknown>): RanAction & { readonly cwd: string } {
  const cwd = folderWith(files);
  return { cwd, ...runAction(cwd, inputs, github, npx.path) };
}

test('what passes passes, with counts, a summary and a report that is uploaded', () => {
  const ran = run(ASSEMBLY);
  expect(ran).toMatchObject({ isFailed: false, outputs: { 'exit-code': '0', 'errors': '0', 'warnings': '0', 'violations': '0', 'cannot-tell': '0' } });
  expect(ran.summary).toMatch(/^#+ .+/);
  expect(ran.used).toEqual([{ uses: expect.stringMatching(/^github\/codeql-action\/upload-sarif@[0-9a-f]{40}$/), with: { sarif_file: ran.outputs.sarif, category: 'imds-guard' } }]);
  expect(JSON.parse(readFileSync(ran.outputs.sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect(JSON.parse(readFileSync(ran.outputs.json, 'utf8'))).toMatchObject({ exitCode: 0 });
  expect(readFileSync(npx.asked, 'utf8')).toBe(`--yes\nimds-guard@${ACTION.inputs.version.default}\n`);
});

test('what fails fails after the upload, with an annotation', () => {
  const ran = run({ ...ASSEMBLY, 'cdk.out/App.template.json': template('optional') });
  expect(ran).toMatchObject({ isFailed: true, outputs: { 'exit-code': '1', 'errors': '1', 'violations': '1' }, used: [{ with: { sarif_file: expect.stringMatching(/imds\.sarif$/) } }] });
  expect(ran.log).toMatch(/^::error .*file=cdk\.out\/App\.template\.json/m);
  expect(ran.summary).toContain('imdsv1-allowed');
});

test('fails nothing where only the outputs are wanted', () => {
  expect(run({ 'a.json': template('optional') }, { paths: 'a.json', fail: 'false' })).toMatchObject({ isFailed: false, outputs: { 'exit-code': '1' } });
});

test('each input reaches the check', () => {
  const files = {
    'in here/a b.json': template('optional'),
    'in here/b.json': { Resources: { L: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: { Ref: 'P' } } } } } }, Parameters: { P: { Type: 'String' } } },
    'in here/settings.yaml': 'cannotTell: ignore\n',
    'in here/known.json': { version: 1, findings: [] },
  };
  const inputs = { 'paths': '  a b.json \n\nb.json', 'working-directory': 'in here', 'config': 'settings.yaml', 'cannot-tell': 'fail' };
  const ran = run(files, { ...inputs, 'format': 'junit=out/a.xml\r\nhtml=b.html', 'args': '--name=shop\n--max-exemption-days=9', 'sarif-category': 'x', 'summary': 'false' });
  expect(ran.outputs).toMatchObject({ 'exit-code': '1', 'errors': '2', 'violations': '1', 'cannot-tell': '1' });
  expect(['out/a.xml', 'b.html'].map(file => existsSync(join(ran.cwd, 'in here', file)))).toEqual([true, true]);
  expect(JSON.parse(readFileSync(ran.outputs.json, 'utf8'))).toMatchObject({ name: 'shop', settings: { files: [{ file: 'settings.yaml' }] } });
  expect(ran).toMatchObject({ summary: '', used: [{ with: { category: 'x' } }] });

  expect(run(files, { ...inputs, 'max-hop-limit': '65' })).toMatchObject({ isFailed: true, outputs: { 'exit-code': '2', 'sarif': '', 'errors': '' }, used: [] });
  expect(run(files, { ...inputs, baseline: 'none.json' }).log).toContain('none.json');
  expect(run(files, { ...inputs, exemptions: 'none.yaml' }).log).toContain('none.yaml');
});

test('a command that is installed is run in place of what the registry has', () => {
  writeFileSync(npx.asked, 'nothing');
  const inputs = { paths: 'a.json', command: npx.direct };
  expect(run({ 'a.json': template('required') }, inputs)).toMatchObject({ isFailed: false, outputs: { 'exit-code': '0' } });
  expect(readFileSync(npx.asked, 'utf8')).toBe('nothing');
  const ran = run({ 'a.json': template('required') }, { ...inputs, command: 'node_modules/.bin/imds-guard' });
  expect(ran).toMatchObject({ isFailed: true, outputs: { 'exit-code': '2' }, log: expect.stringMatching(/^::error::imds-guard: the command of the input `command` cannot be run/m) });
});

test('without Node or with a version that is none, one line tells it and the step fails', () => {
  expect(run(ASSEMBLY, { version: 'latest' })).toMatchObject({ isFailed: true, outputs: { 'exit-code': '2' }, log: expect.stringContaining('the input `version` must be') });
  const bare = folderWith();
  ['bash', 'mktemp'].forEach(name => commandCalled(name, `exec /usr/bin/env PATH="$PATH" $(PATH=/usr/bin:/bin command -v ${name}) "$@"`, bare));
  expect(runAction(folderWith(ASSEMBLY), {}, undefined, bare)).toMatchObject({
    isFailed: true, outputs: { 'exit-code': '2' }, log: expect.stringContaining('::error::imds-guard: there is no Node on this runner'),
  });
});

test('nothing in an input is run, nor taken for another option', () => {
  const evil = '$(touch pwned) `touch pwned`; touch pwned #" \' ${{ x }}';
  for (const name of Object.keys(ACTION.inputs).filter(each => each !== 'working-directory')) {
    const ran = run(ASSEMBLY, { [name]: evil });
    expect({ name, pwned: existsSync(join(ran.cwd, 'pwned')) }).toEqual({ name, pwned: false });
  }
  const ran = run({ ...ASSEMBLY, 'a.json': template('optional') }, { paths: '--update-baseline\n--baseline=x.json\na.json' });
  expect(ran).toMatchObject({ isFailed: true, outputs: { 'exit-code': '2' } });
  expect(existsSync(join(ran.cwd, 'x.json'))).toBe(false);
});

test('scripts have no expressions in them, other actions are pinned, and each input is used', () => {
  const { steps } = ACTION.runs;
  steps.forEach(step => expect(step.run ?? '').not.toContain('${{'));
  steps.flatMap(({ uses }) => uses ?? []).forEach(uses => expect(uses).toMatch(/@[0-9a-f]{40}$/));
  Object.keys(ACTION.inputs).forEach(name => expect(JSON.stringify(steps)).toContain(`inputs.${name}`));
});

describe('a pull request', () => {
  const from = (full_name: string, actor = 'mo', event_name = 'pull_request'): object => ({ event_name, actor, event: { pull_request: { head: { repo: { full_name } } } } });

  test.each([
    ['of the repository is uploaded', from('us/app'), true],
    ['from a fork is not', from('them/app'), false],
    ['of a repository that is gone is not', { event_name: 'pull_request', event: { pull_request: { head: { repo: null } } } }, false],
    ['of dependabot is not', from('us/app', 'dependabot[bot]'), false],
    ['a push of dependabot is', { event_name: 'push', actor: 'dependabot[bot]' }, true],
  ])('%s', (_, github, isUploaded) => {
    const ran = run({ 'a.json': template('optional') }, { paths: 'a.json' }, { ...github });
    expect(ran).toMatchObject({ isFailed: true, outputs: { 'exit-code': '1' } });
    expect(ran.used).toHaveLength(isUploaded ? 1 : 0);
    expect(ran.log.includes('::notice::imds-guard: the findings of this pull request')).toBe(!isUploaded);
    expect(ran.summary).toContain('imdsv1-allowed');
  });

  test('is not uploaded where that is not wanted, and nothing is said', () => {
    const ran = run({ 'a.json': template('required') }, { 'paths': 'a.json', 'upload-sarif': 'false' }, { ...from('them/app') });
    expect(ran).toMatchObject({ isFailed: false, used: [] });
    expect(ran.log).not.toContain('::notice::');
  });
});

test('a summary of more than GitHub shows is cut between lines, and says so', () => {
  const lines = 'for each; do case $each in markdown=*) yes "line of å" | head -n 200000 > "${each#markdown=}" ;; esac; done';
  const { summary } = run({}, { command: join(commandCalled('guard', lines, folderWith()), 'guard') });
  expect(Buffer.byteLength(summary)).toBeGreaterThan(900_000);
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  expect(summary).toMatch(/^(?:line of å\n)+\n\nThe report goes on; this is the first megabyte of it\.\n$/);
});
