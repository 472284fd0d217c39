import { Command, Option } from 'commander';
import { FORMAT_NAMES } from '../formats';
import type { RawLintOptions } from '../policy-lint';
import type { RawPolicyOptions } from '../policy-options';
import { End } from './end';
import { collect } from './values';
import { Terminal } from '../terminal';

export function addPolicy(program: Command, terminal: Terminal, end: End): void {
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
      const { policyHelp } = require('../policy-help') as typeof import('../policy-help');
      return policyHelp();
    })
    .action((kind: string, options: RawPolicyOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { policy: print } = require('../policy') as typeof import('../policy');
      print(kind, options, terminal);
    });
  addLint(command, terminal, end);
}

function addLint(command: Command, terminal: Terminal, end: End): void {
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
      const { lintPolicies } = require('../policy-lint') as typeof import('../policy-lint');
      end(await lintPolicies(files, options, terminal));
    });
}
