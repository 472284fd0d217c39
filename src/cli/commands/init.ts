import { Command } from 'commander';
import { End } from './end';
import { Terminal } from '../terminal';

export function addInit(program: Command, terminal: Terminal, end: End): void {
  program.command('init')
    .description('set up a CDK app: the line that enforces, a settings file, the check in the CI that is found; shows the changes and asks first')
    .option('-y, --yes', 'write without asking')
    .addHelpText('after', '\nExit code: 0 all is in place, 1 something is left to do, 2 misuse or a file that cannot be read or written')
    .action(async (options: { readonly yes?: boolean }) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { init: setUp } = require('../init/init') as typeof import('../init/init');
      end(await setUp(options, terminal));
    });
}
