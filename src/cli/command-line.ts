import { Command, CommanderError } from 'commander';
import { addCheck } from './commands/check';
import { End } from './commands/end';
import { addExplain } from './commands/explain';
import { addFix } from './commands/fix';
import { addInit } from './commands/init';
import { addPlan } from './commands/plan';
import { addPolicy } from './commands/policy';
import { addPreload } from './commands/preload';
import { addRun } from './commands/run';
import { addSummary } from './commands/summary';
import { Terminal } from './terminal';
import { visible } from '../engine/text/visible';
import { packageName, version } from '../input/version';
import { Mistake } from '../settings/mistake';

/** Runs the command that the arguments name, and returns its exit code. */
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
  const ofCheck = addCheck(program, terminal, end);
  if (args[0] === 'check') { return program; } // the options of all the others take 3 ms, which pipelines need not wait for
  addExplain(program, terminal, end);
  addFix(program, terminal, end);
  addPolicy(program, terminal, end);
  addInit(program, terminal, end);
  addSummary(program, terminal, end);
  addPlan(program, terminal, end);
  addRun(program, ofCheck, args, terminal, end);
  addPreload(program, terminal);
  return program;
}
