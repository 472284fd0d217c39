import { Command } from 'commander';
import type { PreloadOptions } from '../preload';
import { Terminal } from '../terminal';

export function addPreload(program: Command, terminal: Terminal): void {
  program.command('preload')
    .description('print the path of the file that guards every CDK app: NODE_OPTIONS=--require=PATH')
    .option('--shell', 'a line for a POSIX shell: eval "$(imds-guard preload --shell)"')
    .option('--github', 'write it for later steps of a GitHub workflow, as IMDS_GUARD_NODE_OPTIONS')
    .option('--docker', 'a line for a Dockerfile')
    .option('--plugin', 'the path for the plugin list of cdk.json or ~/.cdk.json')
    .action((options: PreloadOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { preload: print } = require('../preload') as typeof import('../preload');
      print(options, terminal);
    });
}
