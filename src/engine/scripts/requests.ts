import { isOtherCloud, mentionsImds } from './address';
import { Command, OUTPUT } from './command';
import { identifiersIn, namesIn, TOKEN_HEADER, TOKEN_REQUEST } from './header-names';
import { saysItsArguments } from './quoted-text';
import { Tool, ToolUse, ToolUses } from './tools';
import { Variables } from './variables';

/** What is known about a whole script. */
export interface Script {
  readonly text: string;
  readonly uses: ToolUses;
  readonly variables: Variables;

  /** Whether it sends the token anywhere. */
  readonly hasHeader: boolean;
}

/** A command that reaches IMDS. */
export interface Request {
  readonly command: Command;
  readonly tool: Tool;

  /** Where in the script. */
  readonly at: number;

  /** `token`: it asks for a token. `version 2`: it sends one. `unknown`: it may send one, through what the script does not tell. */
  readonly kind: 'token' | 'version 1' | 'version 2' | 'unknown';
}

interface Word {
  readonly text: string;

  /** What the word before it says about it: the value of an option. */
  readonly option: string;
}

/** Names of what may carry a header into a call. */
const CARRIER = /head|hdr|opt|conf|ctx|context|param|arg|req|sess|client|init/i;

/** Names of modules, which carry nothing. */
const MODULE = /^(?:requests|request|https?|axios|urllib\d?|httpx|got|fetch|net|http)$/i;

const ONLY_A_VARIABLE = new RegExp(`^["']?(?:[$@]\\{?[\\w@*]{1,80}(?:\\[[@*]\\])?\\}?|${OUTPUT})["']?$`);

/** What a command has to do with IMDS; undefined where it does not reach it. */
export function requestOf(command: Command, script: Script): Request | undefined {
  const use = script.uses.get(command) ?? toolByVariable(command, script.variables);
  if (!use || isOtherCloud(command.text) || (use.tool.arguments !== 'call' && saysItsArguments(command))) { return undefined; }
  const kind = KINDS[use.tool.arguments](command, use, script);
  return kind && { command, tool: use.tool, at: command.offsetOf(use.index), kind };
}

const KINDS = { words: kindOfWords, call: kindOfCall, socket: kindOfSocket };

function kindOfWords({ text, bare, start }: Command, { tool, end }: ToolUse, { variables, hasHeader }: Script): Request['kind'] | undefined {
  const words = wordsOf(text, bare, end);
  const isTarget = ({ text: word, option }: Word): boolean => !tool.valueOptions?.test(option) && isAddress(word, start, variables);
  if (!words.some(isTarget)) { return undefined; }
  const names = namesIn(text);
  if (TOKEN_HEADER.test(text) || names.some(name => variables.hasHeader(name))) { return 'version 2'; }
  if (TOKEN_REQUEST.test(text) || names.some(name => variables.isTokenRequest(name))) { return 'token'; }
  const isUnknown = words.some(word => /^(?:-K|--config|-H@.*)$/.test(word.text) || (/^(?:-\w*H|--header)$/.test(word.option) && /^["']?@/.test(word.text))
    || (hasHeader && !isTarget(word) && ONLY_A_VARIABLE.test(word.text) && isUntold(word.text, variables)));
  return isUnknown ? 'unknown' : 'version 1';
}

function kindOfCall({ text, bare, start }: Command, { end }: ToolUse, { variables, hasHeader }: Script): Request['kind'] | undefined {
  const identifiers = identifiersIn(bare);
  const names = [...namesIn(text), ...identifiers];
  if (!mentionsImds(text) && !names.some(name => variables.hasAddress(name, start))) { return undefined; }
  if (TOKEN_HEADER.test(text) || names.some(name => variables.hasHeader(name))) { return 'version 2'; }
  if (TOKEN_REQUEST.test(text) || names.some(name => variables.isTokenRequest(name))) { return 'token'; }
  const carriers = [...identifiersIn(bare.slice(end)), ...identifiers].filter(name => CARRIER.test(name) && !MODULE.test(name));
  return hasHeader && carriers.some(name => variables.isOpaque(name)) ? 'unknown' : 'version 1';
}

/** A socket is only opened here; the request, and the header in it, may stand anywhere. */
function kindOfSocket({ text, start }: Command, _: ToolUse, script: Script): Request['kind'] | undefined {
  const isTest = /\s-\w{0,8}z/.test(text) || !/\b(?:GET|HEAD)\s{1,3}[/%$]/.test(script.text);
  if (isTest || !isAddress(text, start, script.variables)) { return undefined; }
  return script.hasHeader ? 'unknown' : 'version 1';
}

/** Whether a text holds the address, or a variable that does. */
export function isAddress(text: string, at: number, variables: Variables): boolean {
  return mentionsImds(text) || namesIn(text).some(name => variables.hasAddress(name, at));
}

function isUntold(word: string, variables: Variables): boolean {
  const names = namesIn(word);
  return names.length === 0 || names.some(name => variables.isOpaque(name));
}

/** `$CURL http://…`, where the script says `CURL="curl -s"`. */
function toolByVariable({ text }: Command, variables: Variables): ToolUse | undefined {
  const match = /^[\s!]{0,200}(?:[A-Za-z_]\w{0,80}=)?["']?\$\{?([A-Za-z_]\w{0,80})\}?["']?(?=\s)/.exec(text);
  const found = match && variables.toolOf(match[1]);
  return found && !found.hasAddress ? { tool: found.tool, index: match.index + match[0].search(/\S/), end: match[0].length } : undefined;
}

/** The words behind the name of a tool, quoted ones whole, each with the option before it. */
function wordsOf(text: string, bare: string, from: number): Word[] {
  const words: Word[] = [];
  let option = '';
  for (const { 0: masked, index } of bare.slice(from).matchAll(/[^\s,]+/g)) {
    const word = text.slice(from + index, from + index + masked.length).replace(/^["']|["']$/g, '');
    const [name, ...value] = word.startsWith('--') ? word.split('=') : [word];
    words.push(value.length > 0 ? { text: value.join('='), option: name } : { text: word, option });
    option = word.startsWith('-') && value.length === 0 ? word : '';
  }
  return words;
}
