import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { deploymentOf, mayDeploy } from './deployment';
import { visible } from '../../engine/text/visible';
import { isAssembly } from '../../input/assembly';
import { readRecord } from '../../input/record-file';
import { withPreload } from '../../preload/node-options';
import { foldersTold, tell, TOLD } from '../../preload/told';
import { ENFORCE } from '../../settings/enforce-settings';
import { identityOf } from '../../settings/identity';
import { RawOptions } from '../../settings/layer';
import { Mistake } from '../../settings/mistake';
import { DEFAULT_FILES, ORGANIZATION, readConfig } from '../../settings/settings-files';
import { check, readOptions } from '../check';
import { scriptsIn } from '../child-process/cdk-command';
import { Ended, start } from '../child-process/start';
import { Terminal } from '../terminal';

/** What `imds-guard run` was asked for: options of `check`, and whether anything is checked at all. */
export interface RunOptions {
  readonly isChecked: boolean;
  readonly given: RawOptions;
}

/** Runs a command with every CDK app in it guarded, then checks what these apps wrote. */
export async function run(command: readonly string[], { isChecked, given }: RunOptions, terminal: Terminal): Promise<number> {
  refuseUnread(given, terminal);
  if (isChecked) { readOptions(given, terminal); } // a mistake in them is told before anything is run
  const folder = mkdtempSync(join(tmpdir(), 'imds-guard-run-'));
  try {
    const guarded = new Guarded(join(folder, 'told'), given, terminal);
    if (!isChecked) { return (await guarded.start(command)).exitCode; }
    const deployment = deploymentOf(command, scriptsIn(terminal.cwd));
    if (!deployment) {
      if (mayDeploy(command)) { guarded.say(AS_IT_IS); }
      return await guarded.startAndCheck(command);
    }
    const assembly = deployment.output === undefined ? join(folder, 'cdk.out') : resolve(terminal.cwd, deployment.output);
    const exitCode = await guarded.startAndCheck(deployment.synth(assembly));
    if (exitCode !== 0) {
      guarded.say('nothing is deployed');
      return exitCode;
    }
    if (!guarded.hasMet(assembly)) {
      guarded.say('the app was synthesized, but not to the folder that CDK gave it, so that there is nothing to deploy from; leave outdir out in the app');
      return 2;
    }
    return (await guarded.start(deployment.deploy(assembly))).exitCode;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The guard in an app reads the files that it finds there, so what another one says would go unheard. */
function refuseUnread({ config }: RawOptions, terminal: Terminal): void {
  if (typeof config !== 'string') { return; }
  const identityIn = (file: string): string => identityOf(resolve(terminal.cwd, file));
  const isFound = DEFAULT_FILES.some(each => identityIn(each) === identityIn(config));
  if (!isFound && readConfig(terminal, config).some(({ by, raw }) => by === 'repository' && raw[ENFORCE] !== undefined)) {
    throw new Mistake(`${config}: the section ${ENFORCE} is read from ${DEFAULT_FILES[0]} in the folder of the app, or from the file that ${ORGANIZATION} names; `
      + 'put it there');
  }
}

const AS_IT_IS = 'whether this command deploys cannot be told from its words, so it is run as it is: the guard in the app fails synthesis '
  + 'where it finds a violation, and the check comes afterwards';

/** Commands whose apps are guarded, and what these told. */
class Guarded {
  private readonly env: NodeJS.ProcessEnv;

  public constructor(private readonly file: string, private readonly given: RawOptions, private readonly terminal: Terminal) {
    writeFileSync(file, '');
    this.env = { ...terminal.env, [TOLD]: file, NODE_OPTIONS: withPreload(terminal.env.NODE_OPTIONS, terminal.preload) };
  }

  public say(line: string): void {
    this.terminal.stderr(`imds-guard: ${visible(line)}\n`);
  }

  public async start(command: readonly string[]): Promise<Ended> {
    return start(command, { cwd: this.terminal.cwd, env: this.env });
  }

  /** The exit code of the command, or that of the check where the command went well. */
  public async startAndCheck(command: readonly string[]): Promise<number> {
    const { exitCode, signal } = await this.start(command);
    if (signal) { return exitCode; }
    const folders = foldersTold(this.file);
    const { [TOLD]: outer } = this.terminal.env; // `imds-guard run` inside of another
    if (outer) { folders.forEach(each => tell(outer, each)); }
    if (folders.length === 0) {
      this.say(exitCode === 0 ? this.nothingTold() : 'no CDK app was synthesized, so nothing is checked');
      return exitCode === 0 ? 2 : exitCode;
    }
    const found = await this.check(folders);
    return exitCode === 0 ? found : exitCode;
  }

  public hasMet(assembly: string): boolean {
    return foldersTold(this.file).some(each => identityOf(each) === identityOf(assembly));
  }

  /** Standard output is the command's, so a report without a file goes where messages go. */
  private async check(folders: readonly string[]): Promise<0 | 1 | 2> {
    const { stderr, isTerminal } = this.terminal;
    const there = folders.filter(each => existsSync(each));
    const gone = folders.filter(each => !there.includes(each));
    const found = there.length === 0 ? 2 : await check(
      { ...this.given, paths: there }, { ...this.terminal, stdout: stderr, isTerminal: { stdout: isTerminal.stderr, stderr: isTerminal.stderr } },
    );
    there.forEach(each => this.sayWhereSwitchedOff(each));
    const isExcused = found === 1 && !readOptions(this.given, this.terminal).options.requireGuard && there.every(isObserved);
    if (isExcused) { this.say('the settings files only observe these apps as yet, so what was found fails nothing'); }
    gone.forEach(each => this.say(`${each}: an app was synthesized there, and the folder is gone, so it cannot be checked; name a folder that stays, such as CDK_OUTDIR=cdk.out`));
    return gone.length > 0 ? 2 : isExcused ? 0 : found;
  }

  private sayWhereSwitchedOff(folder: string): void {
    const { record } = readRecord(folder, folder);
    if (record?.switchedOff !== undefined) { this.say(`${folder}: the guard was switched off (${record.switchedOff}), so this app was only checked`); }
  }

  private nothingTold(): string {
    return 'no CDK app was synthesized that the guard reached, so nothing is checked; --no-check is for commands that synthesize nothing';
  }
}

/**
 * Whether the preload guarded every stack of an assembly, those of its Stages too, and did no more than to observe, as settings files ask:
 * what an app itself calls cannot weaken it.
 */
function isObserved(folder: string): boolean {
  const { record } = readRecord(folder, folder);
  const isPreloaded = record !== undefined && record.switchedOff === undefined && record.calls.some(({ by }) => by === 'preload');
  const inner = readdirSync(folder, { withFileTypes: true }).filter(each => each.isDirectory() && isAssembly(join(folder, each.name)));
  return isPreloaded && record.stacks.every(({ mode }) => mode === 'observe') && inner.every(({ name }) => isObserved(join(folder, name)));
}
