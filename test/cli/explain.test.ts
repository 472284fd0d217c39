import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { run } from '../../src/cli/command-line';
import { explain } from '../../src/cli/explain';
import { pageOf } from '../../src/cli/rule-pages';
import { RULE_IDS, RULES } from '../../src/engine/findings/rules';

describe('one rule', () => {
  test.each(RULE_IDS)('%s is told in full: what it is, why, both templates, the fix, the exemption, the page of AWS', rule => {
    const { failing, passing, withoutTemplates, cdk, exemptCode, why, fix, exempt, refused, page } = pageOf(rule);

    const { text, exitCode } = explain(rule);

    expect(exitCode).toBe(0);
    expect(text.startsWith(`${rule}  (${RULES[rule].verdict}: `)).toBe(true);
    for (const words of [RULES[rule].about, why, refused, fix, exempt, withoutTemplates]) { expect(inOneLine(text)).toContain(words ?? ''); }
    for (const code of [failing, passing, cdk, exemptCode]) { expect(text).toContain(code?.split('\n').map(line => line && `    ${line}`).join('\n') ?? ''); }
    expect(text.endsWith(`\nWhat AWS says\n${page}\n`)).toBe(true);
  });

  test.each(RULE_IDS)('%s fits a terminal of 100 columns, but for the address of the page', rule => {
    expect(explain(rule).text.split('\n').filter(line => line.length > 100 && !/^https:\S+$/.test(line))).toEqual([]);
  });

  test.each(RULE_IDS)('%s has no line that ends in a blank', rule => {
    expect(explain(rule).text).not.toMatch(/[ \t]\n|\n\n$|\n\n\n/);
  });

  test.each([
    'cdk-imds-guard::hop-limit-too-high',
    'cdk-imds-guard:hop-limit-too-high',
    'ImdsChecks::hop-limit-too-high',
    'ImdsChecks::ImdsChecks-hop-limit-too-high',
    'ImdsChecks-hop-limit-too-high',
    'annotation::ImdsChecks-hop-limit-too-high',
    'Hop-Limit-TOO-High',
    ' hop-limit-too-high ',
  ])('%p is taken for the id', given => {
    expect(explain(given)).toEqual(explain('hop-limit-too-high'));
  });

  test.each(['AwsSolutions::hop-limit-too-high', 'hop-limit-too-high-', 'constructor', '__proto__'])('%p is not', given => {
    expect(explain(given).exitCode).toBe(2);
  });

  test('tells with which options and on which day the templates are meant to be checked', () => {
    expect(explain('exemption-not-allowed').text).toContain('\nFails with --max-exemption-days 90 on 2026-06-01\n');
    expect(explain('imdsv1-allowed').text).toContain('\nFails\n');
  });

  test('advice is not said to fail', () => {
    expect(explain('hop-limit-too-low').text).toMatch(/\nReported\n[^]*\nNot reported\n/);
    expect(explain('hop-limit-too-low').text).not.toMatch(/^Fails/m);
  });
});

describe('no rule', () => {
  const { text, exitCode } = explain(undefined);

  test('lists every rule once, with what it is about, under its verdict', () => {
    const groups = text.split('\n\n').map(group => [group.split(':')[0], inOneLine(group)] as const);

    expect(exitCode).toBe(0);
    for (const rule of RULE_IDS) {
      const { verdict, about } = RULES[rule];
      expect(groups.filter(([, group]) => group.includes(` ${rule} ${about}`)).map(([heading]) => heading)).toEqual([verdict]);
    }
  });

  test('fits a terminal of 100 columns', () => {
    expect(text.split('\n').filter(line => line.length > 100 || line.endsWith(' '))).toEqual([]);
  });
});

describe('a rule that there is not', () => {
  test.each([
    ['imdsv1-alowed', 'imdsv1-allowed'],
    ['cdk-imds-guard::hop-limit-to-high', 'hop-limit-too-high'],
    ['imdsv2_not_required', 'imdsv2-not-required'],
    ['hop-limit', 'hop-limit-not-set, hop-limit-too-high, hop-limit-too-low'],
    ['token', 'token-lifetime, token-through-proxy'],
  ])('%s is answered in one line with what may have been meant: %s', (given, meant) => {
    expect(explain(given)).toEqual({ text: `imds-guard: there is no rule ${JSON.stringify(given)}; did you mean ${meant}?\n`, exitCode: 2 });
  });

  test('nothing is guessed where nothing is alike', () => {
    expect(explain('CKV_AWS_79')).toEqual({ text: 'imds-guard: there is no rule "CKV_AWS_79"; imds-guard explain lists all of them\n', exitCode: 2 });
    expect(explain('')).toEqual({ text: 'imds-guard: there is no rule ""; imds-guard explain lists all of them\n', exitCode: 2 });
  });

  test('a long one, or one that would command the terminal, stays one short line', () => {
    const { text } = explain(`\u001b[31m\n${'a'.repeat(100_000)}`);

    expect(text).toMatch(/^imds-guard: [^\n\u001b]{1,150}\n$/);
  });
});

describe('imds-guard explain', () => {
  test('prints the page to standard output and ends with 0', async () => {
    expect(await outcomeOf('explain', 'imdsv1-allowed')).toEqual({ stdout: explain('imdsv1-allowed').text, stderr: '', exitCode: 0 });
  });

  test('prints the list where no rule is named', async () => {
    expect(await outcomeOf('explain')).toEqual({ stdout: explain(undefined).text, stderr: '', exitCode: 0 });
  });

  test('tells a mistake on standard error and ends with 2', async () => {
    expect(await outcomeOf('explain', 'imdsv1')).toEqual({ stdout: '', stderr: explain('imdsv1').text, exitCode: 2 });
  });

  test('the pages are loaded by nothing else', () => {
    const cli = join(__dirname, '../../src/cli');
    const loaded = execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', `
      require(${JSON.stringify(join(cli, 'main'))}); require(${JSON.stringify(join(cli, 'check'))});
      require(${JSON.stringify(join(cli, 'formats'))});
      console.log(Object.keys(require.cache).filter(file => /rule-pages|judge/.test(file)).map(file => require('path').basename(file)).join());
    `], { encoding: 'utf8', env: { ...process.env, TS_NODE_PROJECT: join(__dirname, '../../tsconfig.dev.json') } });

    expect(loaded).toContain('judge.ts');
    expect(loaded).not.toContain('rule-pages');
  });
});

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

async function outcomeOf(...args: string[]): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  let [stdout, stderr] = ['', ''];
  const exitCode = await run(args, {
    cwd: __dirname,
    env: {},
    preload: '',
    stdin: () => Promise.resolve(Buffer.alloc(0)),
    stdout: text => { stdout += text; },
    stderr: text => { stderr += text; },
    isTerminal: { stdout: false, stderr: false },
  });
  return { stdout, stderr, exitCode };
}
