import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The native cfn-guard that CDK's Guard plugin ships, where it has one for this machine. */
export const CFN_GUARD = binary();

function binary(): string | undefined {
  if (process.platform === 'win32') { return undefined; }
  const root = dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
  const file = join(root, 'bin', process.platform === 'darwin' ? 'macos' : 'ubuntu', process.arch === 'arm64' ? 'aarch64' : 'x86_64', 'cfn-guard');
  return existsSync(file) ? file : undefined;
}

/** `test`, or a skipped test that says why. */
export const testWithGuard: jest.It = CFN_GUARD ? test : skipped('there is no cfn-guard for this machine');

export interface Failed {
  readonly rule: string;
  readonly message: string;

  /** The resources that fail it. */
  readonly logicalIds: readonly string[];
}

/** The rules that a template, or what a hook is given, fails. Throws where cfn-guard does not take the rules. */
export function failedRules(rules: string, data: unknown): Failed[] {
  const { stdout, stderr, status } = spawnSync(CFN_GUARD!, ['validate', '--payload', '--structured', '--output-format', 'json', '--show-summary', 'none'], {
    input: JSON.stringify({ rules: [rules], data: [JSON.stringify(data)] }), encoding: 'utf8', maxBuffer: 256 * 1024 * 1024,
  });
  if (stderr.trim() !== '' || (status !== 0 && status !== 19)) { throw new Error(`cfn-guard ended with ${status}\n${stderr}${stdout.slice(0, 500)}`); }
  const [report] = JSON.parse(stdout) as { not_compliant: { Rule: NotCompliant }[] }[];
  return report.not_compliant.map(({ Rule: rule }) => ({
    rule: rule.name,
    message: rule.checks[0].Rule.messages.custom_message.trim(),
    logicalIds: [...new Set([...JSON.stringify(rule).matchAll(/"\/Resources\/(\w+)/g)].map(([, id]) => id))].sort(),
  }));
}

interface NotCompliant { readonly name: string; readonly checks: { Rule: { messages: { custom_message: string } } }[] }

/** Every resource that fails a rule, with the endings of the rules' names. */
export function failuresIn(rules: string, data: unknown): Record<string, string[]> {
  const failures: Record<string, string[]> = {};
  for (const { rule, logicalIds } of failedRules(rules, data)) {
    for (const id of logicalIds) { (failures[id] ??= []).push(rule.replace(/^.*?_(?=requires_|limits_|sets_|leaves_)/, '')); }
  }
  return failures;
}

function skipped(why: string): jest.It {
  console.warn(`skipped: ${why}`);
  return test.skip;
}
