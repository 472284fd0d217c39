import { spawnSync } from 'child_process';

/** The resources of a template that a tool spoke of, by logical id. */
export interface Said {
  readonly reported: readonly string[];
  readonly undecided: readonly string[];
}

/** How a tool is run on a template. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Where it writes its report, unless to standard output. */
  readonly report?: string;
}

/** A tool that is compared: with its own rules about IMDS alone, and options as its documentation has them. */
export interface Peer {
  readonly name: string;
  /** Those rules, for the page. */
  readonly rules: string;
  /** What those rules judge; every type where missing. */
  readonly types?: readonly string[];
  /** The exit codes that are verdicts. Any other is a failure. */
  readonly verdicts: readonly number[];
  /** Installs the newest version into a folder of its own, and says which. Throws where that is not possible here. */
  install(folder: string): string;
  judge(folder: string, template: string): Command;
  /** Throws where the report is not one, or says that the template was not judged. */
  read(report: string): Said;
}

const LONGEST_INSTALL = 30 * 60_000;

/** Runs a step of an installation, and gives what it prints. */
export function must(program: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: object } = {}): string {
  const env = { ...process.env, ...options.env };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: options.cwd, env, encoding: 'utf8', timeout: LONGEST_INSTALL });
  if (error) { throw new Error(`${program}: ${error.message}`); }
  if (status !== 0) { throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr.trim().split('\n').pop()}`); }
  return stdout.trim();
}
