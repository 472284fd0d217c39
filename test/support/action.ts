import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';

export interface ActionStep {
  readonly 'name': string;
  readonly 'id'?: string;
  readonly 'if'?: string;
  readonly 'run'?: string;
  readonly 'shell'?: string;
  readonly 'uses'?: string;
  readonly 'with'?: { readonly [name: string]: string };
  readonly 'env'?: { readonly [name: string]: string };
  readonly 'working-directory'?: string;
}

export interface Action {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly default: string } };
  readonly outputs: { readonly [name: string]: { readonly value: string } };
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

export const ACTION = load(readFileSync(resolve('action.yml'), 'utf8')) as Action;

type Context = { readonly [name: string]: unknown };

export interface RanAction {
  readonly isFailed: boolean;
  readonly log: string;
  readonly summary: string;
  readonly outputs: { readonly [name: string]: string };

  /** Actions that a runner would have run, with what they get. */
  readonly used: readonly { readonly uses: string; readonly with: { readonly [name: string]: string } }[];
}

/** Runs the steps of the composite action one by one, as a runner of GitHub does; those of other actions are only noted. */
export function runAction(workspace: string, inputs: { readonly [name: string]: string }, github: Context = { event_name: 'push' }, path?: string): RanAction {
  const temp = mkdtempSync(join(tmpdir(), 'imds-runner-'));
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
  const steps: { [id: string]: { outputs: { [name: string]: string } } } = {};
  const defaults = Object.fromEntries(Object.entries(ACTION.inputs).map(([name, input]) => [name, input.default]));
  const contexts = { inputs: { ...defaults, ...inputs }, github: { repository: 'us/app', ...github }, steps };
  const used: RanAction['used'][number][] = [];
  let log = '';
  let isFailed = false;
  for (const step of ACTION.runs.steps) {
    if (isFailed || (step.if !== undefined && !valueOf(step.if, contexts))) { continue; }
    if (step.uses !== undefined) { used.push({ uses: step.uses, with: filled(step.with, contexts) }); continue; }
    const env = { PATH: path ?? process.env.PATH, HOME: process.env.HOME, RUNNER_TEMP: temp, ...files, GITHUB_OUTPUT: `${files.GITHUB_OUTPUT}.${step.id}`, ...filled(step.env, contexts) };
    const cwd = resolve(workspace, String(fill(step['working-directory'] ?? '.', contexts)));
    // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    const ran = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run!], { cwd, env, encoding: 'utf8' });
    log += ran.stdout + ran.stderr;
    isFailed = ran.status !== 0;
    if (step.id !== undefined) { steps[step.id] = { outputs: pairs(env.GITHUB_OUTPUT) }; }
  }
  return {
    isFailed,
    log,
    summary: existsSync(files.GITHUB_STEP_SUMMARY) ? readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') : '',
    outputs: filled(Object.fromEntries(Object.entries(ACTION.outputs).map(([name, { value }]) => [name, value])), contexts),
    used,
  };
}

function pairs(file: string): { [name: string]: string } {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(line => line !== '') : [];
  return Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function filled(texts: { readonly [name: string]: string } = {}, contexts: Context): { [name: string]: string } {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text, contexts)]));
}

function fill(text: string, contexts: Context): string {
  return text.replace(/\$\{\{(.+?)\}\}/g, (_, expression: string) => String(valueOf(expression, contexts) ?? ''));
}

/** The few expressions that the action needs are those of JavaScript, but for names with a dash; what is absent is an empty text. */
function valueOf(expression: string, contexts: Context): unknown {
  const javaScript = expression.trim().replace(/'[^']*'|[A-Za-z_][\w.-]*/g, word => word.startsWith('\'') ? word : `at(${JSON.stringify(word)})`);
  const at = (name: string): unknown => name.split('.').reduce<unknown>((holder, key) => (holder as Context | undefined)?.[key], contexts) ?? '';
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return (new Function('at', `return ${javaScript};`) as (look: typeof at) => unknown)(at);
}

/** A folder for PATH with a command of that name in it. */
export function commandCalled(name: string, script: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  return folder;
}
