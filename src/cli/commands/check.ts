import { Command, Option } from 'commander';
import { FORMAT_NAMES } from '../formats';
import { End } from './end';
import { collect, number } from './values';
import { RawOptions } from '../../settings/layer';
import { Terminal } from '../terminal';

export function addCheck(program: Command, terminal: Terminal, end: End): Command {
  return program.command('check')
    .description('check cloud assemblies (cdk.out), templates, folders and globs')
    .argument('[path...]', 'what to check; - is standard input; cdk.out where nothing is given')
    .option('--exclude <glob>', 'leave out what matches in folders and globs, such as test/** or *.test.yaml; !GLOB takes back; may be repeated', collect)
    .option('--parameters <file>', 'what parameters are given when a template is deployed, as the AWS CLI, CodePipeline and SAM have it; may be repeated', collect)
    .option('--parameter <name=value>', 'what a parameter is given, or one of a stack: Stack:NAME=VALUE; may be repeated', collect)
    .option('-f, --format <format[=file]>', `${FORMAT_NAMES.join(', ')}; may be repeated, with a file for each but one (default: text)`, collect)
    .option('--max-hop-limit <number>', 'the highest HttpPutResponseHopLimit that is allowed, 1 to 64', number)
    .addOption(new Option('--cannot-tell <what>', 'what an undecided resource does (default: warn)').choices(['fail', 'warn', 'ignore']))
    .option('--allow-launch-template <id=reason>', 'a launch template elsewhere that is trusted: its id or name, the parameter or export for it, or STACK.OUTPUT; may be repeated', collect)
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
      const { check: examineAndReport } = require('../check') as typeof import('../check');
      // commander sets `color` to true where nothing is said
      end(await examineAndReport({ ...given, paths: paths.length > 0 ? paths : undefined, color: color === false ? false : undefined }, terminal));
    });
}
