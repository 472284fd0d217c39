import { Command } from 'commander';
import { End } from './end';
import { Terminal } from '../terminal';

export function addExplain(program: Command, terminal: Terminal, end: End): void {
  program.command('explain')
    .description('print what a rule means, with templates that fail and pass')
    .argument('[rule]', 'the id of a rule; without it all rules are listed')
    .action((rule: string | undefined) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { explain } = require('../explain') as typeof import('../explain');
      const { text, exitCode } = explain(rule);
      (exitCode === 0 ? terminal.stdout : terminal.stderr)(text);
      end(exitCode);
    });
}
