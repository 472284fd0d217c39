import { mentionsImds } from './address';
import { Command, OUTPUT, SCRIPT } from './command';
import { identifiersIn, TOKEN_HEADER, TOKEN_REQUEST } from './header-names';
import { ToolUses } from './tools';

export interface Assignment {
  readonly name: string;

  /** Where in the script. */
  readonly at: number;

  /** Adds to the value instead of replacing it. */
  readonly adds: boolean;
  readonly value: string;
  readonly bare: string;
  readonly child?: Command;
}

/** `NAME=`, `$name = `, `name := `, `headers["x"] = `, `@{ Uri = `, `x.headers = `. */
const ASSIGNMENT = /(?:^|[\s;({,"'|\]])[$@]?(?:env:|script:|global:|local:|private:|self\.|this\.)?([A-Za-z_]\w{0,80})((?:\[[^\]\n]{0,80}\]|\.[A-Za-z_][\w.]{0,80})?)(?:,\s{0,2}\w{1,40})?(\s{0,4})([+:?]|\|\||\?\?)?=(?![=~>])(\s{0,4})/gi;

/** Statements that give a name to something without `=`. */
const LOOP = /^\s{0,200}(?:for|foreach)\s{1,4}\(?\s{0,4}(?:var |let |const )?[$%]{0,2}([A-Za-z_]\w{0,80})\s{1,4}(?:in|of)\s(.*)/is;
const PARAMETERS = /^\s{0,200}(?:async\s{1,4})?(?:def|function|func|fn|param|sub)\b[^(]{0,100}\((.*)/is;

/** A request object, a session or an options object gets its header or its address in a statement of its own. */
const RECEIVER = /^\s{0,200}(?:curl_setopt(?:_array)?\s?\(\s{0,4})?\$?(?:(?:self|this)\.)?([A-Za-z_]\w{0,80})(?:\[|\.|->|,)/;

/** What a command gives names to. */
export function assignmentsOf(command: Command, uses: ToolUses): Assignment[] {
  const { text, bare } = command;
  const loop = LOOP.exec(text);
  if (loop) { return [{ name: loop[1], at: command.start, adds: false, value: loop[2], bare: bare.slice(bare.length - loop[2].length) }]; }
  const parameters = PARAMETERS.exec(text);
  const isCall = uses.has(command);
  const assignments = [
    ...parameters ? parametersOf(command, bare.length - parameters[1].length) : [],
    ...namedValues(command, isCall, parameters !== null),
  ];
  const receiver = isCall || assignments.some(({ child, value }) => child ?? TOKEN_HEADER.test(value)) ? undefined : RECEIVER.exec(text);
  const tells = receiver && (TOKEN_HEADER.test(text) || (/^\s*curl_setopt|\.(?:setopt|init|Uri|uri|url)\b/.test(text) && mentionsImds(text)) || TOKEN_REQUEST.test(text));
  return tells ? [...assignments, { name: receiver[1], at: command.start, adds: true, value: text, bare: '' }] : assignments;
}

/** Parameters may be anything, unless they have a default. */
function parametersOf(command: Command, from: number): Assignment[] {
  const bare = command.bare.slice(from);
  return identifiersIn(bare).slice(0, 50).map(name => ({ name, at: command.start, adds: false, value: OUTPUT, bare: '' }));
}

function namedValues(command: Command, isCall: boolean, hasDefaults: boolean): Assignment[] {
  const { text, bare } = command;
  const matches = text.includes('=') ? [...text.matchAll(ASSIGNMENT)] : [];
  return matches.flatMap((match, i): Assignment[] => {
    const [all, name, member, before, operator, after] = match;
    const start = match.index + all.length;
    const isSpaced = before !== '' || after !== '' || /^["']?[@[({]/.test(text.slice(start, start + 2));
    const isFirst = i === 0;
    if (!isFirst && (isCall || (isSpaced && !hasDefaults)) && !TOKEN_HEADER.test(text.slice(start, start + 300))) { return []; }
    const limit = isFirst ? text.length : matches[i + 1]?.index ?? text.length;
    const end = isSpaced ? limit : wordEnd(text, start, matches[i + 1]?.index ?? limit);
    const child = text[start] === SCRIPT ? command.childAt(start) : undefined;
    // What a call returns is neither the address nor the header that it was called with.
    if (isFirst && isCall && !child) { return [{ name, at: command.offsetOf(match.index), adds: false, value: OUTPUT, bare: '' }]; }
    return [{ name, at: command.offsetOf(match.index), adds: operator === '+' || member !== '', value: member + text.slice(start, end), bare: bare.slice(start, end), child }];
  });
}

/** Where a value ends that has no spaces but in quotes. */
function wordEnd(text: string, start: number, limit: number): number {
  const word = /(?:"[^"]{0,4000}"|'[^']{0,4000}'|[^\s"';)])/y;
  let end = start;
  while (end < limit) {
    word.lastIndex = end;
    if (!word.test(text)) { break; }
    end = word.lastIndex;
  }
  return Math.min(end, text.length);
}
