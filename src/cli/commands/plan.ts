import { Command } from 'commander';
import { End } from './end';
import { collect } from './values';
import type { RawPlanOptions } from '../plan/plan';
import { Terminal } from '../terminal';

export function addPlan(program: Command, terminal: Terminal, end: End): void {
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
      const { plan: planApp } = require('../plan/plan') as typeof import('../plan/plan');
      end(await planApp(words, options, terminal));
    });
}
