import { plainOf } from './base64';
import { configuredFiles } from './cloud-config';
import { Command } from './command';
import { handsOn, isDocumentFile, isInterpreter } from './documents';
import { isProse } from './quoted-text';

/** More are not looked for: each may be as long as the script. */
const MOST = 100;

const DECODES = /(?:\bbase64(?:\.exe)?\s[^|;]{0,200}?(?<=\s)(?:-d|-D|-di|--decode)\b|\bopenssl\s[^|;]{0,200}-d\b)/;

const LITERAL = /[A-Za-z0-9+/]{8,}={0,2}/g;
const SEVERAL_LINES = /["'][A-Za-z0-9+/=\s]{8,}["']/g;
const ASSIGNMENT = /^\s{0,200}(?:(?:export|local|readonly)\s{1,4})?([A-Za-z_]\w{0,80})=["']?([A-Za-z0-9+/]{8,}={0,2})["']?\s*$/;

/** `<(echo … | base64 -d)` and the like, in which a pipe is no pipe of the command itself. */
const INLINE = /\b(?:echo|printf)\s[^|]*\|\s*(?:base64|openssl)\s/;

/** Scripts that a script has in base64 and runs, or writes into files that are no documents. */
export function innerScripts(script: string, commands: readonly Command[]): string[] {
  if (!/base64|b64|!!binary/.test(script)) { return []; }
  const files = configuredFiles(script).filter(({ isEncoded, path }) => isEncoded && !isDocumentFile(path));
  const variables = new Map<string, string>();
  const found: string[] = [];
  for (const command of commands) {
    const [, name, value] = ASSIGNMENT.exec(command.text) ?? [];
    if (name !== undefined) { variables.set(name, value); }
    if (!DECODES.test(command.text) || found.length >= MOST || isProse(command) || !isRun(command)) { continue; }
    found.push(plainOf(encodedFor(command, variables, script)));
  }
  return [...files.map(({ text }) => text), ...found].filter(text => text !== '');
}

/** Whether what a command puts out is run, or becomes a script. */
function isRun(command: Command): boolean {
  for (let each: Command | undefined = command; each; each = each.pipedTo) {
    if (handsOn(each.text, each.pipedTo?.text)) { return true; }
  }
  const runner = command.opener === '$(' || command.opener === '`' ? command.parent : INLINE.test(command.text) ? command : undefined;
  return runner !== undefined && (isInterpreter(runner.text) || /^\s*(?:eval|source|\.)\s/.test(runner.text));
}

/** What a command decodes: its own text, that of the command before it or of a variable, or the lines below it. */
function encodedFor(command: Command, variables: ReadonlyMap<string, string>, script: string): string {
  const { text, previous } = command;
  const before = previous?.pipedTo === command ? script.slice(previous.start, command.start) : '';
  const own = /<<-?\s{0,4}["'\\]?([A-Za-z_]\w{0,60})/.exec(text.replace(/<<</g, '   '));
  if (own) { return linesBelow(script, command.start, own[1]); }
  const given = (before !== '' ? before : text).replace(SEVERAL_LINES, each => each.replace(/\s/g, ''));
  const literal = (given.match(LITERAL) ?? []).reduce((longest, each) => each.length > longest.length ? each : longest, '');
  const variable = /\$\{?([A-Za-z_]\w{0,80})/.exec(given)?.[1];
  return (variable === undefined ? undefined : variables.get(variable)) ?? (literal.includes('base64') ? '' : literal);
}

function linesBelow(script: string, at: number, word: string): string {
  const start = script.indexOf('\n', at) + 1;
  const end = start === 0 ? -1 : script.indexOf(`\n${word}`, start - 1);
  return end < 0 ? '' : script.slice(start, end);
}
