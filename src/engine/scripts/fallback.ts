import { choiceTest, inVersionedFunctions } from './chosen-version';
import { Command } from './command';
import { namesIn } from './header-names';
import { Request, Script } from './requests';

/** Deeper than any script. */
const DEPTH = 50;
const BRANCHES = 20;

/** What a condition says where there is nothing: in the words of shells, PowerShell and others. */
const NOTHING = /\s-z\s|\s!\s|!\$|-not\b|\$null\b|=\s{0,2}["']{2}/i;
const SOMETHING = /\s-n\s/;

type Test = (condition: string, start?: number) => boolean;

interface Tests {
  readonly isAboutToken: Test;
  readonly isAboutAnswer: Test;
  readonly choosesVersion1: Test;
}

interface Branch {
  /** It is for the case that version 1 is chosen. */
  readonly isForVersion1: boolean;
  hasVersion2: boolean;
  readonly requests: Request[];
}

/** An `if` of a shell. */
interface If {
  isAboutToken: boolean;

  /** The first branch is for the case that there is no token. */
  readonly asksForNone: boolean;
  readonly branches: Branch[];
}

/**
 * Requests without a token that are only made where there is none: `if [ -z "$TOKEN" ]; then curl …; else curl -H … fi`, `curl -H … || curl …`,
 * or where a request with one gave nothing: `ID=$(curl -H …); [ -n "$ID" ] || ID=$(curl …)`.
 * Where version 2 is required they are never reached, so they break nothing.
 */
export function fallbacksAmong(requests: readonly Request[], commands: readonly Command[], script: Script): ReadonlySet<Request> {
  const candidates = requests.filter(({ kind }) => kind === 'version 1');
  if (candidates.length === 0 || !script.hasHeader) { return new Set(); }
  const withVersion2 = requests.filter(({ kind }) => kind === 'version 2').flatMap(({ command }) => chainOf(command));
  const exact = new Set(withVersion2);
  const lists = new Set(withVersion2.map(({ first }) => first));
  const isAboutToken = tokenTest(script);
  const isAboutAnswer = answerTest(requests);
  const lacks: Test = (condition, start) => isAboutToken(condition) || isAboutAnswer(condition, start);
  return new Set([
    ...candidates.filter(({ command }) => chainOf(command).some(({ joint, previous }) => joint === '||' && previous && exact.has(previous))),
    ...candidates.filter(({ command }) => chainOf(command).some(each => isOtherBranch(each, lists, isAboutToken))),
    ...candidates.filter(({ command }) => chainOf(command).some(each => isBehindTest(each, lacks) || isBlockForNothing(each, lacks))),
    ...inShellBranches(commands, requests, { isAboutToken, isAboutAnswer, choosesVersion1: choiceTest(script) }),
    ...inVersionedFunctions(requests, script),
  ]);
}

/** Whether a condition asks about the variable that holds the token. */
function tokenTest({ text }: Script): Test {
  const values = [...text.matchAll(/x-aws-ec2-metadata-token(?!-ttl)([^\n]{0,80})/gi)].map(([, value]) => value);
  const tokens = new Set(values.flatMap(namesIn).map(name => name.toLowerCase()));
  const assigned = (condition: string): string[] => condition.match(/\b[A-Za-z_]\w{0,80}(?==)/g) ?? [];
  return condition => [...namesIn(condition), ...assigned(condition)].some(name => tokens.has(name.toLowerCase()));
}

/** Whether a condition asks about a variable that a request with a token before it fills. */
function answerTest(requests: readonly Request[]): Test {
  const filled = new Map<string, number>();
  for (const { command, kind } of requests) {
    if (kind !== 'version 2') { continue; }
    for (const { text, start } of chainOf(command)) {
      const name = /^\s{0,200}(?:(?:local|export|readonly|declare|typeset)\s(?:-\w{1,4}\s)?\s{0,8})?\$?(?:(?:env|script|global):)?([A-Za-z_]\w{0,80})\s{0,4}=(?!=)/i
        .exec(text)?.[1].toLowerCase();
      if (name !== undefined) { filled.set(name, Math.min(start, filled.get(name) ?? start)); }
    }
  }
  return (condition, start = 0) => namesIn(condition).some(name => (filled.get(name.toLowerCase()) ?? Infinity) < start);
}

/** `[ -z "$ID" ] && …`, `[ -n "$ID" ] || …` */
function isBehindTest({ joint, previous }: Command, lacks: Test): boolean {
  if (!previous || !/^\s{0,200}(?:\[{1,2}|test)\s/.test(previous.text)) { return false; }
  const asks = joint === '&&' ? NOTHING : joint === '||' ? SOMETHING : undefined;
  return asks !== undefined && asks.test(previous.text) && lacks(previous.text, previous.start);
}

/** `if (-not $id) { … }` */
function isBlockForNothing({ opener, parent, first: block }: Command, lacks: Test): boolean {
  if (opener !== '{' || !parent || parent.children.find(each => each.opener === '{') !== block) { return false; }
  return /^\s{0,200}if\b/i.test(parent.text) && NOTHING.test(parent.text) && lacks(parent.text, parent.start);
}

/** A command and those around it. */
function chainOf(command: Command): Command[] {
  return command.parent ? [command, ...chainOf(command.parent)] : [command];
}

/** `if ($token) { … } else { … }`, `try { … } catch { … }`: the blocks are children of one command, or of commands one after the other. */
function isOtherBranch({ opener, parent, first: block }: Command, withVersion2: ReadonlySet<Command>, isAboutToken: Test): boolean {
  if (opener !== '{' || !parent) { return false; }
  let start = parent;
  let blocks = parent.children.slice(0, BRANCHES);
  for (let i = 0; i < BRANCHES && /^\s{0,200}(?:else|catch|$)/i.test(start.text) && start.previous; i++) {
    start = start.previous;
    blocks = [...blocks, ...start.children.slice(0, BRANCHES)];
  }
  const isChoice = /^\s{0,200}try\b/i.test(start.text) || (/^\s{0,200}if\b/i.test(start.text) && isAboutToken(start.text));
  return isChoice && blocks.some(each => each !== block && withVersion2.has(each));
}

function inShellBranches(commands: readonly Command[], requests: readonly Request[], tests: Tests): Request[] {
  const { isAboutToken, isAboutAnswer, choosesVersion1 } = tests;
  const byCommand = new Map(requests.map(request => [request.command, request]));
  const open: If[] = [];
  const found: Request[] = [];
  let condition: { readonly isFirst: boolean; text: string } | undefined;
  for (const command of commands) {
    const keyword = /^\s{0,200}(if|elif|then|else|fi)(?![\w-])/.exec(command.text)?.[1];
    const top = open[open.length - 1];
    if (keyword === 'if' || keyword === 'elif') {
      condition = { isFirst: keyword === 'if', text: '' };
    } else if (keyword === 'then' && condition) {
      const { isFirst, text } = condition;
      const isForNothing = NOTHING.test(text);
      const isAbout = isAboutToken(text) || (isForNothing && isAboutAnswer(text, command.start));
      if (isFirst && open.length < DEPTH) {
        open.push({ isAboutToken: isAbout, asksForNone: isAbout && isForNothing, branches: [branch(choosesVersion1(text))] });
      } else if (!isFirst && top) {
        top.isAboutToken ||= isAbout;
        top.branches.push(branch(choosesVersion1(text)));
      }
      condition = undefined;
    } else if (keyword === 'else') {
      top?.branches.push(branch());
    } else if (keyword === 'fi') {
      close(open, found);
    }
    if (condition && condition.text.length < 1000) { condition.text += ` ${command.text.slice(0, 1000)}`; }
    const request = byCommand.get(command);
    const around = open[open.length - 1]?.branches.at(-1);
    if (around && request?.kind === 'version 1') { around.requests.push(request); }
    if (around && request?.kind === 'version 2') { around.hasVersion2 = true; }
  }
  return found;
}

function branch(isForVersion1 = false): Branch {
  return { isForVersion1, hasVersion2: false, requests: [] };
}

/** What an `if` does not decide, the one around it may. */
function close(open: If[], found: Request[]): void {
  const ended = open.pop();
  const around = open[open.length - 1]?.branches.at(-1);
  ended?.branches.forEach(({ isForVersion1, hasVersion2, requests }, i) => {
    const isOther = (ended.asksForNone && i === 0) || ended.branches.some(each => each.hasVersion2);
    const isFallback = isForVersion1 || (ended.isAboutToken && !hasVersion2 && isOther);
    for (const request of requests) { (isFallback ? found : around?.requests)?.push(request); }
    if (around && hasVersion2) { around.hasVersion2 = true; }
  });
}
