import { Command } from 'commander';
import { End } from './end';
import { collect } from './values';
import type { RawSummaryOptions } from '../summary/summary';
import { Terminal } from '../terminal';

export function addSummary(program: Command, terminal: Terminal, end: End): void {
  program.command('summary')
    .description('make one table of many reports of `check --format json`')
    .argument('<file...>', 'reports, folders of them and globs')
    .option('-f, --format <format[=file]>', 'text, json, markdown, html; may be repeated, with a file for each but one (default: text)', collect)
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExit code: 0 all passed, 1 at least one has violations, 2 misuse, or a report that cannot be read or is incomplete')
    .action((files: string[], options: RawSummaryOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { summarize } = require('../summary/summary') as typeof import('../summary/summary');
      end(summarize(files, options, terminal));
    });
}
