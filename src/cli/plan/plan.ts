import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { appOfCdkJson } from './app-of-cdk-json';
import { buildPlan } from './build-plan';
import { PLAN_FORMAT_NAMES, PLAN_FORMATS } from './formats';
import { harmless } from './harmless';
import { FAIL_ON, FailOn, PlanReport } from './plan-report';
import { readRecords, Records } from './read-records';
import { Problem, Report } from '../../engine/findings/report';
import { visible } from '../../engine/text/visible';
import { version } from '../../input/version';
import { withPreload } from '../../preload/node-options';
import { PLAN_FOLDER } from '../../scopes/plan-folder';
import { enforceSettings } from '../../settings/enforce-settings';
import { Mistake } from '../../settings/mistake';
import { readConfig } from '../../settings/settings-files';
import { checkOptions } from '../check-options';
import { scriptsIn } from '../child-process/cdk-command';
import { Place, startAndKeep } from '../child-process/start';
import { hasColour } from '../colour';
import { examine } from '../examine';
import { counted } from '../formats/wording';
import { writeReport } from '../job-summary';
import { keepApart } from '../protect-inputs';
import { outputsIn, shownToo } from '../setting-readers';
import { Terminal } from '../terminal';

export interface RawPlanOptions {
  readonly format?: readonly string[];
  readonly failOn?: readonly string[];
  readonly color: boolean;
}

/** Runs the app once under the guard, in a folder that goes away again, prints what enforcing would change and returns the exit code. */
export async function plan(words: readonly string[], { format = ['text'], failOn = [], color }: RawPlanOptions, terminal: Terminal): Promise<0 | 1 | 2> {
  const { cwd, env } = terminal;
  const formats = outputsIn(PLAN_FORMAT_NAMES, [...format], '--format');
  const fails = failOn.map(failOnOf);
  if (env.IMDS_GUARD === 'off') { throw new Mistake('IMDS_GUARD=off switches the guard off, so there is nothing to plan; unset it'); }
  const settings = enforceSettings(readConfig({ cwd, env }, undefined)); // a mistake in them is told before anything is run
  settings.files.forEach(file => terminal.stderr(`imds-guard: settings from ${visible(file)}\n`));
  if (settings.mode === 'observe') { terminal.stderr('imds-guard: they only observe as yet; this is what enforcing would change\n'); }
  keepApart({ formats }, { cwd, config: [join(cwd, 'cdk.json'), join(cwd, 'cdk.context.json')], isInput: () => false });
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'imds-guard-plan-'));
  let report: PlanReport;
  try {
    report = await planIn(root, words, fails, terminal);
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
  for (const { format: name, file } of shownToo(formats)) {
    writeReport(file, terminal, () => PLAN_FORMATS[name].render(report, { colour: file === undefined && hasColour({ color }, terminal) }));
  }
  return report.exitCode;
}

function failOnOf(given: string): FailOn {
  const found = FAIL_ON.find(each => each === given);
  if (!found) { throw new Mistake(`--fail-on must be one of ${FAIL_ON.join(', ')}, got ${JSON.stringify(given)}`); }
  return found;
}

async function planIn(root: string, words: readonly string[], failOn: readonly FailOn[], terminal: Terminal): Promise<PlanReport> {
  const made = join(root, 'made');
  mkdirSync(made);
  const { command, shown, build, isCdk = false, env } = words.length > 0 ? givenCommand(words, made, terminal) : appCommand(root, made, terminal);
  const { exitCode, signal, printed } = await startAndKeep(command, { cwd: terminal.cwd, env });
  if (signal) { throw new Mistake(`the command was ended by ${signal}, so there is no plan`); }
  const found = readRecords(made);
  const problems = [...problemsOf(exitCode, found, isCdk), ...found.problems];
  if (problems.length > 0 || found.records.length === 0) { tellPrinted(printed, terminal); }
  if (found.records.length === 0) { throw new Mistake(whyNone(shown, exitCode, found)); }
  const check = await checkOf(made, found, terminal);
  return buildPlan({ version: version(), command: shown, records: found.records, check, notes: notesOf(found, build), problems, failOn });
}

interface Planned {
  /** Words, or a line for the shell. */
  readonly command: readonly string[] | string;
  readonly env: Place['env'];
  readonly shown: string;
  readonly isCdk?: boolean;
  readonly build?: string;
}

function givenCommand(words: readonly string[], made: string, terminal: Terminal): Planned {
  const { words: command, isCdk } = harmless(words, join(made, 'cdk.out'), scriptsIn(terminal.cwd));
  return { command, isCdk, env: environment(terminal, made), shown: words.join(' ') };
}

/** The settings of a command can be long, more than a variable can hold. */
function appCommand(root: string, made: string, terminal: Terminal): Planned {
  const { cwd, env } = terminal;
  const { commandLine, context, build } = appOfCdkJson(cwd, env.HOME);
  const text = JSON.stringify(context);
  const isLong = text.length > LONGEST_VARIABLE;
  const file = join(root, 'context.json');
  if (isLong) { writeFileSync(file, text); }
  const region = env.CDK_DEFAULT_REGION ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const told = {
    CDK_CONTEXT_JSON: isLong ? '{}' : text,
    ...isLong && { CONTEXT_OVERFLOW_LOCATION_ENV: file },
    ...region !== undefined && { CDK_DEFAULT_REGION: region },
  };
  return { command: commandLine, env: { ...environment(terminal, made), ...told }, shown: commandLine, build };
}

/** Of what Windows takes in all. */
const LONGEST_VARIABLE = 16_000;

/** Variables by which CDK and its CLI, wherever in the command they are, write into the folder, and the CLI asks no account. */
function environment({ env, preload }: Terminal, made: string): Place['env'] {
  const output = join(made, 'cdk.out');
  return {
    ...env,
    NODE_OPTIONS: withPreload(env.NODE_OPTIONS, preload),
    [PLAN_FOLDER]: made,
    IMDS_GUARD_TOLD: undefined,
    CDK_OUTDIR: output,
    CDK_OUTPUT: output,
    CDK_LOOKUPS: 'false', // what is looked up is written into cdk.context.json
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** The CLI ends with 1 where it may not look up what is missing, which is told in another way. */
function problemsOf(exitCode: number, { missing, records }: Records, isCdk: boolean): Problem[] {
  if (exitCode === 0 || records.length === 0 || (isCdk && exitCode === 1 && missing.length > 0)) { return []; }
  return [{ file: 'the command', message: `it ended with exit code ${exitCode} after it had synthesized this, so there may be more to come; mend what it says` }];
}

function whyNone(shown: string, exitCode: number, { assemblies, problems }: Records): string {
  if (problems.length > 0) { return `${problems[0].file}: ${problems[0].message}`; }
  if (exitCode !== 0) { return `"${shown}" ended with exit code ${exitCode} and synthesized nothing; mend what it says`; }
  return assemblies.length > 0 ? 'the guard left no record' // cannot be: it is a problem
    : `"${shown}" synthesized nothing that the guard could see; name a command that synthesizes a CDK app`;
}

function tellPrinted(printed: string, { stderr }: Terminal): void {
  if (printed.trim() !== '') { stderr(`${printed.trimEnd().split('\n').map(visible).join('\n')}\n`); }
}

const SHOWN = 3;

function notesOf({ missing }: Records, build: string | undefined): string[] {
  const are = missing.length === 1 ? 'is' : 'are';
  const first = [...missing.slice(0, SHOWN), ...missing.length > SHOWN ? ['…'] : []].join(', ');
  return [
    ...build === undefined ? [] : ['"build" of cdk.json was not run, since it may write into the app; run it before'],
    ...missing.length === 0 ? [] : [`${counted(missing.length, 'value')} that CDK looks up in the account ${are} not in cdk.context.json, `
      + `so CDK's stand-ins were taken; cdk synth looks them up: ${first}`],
  ];
}

/** What is left when all is written: the judgement of the check, by its defaults. */
async function checkOf(made: string, { assemblies }: Records, terminal: Terminal): Promise<Report> {
  const options = checkOptions({ values: new Map([['paths', assemblies]]) });
  const { build } = await examine(options, { ...terminal, cwd: made, isTerminal: { stdout: false, stderr: false } });
  return build();
}
