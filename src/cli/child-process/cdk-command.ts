import { readFileSync } from 'fs';
import { join } from 'path';

/** What there is to know of the folder in which the command is run. */
export interface Scripts {
  /** The script of a name in package.json. */
  script(name: string): string | undefined;
}

export function scriptsIn(cwd: string): Scripts {
  return {
    script: name => {
      try {
        const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as { scripts?: Record<string, string> };
        return scripts?.[name];
      } catch {
        return undefined; // the command itself tells what is wrong with it
      }
    },
  };
}

/** A command that starts the command line of CDK, and the words for it. */
export interface StartOfCdk {
  readonly starter: readonly string[];
  readonly words: readonly string[];
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
const CDK = /^(cdk(\.cmd)?|(aws-)?cdk@[^/\\]+|aws-cdk|(.*[\\/])?node_modules[\\/](\.bin|aws-cdk[\\/]bin)[\\/]cdk(\.cmd|\.js)?|([a-z]:)?[\\/](.*[\\/])?bin[\\/]cdk)$/i;

/** Options that take no value. Any other may take the next word, and with it the place of `cdk`. */
const FLAG = /^(-y|--yes|--no|--no-install|-q|--quiet|-s|--silent|--prefer-offline|--offline|--[a-z-]+=.*|-w=.*|--)$/;

/** Where a command starts the command line of CDK; undefined where it does not, or where that cannot be told from its words. */
export function startOfCdk(command: readonly string[], scripts: Scripts): StartOfCdk | undefined {
  for (const starter of STARTERS) {
    const end = endOf(command, starter.words);
    if (end === undefined) { continue; }
    const script = starter.runsScript ? scripts.script('cdk') : undefined;
    if (starter.runsScript && !(script === undefined ? !starter.eatsOptions : /^(npx )?cdk$/.test(script))) { return undefined; }
    return starter.eatsOptions ? beyondDashes(command, end) : { starter: command.slice(0, end), words: command.slice(end) };
  }
  const at = endOfWrapper(command);
  const inner = at > 0 ? startOfCdk(command.slice(at), scripts) : undefined;
  return inner && { ...inner, starter: [...command.slice(0, at), ...inner.starter] };
}

/** A program that starts another: `aws-vault exec prod -- npx cdk deploy`, `env A=1 npx cdk deploy`. */
function endOfWrapper(command: readonly string[]): number {
  if (programOf(command[0]) !== 'env') { return command.indexOf('--', 1) + 1; }
  const end = command.findIndex((word, i) => i > 0 && !/^\w+=/.test(word));
  return Math.max(end, 0);
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
function beyondDashes(command: readonly string[], end: number): StartOfCdk | undefined {
  if (command.slice(0, end).includes('--')) { return { starter: command.slice(0, end), words: command.slice(end) }; }
  const [starter, words] = [command.slice(0, end), command.slice(end)];
  const dashes = words.indexOf('--');
  const before = dashes < 0 ? words : words.slice(0, dashes);
  if (before.some(word => word.startsWith('-'))) { return undefined; }
  return { starter: [...starter, '--'], words: [...before, ...dashes < 0 ? [] : words.slice(dashes + 1)] };
}
