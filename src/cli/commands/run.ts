import { Command } from 'commander';
import { End } from './end';
import { RawOptions } from '../../settings/layer';
import { Mistake } from '../../settings/mistake';
import { Terminal } from '../terminal';

/** The command comes after `--`, so that no option of it is taken for one of `run`. */
export function addRun(program: Command, ofCheck: Command, args: readonly string[], terminal: Terminal, end: End): void {
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
    const { run: runGuarded } = require('../run/run') as typeof import('../run/run');
    end(await runGuarded(words, { isChecked, given: { ...given, color: color === false ? false : undefined } }, terminal));
  });
}
