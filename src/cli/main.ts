import { join } from 'path';
import { Command, CommanderError, Option } from 'commander';
import { FORMAT_NAMES } from './formats';
import { visible } from '../engine/text/visible';
import { Mistake } from '../settings/mistake';
import type { RawPlanOptions } from './plan/plan';
import type { RawLintOptions } from './policy-lint';
import type { RawPolicyOptions } from './policy-options';
import type { PreloadOptions } from './preload';
import type { RawSummaryOptions } from './summary/summary';
import { Terminal } from './terminal';
import { packageName, version } from '../input/version';
import { RawOptions } from '../settings/layer';

/** Runs the command line and ends the process with its exit code: 0 clean, 1 findings, 2 misuse or unreadable input; of `run`, that of its command. */
export async function main(): Promise<void> {
  let isCut = false;
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || isCut) { return; } // `imds-guard check | head` closes the pipe early, which is no failure
    isCut = true;
    process.exitCode = 2;
    process.stderr.write(`imds-guard: standard output cannot be written (${code})\n`);
  });
  process.stderr.on('error', () => {}); // there is nobody to report to
  const exitCode = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    columns: process.stdout.columns,
    threadScript: __filename,
    preload: join(__dirname, '..', 'preload', 'preload.js'),
    ask: isTerminal(process.stdout) && isTerminal(process.stdin) ? ask : undefined, // in this order: opening standard input takes 4 ms
    stdin: readAll,
    stdout: text => void process.stdout.write(text),
    stderr: text => void process.stderr.write(text),
    isTerminal: { stdout: isTerminal(process.stdout), stderr: isTerminal(process.stderr) },
  });
  process.exitCode = isCut ? 2 : exitCode;
}

/** For what is none Node has `undefined`, which picocolors takes for a question, and answers with yes in a pipeline. */
function isTerminal({ isTTY }: { readonly isTTY?: boolean }): boolean {
  return isTTY === true;
}

/** What another thread does, once it has loaded this module. */
export function readForMain(): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require('./read-ahead-thread') as typeof import('./read-ahead-thread')).readForMain();
}

export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    let exitCode = 0;
    await commandLine(args, terminal, code => { exitCode = code; }).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) { return error.exitCode === 0 ? 0 : 2; } // commander has told why
    terminal.stderr(error instanceof Mistake
      ? error.lines.map(line => `imds-guard: ${line}\n`).join('')
      : `imds-guard: this is a mistake of ours, please report it\n${(error as Error).stack}\n`);
    return 2;
  }
}

/** commander puts what may have been meant into a line of its own. */
function oneLine(text: string): string {
  return text.trimEnd().replace(/^error: /, 'imds-guard: ').replace(/\n\(Did you mean (.+)\?\)$/, '; did you mean $1?');
}

type End = (exitCode: number) => void;

function commandLine(args: readonly string[], terminal: Terminal, end: End): Command {
  const program = new Command('imds-guard')
    .description('Finds EC2 instances and launch templates that answer IMDSv1, in CloudFormation templates and CDK cloud assemblies')
    .version(`${packageName()} ${version()}`, '-v, --version', 'print the package and its version')
    .helpOption('-h, --help', 'print this help')
    .enablePositionalOptions(args[0] === 'policy' && args[1] === 'lint') // whose options are its own, not those of `policy`
    .exitOverride()
    .configureOutput({
      writeOut: terminal.stdout,
      writeErr: terminal.stderr,
      outputError: (text, write) => write(`${visible(oneLine(text))}\n`),
    })
    .showSuggestionAfterError();
  const ofCheck = check(program, terminal, end);
  if (args[0] === 'check') { return program; } // the options of all the others take 3 ms, which pipelines need not wait for
  program.command('explain')
    .description('print what a rule means, with templates that fail and pass')
    .argument('[rule]', 'the id of a rule; without it all rules are listed')
    .action((rule: string | undefined) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { explain } = require('./explain') as typeof import('./explain');
      const { text, exitCode } = explain(rule);
      (exitCode === 0 ? terminal.stdout : terminal.stderr)(text);
      end(exitCode);
    });
  fix(program, terminal, end);
  policy(program, terminal, end);
  init(program, terminal, end);
  summary(program, terminal, end);
  plan(program, terminal, end);
  runCommand(program, ofCheck, args, terminal, end);
  preload(program, terminal);
  return program;
}

/** The command comes after `--`, so that no option of it is taken for one of `run`. */
function runCommand(program: Command, ofCheck: Command, args: readonly string[], terminal: Terminal, end: End): void {
  const command = program.command('run')
    .description('run a command with every CDK app in it guarded, and check what was synthesized: imds-guard run -- npx cdk deploy')
    .argument('<command...>', 'the command, after --')
    .option('--no-check', 'check nothing: for commands that synthesize nothing');
  ofCheck.options.filter(({ long }) => long !== '--stdin-name' && long !== '--only-templates').forEach(option => command.addOption(option));
  command.addHelpText('after', '\nA report without a file goes to standard error, since standard output is the command\'s.\n'
    + '\nExit code: that of the command, 128 and the signal where one ended it; where the command went well, that of the check, 2 if no app was synthesized');
  command.action(async (words: string[], { check: isChecked, color, ...given }: RawOptions & { readonly check: boolean }) => {
    const dashes = args.indexOf('--');
    if (dashes < 0 || words.length !== args.length - dashes - 1) { throw new Mistake('the command comes after --, such as imds-guard run -- npx cdk synth'); }
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { run: runGuarded } = require('./run/run') as typeof import('./run/run');
    end(await runGuarded(words, { isChecked, given: { ...given, color: color === false ? false : undefined } }, terminal));
  });
}

function preload(program: Command, terminal: Terminal): void {
  program.command('preload')
    .description('print the path of the file that guards every CDK app: NODE_OPTIONS=--require=PATH')
    .option('--shell', 'a line for a POSIX shell: eval "$(imds-guard preload --shell)"')
    .option('--github', 'write it for later steps of a GitHub workflow, as IMDS_GUARD_NODE_OPTIONS')
    .option('--docker', 'a line for a Dockerfile')
    .option('--plugin', 'the path for the plugin list of cdk.json or ~/.cdk.json')
    .action((options: PreloadOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { preload: print } = require('./preload') as typeof import('./preload');
      print(options, terminal);
    });
}

function init(program: Command, terminal: Terminal, end: End): void {
  program.command('init')
    .description('set up a CDK app: the line that enforces, a settings file, the check in the CI that is found; shows the changes and asks first')
    .option('-y, --yes', 'write without asking')
    .addHelpText('after', '\nExit code: 0 all is in place, 1 something is left to do, 2 misuse or a file that cannot be read or written')
    .action(async (options: { readonly yes?: boolean }) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { init: setUp } = require('./init/init') as typeof import('./init/init');
      end(await setUp(options, terminal));
    });
}

function fix(program: Command, terminal: Terminal, end: End): void {
  program.command('fix')
    .description('edit CloudFormation templates in place so that they require IMDSv2: only the lines that must change')
    .argument('[path...]', 'templates, folders and globs')
    .option('--dry-run', 'write nothing; print what would change, as a patch')
    .option('--check', 'write nothing; exit with 1 where anything would change')
    .option('--hop-limit <number>', 'the HttpPutResponseHopLimit to write with it, 1 to 64 (default: what is written, or 2 where containers are known to run)', number)
    .option('--max-hop-limit <number>', 'the highest HttpPutResponseHopLimit that is left as it is, 1 to 64', number)
    .option('--exclude <glob>', 'leave out what matches in folders and globs, such as vendor/** or *.test.yaml; !GLOB takes back; may be repeated', collect)
    .option('--only-templates', 'passes over what is no template, also where it is named: for files from elsewhere, such as those of a commit')
    .option('--allow-replacement <type>', 'a resource type that may be replaced, such as AWS::EC2::EC2Fleet; may be repeated', collect)
    .option('--include-type <type>', 'a resource type that is edited on request only, such as AWS::AppStream::Fleet; may be repeated', collect)
    .option('--allow-launch-template <id=reason>', 'a launch template elsewhere that is trusted; may be repeated', collect)
    .option('--exemptions <file>', 'exemptions; what is exempt is not edited')
    .option('--force', 'edit files that have changes which are not staged')
    .option('--config <file>', 'settings in a file (default: .imds-guard.yaml, .yml or .json, where it is there)')
    .option('--no-config', 'reads no such file; the one that IMDS_GUARD_CONFIG names, the organization\'s, holds all the same')
    .option('-q, --quiet', 'what was edited and what is left to do alone')
    .addHelpText('after', '\nExit code: 0 nothing is left that fails the check, 1 something is left to do by hand, or --check found something to edit, '
      + '2 misuse, or a file that cannot be read or edited')
    .action(async (paths: string[], options: RawOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { fix: mendFiles } = require('./fix/fix') as typeof import('./fix/fix');
      end(await mendFiles({ ...options, paths: paths.length > 0 ? paths : undefined }, terminal));
    });
}

function summary(program: Command, terminal: Terminal, end: End): void {
  program.command('summary')
    .description('make one table of many reports of `check --format json`')
    .argument('<file...>', 'reports, folders of them and globs')
    .option('-f, --format <format[=file]>', 'text, json, markdown, html; may be repeated, with a file for each but one (default: text)', collect)
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExit code: 0 all passed, 1 at least one has violations, 2 misuse, or a report that cannot be read or is incomplete')
    .action((files: string[], options: RawSummaryOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { summarize } = require('./summary/summary') as typeof import('./summary/summary');
      end(summarize(files, options, terminal));
    });
}

function plan(program: Command, terminal: Terminal, end: End): void {
  program.command('plan')
    .description('say what enforcing would change in a CDK app, resource by resource; changes nothing')
    .usage('[options] [-- command...]')
    .argument('[command...]', 'what synthesizes the app, behind --, such as npx cdk synth; the app of cdk.json where nothing is given')
    .option('-f, --format <format[=file]>', 'text, json, markdown, html; may be repeated, with a file for each but one (default: text)', collect)
    .option('--fail-on <what>', 'exit with 1 where something is replaced (replacement), a group is rolled (roll), or anything changes (any); may be repeated', collect)
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExit code: 0 the plan is made, 1 --fail-on applies, 2 misuse, or an app that fails or that the guard cannot see')
    .action(async (words: string[], options: RawPlanOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { plan: planApp } = require('./plan/plan') as typeof import('./plan/plan');
      end(await planApp(words, options, terminal));
    });
}

function policy(program: Command, terminal: Terminal, end: End): void {
  const command = program.command('policy')
    .enablePositionalOptions()
    .description('print a policy that prevents IMDSv1 where CDK does not reach, for Terraform or the console')
    .argument('<kind>', 'which policy: see below')
    .option('--exempt-role <arn>', 'a role that is not bound, * for any text: arn:*:iam::*:role/imds-exempt/*; may be repeated', collect)
    .option('--exempt-tag <key=value>', 'a tag of principals that are not bound; may be repeated', collect)
    .option('--exempt-org-path <path>', 'an organizational unit that is not bound: o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*; may be repeated', collect)
    .option('--max-hop-limit <number>', 'the highest HttpPutResponseHopLimit that is not denied, 1 to 64 (default: 2)')
    .addOption(new Option('--endpoint <state>', 'disabled: a launch must require tokens or disable the endpoint').choices(['enabled', 'disabled']))
    .option('--partition <name>', 'such as aws, aws-cn, aws-us-gov (default: * for every one)')
    .option('--with <statement>', 'a statement that is off by default; may be repeated', collect)
    .option('--without <statement>', 'a statement to leave out; may be repeated', collect)
    .option('--hop-limit <number>', 'ec2-policy: the hop limit of launches that do not say (default: 2, or the maximum)')
    .option('--defaults-only', 'ec2-policy: set defaults, but refuse nothing yet')
    .option('--region <name>', 'config-pack: leave out the rules that AWS Config lacks in this Region')
    .option('--message <text>', 'ec2-policy: what EC2 answers to whoever is refused')
    .addOption(new Option('--format <format>', 'how it is printed (default: json)').choices(['json', 'yaml']))
    .option('--compact', 'JSON without white space, which counts in an uploaded file')
    .option('--part <number>', 'which of several policies, where one cannot hold all of it')
    .addHelpText('after', () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { policyHelp } = require('./policy-help') as typeof import('./policy-help');
      return policyHelp();
    })
    .action((kind: string, options: RawPolicyOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { policy: print } = require('./policy') as typeof import('./policy');
      print(kind, options, terminal);
    });
  policyLint(command, terminal, end);
}

function policyLint(command: Command, terminal: Terminal, end: End): void {
  command.command('lint')
    .description('find what policies about IMDS get wrong: of IAM and AWS Organizations, in JSON or YAML, or as the AWS CLI prints them')
    .argument('[file...]', 'policies, globs of them; - is standard input, which is read where nothing is given')
    .option('-f, --format <format[=file]>', `${FORMAT_NAMES.join(', ')}; may be repeated, with a file for each but one (default: text)`, collect)
    .addOption(new Option('--cannot-tell <what>', 'what an undecided value does (default: warn)').choices(['fail', 'warn', 'ignore']))
    .option('--partition <name>', 'where the policies are to hold, such as aws-cn or aws-us-gov')
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExit code: 0 nothing fails, 1 findings that fail, 2 misuse or input that cannot be read')
    .action(async (files: string[], options: RawLintOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { lintPolicies } = require('./policy-lint') as typeof import('./policy-lint');
      end(await lintPolicies(files, options, terminal));
    });
}

function check(program: Command, terminal: Terminal, end: End): Command {
  return program.command('check')
    .description('check cloud assemblies (cdk.out), templates, folders and globs')
    .argument('[path...]', 'what to check; - is standard input; cdk.out where nothing is given')
    .option('--exclude <glob>', 'leave out what matches in folders and globs, such as test/** or *.test.yaml; !GLOB takes back; may be repeated', collect)
    .option('--parameters <file>', 'what parameters are given when a template is deployed, as the AWS CLI, CodePipeline and SAM have it; may be repeated', collect)
    .option('--parameter <name=value>', 'what a parameter is given, or one of a stack: Stack:NAME=VALUE; may be repeated', collect)
    .option('-f, --format <format[=file]>', `${FORMAT_NAMES.join(', ')}; may be repeated, with a file for each but one (default: text)`, collect)
    .option('--max-hop-limit <number>', 'the highest HttpPutResponseHopLimit that is allowed, 1 to 64', number)
    .addOption(new Option('--cannot-tell <what>', 'what an undecided resource does (default: warn)').choices(['fail', 'warn', 'ignore']))
    .option('--allow-launch-template <id=reason>', 'a launch template elsewhere that is trusted: its id or name, or the parameter or export for it; may be repeated', collect)
    .option('--name <name>', 'what the app is called in reports in JSON, for `imds-guard summary`')
    .option('--stdin-name <name>', 'what standard input is called in reports and known by in a baseline, such as the path of its template')
    .option('--only-templates', 'passes over what is no template, also where it is named: for files from elsewhere, such as those of a commit')
    .option('--baseline <file>', 'findings that are known already: only new ones fail; each app needs a file of its own')
    .option('--update-baseline', 'write the findings of this run to the baseline')
    .option('--exemptions <file>', 'exemptions for templates that are not made by CDK')
    .option('--max-exemption-days <days>', 'the longest that an exemption may still last', number)
    .option('--forbid-exemptions', 'every exemption is a violation')
    .option('--forbid-acknowledgements', 'every CDK acknowledgement of a rule is a violation')
    .option('--require-guard', 'every template must be as a guarded app made it: the record of the guard in the cloud assembly must say so')
    .option('--config <file>', 'these options in a file (default: .imds-guard.yaml, .yml or .json, where it is there)')
    .option('--no-config', 'reads no such file; the one that IMDS_GUARD_CONFIG names, the organization\'s, holds all the same')
    .option('-q, --quiet', 'errors and the summary alone')
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExit code: 0 nothing fails, 1 findings that fail, 2 misuse or input that cannot be read')
    .action(async (paths: string[], { color, ...given }: RawOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { check: examineAndReport } = require('./check') as typeof import('./check');
      // commander sets `color` to true where nothing is said
      end(await examineAndReport({ ...given, paths: paths.length > 0 ? paths : undefined, color: color === false ? false : undefined }, terminal));
    });
}

/** Digits are a number; what else is given is reported as it is. */
function number(value: string): number | string {
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** An option that takes one value and may come again: one that takes several would swallow the paths after it. */
function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

async function ask(question: string): Promise<string> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createInterface } = require('node:readline') as typeof import('node:readline');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise(answer => {
    lines.once('close', () => answer(''));
    lines.question(question, text => {
      answer(text);
      lines.close();
    });
  });
}

async function readAll(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) { chunks.push(chunk as Buffer); }
  return Buffer.concat(chunks);
}
