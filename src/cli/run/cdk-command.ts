import { CdkArgument, cdkArguments } from './cdk-options';

/** `cdk deploy` in two steps: synthesized to a folder, then deployed from there. */
export interface Deployment {
  /** Where the words themselves have the assembly put. */
  readonly output?: string;
  readonly synth: (folder: string) => readonly string[];
  readonly deploy: (folder: string) => readonly string[];
}

/** What there is to know of the folder in which the command is run. */
export interface Scripts {
  /** The script of a name in package.json. */
  script(name: string): string | undefined;
}

/** A command that starts the command line of CDK, and the words for it. */
interface Started {
  readonly starter: readonly string[];
  readonly words: readonly string[];
}

/**
 * Reads a command that deploys. Undefined where it does not, or where that cannot be told from its words.
 *
 * `deploy --watch` and `watch` synthesize again and again, so there are no two steps.
 */
export function deploymentOf(command: readonly string[], scripts: Scripts): Deployment | undefined {
  const started = startOf(command, scripts);
  const all = started && cdkArguments(started.words);
  const verb = all?.findIndex(({ option }) => !option) ?? -1;
  if (!started || !all || all[verb]?.words[0] !== 'deploy') { return undefined; }
  const rest = all.filter((_, i) => i !== verb);
  const hasOption = (argument: CdkArgument, ...names: readonly string[]): boolean => names.includes(argument.option?.name ?? '');
  const wordsOf = (some: readonly CdkArgument[]): string[] => some.flatMap(({ words }) => words);
  const { starter } = started;
  return {
    output: rest.find(each => hasOption(each, 'output'))?.value,
    synth: folder => [
      ...starter, 'synth', ...wordsOf(rest.filter(each => !each.option?.ofDeploy && !hasOption(each, 'output', 'json'))), '--quiet', '--output', folder,
    ],
    deploy: folder => [
      ...starter, 'deploy', ...wordsOf(rest.filter(each => !hasOption(each, 'app', 'build', 'output'))), '--app', folder,
    ],
  };
}

/** Whether the words look as if something were deployed. */
export function mayDeploy(command: readonly string[]): boolean {
  return command.some(word => /deploy|^watch$|^import$/i.test(word));
}

/** The words by which CDK's command line is started, each after the one before. `*` is the place of it, `-` that of options without a value. */
const STARTERS: readonly { readonly words: readonly string[]; readonly runsScript?: boolean; readonly eatsOptions?: boolean }[] = [
  { words: ['*'] },
  { words: ['node', '*'] },
  { words: ['npx', '-', '*'] },
  { words: ['bunx', '-', '*'] },
  { words: ['npm', 'exec', '-', '*'], eatsOptions: true },
  { words: ['npm', 'x', '-', '*'], eatsOptions: true },
  { words: ['npm', 'run', '-', '*'], runsScript: true, eatsOptions: true },
  { words: ['npm', 'run-script', '-', '*'], runsScript: true, eatsOptions: true },
  { words: ['yarn', '-', '*'], runsScript: true },
  { words: ['yarn', 'run', '-', '*'], runsScript: true },
  { words: ['yarn', 'exec', '-', '*'] },
  { words: ['yarn', 'dlx', '-', '*'] },
  { words: ['pnpm', '-', '*'], runsScript: true },
  { words: ['pnpm', 'run', '-', '*'], runsScript: true },
  { words: ['pnpm', 'exec', '-', '*'] },
  { words: ['pnpm', 'dlx', '-', '*'] },
];

/** `cdk`, the package that has it, its file in a project, or a link to that elsewhere; `bin/cdk` may be a script of the project's own. */
const CDK = /^(cdk(\.cmd)?|aws-cdk(@[^/\\]+)?|(.*[\\/])?node_modules[\\/](\.bin|aws-cdk[\\/]bin)[\\/]cdk(\.cmd|\.js)?|([a-z]:)?[\\/](.*[\\/])?bin[\\/]cdk)$/i;

/** Options that take no value. Any other may take the next word, and with it the place of `cdk`. */
const FLAG = /^(-y|--yes|--no|--no-install|-q|--quiet|-s|--silent|--prefer-offline|--offline|--[a-z-]+=.*|-w=.*|--)$/;

function startOf(command: readonly string[], scripts: Scripts): Started | undefined {
  for (const starter of STARTERS) {
    const end = endOf(command, starter.words);
    if (end === undefined) { continue; }
    const script = starter.runsScript ? scripts.script('cdk') : undefined;
    if (starter.runsScript && !(script === undefined ? !starter.eatsOptions : /^(npx )?cdk$/.test(script))) { return undefined; }
    return starter.eatsOptions ? beyondDashes(command, end) : { starter: command.slice(0, end), words: command.slice(end) };
  }
  // a program that starts another: aws-vault exec prod -- npx cdk deploy
  const dashes = command.indexOf('--') + 1;
  const inner = dashes > 1 ? startOf(command.slice(dashes), scripts) : undefined;
  return inner && { ...inner, starter: [...command.slice(0, dashes), ...inner.starter] };
}

/** Where the words end that start CDK, if they do. */
function endOf(command: readonly string[], words: readonly string[]): number | undefined {
  let at = 0;
  for (const word of words) {
    if (word === '-') {
      while (at < command.length && FLAG.test(command[at])) { at++; }
    } else if (word === '*' ? CDK.test(command[at] ?? '') : programOf(command[at]) === word) {
      at++;
    } else {
      return undefined;
    }
  }
  return at;
}

function programOf(word = ''): string {
  return /^(?:.*[\\/])?([^\\/]+?)(?:\.(?:cmd|exe))?$/i.exec(word)?.[1] ?? word;
}

/** npm takes options for its own, up to `--`: before the name, or right after it. */
function beyondDashes(command: readonly string[], end: number): Started | undefined {
  if (command.slice(0, end).includes('--')) { return { starter: command.slice(0, end), words: command.slice(end) }; }
  const [starter, words] = [command.slice(0, end), command.slice(end)];
  const dashes = words.indexOf('--');
  const before = dashes < 0 ? words : words.slice(0, dashes);
  if (before.some(word => word.startsWith('-'))) { return undefined; }
  return { starter: [...starter, '--'], words: [...before, ...dashes < 0 ? [] : words.slice(dashes + 1)] };
}
