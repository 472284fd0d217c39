import { existsSync, readFileSync } from 'fs';
import { join, relative, sep } from 'path';
import { globSync } from 'tinyglobby';
import { Commands, commandsOf } from './commands';
import { LANGUAGES } from './languages';
import { ByHand, Change, Note, Step } from './plan';
import { CODEBUILD_REPORT, CODEBUILD_REPORTS, githubWorkflow, gitlabInclude, preCommitHook } from './recipes';
import { Survey } from './survey';
import { appended, edited, values } from './yaml-edit';

/** A step for each service whose files are in the repository. */
export function ciSteps(app: Survey): Step[] {
  const commands = commandsOf(app);
  return [github, gitlab, codeBuild, preCommit].flatMap(service => service(app, commands));
}

/** Whether a file of YAML runs the check. */
function runsCheck(text: string): boolean {
  const code = text.replace(/(?:^|\s)#.*$/gm, '');
  return CHECK.test(code) || OURS.test(code);
}

/** What the repository of the guard has for services. */
const OURS = /\bcdk-imds-guard\/cdk-imds-guard@|\/imds-guard(?:\.yml\b|@)/;

/** The command, whatever path it is called by. */
export const CHECK = /\bimds-guard\b.*\bcheck\b/;

function github({ root, cwd, language, folder }: Survey, commands: Commands): Step[] {
  const workflows = globSync(['.github/workflows/*.{yml,yaml}'], { cwd: root, dot: true });
  if (!existsSync(join(root, '.github/workflows'))) { return []; }
  const checking = workflows.find(file => runsCheck(readFileSync(join(root, file), 'utf8')));
  if (checking) { return [done(shown(root, cwd, checking))]; }
  const file = shown(root, cwd, '.github/workflows/imds-guard.yml');
  const after = githubWorkflow(language, folder, commands);
  return [existsSync(join(cwd, file)) ? byHand(`${file} is something else; put this into another workflow`, after) : { kind: 'change', file, after }];
}

function gitlab({ root, cwd, language, folder }: Survey, commands: Commands): Step[] {
  const found = fileOf(root, cwd, '.gitlab-ci.yml');
  if (!found || runsCheck(found.text)) { return found ? [done(found.file)] : []; }
  if (!('isNpm' in LANGUAGES[language])) {
    return [byHand(`${found.file}: add these lines to a job whose image has Node and what the app needs`, [...commands.install, commands.synth, commands.check].join('\n'))];
  }
  const read = values(found.text);
  const stages = read?.stages;
  const stage = !Array.isArray(stages) || stages.includes('test') ? undefined : String(stages[0]);
  const include = gitlabInclude(folder, commands, stage);
  // the stages may be set in an included file; a job in a stage that there is not stops every pipeline
  const isClear = stages !== undefined || read?.include === undefined;
  const after = isClear ? edited(found.text, text => included(text, include), before => withInclude(before, include)) : undefined;
  return [change(found, after) ?? byHand(`${found.file}: add this to what it includes, with a stage that the pipeline has`, include)];
}

/** First in the list that is there, where it is one with an entry on each line. */
function included(text: string, include: string): string {
  const [, ...entry] = include.trimEnd().split('\n');
  const list = /^include:[ \t]*(?:#.*)?\r?\n([ \t]*)- /m.exec(text);
  if (!list) { return appended(text, `\n${include}`); }
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const at = list.index + list[0].length - list[1].length - '- '.length;
  return `${text.slice(0, at)}${entry.map(line => `${list[1]}${line.slice('  '.length)}${end}`).join('')}${text.slice(at)}`;
}

function withInclude(before: { readonly [key: string]: unknown }, include: string): { readonly [key: string]: unknown } | undefined {
  const ours = values(include)!.include as readonly unknown[];
  if ('imds-guard' in before) { return undefined; }
  if (before.include === undefined) { return { ...before, include: ours }; }
  return Array.isArray(before.include) ? { ...before, include: [...ours, ...before.include as unknown[]] } : undefined;
}

const SYNTH = /^(?:npx )?cdk synth\b[^&|;]*$/;

function codeBuild({ root, cwd, folder }: Survey, { install, synth, checkHere }: Commands): Step[] {
  const found = fileOf(root, cwd, 'buildspec.yml', 'buildspec.yaml') ?? fileOf(cwd, cwd, 'buildspec.yml', 'buildspec.yaml');
  if (!found || runsCheck(found.text)) { return found ? [done(found.file)] : []; }
  const check = `${checkHere} --format junit=${CODEBUILD_REPORT}`;
  const lines = found.text.match(/^ *- (["']?)(?:npx )?cdk synth\b[^&|;\n]*$/gm) ?? [];
  const inserted = lines.length !== 1 || folder !== '' ? undefined : edited(
    found.text,
    text => text.replace(lines[0], () => `${lines[0]}\n${/^ */.exec(lines[0])![0]}- ${check}`),
    before => withCommand(before, check),
  );
  const after = inserted && (edited(inserted, text => appended(text, CODEBUILD_REPORTS), before => 'reports' in before ? undefined : { ...before, ...values(CODEBUILD_REPORTS) }) ?? inserted);
  return [change(found, after) ?? byHand(`${found.file}: add the last of these commands after the app is synthesized in its folder`, [...install, synth, check].join('\n'))];
}

/** A buildspec with the command after the one that synthesizes, where there is one. */
function withCommand(buildspec: { readonly [key: string]: unknown }, check: string): { readonly [key: string]: unknown } | undefined {
  const phases = buildspec.phases as { readonly [name: string]: { readonly commands?: unknown } | null } | undefined;
  for (const [name, phase] of Object.entries(phases ?? {})) {
    const commands: readonly unknown[] = Array.isArray(phase?.commands) ? phase.commands : [];
    const next = 1 + commands.findIndex(each => typeof each === 'string' && SYNTH.test(each.trim()));
    if (next === 0) { continue; }
    return { ...buildspec, phases: { ...phases, [name]: { ...phase, commands: [...commands.slice(0, next), check, ...commands.slice(next)] } } };
  }
  return undefined;
}

function preCommit({ root, cwd, language, folder }: Survey, commands: Commands): Step[] {
  const found = fileOf(root, cwd, '.pre-commit-config.yaml');
  if (!found || runsCheck(found.text)) { return found ? [done(found.file)] : []; }
  const hook = preCommitHook(LANGUAGES[language].endings, folder, commands);
  const indentation = /^( *)- repo:/m.exec(found.text)?.[1] ?? '';
  const block = hook.map(line => `${indentation}${line}\n`).join('');
  const after = edited(found.text, text => appended(text, block), before => {
    const added = values(`repos:\n${hook.join('\n')}\n`)!.repos as unknown[];
    return Array.isArray(before.repos) ? { ...before, repos: [...before.repos as unknown[], ...added] } : undefined;
  });
  return [change(found, after) ?? byHand(`${found.file}: add this to its repos`, hook.join('\n'))];
}

interface Found {
  readonly file: string;
  readonly text: string;
}

/** The first of these files that is there, in a folder. */
function fileOf(folder: string, cwd: string, ...names: readonly string[]): Found | undefined {
  const name = names.find(each => existsSync(join(folder, each)));
  return name === undefined ? undefined : { file: shown(folder, cwd, name), text: readFileSync(join(folder, name), 'utf8') };
}

function shown(folder: string, cwd: string, name: string): string {
  return relative(cwd, join(folder, name)).split(sep).join('/');
}

function done(file: string): Note {
  return { kind: 'note', what: `${file} runs the check already` };
}

function change({ file, text }: Found, after: string | undefined): Change | undefined {
  return after === undefined ? undefined : { kind: 'change', file, before: text, after };
}

export function byHand(what: string, text: string): ByHand {
  return { kind: 'by hand', what, lines: text.trimEnd().split('\n') };
}
