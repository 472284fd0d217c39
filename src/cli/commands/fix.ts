import { Command } from 'commander';
import { End } from './end';
import { collect, number } from './values';
import { RawOptions } from '../../settings/layer';
import { Terminal } from '../terminal';

export function addFix(program: Command, terminal: Terminal, end: End): void {
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
    .option('--allow-launch-template <id=reason>', 'a launch template elsewhere that is trusted: its id or name, the parameter or export for it, or STACK.OUTPUT; may be repeated', collect)
    .option('--exemptions <file>', 'exemptions; what is exempt is not edited')
    .option('--force', 'edit files that have changes which are not staged')
    .option('--config <file>', 'settings in a file (default: .imds-guard.yaml, .yml or .json, where it is there)')
    .option('--no-config', 'reads no such file; the one that IMDS_GUARD_CONFIG names, the organization\'s, holds all the same')
    .option('-q, --quiet', 'what was edited and what is left to do alone')
    .addHelpText('after', '\nExit code: 0 nothing is left that fails the check, 1 something is left to do by hand, or --check found something to edit, '
      + '2 misuse, or a file that cannot be read or edited')
    .action(async (paths: string[], options: RawOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { fix: mendFiles } = require('../fix/fix') as typeof import('../fix/fix');
      end(await mendFiles({ ...options, paths: paths.length > 0 ? paths : undefined }, terminal));
    });
}
