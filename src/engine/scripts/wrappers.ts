import { Command } from './command';
import { nameOf } from './documents';
import { namesIn, TOKEN_HEADER, TOKEN_REQUEST } from './header-names';
import { isAddress, Request, Script } from './requests';
import { Tool } from './tools';

/** `get() { curl -s "$1"; }`: it reaches what it is given. */
const ITS_ARGUMENT = /\$(?:\{?1\b|[@*]|\{[@*]\}|args\b)/i;

/** What gives a tool a header for every request. */
const DEFAULTS: ReadonlyArray<{ readonly tool: string; readonly mark: RegExp }> = [
  { tool: 'curl', mark: /\.curlrc/ },
  { tool: 'wget', mark: /\.wgetrc/ },
  { tool: 'PowerShell', mark: /PSDefaultParameterValues/i },
  { tool: 'urllib', mark: /install_opener/ },
];

/** Functions and aliases of a script that stand for a tool. */
export class Wrappers {
  private readonly senders = new Set<string>();
  private readonly bare = new Map<string, Tool>();

  /** The tools that have defaults, asked of the whole script once: a script may have thousands of requests. */
  private readonly defaults: ReadonlySet<string>;

  public constructor(commands: readonly Command[], private readonly script: Script) {
    this.defaults = new Set(script.hasHeader ? DEFAULTS.filter(({ mark }) => mark.test(script.text)).map(({ tool }) => tool) : []);
    for (const command of commands) {
      const { text } = command;
      const alias = /^\s{0,200}(?:Set-)?alias\s{1,4}([\w-]{1,40})=/i.exec(text)?.[1];
      const sends = TOKEN_HEADER.test(text) || namesIn(text).some(name => script.variables.hasHeader(name));
      const name = alias ?? functionAround(command);
      if (sends && name) { this.senders.add(name.toLowerCase()); }
      if (alias && command.children.some(child => TOKEN_HEADER.test(child.text))) { this.senders.add(alias.toLowerCase()); }
      if (!sends && name && !alias && ITS_ARGUMENT.test(text) && !TOKEN_REQUEST.test(text)) {
        const use = script.uses.get(command);
        if (use?.tool.arguments === 'words') { this.bare.set(name.toLowerCase(), use.tool); }
      }
    }
  }

  /** Whether a function, an alias or a file of defaults makes a tool send the token with every request. */
  public sendToken({ name }: Tool): boolean {
    return this.senders.has(name.toLowerCase()) || this.defaults.has(name);
  }

  /** The request that a call of a function makes, where the function sends no token and is given none. */
  public requestOf(command: Command): Request | undefined {
    const { text, start } = command;
    const name = this.bare.size > 0 ? nameOf(text) : '';
    const tool = this.senders.has(name) ? undefined : this.bare.get(name);
    const isDirect = tool && isAddress(text, start, this.script.variables) && !TOKEN_REQUEST.test(text) && !/^\s*(?:function\s)?[\w-]+\s*\(\s*\)/.test(text)
      && !TOKEN_HEADER.test(text) && !namesIn(text).some(each => this.script.variables.hasHeader(each));
    return isDirect ? { command, tool, at: command.offsetOf(text.search(/\S/)), kind: 'version 1' } : undefined;
  }
}

/** The name of the function that a command is in. */
export function functionAround(command: Command): string | undefined {
  for (let each: Command | undefined = command; each?.parent; each = each.parent) {
    const match = each.opener === '{' ? /^\s{0,200}(?:function\s{1,4}([\w-]{1,60})|([\w-]{1,60})\s{0,4}\(\s{0,4}\))/i.exec(headOf(each.parent)) : null;
    if (match) { return match[1] ?? match[2]; }
  }
  return undefined;
}

/** The text before a block, which may stand on the line before it. */
function headOf({ text, previous }: Command): string {
  return text.trim() === '' && previous ? previous.text : text;
}
