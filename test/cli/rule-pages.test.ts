import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { rulesDocument } from '../../projenrc/write-rules';
import * as library from '../../src';
import { run } from '../../src/cli/command-line';
import { pageOf, RulePage } from '../../src/cli/rule-pages';
import { isExemptable } from '../../src/engine/exemptions/exemptions';
import { Report } from '../../src/engine/findings/report';
import { RULE_IDS, RULES } from '../../src/engine/findings/rules';
import { judge } from '../../src/engine/judge/judge';
import { isTemplate, readTemplate } from '../../src/input/read-template';
import { quietly } from '../support/support';

const PAGES = RULE_IDS.map(pageOf);
const WITH_TEMPLATES = PAGES.filter(page => page.failing !== undefined);
const WITH_CODE = PAGES.filter(page => page.cdk !== undefined);
const EMPTY = mkdtempSync(join(tmpdir(), 'rule-pages-'));
afterAll(() => rmSync(EMPTY, { recursive: true, force: true }));

describe('a template of a page', () => {
  test.each(WITH_TEMPLATES.map(page => [page.rule, page] as const))('%s: the failing one has the finding, as the page says it is checked', async (rule, page) => {
    const { findings, exitCode } = await checked(page, page.failing!);

    expect(findings).toContainEqual(expect.objectContaining({ rule, verdict: page.verdict, status: 'new' }));
    expect(exitCode).toBe(page.verdict === 'violation' ? 1 : 0);
  });

  test.each(WITH_TEMPLATES.map(page => [page.rule, page] as const))('%s: the passing one has neither the finding nor anything that fails', async (rule, page) => {
    const { findings, counts, exitCode } = await checked(page, page.passing!);

    expect(findings.filter(each => each.rule === rule)).toEqual([]);
    expect(findings.filter(each => each.verdict === 'violation' && each.status === 'new')).toEqual([]);
    expect({ exitCode, undecided: counts.cannotTell, isEmpty: counts.resources === 0 }).toEqual({ exitCode: 0, undecided: 0, isEmpty: false });
  });

  test.each(aboutResources().map(page => [page.rule, page] as const))('%s: nothing else is wrong with the failing one', (rule, page) => {
    const settings = { maxHttpPutResponseHopLimit: page.options === '--max-hop-limit 2' ? 2 : undefined };

    expect(judge(parsed(page.failing!), () => settings).findings.map(each => each.rule)).toEqual([rule]);
  });

  test.each(WITH_TEMPLATES.map(page => [page.rule, page] as const))('%s: without its options and its day the check would not tell the two apart', async (rule, page) => {
    const report = await checked({ ...page, options: undefined, day: '2000-01-01' }, page.failing!);

    const isTold = report.findings.some(each => each.rule === rule);
    expect(isTold).toBe(page.options === undefined && !['exemption-expired', 'exemption-expiring'].includes(rule));
  });
});

describe('the code of a page', () => {
  test.each(WITH_CODE.map(page => [page.rule, page] as const))('%s: makes templates without the finding, and none that fails', async (rule, page) => {
    const { findings, counts, exitCode } = await checked(page, assemblyFrom(page.cdk!));

    expect(findings.filter(each => each.rule === rule)).toEqual([]);
    expect({ exitCode, isEmpty: counts.resources === 0 }).toEqual({ exitCode: 0, isEmpty: false });
  });

  test('a weak one would be seen', async () => {
    const code = "import { aws_ec2 as ec2 } from 'aws-cdk-lib'; new ec2.CfnInstance(stack, 'Web', {});";

    const { findings, exitCode } = await checked(pageOf('imdsv2-not-required'), assemblyFrom(code));

    expect([exitCode, ...findings.map(each => each.rule)]).toEqual([1, 'imdsv2-not-required']);
  });
});

describe('a page', () => {
  test.each(PAGES.map(page => [page.rule, page] as const))('%s: is titled, judged and linked', (rule, page) => {
    expect(page).toMatchObject({ title: RULES[rule].about, verdict: RULES[rule].verdict });
    expect(page.page).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|karpenter\.sh)\//);
    expect(page.exempt).not.toBe('');
  });

  test.each(PAGES.map(page => [page.rule, page] as const))('%s: has two templates that differ, or says why there are none', (_, page) => {
    const { failing, passing, withoutTemplates } = page;

    expect([failing, passing].map(each => each === undefined)).toEqual(Array(2).fill(withoutTemplates !== undefined));
    if (failing !== undefined) { expect(parsed(failing)).not.toEqual(parsed(passing!)); }
  });

  test.each(PAGES.map(page => [page.rule, page] as const))('%s: tells why in two to five sentences', (_, { why }) => {
    const sentences = why.split(/[.?](?=\s|$)/).filter(each => each.trim() !== '');

    expect(sentences.length).toBeGreaterThanOrEqual(2);
    expect(sentences.length).toBeLessThanOrEqual(5);
    expect(why).toMatch(/^[A-Z][^\n]*\.$/);
  });

  test.each(PAGES.map(page => [page.rule, page] as const))('%s: shows the code for an exemption where there can be one, and no other', (rule, { exemptCode, verdict }) => {
    expect(exemptCode !== undefined).toBe(isExemptable(rule));
    if (exemptCode !== undefined) {
      expect(exemptCode).toContain(`id: 'cdk-imds-guard::${rule}'`);
      expect(exemptCode.includes(`allow: ['${rule}']`)).toBe(verdict !== 'advice');
    }
  });
});

describe('RULES.md', () => {
  const document = readFileSync(join(__dirname, '../../RULES.md'), 'utf8');

  test('is in step with the sources', () => expect(document).toBe(rulesDocument()));

  test.each(RULE_IDS)('has a heading for %s, so that the links of the reports arrive', rule => {
    expect(document.split('\n').filter(line => line === `## ${rule}`)).toHaveLength(1);
    expect(document).toContain(`| [\`${rule}\`](#${rule}) |`);
  });
});

/** Pages about one resource, whose failing template has that one fault. */
function aboutResources(): RulePage[] {
  return WITH_TEMPLATES.filter(({ rule }) => isExemptable(rule));
}

function parsed(text: string): object {
  const read = readTemplate(Buffer.from(text), 'template.yaml');
  if (!isTemplate(read)) { throw new Error(read.problem.message); }
  return read.template;
}

/** As a reader would check a template of a page, or a cloud assembly, with the options and on the day that the page names. */
async function checked({ options, day }: RulePage, input: string | { readonly directory: string }): Promise<Report> {
  let text = '';
  await run(['check', typeof input === 'string' ? '-' : input.directory, ...options?.split(' ') ?? [], '--format', 'json'], {
    cwd: EMPTY,
    env: day === undefined ? {} : { SOURCE_DATE_EPOCH: String(Date.parse(day) / 1000) },
    preload: '',
    stdin: () => Promise.resolve(Buffer.from(typeof input === 'string' ? input : '')),
    stdout: more => { text += more; },
    stderr: more => { throw new Error(more); },
    isTerminal: { stdout: false, stderr: false },
  });
  return JSON.parse(text) as Report;
}

/** Runs the code of a page in an app of its own. */
function assemblyFrom(code: string): { readonly directory: string } {
  const app = new cdk.App({ outdir: mkdtempSync(join(EMPTY, 'cdk.out-')), analyticsReporting: false });
  const stack = new cdk.Stack(app, 'Stack');
  const vpc = cdk.aws_ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'], publicSubnetIds: ['subnet-3', 'subnet-4'],
  });
  const { outputText } = transpileModule(code, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } });
  const modules: Record<string, unknown> = { 'aws-cdk-lib': cdk, 'cdk-imds-guard': library };
  new Function('require', 'exports', 'app', 'stack', 'vpc', outputText)((name: string) => modules[name], {}, app, stack, vpc);
  return quietly(() => app.synth());
}
