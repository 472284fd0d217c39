import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Report } from '../../src/engine/findings/report';
import { folderWith } from '../support/files';
import { imdsGuard } from '../support/terminal';

const FLAWED = join(__dirname, '../fixtures/flawed');
const WEAK = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } } } };

interface Found extends Report {
  readonly found: readonly string[];
  readonly told: readonly string[];
}

async function reportOf(cwd: string, args: readonly string[], input?: string): Promise<Found> {
  const { stdout } = await imdsGuard(cwd, ['check', '--format', 'json', ...args], { input });
  const report = JSON.parse(stdout) as Report;
  return {
    ...report,
    found: report.findings.map(({ file, line, logicalId, rule }) => `${file}:${line} ${logicalId} ${rule}`),
    told: report.problems.map(({ file, line, message }) => `${file}:${line} ${message}`),
  };
}

test.each(readdirSync(FLAWED).filter(file => file !== 'resource-as-text.yaml'))('no finding is lost with the flaws of %s', async file => {
  const { found, exitCode, problems } = await reportOf(FLAWED, [file]);

  expect(found.some(each => new RegExp(`^${file}:\\d+ (Host|Weak) imdsv1-allowed$`).test(each))).toBe(true);
  expect([exitCode, problems.length > 0]).toEqual([2, true]);
});

test('flaws of files in folders are told, as of those that are named', async () => {
  const { found, told, exitCode } = await reportOf(folderWith({ 'in/a.json': { Resources: { Web: WEAK, Odd: 'x' } } }), ['in']);

  expect(found).toEqual(['in/a.json:8 Web imdsv1-allowed']);
  expect(told).toEqual(['in/a.json:13 resource \'Odd\' must be a map with a \'Type\', got text; the rest of the template is judged']);
  expect(exitCode).toBe(2);
});

test('several flaws are one input that could not be read', async () => {
  const { stdout } = await imdsGuard(FLAWED, ['check', 'rain-directives.yaml']);

  expect(stdout).toMatch(/\nincomplete: 1 input could not be read, 1 resource with violations, 1 finding\n$/);
});

test('where a flaw hides what a group launches from, it is undecided', async () => {
  const group = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Odd' }, Version: '1' } } };
  const cwd = folderWith({ 'a.json': { Resources: { Group: group, Odd: ['x'] } }, 'b.json': { Resources: { Group: group, Odd: { Properties: WEAK.Properties } } } });

  const { templates, exitCode } = await reportOf(cwd, ['a.json', 'b.json']);

  expect(templates.map(({ resources }) => resources.map(({ verdict }) => verdict))).toEqual([['cannot tell'], ['cannot tell']]);
  expect(exitCode).toBe(2);
});

test('what a directive of Rain stands for is undecided', async () => {
  const host = (options: unknown): object => ({ Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: options } });
  const cwd = folderWith({ 'a.json': { Resources: { A: host({ 'Rain::Include': 'options.yaml' }), B: host({ HttpTokens: { 'Rain::Env': 'TOKENS' } }) } } });

  const { templates: [{ resources }] } = await reportOf(cwd, ['a.json']);

  expect(resources.map(({ verdict }) => verdict)).toEqual(['cannot tell', 'cannot tell']);
});

test('a template that the answer of get-template or a stack set holds is judged in spite of its flaws', async () => {
  const inner = { Resources: { Web: WEAK, Odd: 'x' } };
  const cwd = folderWith({
    'answer.json': { TemplateBody: JSON.stringify(inner) },
    'set.json': { Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: JSON.stringify(inner) } } } },
  });

  const { found, told } = await reportOf(cwd, ['answer.json', 'set.json']);

  expect(found.map(each => each.replace(/:\d+/, ''))).toEqual(['answer.json Web imdsv1-allowed', 'set.json Web imdsv1-allowed']);
  expect(told).toEqual([
    expect.stringMatching(/^answer\.json:\d+ the template in it: resource 'Odd' must be a map .*; the rest of the template is judged$/),
    expect.stringMatching(/^set\.json:.* the template in 'Set': resource 'Odd' must be a map .*; the rest of the template is judged$/),
  ]);
});

test('standard input, too', async () => {
  const { found, told, exitCode } = await reportOf(FLAWED, ['-'], readFileSync(join(FLAWED, 'rain-directives.yaml'), 'utf8'));

  expect([found.length, told.length, exitCode]).toEqual([1, 3, 2]);
});

test('a template of a cloud assembly, too', async () => {
  const cwd = folderWith({
    'cdk.out/manifest.json': { version: '36.0.0', artifacts: { App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' } } } },
    'cdk.out/App.template.json': { Resources: { Web: WEAK, Odd: 'x' } },
  });

  const { found, told, exitCode } = await reportOf(cwd, []);

  expect([found.length, told.length, exitCode]).toEqual([1, 1, 2]);
});

test('no baseline is written from what could not be read whole', async () => {
  const { exitCode, stderr } = await imdsGuard(folderWith({ 'a.json': { Resources: { Web: WEAK, Odd: 'x' } } }), ['check', 'a.json', '--baseline', 'b.json', '--update-baseline']);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('b.json is left as it is, since not everything could be read');
});
